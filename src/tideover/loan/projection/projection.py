"""The projection: every window of a loan from its start to maturity, as known on some day.

A projection never changes; each operation returns another one. Balances are struck at named
moments (`struck`), so that an operation sees the balances of the moment before it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Self

from tideover.dates import Period
from tideover.loan.projection.basis import Basis
from tideover.loan.projection.pieces import (
    Figures,
    Segment,
    Window,
    divided,
    figures_of,
    on_what_was_lent,
    own_interest,
    place_in,
)


@dataclass(frozen=True)
class Projection:
    """Windows in order of due dates, and the yearly rates from a day on, latest first.

    `overdue_until` is the day up to which overdue principal was let bear interest.
    """

    basis: Basis
    windows: tuple[Window, ...]
    rates: tuple[tuple[date, Fraction], ...] = ()
    overdue_until: date | None = None

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        """The figures of every window, in order: interest without room goes on to the next."""
        found: list[Figures] = []
        brought = lent = 0
        for window in self.windows:
            figure = self._figures_of(window, brought, lent=lent)
            found.append(figure)
            brought = figure.interest_left
            lent += window.disbursed
        return tuple(found)

    def bearing(self, window: Window, *, lent: int) -> tuple[Segment, ...]:
        """Return the segments of a window on what they bear interest: flat, on what was `lent`."""
        return on_what_was_lent(window.segments, lent) if self.basis.is_flat else window.segments

    def _figures_of(self, window: Window, brought: int, *, lent: int) -> Figures:
        return figures_of(
            window,
            bearing=self.bearing(window, lent=lent),
            brought=brought,
            rounding=self.basis.rounding,
            by_segment=self.basis.levels_by_opening,
        )

    def own_interest_of(self, window: Window) -> int:
        """Return the interest that the days of a window bear on what they bear it on."""
        return own_interest(
            window.segments,
            window.due,
            rounding=self.basis.rounding,
            by_segment=self.basis.levels_by_opening,
        )

    @property
    def maturity(self) -> date:
        """The last due date."""
        return self.windows[-1].due

    @property
    def principal_total(self) -> int:
        """Everything paid out or credited."""
        return sum(window.disbursed for window in self.windows) + self.credited_principal_total

    @property
    def credited_principal_total(self) -> int:
        """Everything credited as principal."""
        return sum(window.credited_principal for window in self.windows)

    @property
    def paid_principal_total(self) -> int:
        """The principal paid."""
        return sum(window.paid_principal for window in self.windows)

    @property
    def interest_total(self) -> int:
        """The interest of all windows."""
        return sum(figure.interest for figure in self.figures)

    @property
    def paid_interest_total(self) -> int:
        """The interest paid."""
        return sum(window.paid_interest for window in self.windows)

    @property
    def outstanding_principal(self) -> int:
        """What was paid out or credited and is not paid back."""
        return max(self.principal_total - self.paid_principal_total, 0)

    @property
    def unpaid_count(self) -> int:
        """How many windows are not paid."""
        return sum(not window.is_paid for window in self.windows)

    def rate_on(self, day: date) -> Fraction:
        """Return the yearly rate of a segment that starts on `day`."""
        return next((rate for since, rate in self.rates if since <= day), self.basis.rate)

    def with_rate(self, rate: Fraction, *, since: date) -> Self:
        """Return the projection with another yearly rate for what starts on `since` or later."""
        others = (known for known in self.rates if known[0] != since)
        return replace(self, rates=tuple(sorted(((since, rate), *others), reverse=True)))

    def place_of(self, day: date) -> int | None:
        """Return which window `day` lies in, None when it lies in none."""
        for place, window in enumerate(self.windows):
            if window.holds(day, is_earliest=place == 0):
                return place
        return None

    def place_between(self, start: date, due: date) -> int | None:
        """Return the window from `start` to `due`, or else the one that encompasses it."""
        for place, window in enumerate(self.windows):
            if window.start == start and window.due == due:
                return place
        for place, window in enumerate(self.windows):
            if window.start <= start and due <= window.due:
                return place
        return None

    def places_due_from(self, due: date) -> tuple[int, ...]:
        """Return the windows due on `due` or later."""
        return tuple(place for place, window in enumerate(self.windows) if window.due >= due)

    def with_window(self, place: int, window: Window) -> Self:
        """Return the projection with one window exchanged."""
        return replace(self, windows=(*self.windows[:place], window, *self.windows[place + 1 :]))

    def with_rest_interest(self, place: int, amount: int) -> Self:
        """Return the projection with interest of a window's days to come asked at once."""
        return self.with_window(place, replace(self.windows[place], rest_interest=amount))

    def changed(self, places: Iterable[int], change: Callable[[Window], Window]) -> Self:
        """Return the projection with `change` made to the windows at `places`."""
        chosen = set(places)
        return replace(
            self,
            windows=tuple(
                change(window) if place in chosen else window
                for place, window in enumerate(self.windows)
            ),
        )

    def counted(self, places: Iterable[int] | None = None) -> Self:
        """Return the projection with the interest factors of windows counted anew."""
        if places is None:
            places = range(len(self.windows))
        return self.changed(places, self._counted)

    def _counted(self, window: Window) -> Window:
        whole = Period(window.start, window.due)
        return replace(
            window, segments=tuple(self._with_factors(whole, s) for s in window.segments)
        )

    def _with_factors(self, whole: Period, segment: Segment) -> Segment:
        rate = self.rate_on(segment.start)
        part = Period(segment.start, segment.end)
        return replace(
            segment,
            level_factor=self.basis.level_factor(whole, part, rate=rate),
            factor=self.basis.factor(whole, segment.start, rate=rate),
        )

    def struck(self) -> Self:
        """Return the projection with every balance struck anew, from the earliest segment on."""
        windows: list[Window] = []
        brought, lent, after = 0, 0, None
        for window in self.windows:
            struck = replace(window, segments=_struck(window.segments, after))
            figure = self._figures_of(struck, brought, lent=lent)
            brought = figure.interest_left
            lent += window.disbursed
            if struck.segments:
                paid_back = figure.principal - struck.paid_principal
                after = struck.segments[-1].balance_after - paid_back
            windows.append(struck)
        return replace(self, windows=tuple(windows))

    def moved(
        self, day: date, *, disbursed: int = 0, corrected: int = 0
    ) -> tuple[Self, int | None]:
        """Return the projection with the balance changed at the end of `day`, and the window.

        The window is None, and nothing changes, when the day lies in no window that has days.
        """
        place = self.place_of(day)
        if place is None or not self.windows[place].segments:
            return self, None
        window = self.windows[place]
        at_maturity = place == len(self.windows) - 1 and day == window.due
        segments, target = _parted(window.segments, day, at_maturity=at_maturity)
        found = segments[target]
        changed = replace(
            found, disbursed=found.disbursed + disbursed, corrected=found.corrected + corrected
        )
        segments = (*segments[:target], changed, *segments[target + 1 :])
        return self.with_window(place, replace(window, segments=segments)), place


def _struck(segments: tuple[Segment, ...], opening: int | None) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for segment in segments:
        if found:
            opening = found[-1].balance_after
        balance = segment.balance if opening is None else max(opening, 0)
        found.append(replace(segment, balance=balance))
    return tuple(found)


def _parted(
    segments: tuple[Segment, ...], day: date, *, at_maturity: bool
) -> tuple[tuple[Segment, ...], int]:
    """The segments with one ending on `day`, and which. At maturity an empty one follows."""
    last = segments[-1]
    if at_maturity and last.days:
        return (*segments, Segment(day, day, is_paused=last.is_paused)), len(segments) - 1
    if at_maturity:
        return segments, len(segments) - 1
    segments = divided(segments, day)
    return segments, place_in(segments, day)
