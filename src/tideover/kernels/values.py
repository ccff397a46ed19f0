"""What streams of payments are worth: by a yearly rate, and by the chance that they break off.

Values are estimates, not money that moves: worked out in doubles, rounded down to the minor unit.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Real
from tideover.policy import Parameters

__all__ = ["BreakOff", "expected_value", "present_value", "simple_worth"]

DAYS_OF_YEAR: Final = 365
MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakOff:
    """How likely payments are to break off, and what is recovered then. All are plain fractions.

    The chance of a month is `base`, and `slope` for every unit of burden (due over capacity)
    above `comfortable`, at most `most`. `recovery` of the principal left comes after
    `recovery_months`; `discount` is the yearly rate at which later money is valued.
    """

    discount: float
    base: float
    slope: float
    most: float
    comfortable: float
    recovery: float
    recovery_months: int

    @classmethod
    def of(cls, policy: Parameters) -> "BreakOff":
        """Return the curve of the policy book (`value.*`)."""
        return cls(
            discount=float(policy.ratio("value.discount_rate")),
            base=float(policy.ratio("value.default_base")),
            slope=float(policy.ratio("value.default_slope")),
            most=float(policy.ratio("value.default_max")),
            comfortable=float(policy.ratio("value.burden_comfortable")),
            recovery=float(policy.ratio("value.recovery_share")),
            recovery_months=policy.integer("value.recovery_months"),
        )


def present_value(payments: Int, *, days: Int, rate: Real) -> Real:
    """Return what `payments` (lines, loans) are worth at effective yearly rates (loans,).

    `days` (lines, loans) or (lines, 1) count from the day of valuation; time is actual / 365.
    """
    worth = payments * np.exp(-np.log1p(rate) * days / DAYS_OF_YEAR)
    return np.asarray(worth.sum(axis=0), dtype=np.float64)


def simple_worth(payments: Int, *, gaps: Int, rate: float) -> Real:
    """Return what `payments` are worth at a simple yearly rate that is settled at every payment.

    `gaps` (lines, loans) are the days since the payment before. The simple rate of a stream is
    above `rate` exactly where this is above what is owed.
    """
    discount = np.cumprod(1 / (1 + rate / DAYS_OF_YEAR * gaps), axis=0)
    return np.asarray((payments * discount).sum(axis=0), dtype=np.float64)


def expected_value(dues: Int, principal: Int, *, limits: Int, curve: BreakOff) -> Int:
    """Return the expected present value of monthly dues, rounded down to the minor unit.

        value = sum of survival x due x discount + break-off x recovery x principal left x discount

    `dues` and `principal` (months, plans) start with the month of valuation, `limits` (months,)
    are what can be paid in each. A month without dues breaks nothing off.
    """
    months = np.arange(len(dues) + curve.recovery_months)
    discount = (1 + curve.discount / MONTHS_OF_YEAR) ** -months[:, None].astype(np.float64)
    chance = _chances(dues, limits, curve=curve)
    survival = np.cumprod(1 - chance, axis=0)
    broken = np.empty_like(survival)
    broken[0] = chance[0]
    broken[1:] = survival[:-1] * chance[1:]
    left = principal.sum(axis=0) - np.cumsum(principal, axis=0) + principal
    kept = (survival * dues * discount[: len(dues)]).sum(axis=0)
    recovered = (broken * left * discount[curve.recovery_months :]).sum(axis=0) * curve.recovery
    return np.asarray(np.floor(kept + recovered), dtype=np.int64)


def _chances(dues: Int, limits: Int, *, curve: BreakOff) -> Real:
    burden = dues / np.maximum(limits, 1)[:, None]
    chance = curve.base + curve.slope * np.maximum(burden - curve.comfortable, 0)
    chance = np.minimum(chance, curve.most)
    chance[limits <= 0] = curve.most
    return np.asarray(np.where(dues > 0, chance, 0), dtype=np.float64)
