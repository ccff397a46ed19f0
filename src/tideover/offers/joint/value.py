"""What a stream of payments is worth to the lender, with the chance that it breaks off.

    value = Σ months  survival × due × discount  +  break-off × recovery × principal left × discount

The chance of a month grows with its burden, the share of the household's capacity that falls due.
Every number of the curve is in the policy book (`value.*`) and is an assumption of this lender.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from tideover.money import Money
from tideover.offers.joint.plans import Draft
from tideover.offers.joint.standing import Standing, by_month
from tideover.policy import Parameters

__all__ = ["Curve", "contract_value", "expected_value", "plan_value"]

SCALE: Final = 10**15
MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The re-default curve: chances by month, scaled to whole numbers of `SCALE`."""

    discount: int
    base: int
    slope: Fraction
    most: int
    comfortable: Fraction
    recovery: int
    recovery_months: int

    @classmethod
    def of(cls, policy: Parameters) -> "Curve":
        """Return the curve of the policy book."""
        yearly = policy.ratio("value.discount_rate")
        return cls(
            discount=int(SCALE / (1 + yearly / MONTHS_OF_YEAR)),
            base=int(SCALE * policy.ratio("value.default_base")),
            slope=policy.ratio("value.default_slope"),
            most=int(SCALE * policy.ratio("value.default_max")),
            comfortable=policy.ratio("value.burden_comfortable"),
            recovery=int(SCALE * policy.ratio("value.recovery_share")),
            recovery_months=policy.integer("value.recovery_months"),
        )

    def chance(self, due: Money, limit: Money) -> int:
        """Return the chance that a month with this burden breaks the plan off."""
        if not limit:
            return self.most if due else self.base
        above = Fraction(due.minor, limit.minor) - self.comfortable
        return min(self.most, self.base + int(SCALE * self.slope * max(above, Fraction(0))))

    def discounted(self, months: int) -> int:
        """Return what one unit after so many months is worth today."""
        return self.discount**months // SCALE ** (months - 1) if months else SCALE


def plan_value(draft: Draft, *, standing: Standing, curve: Curve) -> Money:
    """Return what a plan is worth to the lender on the day it starts."""
    principal = (
        (due.line.due_date, due.line.principal + due.carried.principal) for _, due in draft.dues
    )
    return expected_value(
        draft.months, principal=by_month(principal), standing=standing, curve=curve
    )


def contract_value(standing: Standing, *, curve: Curve) -> Money:
    """Return what the present contracts are worth to the lender with no agreement."""
    on = standing.request.on
    principal = (
        (max(on, line.due_date), line.remaining.principal)
        for _, situation in standing.loans
        for line in situation.state.lines
    )
    return expected_value(
        by_month(standing.contract_dues),
        principal=by_month(principal),
        standing=standing,
        curve=curve,
    )


def expected_value(
    dues: Mapping[date, Money],
    *,
    principal: Mapping[date, Money],
    standing: Standing,
    curve: Curve,
) -> Money:
    """Return the expected present value of monthly `dues`, rounded down to the minor unit."""
    on, currency = standing.request.on, standing.currency
    left = _sum(principal.values())
    survival, value = SCALE, 0
    for month in sorted(dues):
        months = _months(on, month)
        broken = survival * curve.chance(dues[month], standing.limit_on(month)) // SCALE
        later = curve.discounted(months + curve.recovery_months)
        value += broken * curve.recovery // SCALE * left * later // SCALE
        survival -= broken
        value += survival * dues[month].minor * curve.discounted(months) // SCALE
        left -= principal[month].minor if month in principal else 0
    return Money(value // SCALE, currency)


def _months(on: date, month: date) -> int:
    return max(0, 12 * (month.year - on.year) + month.month - on.month)


def _sum(amounts: Iterable[Money]) -> int:
    return sum(amount.minor for amount in amounts)
