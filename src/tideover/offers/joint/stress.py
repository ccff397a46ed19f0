"""How a plan holds when income is worse than stated."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from tideover.affordability import Household, Income, capacity_by_month
from tideover.dates import add_months
from tideover.money import Money
from tideover.offers.joint.answer import StressCase
from tideover.offers.joint.plans import Draft
from tideover.offers.joint.standing import Standing
from tideover.policy import Words, percent_text

__all__ = ["break_even_fall", "months_short", "stress_cases"]

#: The break-even fall of income is found to a tenth of a percent.
STEPS: Final = 1000


def stress_cases(plan: Draft, standing: Standing) -> tuple[StressCase, ...]:
    """Return the plan under each fall of income of the book, and with a recovery that is late."""
    return tuple(_cases(plan, standing))


def months_short(
    plan: Draft, standing: Standing, *, fall: Fraction = Fraction(0), delay: int = 0
) -> tuple[date, ...]:
    """Return the months in which the plan asks for more than is left of a worse income.

    `fall` is the share of all incomes that is lost, `delay` by how many months incomes that have
    not begun yet come later. With neither: of the incomes as they were stated.
    """
    request = standing.request
    worse = _worse(request.household, fall=fall, delay=delay, on=request.on)
    none = Money.zero(standing.currency)
    dues = {
        month: amount + standing.kept_dues.get(month, none) for month, amount in plan.months.items()
    }
    months = capacity_by_month(
        worse,
        months=sorted(dues),
        parameters=request.parameters,
        own_monthly=standing.own_monthly,
    )
    return tuple(month.month for month in months if dues[month.month] > month.capacity)


def break_even_fall(plan: Draft, standing: Standing) -> Fraction:
    """Return the largest fall of all incomes, to a tenth of a percent, that the plan survives."""
    low, high = 0, STEPS
    while low < high:
        middle = (low + high + 1) // 2
        if months_short(plan, standing, fall=Fraction(middle, STEPS)):
            high = middle - 1
        else:
            low = middle
    return Fraction(low, STEPS)


def _cases(plan: Draft, standing: Standing) -> Iterator[StressCase]:
    policy = standing.request.parameters
    for text in policy.names("stress.income_falls"):
        fall = Fraction(text)
        shown = percent_text(fall, digits=0)
        yield StressCase(
            words=Words(f"收入少 {shown}", f"income {shown} lower"),
            income_change=-fall,
            delay_months=0,
            months_short=months_short(plan, standing, fall=fall),
        )
    delay = policy.integer("stress.recovery_delay_months")
    if any(_starts_later(one, standing.request.on) for one in standing.request.household.incomes):
        yield StressCase(
            words=Words(f"收入恢复推迟 {delay} 个月", f"income returns {delay} months later"),
            income_change=Fraction(0),
            delay_months=delay,
            months_short=months_short(plan, standing, delay=delay),
        )


def _worse(household: Household, *, fall: Fraction, delay: int, on: date) -> Household:
    def after(income: Income) -> Income:
        monthly = Money(int(income.monthly.minor * (1 - fall)), income.monthly.currency)
        if not delay or not _starts_later(income, on):
            return replace(income, monthly=monthly)
        since = add_months(income.since or on, delay)
        until = max(income.until, since) if income.until else None
        return replace(income, monthly=monthly, since=since, until=until)

    return replace(household, incomes=tuple(after(income) for income in household.incomes))


def _starts_later(income: Income, on: date) -> bool:
    return income.since is not None and income.since > on
