"""Effective yearly rates of many streams of payments, 64 side by side."""

from math import exp, expm1, log

import numpy as np

from tideover.kernels.arrays import Int, Real
from tideover.kernels.compiled._jit import BLOCK, compiled

__all__ = ["plan_rates", "shared_xirr"]

DAYS_OF_YEAR = 365
CLOSE = 1e-10
STEPS_MAX = 100


@compiled
def _power(base: Real, times: int, result: Real) -> None:
    """Fill `base` multiplied by itself so many times, by squares."""
    square = base.copy()
    result[:] = 1.0
    while times > 0:
        if times & 1:
            for lane in range(np.uint64(BLOCK)):
                result[lane] *= square[lane]
        times >>= 1
        for lane in range(np.uint64(BLOCK)):
            square[lane] *= square[lane]


@compiled
def _distinct(days: Int, lines: int, gaps: Int, slots: Int) -> int:
    """Fill the distinct gaps between payments, and which one each line has; return how many."""
    many, before = 0, np.int64(0)
    for line in range(lines):
        gap = days[line] - before
        before = days[line]
        slot = 0
        while slot < many and gaps[slot] != gap:
            slot += 1
        if slot == many:
            gaps[many] = gap
            many += 1
        slots[line] = slot
    return many


@compiled
def _ceiling(owed: float, amounts: Real, days: Int, lines: int) -> float:
    """What the root is not above: all paid on the last day, or each payment worth what is owed."""
    total, latest = 0.0, np.int64(0)
    for line in range(lines):
        if amounts[line] > 0.0:
            total += amounts[line]
            latest = days[line]
    if total > owed:
        return log(owed / total) / latest
    least = np.inf
    for line in range(lines):
        if amounts[line] > 0.0:
            least = min(least, (log(owed) - log(amounts[line])) / days[line])
    return least


@compiled
def _solve(owed: Real, amounts: Real, days: Int, lines: int, start: Real, rates: Real) -> None:
    """Fill the rates of a block: `amounts` (lines, lanes), payment days (lines,) from day nought.

    The unknown is the logarithm of the discount of a day. What the payments are worth rises with
    it and is convex, so Newton comes down to the root from the first step on, whatever the start.
    """
    gaps, slots = np.zeros(lines, np.int64), np.zeros(lines, np.int64)
    many = _distinct(days, lines, gaps, slots)
    factors = np.zeros((many, BLOCK), np.float64)
    discount, ceiling = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    worth, slope = np.zeros(BLOCK, np.float64), np.zeros(BLOCK, np.float64)
    for lane in range(BLOCK):
        ceiling[lane] = _ceiling(owed[lane], amounts[:, lane], days, lines)
        start[lane] = min(start[lane], ceiling[lane])
    for _ in range(STEPS_MAX):
        for lane in range(BLOCK):
            discount[lane] = exp(start[lane])
        for slot in range(many):
            _power(discount, gaps[slot], factors[slot])
        worth[:], slope[:] = 0.0, 0.0
        for line in range(lines - 1, -1, -1):
            factor, day = factors[slots[line]], days[line]
            for lane in range(np.uint64(BLOCK)):
                worth[lane] = (worth[lane] + amounts[line, lane]) * factor[lane]
                slope[lane] = (slope[lane] + amounts[line, lane] * day) * factor[lane]
        largest = 0.0
        for lane in range(BLOCK):
            before = start[lane]
            after = before - (log(worth[lane]) - log(owed[lane])) * worth[lane] / slope[lane]
            start[lane] = min(after, ceiling[lane])
            largest = max(largest, abs(start[lane] - before))
        if largest <= CLOSE:
            break
    for lane in range(BLOCK):
        rates[lane] = expm1(-DAYS_OF_YEAR * start[lane])


@compiled
def shared_xirr(owed: Int, payments: Int, days: Int, rates: Real) -> None:
    """Fill the rates (loans,) at which `payments` (lines, loans) on shared `days` repay `owed`."""
    lines = len(days)
    amounts = np.zeros((lines, BLOCK), np.float64)
    debt, start, found = np.zeros(BLOCK), np.zeros(BLOCK), np.zeros(BLOCK)
    for first in range(0, len(owed), BLOCK):
        stop = min(first + BLOCK, len(owed))
        for lane in range(BLOCK):
            loan = min(first + lane, stop - 1)
            debt[lane], start[lane] = owed[loan], 0.0
            for line in range(lines):
                amounts[line, lane] = payments[line, loan]
        _solve(debt, amounts, days, lines, start, found)
        rates[first:stop] = found[: stop - first]


@compiled
def plan_rates(
    owed: Int, counts: Int, rate: Int, level: Int, last: Int, carried: Int, pause: Int, due: Int,
    rates: Real,
) -> None:  # fmt: skip
    """Fill the rates (plans, debts) of plans that pay `level`, then `last`, and spread `carried`.

    `due` (months,) are the days of the months ahead; plan i begins after `pause[i]` of them.
    """
    longest = counts.max()
    amounts = np.zeros((longest, BLOCK), np.float64)
    debt, start, found = np.zeros(BLOCK), np.zeros(BLOCK), np.zeros(BLOCK)
    for plan in range(len(counts)):
        days = due[pause[plan] :]
        for first in range(0, len(owed), BLOCK):
            stop = min(first + BLOCK, len(owed))
            lines = counts[plan, first]
            for lane in range(BLOCK):
                loan = min(first + lane, stop - 1)
                many, rest = counts[plan, loan], carried[plan, loan]
                share = -(-rest // many)
                debt[lane] = owed[loan]
                start[lane] = -log(1.0 + rate[plan, loan] / 12e6) * (12.0 / DAYS_OF_YEAR)
                for line in range(lines):
                    part = min(max(rest - share * line, 0), share)
                    asked = level[plan, loan] if line < many - 1 else last[plan, loan]
                    amounts[line, lane] = asked + part if line < many else 0
            _solve(debt, amounts, days, lines, start, found)
            rates[plan, first:stop] = found[: stop - first]
