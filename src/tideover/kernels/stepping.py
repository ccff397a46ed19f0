"""Totals of many loans, a line at a time over all of them, in numpy.

The same steps as the compiled blocks: a double annuity, its neighbour where the smallest clearing
instalment is wanted, and the lines in whole numbers. Loans fall in length, so those that have a
line are the first ones.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, Real, having_line
from tideover.kernels.cohorts import Cohorts
from tideover.kernels.factors import rounding_bias
from tideover.kernels.level import ANNUITY_ERROR, NEAR_TIE
from tideover.loan import LevelRule, Method
from tideover.money import Rounding

__all__ = ["Group"]

NARROW_LIMIT: Final = 2**62


@dataclass(frozen=True, slots=True)
class Group:
    """Some loans of `cohorts`, falling in length; `days` (lines, loans) or, shared, (lines, 1)."""

    principal: Int
    rate: Int
    counts: Int
    first: Int
    days: Int
    having: list[int]
    denominator: int
    bias: int
    is_even: bool
    is_narrow: bool

    @classmethod
    def of(cls, cohorts: Cohorts, places: Int) -> "Group":
        """Return the loans at these places."""
        principal, rate, first = (
            column[places] for column in (cohorts.principal, cohorts.rate, cohorts.first)
        )
        counts = cohorts.counts[places]
        calendars = np.searchsorted(cohorts.starts, places, side="right") - 1
        if calendars[0] == calendars.min() == calendars.max():
            calendars = calendars[:1]
        days = np.ascontiguousarray(cohorts.days[calendars, : int(counts[0])].T)
        longest = max(int(first.max()), int(days.max()))
        largest = int(principal.max()) * int(rate.max()) * longest + cohorts.denominator
        return cls(
            principal=principal,
            rate=rate,
            counts=counts,
            first=first,
            days=days,
            having=having_line(counts),
            denominator=cohorts.denominator,
            bias=int(rounding_bias(np.array([cohorts.denominator]), cohorts.rounding)[0]),
            is_even=cohorts.rounding is Rounding.HALF_EVEN and cohorts.denominator % 2 == 0,
            is_narrow=largest < NARROW_LIMIT,
        )

    def level(self, rule: LevelRule, rounding: Rounding) -> tuple[Int, Int, Int, Mask]:
        """Return level instalment, interest and last line, and for which loans that is decided."""
        exact = self._annuity()
        is_clearing = rule is LevelRule.SMALLEST_CLEARING
        level, near = _rounded(exact, Rounding.HALF_UP if is_clearing else rounding)
        longest = np.maximum(self.first, self.days[1:].max(axis=0, initial=0))
        heaviest = self.principal * (self.rate * longest / self.denominator)
        is_sure = level - 1 > heaviest + 1
        cost, last = self._paid(level)
        if is_clearing:
            tried = level + np.where(last > level, 1, -1)
            other_cost, other_last = self._paid(tried)
            does_clear, did_clear = other_last <= tried, last <= level
            is_sure &= does_clear != did_clear
            for mine, other in ((level, tried), (cost, other_cost), (last, other_last)):
                np.copyto(mine, other, where=does_clear)
        else:
            is_sure &= near >= np.maximum(NEAR_TIE, exact * self.counts * ANNUITY_ERROR)
        np.copyto(level, last, where=self.counts == 1)
        return level, cost, last, is_sure

    def shared(self, method: Method, share: Int) -> tuple[Int, Int]:
        """Return interest and last line of loans that repay `share` with every line."""
        owed, base = self.principal.copy(), self.principal
        cost, last = np.zeros_like(owed), np.zeros_like(owed)
        for line, many in enumerate(self.having[:-1]):
            on = base if method is not Method.EQUAL_PRINCIPAL else owed
            due = self._interest(line, on[:many])
            cost[:many] += due
            ends = slice(self.having[line + 1], many)
            last[ends] = owed[ends] + due[ends]
            owed[:many] -= np.minimum(share[:many], owed[:many])
        return cost, last

    def _annuity(self) -> Real:
        yearly = self.rate / self.denominator
        growth = 1 + self.rate * self.first / self.denominator
        weight = np.ones(len(growth))
        for line, many in enumerate(self.having[1:-1], start=1):
            step = yearly[:many] * self.days[line, :many]
            step += 1
            weight[:many] *= step
            weight[:many] += 1
            growth[:many] *= step
        return np.asarray(self.principal * growth / weight, dtype=np.float64)

    def _paid(self, level: Int) -> tuple[Int, Int]:
        """Interest in all and the last line where `level` is paid on every line before."""
        owed = self.principal.copy()
        cost, last = np.zeros_like(owed), np.zeros_like(owed)
        for line, many in enumerate(self.having[:-1]):
            due = self._interest(line, owed[:many])
            cost[:many] += due
            ends = slice(self.having[line + 1], many)
            last[ends] = owed[ends] + due[ends]
            part = np.subtract(level[:many], due, out=due)
            np.minimum(part, owed[:many], out=part)
            owed[:many] -= part
        return cost, last

    def _interest(self, line: int, owed: Int) -> Int:
        many = len(owed)
        factor = self.rate[:many] * (self.days[line] if line else self.first)[:many]
        if self.is_narrow and not self.is_even:
            factor *= owed
            factor += self.bias
            factor //= self.denominator
            return factor
        product = owed * factor + self.bias
        guess = owed * (factor / self.denominator) + self.bias / self.denominator
        quotient = np.floor(guess).astype(np.int64)
        rest = product - quotient * self.denominator
        quotient += rest >= self.denominator
        quotient -= rest < 0
        if self.is_even:
            is_tie = product - quotient * self.denominator == 0
            quotient -= is_tie & (quotient % 2 != 0)
        return quotient


def _rounded(exact: Real, rounding: Rounding) -> tuple[Int, Real]:
    """The annuity rounded, and how far it is from where that rounding turns."""
    whole = np.floor(exact)
    off = exact - whole
    answer = whole.astype(np.int64)
    if rounding in (Rounding.UP, Rounding.DOWN):
        answer += (off > 0) & (rounding is Rounding.UP)
        return answer, np.minimum(off, 1 - off)
    answer += off >= 1 / 2
    return answer, np.abs(off - 1 / 2)
