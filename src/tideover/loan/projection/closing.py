"""The last unpaid window absorbs what is over: every projection pays the loan off exactly."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tideover.loan.projection.pieces import Segment, divided
from tideover.loan.projection.projection import Projection


def absorbed(projection: Projection, on: date, *, before: int | None = None) -> Projection:
    """Return the projection whose last unpaid instalment takes everything that is over.

    Interest that has accrued by `on` in later windows, all of them paid already, is asked with it.
    `before` is a window that cannot ask less: the last unpaid one before it takes what is over.
    """
    place = _last_unpaid(projection, before)
    if place is None:
        return projection
    settled = _balanced(projection, place, on)
    return _with_room(_evened(advanced(settled, place, on=on), place), place)


def _last_unpaid(projection: Projection, before: int | None) -> int | None:
    windows = projection.windows[:before]
    unpaid = [place for place, window in enumerate(windows) if not window.is_paid]
    if unpaid:
        return unpaid[-1]
    is_owed = before is None and projection.figures[-1].closing_balance > 0
    return len(windows) - 1 if is_owed else None


def _balanced(projection: Projection, place: int, on: date) -> Projection:
    cleared = nothing_asked_early(projection)
    window = cleared.windows[place]
    level = window.level - _over(cleared)
    # Never less than was paid, nor than its principal and the interest agreed with it.
    least = max(window.paid - window.rest_interest, window.paid_principal + window.fixed_interest)
    least -= window.credited
    if level >= least:
        return cleared.with_window(place, replace(window, level=level))
    # Paid above what is left: this window stays as it is, and an earlier one absorbs the rest.
    return absorbed(cleared.with_window(place, replace(window, level=least)), on, before=place)


def nothing_asked_early(projection: Projection) -> Projection:
    """Return the projection whose windows bear again what was asked early and is not paid.

    What is paid of it is agreed with the window it was paid of, and the windows it was of bear it
    less.
    """
    windows, paid = [], 0
    for window, figure in zip(projection.windows, projection.figures, strict=True):
        unpaid = min(window.advanced_interest, figure.outstanding_interest)
        # What there was no room for was asked as principal: the instalment stays.
        roomless = min(window.advanced_interest - unpaid, figure.interest_left)
        left = window.advanced_interest - unpaid - roomless
        bears = projection.own_interest_of(window) + window.fixed_interest
        less = min(paid, bears) if window.is_lifted else 0
        windows.append(
            replace(
                window,
                is_lifted=False,
                advanced_interest=0,
                fixed_interest=window.fixed_interest + left - less,
                level=window.level + roomless + left,
            )
        )
        paid += left - less
    return replace(projection, windows=tuple(windows))


def _with_room(projection: Projection, place: int) -> Projection:
    """Where interest fills an instalment and principal is asked nowhere, it asks both."""
    figure = projection.figures[place]
    nowhere = -_over(projection)
    left = figure.interest_left
    if nowhere < 0 or not left or projection.figures[-1].interest_left < left:
        return projection
    window = projection.windows[place]
    asked = figure.interest_borne + figure.principal + nowhere
    level = asked - window.credited - window.early_interest
    return projection.with_window(place, replace(window, level=level))


def with_room_at_the_end(projection: Projection) -> Projection:
    """Return the projection whose last window asks the interest no window had room for."""
    left, last = projection.figures[-1].interest_left, len(projection.windows) - 1
    window = projection.windows[last]
    return projection.with_window(last, replace(window, level=window.level + left))


def _over(projection: Projection) -> int:
    """How much more principal the windows ask than there is."""
    return sum(figure.principal for figure in projection.figures) - projection.principal_total


def _evened(projection: Projection, place: int) -> Projection:
    """Interest asked early may have been paid before: the window then asks it once."""
    window = projection.windows[place]
    least = window.paid - window.credited - window.early_interest
    level = max(window.level - _over(projection), least)
    return projection.with_window(place, replace(window, level=level))


def advanced(projection: Projection, place: int, *, on: date) -> Projection:
    """Return the projection with interest accrued by `on` after window `place` asked with it."""
    due = projection.windows[place].due
    as_of = cut_after(projection, on)
    # What a later window has no room for goes on to the next: only what the last one leaves is
    # asked nowhere. What this window leaves itself is borne by it already.
    left = as_of.figures[-1].interest_left - as_of.figures[place].interest_left
    if left <= 0 or as_of.maturity <= due:
        return projection
    asked = projection.with_window(
        place, replace(projection.windows[place], advanced_interest=left)
    )
    lifted = [p for p, window in enumerate(asked.windows) if window.due > due]
    return asked.changed(lifted, lambda window: replace(window, is_lifted=True))


def cut_after(projection: Projection, day: date) -> Projection:
    """Return the projection in which nothing after `day` bears interest."""
    place = projection.place_of(day)
    if place is not None:
        window = projection.windows[place]
        cut = replace(window, segments=divided(window.segments, day))
        projection = projection.with_window(place, cut)
    counted = projection.counted()
    return counted.changed(
        range(len(counted.windows)),
        lambda window: replace(
            window, segments=tuple(_without_interest(s, day) for s in window.segments)
        ),
    )


def _without_interest(segment: Segment, day: date) -> Segment:
    if segment.end <= day:
        return segment
    return replace(segment, factor=Fraction(0))
