"""Folding many events into the state of a day."""

from datetime import date, timedelta
from fractions import Fraction

from bench._table import Measured, print_measured
from bench._timing import best_microseconds
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


def run() -> bool:
    """Time the fold of two hundred payments, late and early, and the cost of a schedule."""
    schedule = loan_state(_TERMS, _events(0)[:1], _OUT).schedule
    cost = best_microseconds(lambda: cost_of_credit(schedule), repeats=20) / 1000
    return print_measured(
        "folding 200 payments of a loan of 24 lines",
        [
            *(_row(*one) for one in (("late", 33_000), ("on time", 45_000), ("early", 80_000))),
            Measured("simple and effective rate, fifty digits", cost, "ms"),
        ],
    )


def _row(name: str, minor: int) -> Measured:
    events = _events(minor)
    time = best_microseconds(lambda: loan_state(_TERMS, events, _ON), repeats=15) / 1000
    return Measured(f"payments {name}", time, "ms", goal=20)


def _events(minor: int) -> list[Event]:
    payments = (
        Paid(_OUT + timedelta(days=1 + 4 * place), f"{place:03d}", Money(minor, CNY))
        for place in range(200)
    )
    return [Disbursed(_OUT, "out", _TERMS.principal), *payments]
