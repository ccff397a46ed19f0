"""What is due when only the days up to one day are counted."""

from dataclasses import dataclass, replace
from datetime import date

from tideover.loan.projection.closing import absorbed, cut_after
from tideover.loan.projection.pieces import Window, divided
from tideover.loan.projection.projection import Projection


@dataclass(frozen=True, slots=True)
class Owed:
    """Principal and interest, in minor units."""

    principal: int
    interest: int


def until(projection: Projection, day: date) -> Projection:
    """Return the projection as if the loan were paid off on `day`: later days do not exist."""
    if day < projection.windows[0].start:
        return projection.changed(range(len(projection.windows)), _emptied)
    if day >= projection.maturity:
        return projection
    windows = tuple(_until(window, day) for window in projection.windows)
    return absorbed(replace(projection, windows=windows).counted().struck(), day)


def _emptied(window: Window) -> Window:
    return replace(window, segments=())


def _until(window: Window, day: date) -> Window:
    """The window without later days; what came back owing on the day itself counts."""
    if window.due <= day:
        return window
    if window.start > day:
        return _emptied(window)
    segments = divided(window.segments, day)
    passed = tuple(segment for segment in segments if segment.end <= day)
    begun = tuple(
        replace(segment, end=day, disbursed=0)
        for segment in segments
        if segment.start == day < segment.end
    )
    return replace(window, segments=(*passed, *begun))


def outstanding_until(projection: Projection, day: date) -> Owed:
    """Return all principal not paid, and the interest accrued by `day` and not paid."""
    as_of = absorbed(cut_after(projection, day).struck(), day)
    return Owed(
        principal=as_of.outstanding_principal,
        interest=max(as_of.interest_total - as_of.paid_interest_total, 0),
    )


def interest_until(projection: Projection, day: date) -> int:
    """Return the interest of windows that began before `day`, accrued by then and not paid."""
    as_of = until(projection, day)
    return sum(
        figure.outstanding_interest
        for window, figure in zip(as_of.windows, as_of.figures, strict=True)
        if window.start < day
    )


def window_interest_until(projection: Projection, place: int, *, on: date) -> int:
    """Return the interest a window bears by `on`, whatever its instalment has room for."""
    return until(projection, on).figures[place].interest_borne


def due_until(projection: Projection, place: int, *, on: date, by_component: bool) -> Owed:
    """Return what can be paid of a window on a day, when it is paid before it is due.

    A window that has not begun asks its agreed instalment, never more than is left of the loan.
    `by_component` says that payments go by component through all windows, not window by window.
    """
    as_of = until(projection, on)
    unpaid = as_of.unpaid_count
    as_of = _with_agreed_level(as_of, place, on, projection)
    window, figure = as_of.windows[place], as_of.figures[place]
    whole = window.asked - window.fixed_interest
    principal = whole if by_component and unpaid > 1 else figure.principal
    return Owed(
        principal=min(principal, as_of.outstanding_principal + window.paid_principal),
        interest=figure.interest,
    )


def _with_agreed_level(as_of: Projection, place: int, day: date, source: Projection) -> Projection:
    window = as_of.windows[place]
    if day > window.start:
        return as_of
    if window.is_reaged:
        return as_of.with_window(place, replace(window, level=source.windows[place].level))
    if as_of.unpaid_count > (not window.is_paid):
        return as_of.with_window(place, replace(window, level=window.agreed))
    return as_of
