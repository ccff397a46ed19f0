"""The tables of the page about events: their records, and what each does on an awkward day."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from docs_tables import print_table
from tideover.loan import (
    DailyRate,
    Disbursed,
    Event,
    LoanTerms,
    Method,
    Paid,
    build_schedule,
    event_from_record,
    event_to_record,
    loan_state,
)
from tideover.loan.event_records import KINDS
from tideover.loan.events import Restructured
from tideover.money import CNY, Money, Refusal

#: 8,000.00 of 10,000.00 paid out on the 31st of January of a leap year, at 0.05 % a day.
_TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=6,
    disbursed_on=date(2024, 1, 31),
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
_OUT = Disbursed(_TERMS.disbursed_on, "out", Money(800_000, CNY))
_CNY = {"currency": "CNY"}
#: What a record of each kind says beside its kind, day and reference.
_SAID: Mapping[str, Mapping[str, Any]] = {
    "disbursed": {**_CNY, "amount": "1000.00"},
    "paid": {**_CNY, "amount": "1500.00"},
    "refunded": {**_CNY, "amount": "100.00"},
    "reversed": {"of": "out"},
    "charged": {**_CNY, "component": "fee", "amount": "20.00", "reason": "notice"},
    "waived": {**_CNY, "component": "interest", "amount": "30.00", "reason": "hardship"},
    "interest-paused": {"until": None},
    "rate-changed": {"rate": {"of_day": "3/10000"}},
    "due-date-moved": {"due": None, "new": None},
    "terms-added": {"count": 3},
    "grace-given": {"grace_on_principal": 1, "grace_on_interest": 0},
    "re-aged": {"instalments": 8, "earliest_due": None, "frequency": None},
    "re-amortised": {},
    "arrears-capitalised": {},
    "principal-forgiven": {**_CNY, "amount": "900.00", "reason": "hardship"},
    "accelerated": {"reason": "breach"},
    "reinstated": {},
    "settled": {
        **_CNY,
        "waived": {"principal": "2000.00", "interest": "500.00", "penalty": "500.00"},
        "reason": "settlement",
    },
}
_DUE = _TERMS.due_dates()
_DAYS: Mapping[str, date] = {
    "day of disbursement": _TERMS.disbursed_on,
    "29 February, a due date": _DUE[0],
    "31 March, a due date": _DUE[1],
    "twenty days late": _DUE[1] + timedelta(days=20),
    "last day": _DUE[-1],
    "ten days after it": _DUE[-1] + timedelta(days=10),
}


def _event(kind: str, on: date, reference: str = "X-1") -> Event:
    if kind == "restructured":
        return _agreement(on, reference)
    said = {"kind": kind, "on": on.isoformat(), "reference": reference} | dict(_SAID[kind])
    due = next((day for day in _DUE if day > on), _DUE[-1])
    days = {
        "until": on + timedelta(days=40),
        "due": due,
        "new": due + timedelta(days=5),
        "earliest_due": on + timedelta(days=20),
    }
    for field, day in days.items():
        if field in said:
            said[field] = day.isoformat()
    return event_from_record(said)


def _agreement(on: date, reference: str) -> Restructured:
    """Six level instalments for the principal owed; all else carried."""
    owed = loan_state(_TERMS, (_OUT,), on).outstanding
    nothing = owed - owed
    terms = replace(
        _TERMS, principal=owed.principal, method=Method.LEVEL, disbursed_on=on, earliest_due=None
    )
    rest = replace(owed, principal=nothing.principal)
    return Restructured(
        on, reference, build_schedule(terms), None, nothing, nothing, rest, "restructure"
    )


def print_records() -> None:
    """Print one record of every kind."""
    rows = []
    for kind, made in KINDS.items():
        record = event_to_record(_event(kind, date(2024, 4, 20)))
        told = {name: value for name, value in record.items() if name not in ("on", "reference")}
        if kind == "restructured":
            told["schedule"] = "…"
        first_line = (made.__doc__ or "").split("\n")[0]
        rows.append((f"`{kind}`", first_line, f"`{json.dumps(told, ensure_ascii=False)}`"))
    print_table(("kind", "what happened", "its record, beside day and reference"), rows,
                are_numbers=False)  # fmt: skip


def print_awkward_days() -> None:
    """Print what each kind leaves on each awkward day: payoff and next instalment, or a refusal."""
    rows = [
        (f"`{kind}`", *(_told((_OUT, _event(kind, day)), day) for day in _DAYS.values()))
        for kind in KINDS
        if kind != "reversed"
    ]
    nothing = ("nothing", *(_told((_OUT,), day) for day in _DAYS.values()))
    print_table(("event", *_DAYS), [nothing, *rows], are_numbers=False)


def print_twice_and_paused() -> None:
    """Print what each kind leaves twice on one day, inside a pause, and on a closed loan."""
    day = _DUE[1] + timedelta(days=20)
    pause = _event("interest-paused", day - timedelta(days=10), "P-1")
    closed = Paid(day - timedelta(days=10), "P-1", Money(2_000_000, CNY))
    rows = [
        (
            f"`{kind}`",
            _told((_OUT, _event(kind, day), _event(kind, day, "X-2")), day),
            _told((_OUT, pause, _event(kind, day)), day),
            _told((_OUT, closed, _event(kind, day)), day),
        )
        for kind in KINDS
        if kind not in ("reversed", "restructured")
    ]
    head = ("twice on one day", "inside a pause", "after the loan was paid off")
    print_table(("kind", *head), rows, are_numbers=False)


def _told(events: tuple[Event, ...], on: date) -> str:
    try:
        state = loan_state(_TERMS, events, on)
    except Refusal as refused:
        return f"refused: `{refused.code}`"
    found = f"{state.payoff.text}"
    if state.in_advance_credit:
        found = f"credit {state.in_advance_credit.text}"
    upcoming = [line for line in state.lines if line.due_date > on and line.remaining]
    if upcoming:
        line = upcoming[0]
        found += f"; {line.remaining.total.text} on {line.due_date}"
    return f"{found}; no effect" if "X-1" in state.without_effect else found
