"""Overdue principal goes on bearing interest, day by day, until it is paid."""

from dataclasses import replace
from datetime import date

from tideover.loan.projection.paying import corrected_for_overdue
from tideover.loan.projection.projection import Projection


def with_overdue(
    projection: Projection, day: date, *, to_due_date: bool
) -> tuple[Projection, bool]:
    """Return the projection in which overdue principal bears interest up to `day`.

    Instalments stay as they are and the last window absorbs; nothing is borne past the
    maturity. `to_due_date` counts the window of `day` to its end. Also says whether anything
    was overdue.
    """
    day = min(day, projection.maturity)
    late = [
        place
        for place, window in enumerate(projection.windows)
        if not window.is_holder and window.due < day
    ]
    if not late:
        return projection, False
    at = projection.place_of(day)
    current = len(projection.windows) - 1 if at is None else at
    unpaid = whole = 0
    for place in late:
        if unpaid:
            projection = _borne(projection, place, day, (unpaid, whole), to_due_date=to_due_date)
        unpaid = projection.figures[place].outstanding_principal
        whole += unpaid
    is_new = day != projection.overdue_until
    projection = _borne(projection, current, day, (unpaid, whole), to_due_date=to_due_date)
    if whole > 0 and (projection.overdue_until is None or projection.overdue_until < day):
        projection = replace(projection, overdue_until=day)
    return projection, is_new


def _borne(
    projection: Projection, place: int, day: date, overdue: tuple[int, int], *, to_due_date: bool
) -> Projection:
    """Add the principal that fell overdue just before a window, and end all of it on `day`."""
    if day == projection.overdue_until:
        return projection
    window, (unpaid, whole) = projection.windows[place], overdue
    since = projection.overdue_until
    start = window.start if since is None or window.start > since else since
    projection = corrected_for_overdue(projection, start, amount=unpaid)
    if window.start < day <= window.due:
        end = window.due if to_due_date else day
        projection = corrected_for_overdue(projection, end, amount=-whole)
        projection = replace(projection, overdue_until=end)
    return projection
