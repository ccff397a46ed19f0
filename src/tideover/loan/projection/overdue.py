"""Overdue principal goes on bearing interest, day by day, until it is paid."""

from dataclasses import replace
from datetime import date

from tideover.loan.projection.closing import absorbed
from tideover.loan.projection.paying import corrected
from tideover.loan.projection.projection import Projection


def with_overdue(projection: Projection, day: date, *, to_due_date: bool) -> Projection:
    """Return the projection in which overdue principal bears interest up to `day`.

    Instalments stay as they are and the last window absorbs; nothing is borne past the
    maturity. `to_due_date` counts the window of `day` to its end.
    """
    day = min(day, projection.maturity)
    late = [
        place
        for place, window in enumerate(projection.windows)
        if not window.is_holder and window.due < day
    ]
    since = projection.overdue_until
    if not late:
        return projection
    current = next(p for p, window in enumerate(projection.windows) if day <= window.due)
    end = projection.windows[current].due if to_due_date else day
    if since == day == end:
        # Interest asked with the last open window may have been counted to an earlier day.
        return absorbed(projection, day)
    unpaid = whole = 0
    for place in late:
        if unpaid:
            projection = _borne(projection, place, since, amount=unpaid)
        unpaid = projection.figures[place].outstanding_principal
        whole += unpaid
    projection = _borne(projection, current, since, amount=unpaid)
    projection = corrected(projection, end, amount=-whole)
    return replace(projection, overdue_until=end)


def _borne(projection: Projection, place: int, since: date | None, *, amount: int) -> Projection:
    """Add the principal that fell overdue just before a window, where it does not bear yet."""
    start = projection.windows[place].start
    return corrected(projection, max(start, since or start), amount=amount)
