"""Schedules published by textbooks, regulators and lenders, and totals of calculators."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from tideover.cli.conformance.cells import differs, earliest, exact
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    Conventions,
    LevelRule,
    LoanTerms,
    Method,
    Schedule,
    ScheduleLine,
    build_schedule,
)
from tideover.money import Currency, Money, Rounding, total

_START: Final = date(2001, 1, 1)
_STEPS: Final = {"annual": 12, "semi_annual": 6, "quarterly": 3, "monthly": 1}
_COMPOUNDS: Final = {"annual": 1, "semi_annual": 2, "quarterly": 4, "monthly": 12}
_ROUNDINGS: Final = {
    "ROUND_HALF_UP": Rounding.HALF_UP,
    "ROUND_HALF_EVEN": Rounding.HALF_EVEN,
    "ROUND_HALF_DOWN": Rounding.HALF_DOWN,
    "ROUND_UP": Rounding.UP,
    "ROUND_DOWN": Rounding.DOWN,
}
# A source that carries full precision shows rounded cells of an unrounded schedule.
_FINE: Final = Currency("XTS", digits=16)


def mortgage(case: Case) -> str | None:
    """Return the first published cell that differs."""
    loan, expected = case["loan"], case["expected"]
    cents = Currency("XTS", digits=0 if loan.get("currency_unit") == "1" else 2)
    # A balloon by actual days and without rows is a lender's formula: it rounds only the result.
    is_actual = str(loan.get("day_count")).startswith("actual")
    is_formula = is_actual and "balloon_at_term" in expected and not case.get("rows")
    carries = loan.get("balance_tracking") == "carry_precision"
    lines = tuple(_lines(loan, _FINE if carries or is_formula else cents))
    cells = _Cells(lines, cents, _ROUNDINGS[loan["payment_rounding"]])
    payment = expected.get("periodic_payment") or expected.get("monthly_payment")
    return earliest(
        cells.differs("payment", lines[0].instalment, payment),
        cells.differs("balloon", _balloon(lines), expected.get("balloon_at_term")),
        *(cell for row in case.get("rows", ()) for cell in cells.row(row)),
        *(cell for row in expected.get("amortization_ranges", ()) for cell in cells.stretch(row)),
    )


class _Cells:
    """The lines of a schedule, shown as the source shows them."""

    def __init__(self, lines: tuple[ScheduleLine, ...], cents: Currency, payment: Rounding) -> None:
        self.lines = lines
        self.cents = cents
        self.payment = payment

    def differs(self, name: str, ours: Money, theirs: Any) -> str | None:
        if theirs is None:
            return None
        fine = Fraction(ours.minor, ours.currency.minor_per_major)
        rounding = self.payment if name == "payment" else Rounding.HALF_UP
        minor = rounding(fine * self.cents.minor_per_major)
        return differs(name, Money(minor, self.cents), theirs)

    def row(self, row: Mapping[str, Any]) -> Iterator[str | None]:
        line = self.lines[int(row["payment"]) - 1]
        name = f"row {line.number}"
        yield self.differs(f"{name} interest", line.interest, row.get("interest"))
        yield self.differs(f"{name} principal", line.principal, row.get("principal"))
        yield self.differs(f"{name} balance", line.closing_balance, row.get("balance"))
        yield self.differs(f"{name} payment", line.instalment, row.get("payment_amount"))

    def stretch(self, row: Mapping[str, Any]) -> Iterator[str | None]:
        lines = self.lines[row["start_payment"] - 1 : row["end_payment"]]
        name = f"rows {row['start_payment']} to {row['end_payment']}"
        currency = lines[0].principal.currency
        interest = total((line.interest for line in lines), currency)
        principal = total((line.principal for line in lines), currency)
        yield self.differs(f"{name} interest", interest, row.get("interest"))
        yield self.differs(f"{name} principal", principal, row.get("principal"))
        yield self.differs(f"{name} balance", lines[-1].closing_balance, row.get("balance"))


def _balloon(lines: tuple[ScheduleLine, ...]) -> Money:
    """What is left after the last regular payment."""
    return lines[-1].instalment - lines[0].instalment


def _lines(loan: Mapping[str, Any], currency: Currency) -> Iterator[ScheduleLine]:
    """The lines, built anew from every line at which the rate changes."""
    schedule = build_schedule(_terms(loan, currency))
    changes = {row["effective_payment_number"]: row for row in loan.get("rate_schedule", ())}
    starts = [1, *sorted(changes), len(schedule.lines) + 1]
    for start, end in pairwise(starts):
        if start in changes:
            schedule = _recast(loan, schedule, changes[start])
        first = schedule.lines[0].number
        yield from schedule.lines[start - first : end - first]


def _recast(loan: Mapping[str, Any], before: Schedule, change: Mapping[str, Any]) -> Schedule:
    start = change["effective_payment_number"]
    offset = before.lines[0].number
    last = before.lines[start - offset - 1]
    currency = before.currency
    changed = _terms({**loan, "annual_rate": change["new_annual_rate"]}, currency)
    terms = replace(
        changed,
        principal=last.closing_balance,
        instalments=len(before.lines) - (start - offset),
        disbursed_on=last.due_date,
    )
    later = build_schedule(terms)
    numbered = (replace(line, number=line.number + start - 1) for line in later.lines)
    return Schedule(later.opening_balance, later.start, tuple(numbered))


def _terms(loan: Mapping[str, Any], currency: Currency) -> LoanTerms:
    frequency = loan.get("payment_frequency", "monthly")
    step = _STEPS[frequency]
    over = loan.get("amortization_period_months")
    is_fine = currency is _FINE
    rounding = _ROUNDINGS[loan["payment_rounding"]]
    compounding = loan.get("compounding", frequency)
    starts_on = loan.get("start_date")
    return LoanTerms(
        principal=Money.parse(str(loan["principal"]), currency),
        rate=AnnualRate(
            exact(loan["annual_rate"]) / 100,
            _day_count(loan),
            None if compounding == frequency else _COMPOUNDS[compounding],
        ),
        method=Method.LEVEL,
        instalments=loan["term_months"] // step,
        disbursed_on=date.fromisoformat(starts_on) if starts_on else _START,
        frequency=Frequency(step, Unit.MONTHS),
        rounding=Rounding.HALF_EVEN if is_fine else _ROUNDINGS[loan["interest_rounding"]],
        amortised_over=over // step if over else None,
        conventions=Conventions(
            level=LevelRule.ROUNDED,
            payment_rounding=Rounding.HALF_EVEN if is_fine else rounding,
            is_nominal_level=True,
        ),
    )


def _day_count(loan: Mapping[str, Any]) -> DayCount:
    return {
        "actual/360": DayCount.ACT_360,
        "actual/365": DayCount.ACT_365F,
        "actual/actual": DayCount.ACT_ACT_ISDA,
    }.get(loan.get("day_count", "30/360"), DayCount.MONTHLY)


def calculator(case: Case) -> str | None:
    """The payment and totals of a Chinese loan calculator, within its stated tolerance.

    Some calculators multiply the unrounded payment by the number of instalments, so the totals
    are taken from a schedule in finer units.
    """
    equal = case["method"] == "equal_installment"
    terms = LoanTerms(
        principal=Money.parse(str(case["principal"]), _FINE),
        rate=AnnualRate.percent(str(case["annual_rate_pct"])),
        method=Method.LEVEL if equal else Method.EQUAL_PRINCIPAL,
        instalments=case["n"],
        disbursed_on=_START,
        conventions=Conventions(level=LevelRule.ROUNDED),
    )
    schedule = build_schedule(terms)
    ours = {
        "payment": schedule.lines[0].instalment,
        "first_payment": schedule.lines[0].instalment,
        "last_payment": schedule.lines[-1].instalment,
        "total_payment": schedule.total,
        "total_interest": schedule.total_interest,
    }
    within = case["tolerance"]
    return earliest(
        *(differs(name, ours[name], cell, within) for name, cell in case["expected"].items())
    )


READERS: Final[Mapping[str, Callable[[Case], str | None]]] = {
    "published_mortgages": mortgage,
    "chinese_calculators": calculator,
}
