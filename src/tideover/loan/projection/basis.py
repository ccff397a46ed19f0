"""On what interest is counted: the agreement's rate and calendar, as a projection needs them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.dates import DayCount, Frequency, Period, Unit
from tideover.loan.terms import LoanTerms, Method
from tideover.money import Rounding

_STEPS_A_YEAR = {Unit.MONTHS: 12, Unit.WEEKS: 52}


@dataclass(frozen=True, slots=True)
class Basis:
    """How a projection counts interest and rounds instalments.

    `start` is where the grid of due dates begins. `counts_whole_steps` says that a whole step is
    so many twelfths (or fifty-seconds) of a year whatever its days, and a part of it its share by
    days. `moves_to_step_start` says that money paid out within a step bears interest from the
    start of that step. `levels_by_opening` levels instalments as if every window were as long as
    the opening one, without moving them afterwards, and rounds the interest of every segment.
    """

    rate: Fraction
    day_count: DayCount
    frequency: Frequency
    start: date
    rounding: Rounding
    multiple: int = 1
    is_flat: bool = False
    counts_whole_steps: bool = False
    moves_to_step_start: bool = False
    levels_by_opening: bool = False

    def factor(self, window: Period, start: date, *, rate: Fraction) -> Fraction:
        """Return the interest on one unit from `start` to the end of `window`, at a yearly rate."""
        return self._factor(window, Period(start, window.end), rate, is_level=False)

    def level_factor(self, window: Period, part: Period, *, rate: Fraction) -> Fraction:
        """Return the same over `part` of a window, as the level instalment sees it.

        It takes every window for one whole step, also one with a moved due date.
        """
        return self._factor(window, part, rate, is_level=True)

    def _factor(self, window: Period, part: Period, rate: Fraction, *, is_level: bool) -> Fraction:
        if not rate or not part.days or not window.days:
            return Fraction(0)
        if self.counts_whole_steps and self.frequency.unit in _STEPS_A_YEAR:
            steps = Fraction(self.frequency.every, _STEPS_A_YEAR[self.frequency.unit])
            return rate * steps * part.days / window.days
        if self.day_count is DayCount.MONTHLY:
            steps = Fraction(self.frequency.every) if is_level else self._steps(window)
            return rate * steps / 12 * part.days / window.days
        if self.day_count is DayCount.ACT_365_LEAP_DAY:
            return rate * self.day_count.fraction(window) * part.days / window.days
        return rate * self.day_count.fraction(part)

    def _steps(self, window: Period) -> Fraction:
        """How many months a window has: whole ones, and the rest by the days of the next one."""
        every = self.frequency.every
        if self._is_on_grid(window):
            return Fraction(every)
        month, whole = Frequency(1, Unit.MONTHS), 0
        while month.after(window.start, whole + 1) <= window.end:
            whole += 1
        reached = month.after(window.start, whole)
        rest = (window.end - reached).days
        return whole + Fraction(rest, (month.after(window.start, whole + 1) - reached).days)

    def _is_on_grid(self, window: Period) -> bool:
        months = 12 * (window.end.year - self.start.year) + window.end.month - self.start.month
        step = Frequency(1, Unit.MONTHS)
        return (
            step.after(self.start, months) == window.end
            and step.after(window.end, -self.frequency.every) == window.start
        )


def basis_of(
    terms: LoanTerms,
    *,
    counts_whole_steps: bool = False,
    moves_to_step_start: bool = False,
    levels_by_opening: bool = False,
) -> Basis:
    """Return the basis of an agreement. A flat agreement bears interest on what was paid out."""
    rate = terms.rate
    return Basis(
        rate=rate.simple_annual if rate is not None else Fraction(0),
        day_count=getattr(rate, "day_count", DayCount.ACT_365F),
        frequency=terms.frequency,
        start=terms.disbursed_on,
        rounding=terms.rounding,
        multiple=terms.conventions.payment_multiple,
        is_flat=terms.method is Method.FLAT,
        counts_whole_steps=counts_whole_steps,
        moves_to_step_start=moves_to_step_start,
        levels_by_opening=levels_by_opening,
    )
