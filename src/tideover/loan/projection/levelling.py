"""Level instalments: one amount for all windows from one on, by the rule of the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tideover.loan.projection.closing import absorbed
from tideover.loan.projection.pieces import Window, own_interest
from tideover.loan.projection.projection import Projection
from tideover.money import Rounding

# Moving the level instalment more often than this gains nothing.
_EQUALISATIONS_MAX: Final = 3


def levelled(projection: Projection, places: Sequence[int]) -> Projection:
    """Return the projection with one level instalment for the windows at `places`.

    Windows already paid above it keep theirs, and all do when no principal is left.
    """
    if not (places and projection.outstanding_principal):
        return projection
    if projection.basis.is_flat:
        return _levelled_flat(projection, places)
    level = _level_of(projection, places)
    return projection.changed(places, lambda window: _with_level(window, level))


def _with_level(window: Window, level: int) -> Window:
    return window if level < window.paid else replace(window, level=level, agreed=level)


def _level_of(projection: Projection, places: Sequence[int]) -> int:
    """The balance times the product of all factors, over the value of one unit a window."""
    earliest = projection.windows[places[0]]
    before = projection.figures[places[0] - 1].closing_balance if places[0] else 0
    product, annuity = Fraction(1), Fraction(1)
    for order, place in enumerate(places):
        by_opening = projection.basis.levels_by_opening
        factor = projection.windows[0 if by_opening else place].level_factor
        product *= factor
        if order:
            annuity = 1 + annuity * factor
    rounding = projection.basis.rounding
    fixed = sum(projection.windows[place].fixed_interest for place in places)
    level = rounding(product * (before + earliest.disbursed) / annuity)
    return _to_multiple(projection, level + rounding.of(fixed, len(places)))


def _to_multiple(projection: Projection, level: int) -> int:
    multiple = projection.basis.multiple
    # A payment below half of the multiple would never come to anything: it stays as it is.
    return projection.basis.rounding.to_multiple(level, multiple) or level


def _levelled_flat(projection: Projection, places: Sequence[int]) -> Projection:
    """Principal and interest on what was paid out, in equal parts; the last takes the rest.

    Payments do not come into it: flat interest does not follow them, so no window knows of any.
    """
    earliest = projection.windows[places[0]]
    before = projection.figures[places[0] - 1].closing_balance if places[0] else 0
    rounding = projection.basis.rounding
    whole = before + earliest.disbursed
    for place in places:
        window = projection.windows[place]
        lent = sum(one.disbursed for one in projection.windows[:place])
        bearing = projection.bearing(window, lent=lent)
        by_segment = projection.basis.levels_by_opening
        whole += own_interest(bearing, window.due, rounding=rounding, by_segment=by_segment)
    level = _to_multiple(projection, rounding.of(whole, len(places)))
    last = whole - level * (len(places) - 1)
    for place in places:
        part = last if place == places[-1] else level
        window = replace(projection.windows[place], level=part, agreed=part)
        projection = projection.with_window(place, window)
    return projection


@dataclass(frozen=True, slots=True)
class _Gap:
    """How far the last of some instalments lies from the one before it."""

    level: int
    difference: int
    count: int
    paid_above: int

    @property
    def is_worth_it(self) -> bool:
        return abs(self.difference) > self.count // 2

    def moved(self, rounding: Rounding) -> int:
        return self.level + rounding.of(self.difference, max(1, self.count - self.paid_above))


def _gap(projection: Projection, places: Sequence[int]) -> _Gap:
    windows = [projection.windows[place] for place in places]
    for before, last in zip(reversed(windows[:-1]), reversed(windows[1:]), strict=True):
        if not last.is_paid and not before.is_paid:
            above = sum(before.level < window.paid for window in windows)
            return _Gap(before.level, last.level - before.level, len(windows), above)
    return _Gap(windows[0].level, 0, len(windows), 0)


def equalised(projection: Projection, places: Sequence[int]) -> Projection:
    """Return the projection whose last instalment differs least from the others.

    Each step spreads the difference over the windows, and is kept while the gap shrinks.
    """
    if projection.basis.levels_by_opening or not places:
        return projection
    tried = None
    for _ in range(_EQUALISATIONS_MAX):
        gap = _gap(projection, places)
        if not gap.is_worth_it:
            return projection
        level = _to_multiple(projection, gap.moved(projection.basis.rounding))
        earliest = projection.windows[places[0]]
        tried = _tried(tried or projection, earliest, level)
        whole = _gap(tried, range(len(tried.windows)))
        if abs(whole.difference) >= abs(gap.difference):
            return projection
        projection = _adopted(projection, places, tried).struck()
    return projection


def _follows(window: Window, earliest: Window) -> bool:
    return window.start >= earliest.start and window.due >= earliest.due and not window.is_holder


def _tried(projection: Projection, earliest: Window, level: int) -> Projection:
    chosen = [p for p, window in enumerate(projection.windows) if _follows(window, earliest)]
    moved = projection.changed(chosen, lambda window: _with_level(window, level))
    return absorbed(moved.struck(), earliest.due)


def _adopted(projection: Projection, places: Sequence[int], tried: Projection) -> Projection:
    earliest = projection.windows[places[0]]
    levels = [window.level for window in tried.windows if _follows(window, earliest)]
    for place, level in zip(places, levels, strict=False):
        window = replace(projection.windows[place], level=level, agreed=level)
        projection = projection.with_window(place, window)
    return projection
