"""What is due when only the days up to one day are counted."""

from dataclasses import dataclass, replace
from datetime import date

from tideover.loan.projection.closing import absorbed, cut_after
from tideover.loan.projection.pieces import Window, place_in
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
    at = projection.place_of(day)
    if at is None:
        return projection
    windows = list(projection.windows)
    for place, window in enumerate(windows):
        if window.due <= day:
            continue
        if place == at:
            windows[place] = _ended(window, day)
        elif place == at + 1 and _opens_with_credit(window):
            opening = replace(window.segments[0], end=window.segments[0].start)
            windows[place] = replace(window, segments=(opening,))
        else:
            windows[place] = _emptied(window)
    ended = replace(projection, windows=tuple(windows))
    return absorbed(ended.counted().struck(), day)


def _emptied(window: Window) -> Window:
    return replace(window, segments=())


def _opens_with_credit(window: Window) -> bool:
    opening = window.segments[0]
    return opening.credited_interest > 0 or opening.credited_principal > 0


def _ended(window: Window, day: date) -> Window:
    at = place_in(window.segments, day)
    ended = replace(window.segments[at], end=day)
    if at + 1 < len(window.segments):
        following = window.segments[at + 1]
        ended = replace(
            ended,
            credited_principal=ended.credited_principal + following.credited_principal,
            credited_interest=ended.credited_interest + following.credited_interest,
        )
    return replace(window, segments=(*window.segments[:at], ended))


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
    principal = window.asked if by_component and unpaid > 1 else figure.principal
    return Owed(
        principal=_capped(
            principal,
            as_of.principal_total - as_of.paid_principal_total,
            window.paid_principal,
        ),
        interest=figure.interest,
    )


def _capped(due: int, left: int, paid: int) -> int:
    return min(due, max(left, 0) + paid)


def _with_agreed_level(as_of: Projection, place: int, day: date, source: Projection) -> Projection:
    window = as_of.windows[place]
    if day > window.start:
        return as_of
    if window.is_reaged:
        return as_of.with_window(place, replace(window, level=source.windows[place].level))
    if as_of.unpaid_count > (not window.is_paid):
        return as_of.with_window(place, replace(window, level=window.agreed))
    return as_of
