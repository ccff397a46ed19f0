"""Level loans by the month, as the kernels want them."""

from fractions import Fraction
from typing import Final

import numpy as np

from tideover.kernels import Factors, Int, Loans, Schedules, schedules
from tideover.loan import Method

__all__ = ["MILLIONTHS_OF_YEAR", "interest_of", "level_schedules", "penalty_rate"]

#: A rate in millionths a year, over this, is the rate of a month.
MILLIONTHS_OF_YEAR: Final = 12_000_000


def interest_of(balance: Int, rate: Int) -> Int:
    """Return a month's interest on balances, rounded half up, rates being millionths a year."""
    return np.asarray(
        (balance * rate + MILLIONTHS_OF_YEAR // 2) // MILLIONTHS_OF_YEAR, dtype=np.int64
    )


def level_schedules(principal: Int, counts: Int, *, rate: Int) -> Schedules:
    """Return schedules in level instalments; `counts` must fall from loan to loan."""
    shape = (int(counts[0]), len(counts))
    factors = Factors.of(
        np.broadcast_to(rate, shape), np.array([MILLIONTHS_OF_YEAR]), principal=principal
    )
    fee = np.zeros_like(principal)
    return schedules(
        Loans(method=Method.LEVEL, principal=principal, counts=counts, factors=factors, fee=fee)
    )


def penalty_rate(rate: Int, uplift: Fraction) -> Int:
    """Return what late principal costs on top of the contract rate, millionths a year, cut off."""
    return np.asarray(rate * uplift.numerator // uplift.denominator, dtype=np.int64)
