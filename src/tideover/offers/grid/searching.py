"""The search: every length after every pause, for all loans of a household together, as columns.

The payment of every combination is estimated first; what could not fit in some month is left out,
the rest is priced to the minor unit and held to capacity, cap and amortisation. Estimates are
never above the true payment, so no plan that fits is passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from tideover.kernels import BreakOff, Int, Mask, by_month, expected_value, fits_every_month
from tideover.loan import Rate
from tideover.money import Currency, Money
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.candidate import Candidate
from tideover.offers.grid.plans import LoanPlans, estimated, plans_of
from tideover.offers.search import cut_rate
from tideover.offers.situation import Situation

__all__ = ["Found", "Grid", "Ways", "grid_of"]

#: What an estimate of a payment may be short of: a rounding, and one share of what is carried.
SLACK: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Combinations as columns: `asked` instalments after `pauses` steps, at one cut of the rates.

    With several loans a plan of so many instalments gives each loan as many, or the most it may
    have: `counts` (loans, ways).
    """

    asked: Int
    pauses: Int
    counts: Int

    def picked(self, chosen: Mask) -> "Ways":
        """Return those where `chosen` holds."""
        return Ways(
            asked=self.asked[chosen], pauses=self.pauses[chosen], counts=self.counts[:, chosen]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ways that fit every month, lawful and amortising, the shortest after each pause first.

    `dues` (months, ways) start with the month of the search; `payment` is the most of any month,
    `interest` and `cost` (with fees) what the plan costs, `room` what the tightest month leaves,
    `value` what the lender may expect of it, nought where the grid has no curve. All minor units.
    `looked_at` is how many combinations there were, `cut` the cut of the rates they were looked
    at with.
    """

    ways: Ways
    dues: Int
    payment: Int
    interest: Int
    cost: Int
    room: Int
    value: Int
    looked_at: int
    cut: int
    currency: Currency

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the ways one by one."""
        columns = (
            self.ways.asked, self.ways.pauses, self.payment, self.interest, self.cost, self.room,
            self.value,
        )  # fmt: skip
        return tuple(
            Candidate(
                instalments=asked,
                pause_months=pause,
                cut=self.cut,
                payment_minor=payment,
                interest_minor=interest,
                cost_minor=cost,
                room_minor=room,
                value_minor=value,
                currency=self.currency,
            )
            for asked, pause, payment, interest, cost, room, value in zip(
                *(column.tolist() for column in columns), strict=True
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The loans of a household, their calendars, and what may fall due in every month."""

    situations: tuple[Situation, ...]
    calendars: tuple[Calendar, ...]
    limits: Int
    currency: Currency
    curve: BreakOff | None

    @classmethod
    def of(
        cls,
        situations: Sequence[Situation],
        *,
        limits: Mapping[date, Money],
        curve: BreakOff | None = None,
    ) -> "Grid":
        """Return the grid of loans that share the `limits` of each month.

        Without a `curve` no plan is valued.
        """
        calendars = tuple(Calendar.of(situation) for situation in situations)
        on = situations[0].on
        months = 1 + max(int(calendar.months[-1]) for calendar in calendars)
        column = np.zeros(months, dtype=np.int64)
        for month, limit in limits.items():
            place = 12 * (month.year - on.year) + month.month - on.month
            if 0 <= place < months:
                column[place] = limit.minor
        return cls(
            situations=tuple(situations),
            calendars=calendars,
            limits=column,
            currency=situations[0].terms.currency,
            curve=curve,
        )

    def ways(self, pauses: Sequence[int]) -> Ways:
        """Return every permitted length after each of the pauses."""
        asked: list[int] = []
        paused: list[int] = []
        longest = np.zeros((len(self.calendars), max(pauses, default=0) + 1), dtype=np.int64)
        for pause in pauses:
            each = [calendar.longest_after(pause) for calendar in self.calendars]
            longest[:, pause] = each
            if min(each):
                asked += range(1, max(each) + 1)
                paused += [pause] * max(each)
        counts, after = np.array(asked, dtype=np.int64), np.array(paused, dtype=np.int64)
        return Ways(asked=counts, pauses=after, counts=np.minimum(counts, longest[:, after]))

    def search(self, pauses: Sequence[int], *, cut: int = 0) -> Found:
        """Return the ways that could be signed, at the contract rates or at a cut of them.

        Raises:
            BeyondExact: an amount is above what arrays hold exactly.
        """
        rates = tuple(cut_rate(situation, cut) for situation in self.situations)
        ways = self.ways(pauses)
        could = ways.picked(self._could_fit(ways, rates)) if len(ways.asked) else ways
        plans = self._plans(could, rates) if len(could.asked) else []
        dues = self._by_month([(one.amounts, one.months) for one in plans], could)
        passes = fits_every_month(dues, self.limits)
        for one in plans:
            passes &= one.amortises & one.is_capped
        return self._found(
            could, plans, dues=dues, passes=passes, looked_at=len(ways.asked), cut=cut
        )

    def priced(
        self, asked: Sequence[int], *, pauses: Sequence[int], cut: int = 0
    ) -> tuple[Candidate, ...]:
        """Return plans of these lengths after these pauses as they would be, fitting or not."""
        if not asked:
            return ()
        rates = tuple(cut_rate(situation, cut) for situation in self.situations)
        counts = [self.counts(one, pause=after) for one, after in zip(asked, pauses, strict=True)]
        ways = Ways(
            asked=np.array(asked, dtype=np.int64),
            pauses=np.array(pauses, dtype=np.int64),
            counts=np.array(counts, dtype=np.int64).T,
        )
        plans = self._plans(ways, rates)
        dues = self._by_month([(one.amounts, one.months) for one in plans], ways)
        passes = np.ones(len(asked), dtype=np.bool_)
        found = self._found(ways, plans, dues=dues, passes=passes, looked_at=len(asked), cut=cut)
        return found.candidates()

    def could_fit(self, pauses: Sequence[int], *, cut: int) -> tuple[int, tuple[int, ...]]:
        """Return how many ways there are at a cut of the rates, and the lengths that could fit."""
        ways = self.ways(pauses)
        if not len(ways.asked):
            return 0, ()
        rates = tuple(cut_rate(situation, cut) for situation in self.situations)
        could = ways.picked(self._could_fit(ways, rates))
        return len(ways.asked), tuple(could.asked.tolist())

    def longest(self, pause: int = 0) -> int:
        """Return the most instalments any loan may have after a pause, nought if one has none."""
        each = [calendar.longest_after(pause) for calendar in self.calendars]
        return max(each) if min(each) else 0

    def counts(self, asked: int, *, pause: int = 0) -> tuple[int, ...]:
        """Return how many instalments each loan has in a plan of so many."""
        return tuple(min(asked, calendar.longest_after(pause)) for calendar in self.calendars)

    def asked_for(self, asked: int) -> Money:
        """Return about what a plan of so many instalments without a pause asks for a month."""
        none = np.zeros(1, dtype=np.int64)
        minor = 0
        for situation, calendar, count in zip(
            self.situations, self.calendars, self.counts(asked), strict=True
        ):
            payment, _ = estimated(situation, calendar, counts=none + count, pauses=none)
            minor += int(payment[0])
        return Money(minor, self.currency)

    def least_limit(self, asked: int) -> Money:
        """Return the least that may fall due in the months of a plan without a pause."""
        months = max(
            int(calendar.months[count - 1])
            for calendar, count in zip(self.calendars, self.counts(asked), strict=True)
        )
        start = min(int(calendar.months[0]) for calendar in self.calendars)
        return Money(int(self.limits[start : months + 1].min()), self.currency)

    def _plans(self, ways: Ways, rates: Sequence[Rate | None]) -> list[LoanPlans]:
        return [
            plans_of(situation, calendar, counts=counts, pauses=ways.pauses, rate=rate)
            for situation, calendar, counts, rate in zip(
                self.situations, self.calendars, ways.counts, rates, strict=True
            )
        ]

    def _could_fit(self, ways: Ways, rates: Sequence[Rate | None]) -> Mask:
        """Whether every loan by itself could be within the limits, as far as estimates tell."""
        could = np.ones(len(ways.asked), dtype=np.bool_)
        for situation, calendar, counts, rate in zip(
            self.situations, self.calendars, ways.counts, rates, strict=True
        ):
            payment, is_idle = estimated(
                situation, calendar, counts=counts, pauses=ways.pauses, rate=rate
            )
            limits = self.limits[calendar.months]
            most = _least_before(limits, counts=counts, pauses=ways.pauses)
            # The last line takes what roundings leave, and may ask for less.
            last = limits[ways.pauses + counts - 1] + SLACK * counts
            could &= ~is_idle & (payment - SLACK <= np.minimum(most, last))
        return could

    def _by_month(self, amounts: Sequence[tuple[Int, Int]], ways: Ways) -> Int:
        sums = np.zeros((len(self.limits), len(ways.asked)), dtype=np.int64)
        for rows, months in amounts:
            sums += by_month(rows, months, months=len(self.limits))
        return sums

    def _found(
        self,
        ways: Ways,
        plans: Sequence[LoanPlans],
        *,
        dues: Int,
        passes: Mask,
        looked_at: int,
        cut: int,
    ) -> Found:
        """The figures of the ways that pass."""
        dues = dues[:, passes]
        none = np.zeros(len(ways.asked), dtype=np.int64)
        interest = sum((one.interest for one in plans), start=none)
        fees = sum((one.fees for one in plans), start=none)
        room = np.where(dues > 0, self.limits[:, None] - dues, np.iinfo(np.int64).max)
        return Found(
            ways=ways.picked(passes),
            dues=dues,
            payment=dues.max(axis=0),
            interest=interest[passes],
            cost=(interest + fees)[passes],
            room=room.min(axis=0),
            value=self._values(plans, ways, dues=dues, passes=passes),
            looked_at=looked_at,
            cut=cut,
            currency=self.currency,
        )

    def _values(self, plans: Sequence[LoanPlans], ways: Ways, *, dues: Int, passes: Mask) -> Int:
        """What the lender may expect of the ways that pass, nought where nobody asked."""
        if self.curve is None:
            return np.zeros(dues.shape[1], dtype=np.int64)
        principal = self._by_month([(one.principal, one.months) for one in plans], ways)
        return expected_value(dues, principal[:, passes], limits=self.limits, curve=self.curve)


def _least_before(limits: Int, *, counts: Int, pauses: Int) -> Int:
    """Return the least limit of the lines before the last one of each plan."""
    lines = int(counts.max())
    starts = np.arange(int(pauses.max()) + 1)
    places = np.minimum(starts + np.arange(lines)[:, None], len(limits) - 1)
    least = np.minimum.accumulate(limits[places], axis=0)
    before = least[np.maximum(counts - 2, 0), pauses]
    return np.asarray(np.where(counts > 1, before, np.iinfo(np.int64).max), dtype=np.int64)


def grid_of(situation: Situation) -> Grid:
    """Return the grid of one loan that takes the whole capacity."""
    return Grid.of((situation,), limits=situation.by_month)
