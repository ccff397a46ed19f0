"""The level instalment of many loans at once.

A double annuity says where to look; the schedule itself says what is true. A higher instalment by
one leaves at least one minor unit a line less, because rounding never reverses an order. So an
instalment that clears the balance, with less than one unit a line to spare, is the smallest that
does; one trial is enough for most loans, and the others narrow a bracket.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, Real, having_line
from tideover.kernels.factors import Factors
from tideover.money import Rounding

__all__ = ["annuity", "cleared", "left_after", "rounded_level", "smallest_clearing", "traced"]

#: Closer to a tie than this many minor units, a double does not say which way to round.
NEAR_TIE: Final = 1e-3
#: What a double annuity may be off by, for every line and minor unit.
ANNUITY_ERROR: Final = 4e-16


def annuity(principal: Int, counts: Int, *, factors: Factors, columns: Int | None = None) -> Real:
    """Return the level payment before rounding, in minor units: principal / sum of discounts.

    Loans that differ in nothing but their length may share a column of `factors`: `columns` says
    which one each loan reads.
    """
    worth = np.cumsum(np.cumprod(1 / (1 + factors.estimates), axis=0), axis=0)
    if columns is None:
        columns = np.arange(len(counts)) if worth.shape[1] > 1 else np.zeros_like(counts)
    return np.asarray(principal / worth[counts - 1, columns], dtype=np.float64)


def smallest_clearing(principal: Int, counts: Int, *, factors: Factors) -> Int:
    """Return for every loan the smallest instalment that leaves nothing after its last line."""
    at = np.rint(annuity(principal, counts, factors=factors)).astype(np.int64)
    # Known to leave something, and known to clear.
    low = np.full_like(at, -1)
    high = principal + np.ceil(principal * factors.estimates.sum(axis=0)).astype(np.int64) + 1
    open_ = np.arange(len(principal))
    while len(open_):
        some = factors if len(open_) == len(principal) else factors.picked(open_)
        many = counts[open_]
        left = left_after(principal[open_], many, factors=some, instalment=at)
        clears = left <= 0
        low[open_] = np.where(clears, low[open_], at)
        # One more leaves at least one a line less.
        sure = np.where(clears, at, np.where(left <= many, at + 1, high[open_]))
        high[open_] = np.minimum(high[open_], sure)
        still = ~(clears & (left > -many)) & (high[open_] - low[open_] > 1)
        open_ = open_[still]
        at = _next_trial(at[still], left[still], low=low[open_], high=high[open_],
                         counts=counts[open_])  # fmt: skip
    return np.asarray(high, dtype=np.int64)


def cleared(
    principal: Int, counts: Int, *, factors: Factors, columns: Int
) -> tuple[Int, Int, Mask]:
    """Return the smallest clearing instalments, and what the last line asks for less than that.

    As `smallest_clearing`, without keeping any balance but the last. The third says of which loans
    it decides: every line of theirs repays principal. Columns as in `annuity`.
    """
    at = np.rint(annuity(principal, counts, factors=factors, columns=columns)).astype(np.int64)
    most = factors.estimates.max(axis=0)[columns] * principal
    is_sure = at > most + 1 + counts
    if not factors.is_plain:
        return at, np.zeros_like(at), np.zeros_like(is_sure)
    left = np.stack((principal, principal))
    asked = np.stack((at, at + 1))
    product = np.empty_like(left)
    for line, having in enumerate(having_line(counts)[:-1]):
        balance, interest = left[:, :having], product[:, :having]
        np.multiply(balance, factors.numerators[line][columns[:having]], interest)
        np.add(interest, factors.bias, interest)
        np.floor_divide(interest, factors.denominator, interest)
        np.add(balance, interest, balance)
        np.subtract(balance, asked[:, :having], balance)
    is_more = left[0] > 0
    is_sure &= np.where(is_more, left[1] <= 0, left[0] > -counts)
    return at + is_more, np.where(is_more, left[1], left[0]), is_sure


def traced(
    principal: Int, counts: Int, *, factors: Factors, columns: Int | None = None
) -> tuple[Int, Int, Mask]:
    """Return the smallest clearing instalments and the balances before and after every line.

    One pass tries the annuity rounded, and one more, for all loans together. The mask says of
    which loans that decides; the others, whose interest could be above the instalment among them,
    are for `smallest_clearing`. `columns` as in `annuity`.
    """
    exact = annuity(principal, counts, factors=factors, columns=columns)
    at = np.rint(exact).astype(np.int64)
    most = factors.estimates.max(axis=0)
    loans = np.repeat(np.arange(len(counts)), 2)
    instalment = at[loans]
    instalment[1::2] += 1
    if columns is None:
        columns = np.arange(len(counts)) if len(most) > 1 else np.zeros_like(counts)
    is_sure = at >= most[columns] * principal + 1
    balances = _balances(
        principal[loans], having_line(counts[loans]), factors=factors, instalment=instalment,
        columns=columns[loans],
    )  # fmt: skip
    left = balances[counts[loans], np.arange(len(loans))]
    is_more = left[::2] > 0
    is_sure &= np.where(is_more, left[1::2] <= 0, left[::2] > -counts)
    chosen = balances[:, np.arange(0, len(loans), 2) + is_more]
    is_sure &= chosen[counts - 1, np.arange(len(counts))] >= 0
    return at + is_more, chosen, is_sure


def _balances(
    principal: Int, many: Sequence[int], *, factors: Factors, instalment: Int, columns: Int
) -> Int:
    """The balance before every line and after the last, shape (lines + 1, loans)."""
    balances = np.zeros((len(many), len(principal)), dtype=np.int64)
    balances[0] = principal
    if factors.is_plain:
        numerators, divisor = factors.numerators[:, columns], factors.denominator
        bias = factors.bias
        for line, having in enumerate(many[:-1]):
            before, after = balances[line, :having], balances[line + 1, :having]
            np.multiply(before, numerators[line, :having], after)
            np.add(after, bias, after)
            np.floor_divide(after, divisor, after)
            np.add(after, before, after)
            np.subtract(after, instalment[:having], after)
        return balances
    own = factors.picked(columns)
    for line, having in enumerate(many[:-1]):
        before, after = balances[line, :having], balances[line + 1, :having]
        np.add(before, own.interest(line, before), out=after)
        after -= instalment[:having]
    return balances


def left_after(principal: Int, counts: Int, *, factors: Factors, instalment: Int) -> Int:
    """Return what is left after paying `instalment` on every line, below zero when too much.

    Interest above the instalment is carried to the next line and bears none itself.
    """
    balance, carried = principal.copy(), np.zeros_like(principal)
    many = having_line(counts)
    can_carry = _can_carry(principal, factors=factors, instalment=instalment)
    for line in range(len(many) - 1):
        here = slice(0, many[line])
        due = factors.interest(line, balance[here])
        if not can_carry:
            left = balance[here]
            left += due
            left -= instalment[here]
            continue
        due += carried[here]
        carried[here] = np.maximum(due - instalment[here], 0)
        balance[here] -= np.maximum(instalment[here] - due, 0)
    return np.asarray(balance + carried, dtype=np.int64)


def rounded_level(
    principal: Int, counts: Int, *, factors: Factors, rounding: Rounding = Rounding.HALF_UP
) -> Int:
    """Return the annuity rounded by name; what a double cannot decide is decided in whole numbers.

    A payment that close to a tie is one in a thousand, or fewer.
    """
    exact = annuity(principal, counts, factors=factors)
    whole = np.floor(exact)
    off = exact - whole
    answer = whole.astype(np.int64)
    match rounding:
        case Rounding.UP:
            answer += off > 0
        case Rounding.DOWN:
            pass
        case _:
            answer += off >= 1 / 2
    slack = np.maximum(NEAR_TIE, exact * counts * ANNUITY_ERROR)
    for loan in np.flatnonzero(_near_tie(off, slack, rounding=rounding)):
        place = int(loan)
        column = factors.column(place, lines=int(counts[place]))
        answer[place] = _exact_level(int(principal[place]), column, rounding=rounding)
    return answer


def _near_tie(off: Real, slack: Real, *, rounding: Rounding) -> Mask:
    """Whether rounding turns within `slack`: at a half, or at a whole for the one-way ones."""
    if rounding in (Rounding.UP, Rounding.DOWN):
        return (off < slack) | (off > 1 - slack)
    return np.abs(off - 1 / 2) < slack


def _exact_level(principal: int, column: tuple[Sequence[int], int], *, rounding: Rounding) -> int:
    numerators, whole = column
    scale, weight, growth = 1, 0, 1
    for numerator in numerators:
        weight = scale + weight * (whole + numerator)
        scale *= whole
        growth *= whole + numerator
    return rounding.of(principal * growth, whole * weight)


def _can_carry(principal: Int, *, factors: Factors, instalment: Int) -> bool:
    """Whether an instalment could be below the interest of a line; nearly always not."""
    most = factors.estimates.max(axis=0) * principal
    return bool((instalment < most + 1).any())


def _next_trial(at: Int, left: Int, *, low: Int, high: Int, counts: Int) -> Int:
    """Return the next instalment to try: by the slope of the last one, else the middle."""
    stepped = at + np.where(left > 0, -(-left // counts), -((-left) // (2 * counts)) - 1)
    is_inside = (stepped > low) & (stepped < high)
    return np.where(is_inside, stepped, (low + high) // 2)
