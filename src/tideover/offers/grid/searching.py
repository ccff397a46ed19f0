"""The search: every length after every pause, and with everything that may be granted, as columns.

All loans of a household are looked at together. Of every combination the least that it asks for is
worked out; those which that leaves within every month are priced line by line to the minor unit,
and held to amortisation, the capacity of every month and the cap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Final

import numpy as np

from tideover.kernels import BreakOff, Int, Mask, by_month, expected_value, fits_every_month
from tideover.money import Currency, Money
from tideover.offers.grants import Grants, grants_of
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.candidate import Candidate
from tideover.offers.grid.granted import Granted, granted_of
from tideover.offers.grid.plans import NEAR_PAYMENT, LoanPlans, Table, is_capped, plans_of
from tideover.offers.grid.reach import within_reach
from tideover.offers.grid.ways import Ways, ways_of
from tideover.offers.grid.worth import contract_value
from tideover.offers.situation import Situation

__all__ = ["Found", "Grid", "grid_of"]

#: Of how many grants plans are priced line by line, and how many plans of each.
GRANTS_KEPT: Final = 6
EACH_KEPT: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ways that fit every month, lawful and amortising.

    By grant, then by pause, then the shortest first. `dues` (months, ways) start with the month of
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

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the ways one by one."""
        rows: Iterator[tuple[int, int, int, int, int, int, int, int]] = zip(
            self.ways.asked.tolist(), self.ways.pauses.tolist(), self.ways.grants.tolist(),
            self.payment.tolist(), self.interest.tolist(), self.cost.tolist(), self.room.tolist(),
            self.value.tolist(), strict=True,
        )  # fmt: skip
        return tuple(Candidate(*row, self.currency) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The loans of a household, their calendars, what may be granted and fall due in every month.

    `grants` are those that the policy of every loan admits.
    """

    situations: tuple[Situation, ...]
    calendars: tuple[Calendar, ...]
    grants: Grants
    granted: tuple[Granted, ...]
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
        grants = reduce(Grants.both, (grants_of(one.parameters) for one in situations))
        return cls(
            situations=tuple(situations),
            calendars=calendars,
            grants=grants,
            granted=tuple(granted_of(one, grants) for one in situations),
            limits=column,
            currency=situations[0].terms.currency,
            curve=curve,
        )

    def ways(self, kinds: Sequence[tuple[int, int]]) -> Ways:
        """Return every permitted length of each (grant, pause)."""
        longest = [self.longest(pause) for _, pause in kinds]
        none = np.zeros(0, dtype=np.int64)
        asked = np.concatenate([none, *(np.arange(1, 1 + one) for one in longest)])
        both = np.array(kinds, dtype=np.int64).reshape(len(kinds), 2)
        grants, pauses = np.repeat(both, longest, axis=0).T
        return ways_of(self.calendars, asked=asked, pauses=pauses, grants=grants)

    def search(
        self,
        pauses: Sequence[int],
        *,
        granted: Sequence[tuple[int, int]] = (),
        longest: bool = False,
        few: bool = False,
    ) -> Found:
        """Return the ways that could be signed: plain ones after every pause, and granted ones.

        `granted` are pairs of a grant's place and a pause. Few of those are priced: of the first
        grants that do, the shortest plans, or the longest. Where `few` will do, none of them, and
        of the plans after a pause the shortest alone.

        Raises:
            BeyondExact: an amount is above what arrays hold exactly.
        """
        kinds = [(0, pause) for pause in pauses]
        ways = self.ways([*kinds, *granted])
        looked_at = len(ways.asked)
        plans: list[LoanPlans] = []
        if looked_at:
            tables = self._tables(ways)
            ways = ways.picked(within_reach(tables, ways, limits=self.limits))
            ways = ways.thinned(
                kinds=0 if few else GRANTS_KEPT, each=EACH_KEPT, longest=longest, paused=few
            )
        if len(ways.asked):
            plans = self._plans(tables, ways)
            passes = self._could_be_signed(tables, plans)
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

    def priced(self, asked: Sequence[int], *, pauses: Sequence[int]) -> tuple[Candidate, ...]:
        """Return plain plans of these lengths after these pauses, fitting or not."""
        if not asked:
            return ()
        none = np.zeros(len(asked), dtype=np.int64)
        ways = ways_of(
            self.calendars, asked=none + np.array(asked), pauses=none + np.array(pauses),
            grants=none,
        )  # fmt: skip
        plans = self._plans(self._tables(ways), ways)
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
        none = np.zeros(1, dtype=np.int64)
        ways = ways_of(self.calendars, asked=none + asked, pauses=none, grants=none)
        minor = 0
        for loan, table in enumerate(self._tables(ways)):
            plans = ways.of_loan(loan)
            minor += int(table.at_least(plans)[0] + table.carried_share(plans)[0]) + NEAR_PAYMENT
        return Money(minor, self.currency)

    def least_limit(self, asked: int) -> Money:
        """Return the least that may fall due in the months of a plan without a pause."""
        months = max(
            int(calendar.months[count - 1])
            for calendar, count in zip(self.calendars, self.counts(asked), strict=True)
        )
        start = min(int(calendar.months[0]) for calendar in self.calendars)
        return Money(int(self.limits[start : months + 1].min()), self.currency)

    def _tables(self, ways: Ways) -> list[Table]:
        return [
            Table.of(situation, calendar, granted=granted, plans=ways.of_loan(loan))
            for loan, (situation, calendar, granted) in enumerate(
                zip(self.situations, self.calendars, self.granted, strict=True)
            )
        ]

    def _plans(self, tables: Sequence[Table], ways: Ways) -> list[LoanPlans]:
        return [plans_of(table, ways.of_loan(loan)) for loan, table in enumerate(tables)]

    def _could_be_signed(self, tables: Sequence[Table], plans: Sequence[LoanPlans]) -> Mask:
        """Whether every loan repays principal, fits every month by itself, and is not too dear."""
        each = [
            one.amortises & one.fits(self.limits, table.calendar) & is_capped(table, one)
            for table, one in zip(tables, plans, strict=True)
        ]
        return np.asarray(np.all(each, axis=0), dtype=np.bool_)

    def _by_month(self, rows: Sequence[Int], plans: Sequence[LoanPlans], ways: Ways) -> Int:
        sums = np.zeros((len(self.limits), len(ways.asked)), dtype=np.int64)
        for amounts, one, calendar in zip(rows, plans, self.calendars, strict=False):
            sums += by_month(amounts, one.months(calendar), months=len(self.limits))
        return sums

    def _found(self, ways: Ways, plans: Sequence[LoanPlans], *, dues: Int, looked_at: int) -> Found:
        """The figures of the ways, in the order in which they are told."""
        order = np.lexsort((ways.asked, ways.pauses, ways.grants))
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
