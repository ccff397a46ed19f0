"""One level schedule: ours, and the same figures by other people's engines."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from bench.peers import make_importable
from bench.timing import Table, best_seconds, microseconds
from tideover.loan import (
    AnnualRate,
    Conventions,
    DailyRate,
    LevelRule,
    LoanTerms,
    Method,
    build_schedule,
    schedule_parts,
)
from tideover.money import USD, Money

_PRINCIPAL, _PERCENT = "100000", "6"
_COUNTS = (12, 24, 60, 360)


def tables() -> Iterable[Table]:
    """The comparison by the month, and our own schedules by actual days."""
    make_importable()
    yield Table(
        "Level schedule by the month, rounded payment, all lines",
        ("lines", "figures", "with days and lines", "mortgagemath", "loankit", "figures faster by"),
        tuple(_compared(count) for count in _COUNTS),
    )
    yield Table(
        "Level schedule by actual days, smallest clearing instalment",
        ("lines", "time"),
        tuple(_by_days(count) for count in _COUNTS),
    )


def _terms(count: int) -> LoanTerms:
    return LoanTerms(
        principal=Money.parse(_PRINCIPAL, USD),
        rate=AnnualRate.percent(_PERCENT),
        method=Method.LEVEL,
        instalments=count,
        disbursed_on=date(2020, 1, 1),
        conventions=Conventions(level=LevelRule.ROUNDED),
    )


def _compared(count: int) -> tuple[str, ...]:
    terms = _terms(count)
    mortgagemath, loankit = _mortgagemath(count), _loankit(count)
    ours = [principal for principal, _, _, _ in schedule_parts(terms)]
    _must_agree(ours, [Money.parse(str(row.principal), USD).minor for row in loankit()])
    repeats = max(30, 6000 // count)
    figures = best_seconds(lambda: schedule_parts(terms), repeats=repeats)
    full = best_seconds(lambda: build_schedule(terms), repeats=repeats)
    theirs = [best_seconds(work, repeats=repeats) for work in (mortgagemath, loankit)]
    times = (figures, full, *theirs)
    faster = " and ".join(f"{time / figures:.1f}" for time in theirs)
    return (str(count), *map(microseconds, times), f"{faster} times")


def _must_agree(ours: list[int], theirs: list[int]) -> None:
    # A comparison of times means nothing when the figures differ.
    if ours != theirs:
        raise AssertionError("the schedules that are timed are not the same")


def _mortgagemath(count: int) -> Callable[[], object]:
    from mortgagemath import LoanParams, amortization_schedule

    loan = LoanParams(
        principal=Decimal(_PRINCIPAL), annual_rate=Decimal(_PERCENT), term_months=count
    )
    return lambda: amortization_schedule(loan)


def _loankit(count: int) -> Callable[[], Iterable[Any]]:
    from loan import STRATEGIES, LoanRequest

    request = LoanRequest(Decimal(_PRINCIPAL), Decimal(_PERCENT), count, "equal-installment")
    strategy = STRATEGIES["equal-installment"]()
    return lambda: strategy.generate(request).installments


def _by_days(count: int) -> tuple[str, str]:
    terms = LoanTerms(
        principal=Money.parse(_PRINCIPAL, USD),
        rate=DailyRate.parse("0.0005"),
        method=Method.LEVEL,
        instalments=count,
        disbursed_on=date(2020, 1, 31),
    )
    return str(count), microseconds(best_seconds(lambda: build_schedule(terms), repeats=60))
