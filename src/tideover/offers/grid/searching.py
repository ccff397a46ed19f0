"""The search: every length after every pause, and at every cut of the rates, as columns.

All loans of a household are looked at together. Every combination is priced to the minor unit and
held to amortisation, the capacity of every month and the cap; only those that cannot repay
principal have no price.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from tideover.kernels import (
    BreakOff,
    Int,
    Mask,
    by_month,
    expected_value,
    fits_every_month,
    order_by_count,
)
from tideover.loan import Method
from tideover.money import Currency, Money
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.candidate import Candidate
from tideover.offers.grid.plans import (
    LoanPlans,
    Plans,
    Table,
    could_fit,
    is_capped,
    payment_of,
    plans_of,
)
from tideover.offers.grid.worth import contract_value
from tideover.offers.search import reduced_rates
from tideover.offers.situation import Situation

__all__ = ["Found", "Grid", "Ways", "grid_of"]

#: How many plans at a lower rate are priced line by line.
SHORTEST_KEPT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Combinations as columns: `asked` instalments after `pauses` steps, at a cut of the rates.

    With several loans a plan of so many instalments gives each loan as many, or the most it may
    have: `counts` (loans, ways).
    """

    asked: Int
    pauses: Int
    cuts: Int
    counts: Int

    def picked(self, chosen: Mask | Int) -> "Ways":
        """Return the ways that are chosen, by mask or by place."""
        return Ways(
            asked=self.asked[chosen],
            pauses=self.pauses[chosen],
            cuts=self.cuts[chosen],
            counts=self.counts[:, chosen],
        )

    def kept(self) -> "Ways":
        """Return all ways at the contract's rates, and the shortest few at each cut and pause.

        A lower rate is granted for the shortest plan alone; the next ones stand by, should what
        is carried be too much for it.
        """
        chosen = self.cuts == 0
        step = 1 + int(self.pauses.max(initial=0))
        kinds = self.cuts * step + self.pauses
        for kind in np.unique(kinds[~chosen]):
            chosen[np.flatnonzero(kinds == kind)[-SHORTEST_KEPT:]] = True
        return self.picked(chosen)

    def of_loan(self, loan: int) -> Plans:
        """Return the ways as plans of one of the loans."""
        return Plans(counts=self.counts[loan], pauses=self.pauses, cuts=self.cuts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ways that fit every month, lawful and amortising.

    By cut, then by pause, then the shortest first. `dues` (months, ways) start with the month of
    the search; `payment` is the most of any month, `interest` and `cost` (with fees) what the plan
    costs, `room` what the tightest month leaves, `value` what the lender may expect of it, nought
    where the grid has no curve. All minor units. `looked_at` is how many combinations there were.
    """

    ways: Ways
    dues: Int
    payment: Int
    interest: Int
    cost: Int
    room: Int
    value: Int
    looked_at: int
    currency: Currency
    plans: tuple[LoanPlans, ...]

    def candidates(self, cut: int | None = None) -> tuple[Candidate, ...]:
        """Return the ways one by one, all or those at one cut of the rates."""
        rows: Iterator[tuple[int, int, int, int, int, int, int, int]] = zip(
            self.ways.asked.tolist(), self.ways.pauses.tolist(), self.ways.cuts.tolist(),
            self.payment.tolist(), self.interest.tolist(), self.cost.tolist(), self.room.tolist(),
            self.value.tolist(), strict=True,
        )  # fmt: skip
        return tuple(Candidate(*row, self.currency) for row in rows if cut is None or row[2] == cut)


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

    def ways(self, pauses: Sequence[int], *, cuts: Sequence[tuple[int, int]] = ()) -> Ways:
        """Return every permitted length after each of the pauses, and at each (cut, pause)."""
        kinds = [(0, pause) for pause in pauses]
        kinds += cuts
        longest = [self.longest(pause) for _, pause in kinds]
        none = np.zeros(0, dtype=np.int64)
        asked = np.concatenate([none, *(np.arange(1, 1 + one) for one in longest)])
        both = np.array(kinds, dtype=np.int64).reshape(len(kinds), 2)
        return self._ways(asked, np.repeat(both, longest, axis=0))

    def _ways(self, asked: Int, kinds: Int) -> Ways:
        """The ways of these lengths, each at its (cut, pause), the longest first."""
        order = order_by_count(asked)
        asked, cuts, pauses = asked[order], kinds[order, 0], kinds[order, 1]
        most = [
            [calendar.longest_after(pause) for pause in range(1 + int(pauses.max(initial=0)))]
            for calendar in self.calendars
        ]
        counts = np.minimum(asked, np.array(most, dtype=np.int64)[:, pauses])
        return Ways(asked=asked, pauses=pauses, cuts=cuts, counts=counts)

    @property
    def cuts(self) -> range:
        """The cuts of the rates that policy lets an approver grant, counted from one."""
        return range(1, 1 + max(sum(1 for _ in reduced_rates(one)) for one in self.situations))

    def search(self, pauses: Sequence[int], *, cuts: Sequence[tuple[int, int]] = ()) -> Found:
        """Return the ways that could be signed: the contract's rates after every pause, and cuts.

        `cuts` are pairs of a cut of the rates and a pause.

        Raises:
            BeyondExact: an amount is above what arrays hold exactly.
        """
        ways = self.ways(pauses, cuts=cuts)
        looked_at = len(ways.asked)
        plans: list[LoanPlans] = []
        if looked_at:
            ways, plans = self._priced(ways)
        for tested in (self._repays, self._fits_alone, self._is_capped):
            if len(ways.asked):
                passes = tested(plans)
                ways, plans = ways.picked(passes), [one.picked(passes) for one in plans]
        dues = self._by_month([one.amounts for one in plans], plans, ways)
        if len(plans) > 1:
            passes = fits_every_month(dues, self.limits)
            dues, ways = dues[:, passes], ways.picked(passes)
            plans = [one.picked(passes) for one in plans]
        found = self._found(ways, plans, dues=dues, looked_at=looked_at)
        if self.curve is None:
            return found
        value = self.values(found, np.arange(len(found.ways.asked)), curve=self.curve)
        return replace(found, value=value)

    def priced(
        self, asked: Sequence[int], *, pauses: Sequence[int], cut: int = 0
    ) -> tuple[Candidate, ...]:
        """Return plans of these lengths after these pauses as they would be, fitting or not."""
        if not asked:
            return ()
        kinds = np.array([(cut, after) for after in pauses], dtype=np.int64)
        ways = self._ways(np.array(asked, dtype=np.int64), kinds)
        plans = self._plans(ways)
        dues = self._by_month([one.amounts for one in plans], plans, ways)
        found = self._found(ways, plans, dues=dues, looked_at=len(asked))
        figures = {(one.instalments, one.pause_months): one for one in found.candidates()}
        return tuple(figures[way] for way in zip(asked, pauses, strict=True))

    def longest(self, pause: int = 0) -> int:
        """Return the most instalments any loan may have after a pause, nought if one has none."""
        each = [calendar.longest_after(pause) for calendar in self.calendars]
        return max(each) if min(each) else 0

    def counts(self, asked: int, *, pause: int = 0) -> tuple[int, ...]:
        """Return how many instalments each loan has in a plan of so many."""
        return tuple(min(asked, calendar.longest_after(pause)) for calendar in self.calendars)

    def asked_for(self, asked: int) -> Money:
        """Return about what a plan of so many instalments without a pause asks for a month."""
        minor = sum(
            payment_of(situation, calendar, counts=count)
            for situation, calendar, count in zip(
                self.situations, self.calendars, self.counts(asked), strict=True
            )
        )
        return Money(minor, self.currency)

    def least_limit(self, asked: int) -> Money:
        """Return the least that may fall due in the months of a plan without a pause."""
        months = max(
            int(calendar.months[count - 1])
            for calendar, count in zip(self.calendars, self.counts(asked), strict=True)
        )
        start = min(int(calendar.months[0]) for calendar in self.calendars)
        return Money(int(self.limits[start : months + 1].min()), self.currency)

    def _priced(self, ways: Ways) -> tuple[Ways, list[LoanPlans]]:
        """The ways whose payments are within capacity, with every line of every loan."""
        tables = self._tables(ways)
        could = np.ones(len(ways.asked), dtype=np.bool_)
        for loan, (situation, calendar) in enumerate(self._loans):
            could &= could_fit(
                situation, calendar, plans=ways.of_loan(loan), table=tables[loan],
                limits=self.limits,
            )  # fmt: skip
        ways = ways.picked(could)
        if len(tables) == 1 and self.calendars[0].terms.method is not Method.FLAT:
            ways = ways.kept()
        return ways, self._plans(ways, tables) if len(ways.asked) else []

    def _tables(self, ways: Ways) -> list[Table]:
        return [
            Table.of(situation, calendar, plans=ways.of_loan(loan))
            for loan, (situation, calendar) in enumerate(self._loans)
        ]

    def _plans(self, ways: Ways, tables: Sequence[Table] = ()) -> list[LoanPlans]:
        tables = tables or self._tables(ways)
        return [
            plans_of(situation, calendar, plans=ways.of_loan(loan), table=tables[loan])
            for loan, (situation, calendar) in enumerate(self._loans)
        ]

    @property
    def _loans(self) -> list[tuple[Situation, Calendar]]:
        return list(zip(self.situations, self.calendars, strict=True))

    def _repays(self, plans: Sequence[LoanPlans]) -> Mask:
        return np.asarray(np.all([one.amortises for one in plans], axis=0), dtype=np.bool_)

    def _fits_alone(self, plans: Sequence[LoanPlans]) -> Mask:
        """Whether every loan by itself is within the limit of every month."""
        each = [
            one.fits(self.limits, calendar)
            for one, calendar in zip(plans, self.calendars, strict=True)
        ]
        return np.asarray(np.all(each, axis=0), dtype=np.bool_)

    def _is_capped(self, plans: Sequence[LoanPlans]) -> Mask:
        each = [
            is_capped(situation, calendar, priced=one)
            for one, (situation, calendar) in zip(plans, self._loans, strict=True)
        ]
        return np.asarray(np.all(each, axis=0), dtype=np.bool_)

    def _by_month(self, rows: Sequence[Int], plans: Sequence[LoanPlans], ways: Ways) -> Int:
        sums = np.zeros((len(self.limits), len(ways.asked)), dtype=np.int64)
        for amounts, one, calendar in zip(rows, plans, self.calendars, strict=False):
            sums += by_month(amounts, one.months(calendar), months=len(self.limits))
        return sums

    def _found(self, ways: Ways, plans: Sequence[LoanPlans], *, dues: Int, looked_at: int) -> Found:
        """The figures of the ways, in the order in which they are told."""
        order = np.lexsort((ways.asked, ways.pauses, ways.cuts))
        ways, dues = ways.picked(order), dues[:, order]
        plans = [one.picked(order) for one in plans]
        none = np.zeros(len(order), dtype=np.int64)
        interest = sum((one.interest for one in plans), start=none)
        cost = sum((one.fees for one in plans), start=interest)
        room = np.where(dues > 0, self.limits[:, None] - dues, np.iinfo(np.int64).max)
        return Found(
            ways=ways,
            dues=dues,
            payment=dues.max(axis=0),
            interest=interest,
            cost=cost,
            room=room.min(axis=0),
            value=np.zeros_like(order),
            plans=tuple(plans),
            looked_at=looked_at,
            currency=self.currency,
        )

    def values(self, found: Found, places: Int, *, curve: BreakOff) -> Int:
        """Return what the lender may expect of the found ways at these places."""
        plans = [one.picked(places) for one in found.plans]
        dues = found.dues[:, places]
        ways = found.ways.picked(places)
        principal = self._by_month([one.principal for one in plans], plans, ways)
        return expected_value(dues, principal, limits=self.limits, curve=curve)

    def contract_value(self, curve: BreakOff) -> int:
        """Return what the lender may expect of the contracts with no agreement, in minor units."""
        return contract_value(self.situations, limits=self.limits, curve=curve)


def grid_of(situation: Situation) -> Grid:
    """Return the grid of one loan that takes the whole capacity."""
    return Grid.of((situation,), limits=situation.by_month)
