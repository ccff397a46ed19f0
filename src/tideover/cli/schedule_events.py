"""tideover schedule --events FILE: a loan after what happened to it, line by line, and why."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tideover.loan import (
    BadRecord,
    Disbursed,
    Event,
    LoanState,
    LoanTerms,
    NoSuchLine,
    event_from_record,
    explain_state,
    loan_state,
)

_HEADS: Final = {
    "en": ("line", "due", "principal", "interest", "penalty", "fee", "status"),
    "zh": ("期数", "应还日", "本金", "利息", "罚息", "费用", "状态"),
}
_STATUS_ZH: Final = {
    "paid": "已还",
    "part-paid": "部分已还",
    "past-due": "已逾期",
    "due": "今日到期",
    "future": "未到期",
}


def read_events(path: Path, terms: LoanTerms) -> tuple[Event, ...]:
    """Return the events of a JSON list of records; the disbursement of the terms goes before them.

    A file with a disbursement of its own has no other.

    Raises:
        BadRecord: the file is not a list of records, or one of them cannot be read.
    """
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise BadRecord("events", f"{path.name}: {wrong}") from None
    except RecursionError:
        raise BadRecord("events", f"{path.name}: lists inside lists without end") from None
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise BadRecord("events", f"{path.name} holds no list of records")
    events = tuple(map(event_from_record, records))
    if any(isinstance(event, Disbursed) for event in events):
        return events
    return (Disbursed(terms.disbursed_on, "disbursed", terms.principal), *events)


def print_state(terms: LoanTerms, events: Sequence[Event], *, on: date, language: str) -> None:
    """Print what every line still asks for on the day, and what closes the loan."""
    state = loan_state(terms, events, on)
    rows = [_HEADS[language], *_rows(state, language)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    for sentence in _sentences(state, language):
        print(sentence)


def print_reasons(
    terms: LoanTerms, events: Sequence[Event], *, on: date, number: int, language: str
) -> None:
    """Print where every cent of a line comes from: which event and which rule made it.

    Raises:
        NoSuchLine: the loan has no such line on the day.
    """
    accounts = explain_state(terms, events, on=on)
    found = [account for account in accounts if account.number == number]
    if not found:
        raise NoSuchLine(number, max((account.number for account in accounts), default=0))
    for account in found:
        for reason in account.reasons:
            print(reason.zh if language == "zh" else reason.en)


def _rows(state: LoanState, language: str) -> list[tuple[str, ...]]:
    return [
        (
            str(line.number),
            line.due_date.isoformat(),
            line.remaining.principal.text,
            line.remaining.interest.text,
            line.remaining.penalty.text,
            line.remaining.fee.text,
            _STATUS_ZH[line.status.value] if language == "zh" else line.status.value,
        )
        for line in state.lines
    ]


def _sentences(state: LoanState, language: str) -> list[str]:
    payoff, days = state.payoff.text, state.days_past_due
    credit, idle = state.in_advance_credit, ", ".join(state.without_effect)
    worst = state.worst_days_past_due
    if language == "zh":
        said = [f"{state.on} 结清需 {payoff}；逾期 {days} 天，历史最长 {worst} 天"]
        said += [f"溢缴款 {credit.text}"] if credit else []
        return said + ([f"未产生影响的业务：{idle}"] if idle else [])
    said = [f"on {state.on} {payoff} closes the loan; {days} days past due, {worst} at worst"]
    said += [f"overpaid by {credit.text}"] if credit else []
    return said + ([f"without effect: {idle}"] if idle else [])
