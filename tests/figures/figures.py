"""The figures that the engine gives today for every operation and every pair of them (README.md).

Run as a program (README.md) it writes them; the test beside it compares them.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from operations import BY_DAY, BY_MONTH, OPERATIONS, disbursements, yuan
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    Charged,
    Component,
    Components,
    DailyRate,
    Event,
    InterestPaused,
    LineState,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    PenaltyBase,
    Waived,
    loan_state,
)
from tideover.money import Refusal, Rounding

HERE = Path(__file__).parent
FIRST, SECOND, LATER = date(2024, 3, 20), date(2024, 4, 12), date(2024, 9, 9)

LOANS: dict[str, LoanTerms] = {
    "by-day": BY_DAY,
    "by-month": BY_MONTH,
    # A fee an instalment and no interest; late, it bears a rate of its own on all that is unpaid.
    "flat-fee": replace(
        BY_DAY,
        rate=None,
        method=Method.FLAT,
        fee_rate=Fraction("0.0041"),
        overdue_rate=DailyRate.parse("0.0006"),
        penalty_base=PenaltyBase.INSTALMENT,
        grace_days=3,
    ),
    # Level over a year with the rest at the end, the 20th of each month, interest asked late.
    "balloon": replace(
        BY_DAY,
        rate=AnnualRate.percent("15.6", DayCount.ACT_365F),
        method=Method.LEVEL,
        amortised_over=12,
        grace_on_interest=2,
        earliest_due=date(2024, 2, 20),
        overdue_rate=AnnualRate.percent("24", DayCount.ACT_360),
        allocation_order=(
            Component.PRINCIPAL,
            Component.FEE,
            Component.PENALTY,
            Component.INTEREST,
        ),
        rounding=Rounding.HALF_EVEN,
    ),
    # Flat interest with a fee, every three weeks, no principal at first.
    "flat-weeks": replace(
        BY_DAY,
        method=Method.FLAT,
        fee_rate=Fraction("0.003"),
        frequency=Frequency(3, Unit.WEEKS),
        instalments=9,
        grace_on_principal=2,
        penalty_base=PenaltyBase.INSTALMENT,
        rounding=Rounding.UP,
    ),
    # Interest alone until the end, by the days of a year.
    "interest-only": replace(
        BY_DAY,
        rate=AnnualRate.percent("12", DayCount.THIRTY_360),
        method=Method.INTEREST_ONLY,
        grace_days=0,
        penalty_uplift=Fraction(0),
    ),
}


def _beginnings(terms: LoanTerms) -> dict[str, tuple[Event, ...]]:
    dates = terms.due_dates()
    on_time = Paid(dates[0], "on-time", yuan("2600"))
    return {
        # Nothing was ever paid.
        "late": (),
        # A line paid, money ahead for the next ones, something charged and something given up.
        "ahead": (
            on_time,
            Charged(FIRST, "letter", Component.FEE, yuan("18"), "notice"),
            Waived(FIRST, "kind", Component.INTEREST, yuan("25"), "goodwill"),
            Paid(date(2024, 4, 1), "early", yuan("3100")),
        ),
        # Interest stands still across the day, after part of an instalment came late.
        "paused": (
            Paid(FIRST, "part", yuan("700")),
            Waived(FIRST, "kind", Component.INTEREST, yuan("400"), "goodwill"),
            InterestPaused(date(2024, 3, 25), "pause", date(2024, 4, 20)),
        ),
        # All paid, and a little more.
        "closed": (on_time, Paid(FIRST, "all", yuan("9000"))),
    }


def _split(amounts: Components) -> str:
    return "+".join(amounts.get(part).text for part in Component)


def _line(one: LineState) -> str:
    line = one.line
    asked = [line.principal, line.interest, line.fee, *filter(None, [line.carried_interest])]
    return (
        f"{line.number} {line.due_date:%m-%d} {'+'.join(part.text for part in asked)} "
        f"{one.remaining.total.text} {one.status}"
    )


def _figures(state: LoanState) -> list[str]:
    return [
        _split(state.outstanding),
        _split(state.past_due),
        state.payoff.text,
        state.in_advance_credit.text,
        f"{state.days_past_due}/{state.worst_days_past_due}",
        f"{state.accrued_interest.text}/{state.due_today.total.text}",
        f"{state.penalty_from or '-'}/{state.grace_until or '-'}",
        " ".join(state.without_effect),
    ]


NAMES = [
    *("owed", "past due", "payoff", "credit", "days late/worst"),
    *("accrued/due today", "penalty from/grace until", "without effect"),
]


def _row(terms: LoanTerms, events: Sequence[Event], *, with_lines: bool) -> list[str]:
    try:
        state = loan_state(terms, events, SECOND)
    except Refusal as refused:
        return [f"refused: {refused.code}"]
    later = _figures(loan_state(terms, events, LATER))
    lines = [", ".join(map(_line, state.lines))] if with_lines else []
    return [*_figures(state), *later, *lines]


def _alone(terms: LoanTerms, beginning: str) -> Iterator[list[str]]:
    """One operation after the beginning, and the beginning by itself."""
    begun = (*disbursements(terms), *_beginnings(terms)[beginning])
    yield [beginning, "-", *_row(terms, begun, with_lines=True)]
    for name, make in OPERATIONS.items():
        one = make(terms, SECOND, "one")
        yield [beginning, name, *_row(terms, (*begun, one), with_lines=True)]


def _pairs(terms: LoanTerms, first: str) -> Iterator[list[str]]:
    """Every operation after the first, nothing having been paid before."""
    begun = (*disbursements(terms), OPERATIONS[first](terms, FIRST, "one"))
    for second, make in OPERATIONS.items():
        other = make(terms, SECOND, "two")
        yield [first, second, *_row(terms, (*begun, other), with_lines=False)]


TABLES = {
    **{f"alone-{name}": (_alone, name) for name in LOANS},
    **{f"pairs-{name}": (_pairs, name) for name in ("by-day", "by-month")},
}


def rows_of(table: str, first: str) -> list[list[str]]:
    """The rows of a table that begin with `first`, as the engine works them out."""
    rows, name = TABLES[table]
    return list(rows(LOANS[name], first))


def kept(table: str) -> dict[tuple[str, str], list[str]]:
    """The rows of a table as they were kept, by their first two cells."""
    lines = (HERE / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return {(row[0], row[1]): row for row in csv.reader(lines[1:])}


def main() -> None:
    """Write every table anew."""
    for table, (rows, name) in TABLES.items():
        names = [*NAMES, *(f"{one} later" for one in NAMES)]
        head = ["beginning", "operation", *names, "lines"]
        firsts = list(_beginnings(LOANS[name]))
        if rows is _pairs:
            head, firsts = ["first", "second", *names], list(OPERATIONS)
        with (HERE / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([head, *(row for first in firsts for row in rows_of(table, first))])


if __name__ == "__main__":
    main()
