"""What late principal costs on top of the contract rate."""

from fractions import Fraction

import numpy as np

from tideover.kernels import Int

__all__ = ["penalty_rate"]


def penalty_rate(rate: Int, uplift: Fraction) -> Int:
    """Return what late principal costs on top of the contract rate, millionths a year, cut off."""
    return np.asarray(rate * uplift.numerator // uplift.denominator, dtype=np.int64)
