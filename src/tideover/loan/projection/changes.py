"""What is agreed after the start: more money, another rate, more windows, other dates, a pause."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum, auto
from fractions import Fraction

from tideover.dates import Frequency
from tideover.loan.projection.basis import Basis
from tideover.loan.projection.closing import absorbed
from tideover.loan.projection.levelling import equalised, levelled
from tideover.loan.projection.pieces import Segment, Window, divided
from tideover.loan.projection.projection import Projection

_DAY = timedelta(days=1)


class _On(Enum):
    """On what a level instalment is computed: the loan as paid, or as agreed."""

    PAID = auto()
    AGREED = auto()


def projected(basis: Basis, due_dates: Sequence[date], *, start: date) -> Projection:
    """Return a projection of empty windows from `start`, one to each due date."""
    starts = (start, *due_dates[:-1])
    return Projection(
        basis=basis,
        windows=tuple(empty_window(at, due) for at, due in zip(starts, due_dates, strict=True)),
    )


def empty_window(start: date, due: date, *, level: int = 0, fixed: int = 0) -> Window:
    """Return a window of one segment that asks `level`, with `fixed` interest beside its own."""
    segments = (Segment(start, due),)
    return Window(start, due, segments, level=level, agreed=level, fixed_interest=fixed)


def disburse(projection: Projection, amount: int, *, on: date) -> Projection:
    """Return the projection after money was paid out: instalments from that window on are new.

    They are computed on the loan as agreed, as if no payment had moved a balance before.
    """
    if projection.basis.moves_to_step_start:
        following = (window.start for window in projection.windows if window.due > on)
        on = next(following, on)
    return _disbursed(projection, on, amount, _On.AGREED)


def _disbursed(projection: Projection, on: date, amount: int, basis: _On) -> Projection:
    moved, place = projection.moved(on, disbursed=amount)
    if place is None:
        return projection
    due = _due_after(moved, on)
    if projection.basis.is_flat:
        places = moved.places_due_from(due)
        return levelled(moved.counted(places).struck(), places).struck()
    if basis is _On.PAID:
        return _relevelled(moved, due)
    places = moved.places_due_from(due)
    moved = moved.counted(places).struck()
    agreed = _disbursed(_as_agreed(moved), on, 0, _On.PAID)
    for at in places:
        level, original = agreed.windows[at].level, agreed.windows[at].agreed
        moved = moved.with_window(at, replace(moved.windows[at], level=level, agreed=original))
    return absorbed(moved.struck(), due)


def _due_after(projection: Projection, on: date) -> date:
    """From which due date a change at the end of `on` counts: on a due date, from the next."""
    return next((one.due for one in projection.windows if one.due > on), projection.maturity)


def _relevelled(projection: Projection, due: date) -> Projection:
    places = projection.places_due_from(due)
    struck = projection.counted(places).struck()
    settled = absorbed(levelled(struck, places).struck(), due)
    return equalised(settled, places)


def _as_agreed(projection: Projection) -> Projection:
    """The projection without payments and without what they did to balances."""
    return projection.changed(range(len(projection.windows)), _unpaid)


def _unpaid(window: Window) -> Window:
    return replace(
        window,
        paid_principal=0,
        paid_interest=0,
        advanced_interest=0,
        rest_interest=0,
        segments=tuple(replace(segment, corrected=0) for segment in window.segments),
    )


def disburse_full_term(
    projection: Projection, amount: int, *, on: date, instalments: int
) -> Projection:
    """Return the projection after a tranche that has the whole number of instalments of its own.

    Its instalments are those of a loan by itself from the start of the window it falls in; they
    are added to the ones there are, and windows follow where there are none yet.
    """
    begun = [w.start for w in projection.windows if w.start <= on]
    passed = len(begun) if on >= projection.maturity else len(begun) - 1
    start = (*begun, projection.maturity)[passed]
    # Counted from the start of the loan, so that the 31st never drifts; or else from a moved date.
    origin, frequency = projection.windows[0].start, projection.basis.frequency
    if frequency.after(origin, passed) != start:
        origin, passed = start, 0
    dates = [frequency.after(origin, passed + step + 1) for step in range(instalments)]
    alone = disburse(projected(projection.basis, dates, start=start), amount, on=on)
    merged, _ = projection.moved(on, disbursed=amount)
    for window, figure in zip(alone.windows, alone.figures, strict=True):
        merged = _merged(merged, window, figure.principal + figure.interest)
    return absorbed(merged.struck(), on)


def _merged(projection: Projection, window: Window, level: int) -> Projection:
    for place, existing in enumerate(projection.windows):
        if (existing.start, existing.due) == (window.start, window.due):
            raised = replace(existing, level=existing.level + level)
            raised = replace(raised, agreed=raised.level)
            return projection.with_window(place, raised).counted((place,))
    added = empty_window(projection.maturity, window.due, level=level)
    longer = replace(projection, windows=(*projection.windows, added))
    return longer.counted((len(longer.windows) - 1,))


def change_rate(projection: Projection, rate: Fraction, *, since: date) -> Projection:
    """Return the projection with another yearly rate from the day `since` on, re-levelled."""
    before = since - _DAY
    changed, place = projection.with_rate(rate, since=before).moved(before)
    if place is None:
        return changed
    return _relevelled(changed, _due_after(changed, before))


def add_terms(
    projection: Projection, count: int, *, since: date, dates: Sequence[date] = ()
) -> Projection:
    """Return the projection with `count` more windows, re-levelled from the day `since` on.

    `dates` are the new due dates; by default they follow the grid of due dates. Nothing is borne
    past the maturity, and that holds of the days up to `since` when it is later.
    """
    existing, maturity = len(projection.windows), projection.maturity
    if not dates:
        frequency, start = projection.basis.frequency, projection.windows[0].start
        dates = [frequency.after(start, existing + step + 1) for step in range(count)]
    starts = (projection.maturity, *dates[:-1])
    added = tuple(empty_window(at, due) for at, due in zip(starts, dates, strict=True))
    before = since - _DAY
    longer = replace(projection, windows=(*projection.windows, *added))
    if since > maturity:
        longer = pause(longer, maturity + _DAY, end=since)
    longer, place = longer.moved(before)
    if place is None:
        return longer
    return _relevelled(longer, _due_after(longer, before))


def move_due_date(
    projection: Projection, due: date, *, new: date, frequency: Frequency | None = None
) -> Projection:
    """Return the projection with one due date moved; later ones are counted from the new date.

    They are `frequency` apart, by default that of the agreement.

    Instalments stay, the longer window bears more interest, the last window absorbs.
    """
    at = projection.place_of(due)
    if at is None:
        return projection
    windows = list(projection.windows)
    frequency = frequency or projection.basis.frequency
    for place in range(at, len(windows)):
        start = windows[place].start if place == at else windows[place - 1].due
        windows[place] = _between(windows[place], start, frequency.after(new, place - at))
    moved = replace(projection, windows=tuple(windows))
    counted = moved.counted(moved.places_due_from(due))
    return absorbed(counted.struck(), due)


def _between(window: Window, start: date, due: date) -> Window:
    segments = list(window.segments)
    segments[0] = replace(segments[0], start=start)
    segments[-1] = replace(segments[-1], end=due)
    return replace(window, start=start, due=due, segments=tuple(segments))


def pause(projection: Projection, start: date, *, end: date) -> Projection:
    """Return the projection in which the days from `start` to `end`, both included, bear nothing.

    Instalments stay, the last window absorbs.
    """
    places = [
        place
        for place, window in enumerate(projection.windows)
        if window.start < end and window.due >= start
    ]
    if not places:
        return projection
    for place in places:
        window = projection.windows[place]
        since, until = max(start - _DAY, window.start), min(end, window.due)
        projection = projection.with_window(place, _paused(window, since, until))
    opening = projection.windows[places[0]].start
    counted = projection.counted(projection.places_due_from(opening))
    return absorbed(counted.struck(), opening)


def _paused(window: Window, since: date, until: date) -> Window:
    segments = window.segments
    if since > window.start:
        segments = divided(segments, since)
    segments = divided(segments, until)
    return replace(
        window,
        segments=tuple(
            replace(s, is_paused=True) if s.start >= since and s.end <= until else s
            for s in segments
        ),
    )
