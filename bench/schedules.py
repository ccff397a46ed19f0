"""One level schedule: ours, and the same figures by other people's engines in the same run."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from bench._table import Measured, print_measured
from bench._timing import best_microseconds
from bench.peers import make_importable
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
# The goals are stated for the schedule of sixty lines.
_JUDGED = 60


def run() -> bool:
    """Time schedules by the month against the peers, and our own by actual days."""
    make_importable()
    by_month = [row for count in _COUNTS for row in _compared(count)]
    by_days = [_by_days(count) for count in _COUNTS]
    return all(
        [
            print_measured("level schedule by the month, rounded payment", by_month),
            print_measured("level schedule by actual days, smallest clearing", by_days),
        ]
    )


def _compared(count: int) -> Iterable[Measured]:
    terms = _terms(count)
    repeats = max(30, 6000 // count)
    mortgagemath, loankit = _mortgagemath(count), _loankit(count)
    ours = [principal for principal, _, _, _ in schedule_parts(terms)]
    _must_agree(ours, [Money.parse(str(row.principal), USD).minor for row in loankit()])
    figures = best_microseconds(lambda: schedule_parts(terms), repeats=repeats)
    full = best_microseconds(lambda: build_schedule(terms), repeats=repeats)
    yield Measured(f"{count} lines, figures in minor units", figures, "µs")
    is_judged = count == _JUDGED
    yield Measured(f"{count} lines with days and records", full, "µs", 1000 if is_judged else None)
    for name, work, goal in (("mortgagemath", mortgagemath, 10), ("loankit", loankit, 5)):
        theirs = best_microseconds(work, repeats=repeats)
        faster = theirs / figures
        yield Measured(
            f"{count} lines, figures faster than {name}",
            faster,
            "times",
            goal if is_judged else None,
            is_floor=True,
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


def _by_days(count: int) -> Measured:
    terms = LoanTerms(
        principal=Money.parse(_PRINCIPAL, USD),
        rate=DailyRate.parse("0.0005"),
        method=Method.LEVEL,
        instalments=count,
        disbursed_on=date(2020, 1, 31),
    )
    time = best_microseconds(lambda: build_schedule(terms), repeats=60)
    return Measured(f"{count} lines", time, "µs", 1000 if count == _JUDGED else None)
