"""The lines of a block of loans, one after the other: the innermost loops of everything here.

Interest is floor((balance x numerator + bias) / denominator). The quotient is estimated in double
precision and put right by the remainder, which is taken in arithmetic that wraps at 64 bits: see
`tideover.kernels.factors` for the limits within which that is exact. A half goes to the even
neighbour where `even` is minus one (all bits set), and stays where it is nought.
"""

import numpy as np

from tideover.kernels.arrays import Int, Real
from tideover.kernels.compiled._jit import BLOCK, compiled

__all__ = ["annuity", "interest", "level_lines", "shared_lines"]


@compiled
def interest(
    balance: int, numerator: int, inverse: float, shift: float, bias: int, denominator: int,
    even: int,
) -> int:  # fmt: skip
    """Return the rounded interest; `inverse` is one over the denominator, `shift` bias over it."""
    quotient = np.int64(balance * (numerator * inverse) + shift)
    rest = balance * numerator + bias - quotient * denominator
    quotient += rest >= denominator
    quotient -= rest < 0
    is_tie = balance * numerator + bias - quotient * denominator == 0
    return quotient - (np.int64(is_tie) & even & quotient)


@compiled
def annuity(
    growth: Real, weight: Real, rate: Int, first: Int, counts: Int, period: Int, inverse: float,
    shortest: int, longest: int,
) -> None:  # fmt: skip
    """Fill what one unit grows to, and what one unit a line does: their ratio is the annuity."""
    width = np.uint64(BLOCK)
    for lane in range(width):
        growth[lane] = 1.0 + rate[lane] * first[lane] * inverse
        weight[lane] = 1.0
    for line in range(1, shortest):
        factor = period[line] * inverse
        for lane in range(width):
            step = 1.0 + rate[lane] * factor
            weight[lane] = weight[lane] * step + 1.0
            growth[lane] *= step
    for line in range(max(shortest, 1), longest):
        factor = period[line] * inverse
        for lane in range(width):
            step = 1.0 + rate[lane] * factor
            is_on = line < counts[lane]
            weight[lane] = weight[lane] * step + 1.0 if is_on else weight[lane]
            growth[lane] = growth[lane] * step if is_on else growth[lane]


@compiled
def level_lines(
    owed: Int, cost: Int, last: Int, level: Int, rate: Int, first: Int, counts: Int, period: Int,
    inverse: float, shift: float, bias: int, denominator: int, even: int, shortest: int,
    longest: int,
) -> None:  # fmt: skip
    """Pay `level` on every line of what is `owed`: interest into `cost`, the last line whole."""
    width = np.uint64(BLOCK)
    for lane in range(width):
        cost[lane] = 0
    if shortest > 1:
        for lane in range(width):
            due = interest(owed[lane], rate[lane] * first[lane], inverse, shift, bias,
                           denominator, even)  # fmt: skip
            owed[lane] -= min(level[lane] - due, owed[lane])
            cost[lane] += due
    for line in range(1, shortest - 1):
        length = period[line]
        for lane in range(width):
            due = interest(owed[lane], rate[lane] * length, inverse, shift, bias, denominator,
                           even)  # fmt: skip
            owed[lane] -= min(level[lane] - due, owed[lane])
            cost[lane] += due
    for line in range(shortest - 1, longest):
        length = period[line]
        for lane in range(width):
            days = first[lane] if line == 0 else length
            due = interest(owed[lane], rate[lane] * days, inverse, shift, bias, denominator, even)
            is_on, is_last = line < counts[lane], line == counts[lane] - 1
            paid = owed[lane] if is_last else min(level[lane] - due, owed[lane])
            last[lane] = paid + due if is_last else last[lane]
            owed[lane] -= paid if is_on else 0
            cost[lane] += due if is_on else 0


@compiled
def shared_lines(
    owed: Int, cost: Int, last: Int, share: Int, rate: Int, first: Int, counts: Int, period: Int,
    inverse: float, shift: float, bias: int, denominator: int, even: int, is_flat: bool,
    longest: int,
) -> None:  # fmt: skip
    """Pay `share` of the principal on every line, and interest on what is owed or, flat, on all."""
    width = np.uint64(BLOCK)
    base = owed.copy()
    for lane in range(width):
        cost[lane] = 0
    for line in range(longest):
        length = period[line]
        for lane in range(width):
            days = first[lane] if line == 0 else length
            due = interest(base[lane], rate[lane] * days, inverse, shift, bias, denominator, even)
            is_on, is_last = line < counts[lane], line == counts[lane] - 1
            paid = owed[lane] if is_last else min(share[lane], owed[lane])
            last[lane] = paid + due if is_last else last[lane]
            owed[lane] -= paid if is_on else 0
            base[lane] = base[lane] if is_flat else owed[lane]
            cost[lane] += due if is_on else 0
