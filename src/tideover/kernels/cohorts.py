"""Loans of a whole book, grouped by the days on which they fall due.

A group shares one calendar, so that a day count is one number for many loans instead of one each;
inside a group the longest come first, and 64 are worked on side by side (`blocks`).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from tideover.kernels.arrays import BeyondExact, Int
from tideover.kernels.calendars import due_days, month_of, period_days
from tideover.kernels.factors import DENOMINATOR_LIMIT, WORTH_LIMIT, Factors
from tideover.kernels.schedules import Loans
from tideover.loan import LevelRule, Method
from tideover.money import Rounding

__all__ = ["BLOCK", "BY_MONTH", "BY_YEAR_OF_365", "Cohorts"]

#: Loans side by side: eight vector registers of eight.
BLOCK: Final = 64
#: A rate in thousand-millionths a year over this is the rate of a month, or of a day.
BY_MONTH: Final = 12 * 10**9
BY_YEAR_OF_365: Final = 365 * 10**9
NUMERATOR_LIMIT: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohorts:
    """Loans of one method as columns, one group of a calendar after the other.

    `order` says which loan of the caller's each place holds. `rate` is whole over `denominator`
    for a day of `first` (the loan's own first period) and of `days` (calendars, lines; the first
    column is not read); `starts` (calendars + 1) is where each group begins.
    """

    order: Int
    method: Method
    principal: Int
    rate: Int
    counts: Int
    first: Int
    days: Int
    starts: Int
    denominator: int
    rounding: Rounding = Rounding.HALF_UP
    level: LevelRule = LevelRule.SMALLEST_CLEARING
    payment_rounding: Rounding = Rounding.HALF_UP

    def __len__(self) -> int:
        """How many loans there are."""
        return len(self.order)

    @classmethod
    def by_month(cls, principal: Int, counts: Int, *, rate: Int, method: Method) -> "Cohorts":
        """Return loans whose every period is a twelfth of a year, rates in 10^-9 a year."""
        order = np.argsort(-counts, kind="stable")
        return cls(
            order=order,
            method=method,
            principal=principal[order],
            rate=rate[order],
            counts=counts[order],
            first=np.ones_like(order),
            days=np.ones((1, int(counts.max(initial=1))), dtype=np.int64),
            starts=np.array([0, len(order)]),
            denominator=BY_MONTH,
        ).checked()

    @classmethod
    def by_days(
        cls,
        principal: Int,
        counts: Int,
        *,
        rate: Int,
        method: Method,
        disbursed: Int,
        earliest: Int,
        day_of_month: Int,
        denominator: int = BY_YEAR_OF_365,
    ) -> "Cohorts":
        """Return loans by actual days, grouped by the month and day of their earliest due date.

        `disbursed` and `earliest` are days since 1970-01-01, `day_of_month` is the anchor of the
        later due dates; rates are 10^-9 a year of 365 days, or of whatever `denominator` says.
        """
        calendar = month_of(earliest) * 32 + day_of_month
        order = np.lexsort((-counts, calendar))
        keys, starts = np.unique(calendar[order], return_index=True)
        heads = order[starts]
        due = due_days(earliest[heads], day_of_month[heads], lines=int(counts.max(initial=1)))
        return cls(
            order=order,
            method=method,
            principal=principal[order],
            rate=rate[order],
            counts=counts[order],
            first=(earliest - disbursed)[order],
            days=np.ascontiguousarray(period_days(due[0], due).T),
            starts=np.append(starts, len(keys) and len(order)),
            denominator=denominator,
        ).checked()

    def under(
        self,
        *,
        rounding: Rounding = Rounding.HALF_UP,
        level: LevelRule = LevelRule.SMALLEST_CLEARING,
        payment_rounding: Rounding = Rounding.HALF_UP,
    ) -> "Cohorts":
        """Return the same loans under other conventions."""
        return replace(self, rounding=rounding, level=level, payment_rounding=payment_rounding)

    def checked(self) -> "Cohorts":
        """Return the loans, once every amount is known to be within exact arithmetic.

        Raises:
            BeyondExact: a principal, a rate or the denominator is not.
        """
        longest = np.maximum(self.first, int(self.days[:, 1:].max(initial=1)))
        most = self.rate * longest.astype(np.float64)
        worth = self.principal * (1 + most / self.denominator * self.counts) * self.counts
        for what, values, limit in (
            ("principal with interest, times its lines,", worth, WORTH_LIMIT),
            ("one less than the principal", 1 - self.principal, 1),
            ("the rate times the days of a period", most, NUMERATOR_LIMIT),
            ("a negative rate or period, its sign turned,",
             -np.minimum(self.rate, self.first), 1),
            ("the denominator of the rate", np.array([self.denominator]), DENOMINATOR_LIMIT),
        ):  # fmt: skip
            beyond = ~(values < limit)
            if beyond.any():
                place = int(self.order[int(np.argmax(beyond))]) if len(beyond) > 1 else 0
                raise BeyondExact(what, limit=limit, place=place)
        return self

    def restored(self, column: Int) -> Int:
        """Return a column of figures in the order of the caller's loans."""
        back = np.empty_like(column)
        back[self.order] = column
        return back

    @property
    def blocks(self) -> Int:
        """Return (start, stop, calendar) of every block of at most 64 loans."""
        return self.blocks_of(BLOCK)

    def blocks_of(self, size: int) -> Int:
        """Return (start, stop, calendar) of blocks of at most so many loans."""
        found = [
            (start, min(start + size, stop), group)
            for group, (start, stop) in enumerate(
                zip(self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True)
            )
            for start in range(start, stop, size)
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 3)

    def loans(self, places: Int) -> Loans:
        """Return the loans at these places as `schedules` takes them, ordered by their length."""
        counts = self.counts[places]
        group = np.searchsorted(self.starts, places, side="right") - 1
        lines = int(counts[0]) if len(counts) else 1
        numerators = self.days[group, :lines].T * self.rate[places]
        numerators[0] = self.first[places] * self.rate[places]
        principal = self.principal[places]
        denominator = np.array([self.denominator])
        return Loans(
            method=self.method,
            principal=principal,
            counts=counts,
            factors=Factors.of(
                numerators, denominator, principal=principal, rounding=self.rounding
            ),
            fee=np.zeros_like(principal),
            rounding=self.rounding,
            level=self.level,
            payment_rounding=self.payment_rounding,
        )
