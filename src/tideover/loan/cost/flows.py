"""Cash flows, and the one rate at which they are worth nothing.

Signs are the lender's: money out is negative, money in is positive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Final, TypeVar

from tideover.loan.cost.roots import DIGITS, bracket_around, bracketed_root, decimal_of
from tideover.loan.rates import plain_text
from tideover.money import Money, Refusal

_YEAR: Final = 365
_DECIMALS_ON_DISPLAY: Final = 4
_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_Place = TypeVar("_Place", date, int)

#: A flow as number of steps from the start and amount in minor units.
Step = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money on a day: out of the lender's pocket negative, into it positive."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """An effective rate of a year (实际年利率) as a fraction: 3/25 is 12 %."""

    of_year: Fraction

    @property
    def percent_text(self) -> str:
        """The rate in percent, to four decimals: "19.8564"."""
        return plain_text(self.of_year * 100, decimals=_DECIMALS_ON_DISPLAY)


class NoSingleRate(Refusal):
    """The flows change sign never, or more than once, so there is not one rate."""

    code: ClassVar[str] = "no-single-rate"

    def __init__(self, changes: Sequence[object]) -> None:
        where = ", ".join(str(change) for change in changes)
        if changes:
            why, why_zh = f"they change sign {len(changes)} times, at {where}", f"符号变化：{where}"
        else:
            why, why_zh = "they never change sign", "现金流只有一个方向"
        super().__init__(
            f"these cash flows have no single rate: {why}. Check that money paid out is negative "
            f"and money received positive, or judge each part by itself",
            f"这些现金流没有唯一的收益率（{why_zh}）：请确认支出为负、收入为正，或分段计算",
        )
        self.changes = tuple(changes)


def xirr(flows: Sequence[CashFlow]) -> EffectiveRate:
    """Return the effective annual rate at which `flows` are worth nothing (XIRR, 内部收益率).

    Time is actual days over 365 from the earliest flow; the order of `flows` does not matter.
    The answer is correct to far more digits than a year fraction has meaning.

    Raises:
        NoSingleRate: the flows change sign never or more than once.
    """
    by_day = _summed(sorted(flows, key=lambda flow: flow.on))
    changes = _sign_changes(by_day)
    if len(changes) != 1:
        raise NoSingleRate(changes)
    discount = _discount([(day.toordinal(), amount) for day, amount in by_day])
    with localcontext(Context(prec=DIGITS)):
        return EffectiveRate(Fraction(discount**-_YEAR - 1))


def periodic_irr(amounts: Sequence[Money]) -> Fraction:
    """Return the rate of one period at which equally spaced `amounts` are worth nothing (IRR).

    The first is at the start, each other one period later. Times twelve it is the nominal annual
    rate of monthly flows, which Chinese banks show as the simple rate (单利).

    Raises:
        NoSingleRate: the amounts change sign never or more than once.
    """
    steps = [(place, amount.minor) for place, amount in enumerate(amounts) if amount]
    changes = _sign_changes(steps)
    if len(changes) != 1:
        raise NoSingleRate(changes)
    discount = _discount(steps)
    with localcontext(Context(prec=DIGITS)):
        return Fraction(1 / discount - 1)


def present_value_of(flows: Sequence[CashFlow], *, rate: EffectiveRate, on: date) -> Fraction:
    """Return what `flows` are worth on the day `on` at an effective annual rate, in minor units.

    Time is actual days over 365; flows before the day are compounded, later ones discounted.
    Correct to fifty digits, and not rounded.
    """
    with localcontext(Context(prec=DIGITS)):
        base = 1 + decimal_of(rate.of_year)
        worth = sum(
            (
                Decimal(flow.amount.minor) * base ** (Decimal((on - flow.on).days) / _YEAR)
                for flow in flows
            ),
            start=_ZERO,
        )
        return Fraction(worth)


def simple_daily_rate(flows: Sequence[CashFlow]) -> Fraction:
    """Return the daily rate at which `flows` repay exactly, interest settled at every flow.

    Between two flows interest is simple, by actual days; times 365 it is the simple annual rate
    (单利) of a loan that bears interest by the day.

    Raises:
        NoSingleRate: the flows change sign never or more than once.
    """
    by_day = _summed(sorted(flows, key=lambda flow: flow.on))
    changes = _sign_changes(by_day)
    if len(changes) != 1:
        raise NoSingleRate(changes)
    gaps = [(after[0] - before[0]).days for before, after in pairwise(by_day)]
    amounts = [Decimal(amount) for _, amount in by_day]

    kinds = set(gaps)

    def left_over(daily: Decimal) -> Decimal:
        # Months have few lengths: each is divided by once.
        steps = {gap: 1 / (1 + daily * gap) for gap in kinds}
        discount, worth = _ONE, amounts[0]
        for gap, amount in zip(gaps, amounts[1:], strict=True):
            discount *= steps[gap]
            worth += amount * discount
        return worth

    least = Decimal(-1) / max(gaps)
    # To first order the rate is what is earned over the amounts times their days.
    origin = by_day[0][0]
    weight = sum((day - origin).days * amount for day, amount in by_day)
    near = Decimal(sum(amount for _, amount in by_day)) / weight if weight else _ZERO
    low, high = bracket_around(left_over, near if near > least else _ZERO, least=least)
    return Fraction(bracketed_root(left_over, low=low, high=high))


def _discount(steps: Sequence[Step]) -> Decimal:
    """The discount of one step at which steps are worth nothing: one change of sign, one root."""
    amounts = [Decimal(amount) for _, amount in steps]
    gaps = [after[0] - before[0] for before, after in pairwise(steps)]
    kinds, later = set(gaps), [*zip(reversed(gaps), reversed(amounts[:-1]), strict=True)]

    def worth(discount: Decimal) -> Decimal:
        # Horner's rule from the last flow back; powers are of whole steps, few of them different.
        powers = {gap: discount**gap for gap in kinds}
        value = amounts[-1]
        for gap, amount in later:
            value = value * powers[gap] + amount
        return value

    low, high = bracket_around(worth, _ONE, least=_ZERO)
    return bracketed_root(worth, low=low, high=high)


def _summed(flows: Sequence[CashFlow]) -> list[tuple[date, int]]:
    by_day: dict[date, int] = {}
    for flow in flows:
        by_day[flow.on] = by_day.get(flow.on, 0) + flow.amount.minor
    return [(day, amount) for day, amount in by_day.items() if amount]


def _sign_changes(steps: Sequence[tuple[_Place, int]]) -> list[_Place]:
    return [after[0] for before, after in pairwise(steps) if (before[1] > 0) != (after[1] > 0)]
