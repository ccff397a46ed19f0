"""Folding many events into the state of a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from bench.timing import Table, best_seconds, microseconds
from tideover.loan import (
    DailyRate,
    Disbursed,
    Event,
    LoanTerms,
    Method,
    Paid,
    cost_of_credit,
    loan_state,
)
from tideover.money import CNY, Money

_OUT = date(2018, 9, 11)
_ON = date(2020, 12, 1)
_TERMS = LoanTerms(
    principal=Money(10_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.LEVEL,
    instalments=24,
    disbursed_on=_OUT,
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)


def tables() -> Iterable[Table]:
    """The fold of two hundred payments, late and early, and the cost of a schedule."""
    rows = [_row("late", 33_000), _row("about on time", 45_000), _row("in advance", 80_000)]
    schedule = loan_state(_TERMS, _events(0)[:1], _OUT).schedule
    cost = best_seconds(lambda: cost_of_credit(schedule), repeats=20)
    yield Table("Folding 200 payments of a 24-line loan", ("the payments are", "time"), (*rows,))
    yield Table(
        "Cost of credit of 24 lines, fifty digits", ("measure", "time"),
        (("simple and effective rate", microseconds(cost)),),
    )  # fmt: skip


def _row(name: str, minor: int) -> tuple[str, str]:
    events = _events(minor)
    return name, microseconds(best_seconds(lambda: loan_state(_TERMS, events, _ON), repeats=15))


def _events(minor: int) -> list[Event]:
    payments = (
        Paid(_OUT + timedelta(days=1 + 4 * place), f"{place:03d}", Money(minor, CNY))
        for place in range(200)
    )
    return [Disbursed(_OUT, "out", _TERMS.principal), *payments]
