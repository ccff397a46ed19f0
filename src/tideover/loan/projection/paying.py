"""Payments against a projection: they change balances, so they change interest to come."""

from dataclasses import replace
from datetime import date

from tideover.loan.projection.closing import absorbed
from tideover.loan.projection.levelling import levelled
from tideover.loan.projection.projection import Projection


def pay_interest(projection: Projection, place: int, *, on: date, amount: int) -> Projection:
    """Return the projection after interest of a window was paid, never more than there is."""
    left = projection.interest_total - projection.paid_interest_total
    window = projection.windows[place]
    paid = replace(window, paid_interest=window.paid_interest + min(amount, left))
    paying = projection.with_window(place, paid)
    running = projection.place_of(on)
    if running is None:
        return absorbed(paying.struck(), on)
    return absorbed(_agreed_with_it(paying, place, running).struck(), on)


def _agreed_with_it(projection: Projection, place: int, running: int) -> Projection:
    """Interest paid of a window not begun is that agreed with the windows before it, else running.

    Those bear it less, none below what there is. It stays with the window it was paid of, though
    room for it were found before.
    """
    for earlier in range(place - 1, running - 1, -1):
        projection = _taken_over(projection, place, earlier, is_running=earlier == running)
    return projection


def _taken_over(
    projection: Projection, place: int, earlier: int, *, is_running: bool
) -> Projection:
    """Interest paid of window `place` is that which `earlier` had no room for, as far as it was."""
    window, before = projection.windows[place], projection.windows[earlier]
    more = window.paid_interest - window.fixed_interest - window.early_interest
    if is_running:
        there = projection.figures[earlier].interest_borne - before.paid_interest
    else:
        passed = min(figure.interest_left for figure in projection.figures[earlier:place])
        there = min(before.fixed_interest, passed)
    more = min(more, there)
    if more <= 0:
        return projection
    agreed = replace(window, fixed_interest=window.fixed_interest + more)
    less = replace(before, fixed_interest=before.fixed_interest - more)
    return projection.with_window(place, agreed).with_window(earlier, less)


def pay_principal(projection: Projection, place: int, *, on: date, amount: int) -> Projection:
    """Return the projection after principal of a window was paid, never more than there is.

    Paid late it counts from the due date: until then the instalment was expected. A window paid
    before it began, above what it asks, asks what was paid.
    """
    amount = min(amount, projection.outstanding_principal)
    if amount <= 0:
        return projection
    window = projection.windows[place]
    paid = replace(window, paid_principal=window.paid_principal + amount)
    since = min(on, window.due)
    projection = absorbed(_moved(projection.with_window(place, paid), since, amount=-amount), on)
    if projection.unpaid_count > 1 and on < window.start:
        projection = _asking_what_was_paid(projection, place)
    return absorbed(projection, on)


def _asking_what_was_paid(projection: Projection, place: int) -> Projection:
    window = projection.windows[place]
    if window.paid > window.asked or window.paid == window.agreed:
        return projection.with_window(place, replace(window, level=window.paid))
    return projection


def pay_excess(projection: Projection, place: int, *, on: date, amount: int) -> Projection:
    """Return the projection after more was paid on a due date than was due.

    The window asks what was paid, and the windows after it are level again.
    """
    window = projection.windows[place]
    raised = replace(window, level=window.level + amount)
    paid = pay_principal(projection.with_window(place, raised), place, on=on, amount=amount)
    later = range(place + 1, len(paid.windows))
    return absorbed(levelled(paid.counted(later).struck(), later).struck(), on)


def corrected(projection: Projection, on: date, *, amount: int) -> Projection:
    """Return the projection with the balance corrected from the end of `on`."""
    return absorbed(_moved(projection, on, amount=amount) if amount else projection, on)


def _moved(projection: Projection, on: date, *, amount: int) -> Projection:
    moved, place = projection.moved(on, corrected=amount)
    return projection if place is None else moved.counted((place,)).struck()


def credited(projection: Projection, on: date, *, principal: int, known: int = 0) -> Projection:
    """Return the projection with principal that came back owing on a day.

    So much of it as is `known` is in the balance of the day already.
    """
    projection, place = projection.moved(on, corrected=principal - known)
    if place is None:
        return projection
    projection = _with_credit(projection, on, principal)
    return absorbed(projection.counted((place,)).struck(), on)


def _with_credit(projection: Projection, on: date, principal: int) -> Projection:
    """What came back owing counts with the segment that begins on the day, the last one if more."""
    place, order = max(
        (place, order)
        for place, window in enumerate(projection.windows)
        for order, segment in enumerate(window.segments)
        if segment.start == on
    )
    window = projection.windows[place]
    segment = window.segments[order]
    back = replace(segment, credited_principal=segment.credited_principal + principal)
    segments = (*window.segments[:order], back, *window.segments[order + 1 :])
    return projection.with_window(place, replace(window, segments=segments))
