"""Instalment, interest and last line of many loans, by blocks that share a due calendar."""

from math import floor

import numpy as np

from tideover.kernels.arrays import Int, Mask, Real
from tideover.kernels.compiled._jit import BLOCK, compiled, lanes
from tideover.kernels.compiled._lines import annuity, level_lines, shared_lines

__all__ = ["NEAREST", "level_totals", "shared_totals"]

#: How the annuity is rounded: to the nearest, up, or (any other) down.
NEAREST = 0
UP = 1
#: Closer to a tie than this many minor units, a double does not say which way to round.
NEAR_TIE = 1e-3
#: What a double annuity may be off by, for every line and minor unit.
ANNUITY_ERROR = 4e-16


@compiled
def _take(
    start: int, stop: int, principal: Int, rate: Int, counts: Int, first: Int,
    owed: Int, yearly: Int, count: Int, begin: Int,
) -> None:  # fmt: skip
    """Bring the loans of a block into lanes; what is left of the block repeats the last loan."""
    for lane in range(np.uint64(BLOCK)):
        loan = min(start + np.int64(lane), stop - 1)
        owed[lane], yearly[lane] = principal[loan], rate[loan]
        count[lane], begin[lane] = counts[loan], first[loan]


@compiled
def _guess(
    owed: Int, yearly: Int, count: Int, begin: Int, growth: Real, weight: Real, most: int,
    inverse: float, turn: int, is_rounded: bool, level: Int, is_sure: Mask,
) -> None:  # fmt: skip
    """Fill the annuity rounded, and whether a double may say so and no interest is carried."""
    for lane in range(BLOCK):
        exact = owed[lane] * growth[lane] / weight[lane]
        whole = np.int64(floor(exact))
        off = exact - whole
        if turn == NEAREST:
            level[lane] = whole + (off >= 0.5)
            near = abs(off - 0.5)
        else:
            level[lane] = whole + (turn == UP and off > 0.0)
            near = min(off, 1.0 - off)
        heaviest = owed[lane] * (yearly[lane] * max(most, begin[lane]) * inverse)
        slack = max(NEAR_TIE, exact * count[lane] * ANNUITY_ERROR)
        is_sure[lane] = level[lane] - 1 > heaviest + 1.0
        is_sure[lane] &= near >= slack or not is_rounded


@compiled
def _longest_period(period: Int, lines: int) -> int:
    most = np.int64(0)
    for line in range(1, lines):
        most = max(most, period[line])
    return most


@compiled
def level_totals(
    blocks: Int, principal: Int, rate: Int, counts: Int, first: Int, days: Int,
    denominator: int, bias: int, even: int, is_clearing: bool, turn: int,
    out_level: Int, out_cost: Int, out_last: Int, out_sure: Mask,
) -> None:  # fmt: skip
    """Fill level, interest and last line (loans,) for the `blocks` (start, stop, calendar).

    Loans of a block share a calendar and fall in length; `days` (calendars, lines) are the periods
    and `first` is each loan's own first one. `out_sure` is false where the double annuity does not
    decide, or interest could be above an instalment: those are for exact arithmetic.
    """
    inverse, shift = 1.0 / denominator, bias / denominator
    owed, yearly, count, begin, level, cost, last, left = lanes()
    tried, other_cost, other_last, _, _, _, _, _ = lanes()
    growth, weight = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    sure = np.zeros(BLOCK, np.bool_)
    for block in range(len(blocks)):
        start, stop, period = blocks[block, 0], blocks[block, 1], days[blocks[block, 2]]
        longest, shortest = counts[start], counts[stop - 1]
        _take(start, stop, principal, rate, counts, first, owed, yearly, count, begin)
        annuity(growth, weight, yearly, begin, count, period, inverse, shortest, longest)
        _guess(owed, yearly, count, begin, growth, weight, _longest_period(period, longest),
               inverse, turn, not is_clearing, level, sure)  # fmt: skip
        left[:] = owed
        level_lines(left, cost, last, level, yearly, begin, count, period, inverse, shift, bias,
                    denominator, even, shortest, longest)  # fmt: skip
        if is_clearing:
            next_trial(level, last, tried)
            left[:] = owed
            level_lines(left, other_cost, other_last, tried, yearly, begin, count, period,
                        inverse, shift, bias, denominator, even, shortest,
                        longest)  # fmt: skip
            choose_clearing(level, cost, last, tried, other_cost, other_last, sure)
        for lane in range(stop - start):
            loan = start + lane
            out_level[loan], out_cost[loan], out_last[loan] = level[lane], cost[lane], last[lane]
            out_sure[loan] = sure[lane]


@compiled
def next_trial(level: Int, last: Int, tried: Int) -> None:
    """Fill one more where an instalment leaves something, and one less where it clears."""
    for lane in range(BLOCK):
        tried[lane] = level[lane] + (1 if last[lane] > level[lane] else -1)


@compiled
def choose_clearing(
    level: Int, cost: Int, last: Int, tried: Int, other_cost: Int, other_last: Int, sure: Mask
) -> None:
    """Keep the smaller of two neighbours that clears; both or neither decides nothing."""
    for lane in range(BLOCK):
        does_clear, did_clear = other_last[lane] <= tried[lane], last[lane] <= level[lane]
        sure[lane] &= does_clear != did_clear
        if does_clear:
            level[lane], cost[lane], last[lane] = tried[lane], other_cost[lane], other_last[lane]


@compiled
def shared_totals(
    blocks: Int, principal: Int, rate: Int, counts: Int, first: Int, days: Int,
    denominator: int, bias: int, even: int, is_flat: bool, share: Int,
    out_cost: Int, out_last: Int,
) -> None:  # fmt: skip
    """Fill interest and last line (loans,) of loans that repay `share` (loans,) with every line.

    Blocks and days as in `level_totals`; a share of nought leaves all of it to the last line.
    """
    inverse, shift = 1.0 / denominator, bias / denominator
    owed, yearly, count, begin, part, cost, last, _ = lanes()
    for block in range(len(blocks)):
        start, stop, period = blocks[block, 0], blocks[block, 1], days[blocks[block, 2]]
        _take(start, stop, principal, rate, counts, first, owed, yearly, count, begin)
        for lane in range(BLOCK):
            part[lane] = share[min(start + lane, stop - 1)]
        shared_lines(owed, cost, last, part, yearly, begin, count, period, inverse, shift, bias,
                     denominator, even, is_flat, counts[start])  # fmt: skip
        for lane in range(stop - start):
            out_cost[start + lane], out_last[start + lane] = cost[lane], last[lane]
