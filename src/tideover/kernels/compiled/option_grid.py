"""All plans of a menu for blocks of 64 debts: one schedule for those that share it."""

from math import floor

import numpy as np

from tideover.kernels.arrays import Int, Mask, Real
from tideover.kernels.compiled._jit import BLOCK, compiled, lanes
from tideover.kernels.compiled._lines import annuity, interest, level_lines
from tideover.kernels.compiled.totals import choose_clearing, next_trial

__all__ = ["option_grid"]

MILLIONTHS_OF_YEAR = 12_000_000
HALF = MILLIONTHS_OF_YEAR // 2
INVERSE, SHIFT = 1.0 / MILLIONTHS_OF_YEAR, 0.5
LEAST = 1e-9
Curve = tuple[float, float, float, float, float, float]


@compiled
def _levels(
    principal: Int, rate: Int, counts: Int, ones: Int, level: Int, cost: Int, last: Int,
    growth: Real, weight: Real, is_sure: Mask,
) -> None:  # fmt: skip
    """Fill the smallest clearing instalments of a block with their interest and last lines."""
    longest, shortest = counts[0], counts[BLOCK - 1]
    left, tried, other_cost, other_last, _, _, _, _ = lanes()
    annuity(growth, weight, rate, ones, counts, ones, INVERSE, shortest, longest)
    for lane in range(BLOCK):
        exact = principal[lane] * growth[lane] / weight[lane]
        level[lane] = np.int64(floor(exact + 0.5))
        heaviest = principal[lane] * (rate[lane] * INVERSE)
        is_sure[lane] &= level[lane] - 1 > heaviest + 1.0
    left[:] = principal
    level_lines(left, cost, last, level, rate, ones, counts, ones, INVERSE, SHIFT, HALF,
                MILLIONTHS_OF_YEAR, 0, shortest, longest)  # fmt: skip
    next_trial(level, last, tried)
    left[:] = principal
    level_lines(left, other_cost, other_last, tried, rate, ones, counts, ones, INVERSE, SHIFT,
                HALF, MILLIONTHS_OF_YEAR, 0, shortest, longest)  # fmt: skip
    choose_clearing(level, cost, last, tried, other_cost, other_last, is_sure)
    for lane in range(BLOCK):
        if counts[lane] == 1:
            level[lane] = last[lane]


@compiled
def _worths(
    principal: Int, rate: Int, counts: Int, level: Int, plans: int,
    survives: Real, lost: Real, weight: Real, worth: Real,
) -> None:  # fmt: skip
    """Go through the lines once more, for all plans that share them: shapes (plans, lanes)."""
    width = np.uint64(BLOCK)
    due, owed = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    left = principal.copy()
    for line in range(counts[0]):
        for lane in range(width):
            is_on, is_last = line < counts[lane], line == counts[lane] - 1
            cost = interest(left[lane], rate[lane], INVERSE, SHIFT, HALF, MILLIONTHS_OF_YEAR, 0)
            part = left[lane] if is_last else min(level[lane] - cost, left[lane])
            due[lane], owed[lane] = part + cost, left[lane]
            left[lane] -= part if is_on else 0
        if line < counts[BLOCK - 1]:
            for plan in range(plans):
                for lane in range(width):
                    weight[plan, lane] *= survives[plan, lane]
                    gained = lost[plan, lane] * owed[lane] + due[lane]
                    worth[plan, lane] += gained * weight[plan, lane]
            continue
        for plan in range(plans):
            for lane in range(width):
                is_on = line < counts[lane]
                thinner = weight[plan, lane] * survives[plan, lane]
                gained = (lost[plan, lane] * owed[lane] + due[lane]) * thinner
                weight[plan, lane] = thinner if is_on else weight[plan, lane]
                worth[plan, lane] += gained if is_on else 0.0


@compiled
def _chance(due: int, capacity: int, curve: Curve) -> float:
    """The chance of a month to break off."""
    _, _, base, slope, most, comfortable = curve
    if capacity <= 0:
        return most
    return min(base + slope * max(due / capacity - comfortable, 0.0), most)


@compiled
def _open_plan(
    start: int, stop: int, row: int, pause: int, is_waived: bool, first: float, curve: Curve,
    owed_interest: Int, penalty: Int, capacity: Int, rate: Int, count: Int, paused: Int,
    level: Int, cost: Int, last: Int,
    survives: Real, lost: Real, weight: Real, worth: Real, out: tuple[Int, ...],
) -> None:  # fmt: skip
    """Fill what a plan asks for, and what its worth begins with."""
    counts, rates, levels, lasts, carrieds, dues, interests, _ = out
    month, later = curve[0], curve[1]
    for lane in range(stop - start):
        debt, many = start + lane, count[lane]
        owed = owed_interest[debt] + paused[lane] * pause
        carried = owed + (0 if is_waived else penalty[debt])
        due = level[lane] - (-carried // many)
        chance = _chance(due, capacity[row, debt], curve)
        survives[lane] = (1 - chance) * month
        lost[lane] = chance / max(1 - chance, LEAST) * later
        weight[lane], worth[lane] = first, 0.0
        counts[row, debt], rates[row, debt] = many, rate[lane]
        levels[row, debt], lasts[row, debt] = level[lane], last[lane]
        carrieds[row, debt], dues[row, debt] = carried, due
        interests[row, debt] = cost[lane] + owed


@compiled
def _close_plan(
    start: int, stop: int, row: int, first: float, count: Int, survives: Real, weight: Real,
    worth: Real, out: tuple[Int, ...],
) -> None:  # fmt: skip
    """Fill what a plan is worth with what it carries."""
    carried, worths = out[4], out[7]
    for lane in range(stop - start):
        debt, many = start + lane, count[lane]
        stays = survives[lane]
        series = stays * (first - weight[lane]) / max(1 - stays, LEAST)
        total = series if stays < 1 else many * first
        worths[row, debt] = np.int64(floor(worth[lane] + carried[row, debt] / many * total))


@compiled
def option_grid(
    principal: Int, counts: Int, rate: Int, owed_interest: Int, penalty: Int,
    pairs: Int, order: Int, ends: Int, pause: Int, waives: Mask, first: Real, capacity: Int,
    curve: Curve, out: tuple[Int, ...], out_sure: Mask,
) -> None:  # fmt: skip
    """Fill every plan of every debt, shape (plans, debts), debts falling in length.

    `pairs` (extension, cut) share a schedule among the plans `order[ends[i] : ends[i + 1]]`; `out`
    are counts, rate, level, last, carried, due, interest, worth. `out_sure` is false for debts
    that are for exact arithmetic.
    """
    owed, yearly, base, count, paused, level, cost, last = lanes()
    growth, sums = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    sure = np.ones(BLOCK, np.bool_)
    survives, lost = np.zeros((len(order), BLOCK)), np.zeros((len(order), BLOCK))
    weight, worth = np.zeros((len(order), BLOCK)), np.zeros((len(order), BLOCK))
    ones = np.ones(max(BLOCK, counts[0] + pairs[:, 0].max()), np.int64)
    for start in range(0, len(principal), BLOCK):
        stop = min(start + BLOCK, len(principal))
        sure[:] = True
        for lane in range(BLOCK):
            debt = min(start + lane, stop - 1)
            owed[lane], base[lane] = principal[debt], counts[debt]
        for pair in range(len(pairs)):
            rows = order[ends[pair] : ends[pair + 1]]
            for lane in range(BLOCK):
                yearly[lane] = max(rate[min(start + lane, stop - 1)] - pairs[pair, 1], 0)
                count[lane] = base[lane] + pairs[pair, 0]
                paused[lane] = interest(owed[lane], yearly[lane], INVERSE, SHIFT, HALF,
                                        MILLIONTHS_OF_YEAR, 0)  # fmt: skip
            _levels(owed, yearly, count, ones, level, cost, last, growth, sums, sure)
            for plan, row in enumerate(rows):
                _open_plan(start, stop, row, pause[row], waives[row], first[row], curve,
                           owed_interest, penalty, capacity, yearly, count, paused, level, cost,
                           last, survives[plan], lost[plan], weight[plan], worth[plan],
                           out)  # fmt: skip
            _worths(owed, yearly, count, level, len(rows), survives, lost, weight, worth)
            for plan, row in enumerate(rows):
                _close_plan(start, stop, row, first[row], count, survives[plan], weight[plan],
                            worth[plan], out)  # fmt: skip
        out_sure[start:stop] = sure[: stop - start]
