"""What the lines still to come go by: the terms as changes by agreement have left them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tideover.dates import Frequency, Period
from tideover.loan.rates import Rate
from tideover.loan.schedule import Schedule
from tideover.loan.terms import LoanTerms, Method, steps_between
from tideover.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The part of the terms that a change replaces.

    `base` is what fees and flat interest count on, in minor units; `beyond` how many instalments
    after the last one the balloon would take; the grace counts lines of the active schedule.
    """

    method: Method
    rate: Rate | None
    late_rate: Rate | None
    frequency: Frequency
    anchor: date
    base: int
    fee_rate: Fraction
    beyond: int
    grace_on_principal: int
    grace_on_interest: int
    pauses: tuple[Period, ...] = ()

    @classmethod
    def of(cls, terms: LoanTerms) -> "Basis":
        """Return the basis of a loan nothing has happened to."""
        return cls(
            method=terms.method,
            rate=terms.rate,
            late_rate=terms.late_rate,
            frequency=terms.frequency,
            anchor=terms.grid_anchor,
            base=terms.principal.minor,
            fee_rate=terms.fee_rate,
            beyond=(terms.amortised_over or terms.instalments) - terms.instalments,
            grace_on_principal=terms.grace_on_principal,
            grace_on_interest=terms.grace_on_interest,
        )

    def restated(self, schedule: Schedule, *, rate: Rate | None) -> "Basis":
        """Return the basis after an agreement that states every line of its schedule.

        A flat loan at its old rate stays flat; any other is level from then on. Fees go on if the
        agreement has any. A pause ends.
        """
        due_dates = [line.due_date for line in schedule.lines]
        is_flat = self.method is Method.FLAT and rate is None
        is_on_grid = all(map(self._is_on_grid, due_dates))
        pauses = (pause for pause in self.pauses if pause.start < schedule.start)
        return replace(
            self,
            method=Method.FLAT if is_flat else Method.LEVEL,
            rate=rate or self.rate,
            late_rate=rate or self.late_rate,
            anchor=self.anchor if is_on_grid else max(due_dates, key=lambda day: day.day),
            base=schedule.opening_balance.minor,
            fee_rate=self.fee_rate if schedule.total_fee else Fraction(0),
            beyond=0,
            grace_on_principal=0,
            grace_on_interest=0,
            pauses=tuple(Period(one.start, min(one.end, schedule.start)) for one in pauses),
        )

    def terms(
        self, terms: LoanTerms, *, principal: Money, start: date, due_dates: Sequence[date]
    ) -> LoanTerms:
        """Return the terms of lines for `principal` from `start` on, due at `due_dates`."""
        count = len(due_dates)
        return replace(
            terms,
            principal=principal,
            rate=self.rate,
            method=self.method,
            fee_rate=self.fee_rate,
            instalments=count,
            disbursed_on=start,
            frequency=self.frequency,
            earliest_due=due_dates[0],
            anchor=self.anchor,
            amortised_over=count + self.beyond if self.beyond else None,
            grace_on_principal=min(self.grace_on_principal, count - 1),
            grace_on_interest=min(self.grace_on_interest, count - 1),
        )

    def after_lines(self, passed: int) -> "Basis":
        """Return the basis for the lines after the first `passed` ones."""
        return replace(
            self,
            grace_on_principal=max(self.grace_on_principal - passed, 0),
            grace_on_interest=max(self.grace_on_interest - passed, 0),
        )

    def counted_from(self, day: date, frequency: Frequency | None = None) -> "Basis":
        """Return the basis whose grid has `day`: its own where it has, so the 31st stays."""
        if frequency is not None and frequency != self.frequency:
            return replace(self, frequency=frequency, anchor=day)
        return self if self._is_on_grid(day) else replace(self, anchor=day)

    def dates_from(self, day: date, count: int) -> tuple[date, ...]:
        """Return `count` dates of the grid, the earliest of them `day`, which it must have."""
        step = steps_between(self.anchor, day, frequency=self.frequency) or 0
        return tuple(self.frequency.after(self.anchor, step + n) for n in range(count))

    def dates_after(self, day: date, count: int) -> tuple[date, ...]:
        """Return the next `count` dates of the grid that are later than `day`."""
        step = 0
        while self.frequency.after(self.anchor, step) > day:
            step -= 1
        while self.frequency.after(self.anchor, step) <= day:
            step += 1
        return tuple(self.frequency.after(self.anchor, step + n) for n in range(count))

    def _is_on_grid(self, day: date) -> bool:
        return steps_between(self.anchor, day, frequency=self.frequency) is not None
