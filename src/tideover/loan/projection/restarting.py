"""Starting again what is unpaid: re-age, re-amortisation, and the end of the contract."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tideover.loan.projection.asof import until
from tideover.loan.projection.changes import disburse, empty_window, projected
from tideover.loan.projection.closing import (
    absorbed,
    nothing_asked_early,
    with_room_at_the_end,
)
from tideover.loan.projection.levelling import equalised, levelled
from tideover.loan.projection.paying import credited
from tideover.loan.projection.pieces import Figures, Segment, Window
from tideover.loan.projection.projection import Projection
from tideover.money import Rounding


def re_age(
    projection: Projection,
    on: date,
    *,
    dates: Sequence[date],
    start: date,
    opens: bool = False,
    waives: bool = False,
) -> Projection:
    """Return the projection whose unpaid part starts again on `on`, due on `dates`.

    Instalments are level as for a loan of the unpaid principal paid out on `start`; the earliest
    window bears the interest of the windows given up, unless `waives`. What `opens` with the loan
    itself leaves nothing behind.
    """
    owed = projection.outstanding_principal
    alone = _alone(projection, owed, start=start, dates=dates)
    if opens:
        return _from_the_start(projection, alone, on)
    projection = nothing_asked_early(projection)
    stub, figures = _with_stub(projection, on), projection.figures
    ended, given_up = _given_up(stub, on, figures, is_closed=waives)
    paid = _paid_from(projection, on)
    to_come = _to_come(projection, on)
    met = sum(min(max(window.fixed_interest, 0), window.paid_interest) for window in to_come)
    if any(paid):
        ended = _holding(ended, paid, agreed=met)
    ended = _collapsed(ended)
    agreed = 0 if waives else sum(window.fixed_interest for window in to_come) - met
    for window, figure in zip(alone.windows, alone.figures, strict=True):
        level = figure.principal + figure.interest
        ended = _followed(
            ended, empty_window(ended.maturity, window.due, level=level, fixed=agreed)
        )
        agreed = 0
    ended = _owed_anew(ended, on, given_up)
    places = [
        place
        for place, window in enumerate(ended.windows)
        if (window.start == on and window.due == dates[0]) or window.start >= dates[0]
    ]
    settled = equalised(absorbed(ended.struck(), on), places)
    return settled if waives else _with_room(settled)


def _from_the_start(projection: Projection, alone: Projection, on: date) -> Projection:
    """The loan as it would have been lent: its opening window keeps what was paid out and back."""
    out, back = projection.windows[0].segments[:2]
    due = alone.windows[0].due
    paid = _paid_from(projection, on)
    windows = list(alone.windows)
    windows[0] = replace(
        windows[0],
        segments=(out, replace(back, end=due, is_paused=False)),
        level=windows[0].level + sum(paid),
        paid_principal=paid[0],
        paid_interest=paid[1],
    )
    again = replace(projection, windows=tuple(windows)).counted()
    return absorbed(again.struck(), on)


def _alone(projection: Projection, owed: int, *, start: date, dates: Sequence[date]) -> Projection:
    basis = replace(projection.basis, start=start, multiple=1, counts_whole_steps=False)
    return disburse(projected(basis, dates, start=start), owed, on=start)


def _followed(projection: Projection, window: Window) -> Projection:
    longer = replace(projection, windows=(*projection.windows, window))
    return longer.counted((len(longer.windows) - 1,))


def _with_stub(projection: Projection, on: date) -> Projection:
    """The projection ending on `on`; what was to be credited later is credited then."""
    segments = [one for window in _to_come(projection, on) for one in window.segments]
    later = sum(segment.credited_principal for segment in segments)
    known = sum(segment.credited_principal for segment in segments if segment.start <= on)
    return credited(_ending_on(projection, on), on, principal=later, known=known)


def _to_come(projection: Projection, on: date) -> tuple[Window, ...]:
    """The windows after the one that `on` lies in."""
    place = projection.place_of(on)
    return () if place is None else projection.windows[place + 1 :]


def _ending_on(projection: Projection, on: date) -> Projection:
    place = projection.place_of(on)
    if place is None:
        return projection
    window = replace(projection.windows[place], is_holder=True)
    window = replace(window, due=on, segments=_before(window.segments, on))
    ended = projection.with_window(place, window).counted((place,))
    return replace(ended, windows=tuple(w for w in ended.windows if w.due <= on))


def _before(segments: tuple[Segment, ...], on: date) -> tuple[Segment, ...]:
    kept = tuple(s for s in segments if s.start <= on)
    return (*kept[:-1], replace(kept[-1], end=on))


def _paid_from(projection: Projection, on: date) -> tuple[int, int]:
    """Principal and interest paid of windows due on `on` or later."""
    windows = [window for window in projection.windows if window.due >= on]
    return (
        sum(window.paid_principal for window in windows),
        sum(window.paid_interest for window in windows),
    )


def _given_up(
    projection: Projection, on: date, figures: Sequence[Figures], *, is_closed: bool = False
) -> tuple[Projection, int]:
    """The unpaid windows begun by `on` ask only what was paid; also what principal was overdue.

    By the `figures` of the day it is in no later balance yet. What it bore by `on` stays.
    """
    owed = 0
    for place, window in enumerate(projection.windows):
        if window.start > on or window.is_paid:
            continue
        moved = _asking_what_was_paid(window)
        if window.due < on:
            left = figures[place].outstanding_principal
            moved = _leaving(moved, left)
            owed += left
        if is_closed:
            moved = _closed(moved)
        projection = projection.with_window(place, moved)
    return projection, owed


def _leaving(window: Window, amount: int) -> Window:
    """The window at whose end an amount leaves the balance."""
    last = replace(window.segments[-1], corrected=window.segments[-1].corrected - amount)
    return replace(window, segments=(*window.segments[:-1], last))


def _owed_anew(projection: Projection, on: date, amount: int) -> Projection:
    """Principal that was given up joins the balance on `on` again."""
    joined, at = projection.moved(on, corrected=amount)
    return joined.counted(() if at is None else (at,))


def _asking_what_was_paid(window: Window) -> Window:
    return replace(
        window,
        level=window.paid - window.rest_interest,
        advanced_interest=0,
        moved_principal=window.credited_principal,
    )


def _collapsed(projection: Projection) -> Projection:
    """Stubs that follow each other and ask nothing become one window."""
    windows: list[Window] = []
    for place, window in enumerate(projection.windows):
        figure = projection.figures[place]
        asks = window.level or figure.principal or figure.interest
        if window.is_holder and not asks and windows and _is_stub(windows[-1]):
            before = windows[-1]
            joined = (*before.segments, *window.segments)
            # What one of them bears alone is an amount from now on.
            differ = before.is_closed != window.is_closed
            agreed = before.fixed_interest + window.fixed_interest
            windows[-1] = replace(
                before,
                due=window.due,
                segments=joined,
                fixed_interest=figure.interest_borne if differ else agreed,
                is_closed=before.is_closed or window.is_closed,
            )
        else:
            windows.append(window)
    if len(windows) == len(projection.windows):
        return projection
    return replace(projection, windows=tuple(windows)).counted()


def _is_stub(window: Window) -> bool:
    return window.is_holder and not window.level and not window.asked


def _holding(projection: Projection, paid: tuple[int, int], *, agreed: int = 0) -> Projection:
    """The last window keeps what was paid in advance of the windows taken away.

    It bears the interest that was `agreed` with them and is paid.
    """
    place = len(projection.windows) - 1
    last = projection.windows[place]
    window = replace(
        last,
        paid_principal=paid[0],
        paid_interest=paid[1],
        fixed_interest=last.fixed_interest + agreed,
        level=sum(paid) - last.rest_interest,
        is_reaged=True,
    )
    return projection.with_window(place, window).counted((place,))


def re_age_equally(
    projection: Projection, on: date, *, dates: Sequence[date], amounts: Sequence[tuple[int, int]]
) -> Projection:
    """Return the projection whose unpaid part falls due on `dates` in agreed amounts.

    `amounts` are instalment and interest of each; after `on` nothing bears interest.
    """
    maturity = projection.maturity
    paid = _paid_from(projection, on)
    ended = _with_stub(projection, on)
    for place, window in enumerate(ended.windows):
        ended = ended.with_window(place, _closed(window))
    if maturity >= on:
        ended = _holding(ended, paid)
    ended = _collapsed(ended)
    for due, (level, interest) in zip(dates, amounts, strict=True):
        window = empty_window(ended.maturity, due, level=level, fixed=interest)
        window = replace(window, is_reaged=True)
        ended = replace(ended, windows=(*ended.windows, window))
    since = min(on, maturity)
    return absorbed(ended.struck().with_rate(Fraction(0), since=since), on)


def re_amortise(projection: Projection, on: date) -> Projection:
    """Return the projection whose overdue windows ask what was paid, the later ones the rest."""
    projection = nothing_asked_early(projection)
    given_up, owed = _given_up(projection, on, projection.figures)
    return _spread(_owed_anew(given_up, _borne_until(projection, on), owed), on)


def _borne_until(projection: Projection, on: date) -> date:
    """The day up to which overdue principal bears interest already, or `on`."""
    return max(on, projection.overdue_until or on)


def _spread(projection: Projection, on: date) -> Projection:
    later = [place for place, window in enumerate(projection.windows) if window.due > on]
    settled = absorbed(levelled(projection, later).struck(), on)
    return _with_room(absorbed(equalised(settled, later).struck(), on))


def _with_room(projection: Projection) -> Projection:
    """Instalments of no principal have no room for the interest that is left: the last asks it."""
    return projection if projection.outstanding_principal else with_room_at_the_end(projection)


def re_amortise_splitting(
    projection: Projection, on: date, *, conserves: bool = True
) -> tuple[Projection, int]:
    """Return the same with the overdue interest in equal parts, as amounts of its own.

    Unless it `conserves`, what rounding leaves of the parts is asked nowhere, as some hosts have
    it. Also returns that remainder: 0 when it conserves, negative when the parts ask too much.
    """
    overdue = [p for p, w in enumerate(projection.windows) if w.due <= on and not w.is_paid]
    later = [place for place, window in enumerate(projection.windows) if window.due > on]
    projection = nothing_asked_early(projection)
    figures = [projection.figures[place] for place in overdue]
    # What they had no room for would be asked by the window after them.
    interest = sum(figure.outstanding_interest for figure in figures)
    interest += figures[-1].interest_left if figures else 0
    plain, owed = projection.changed(overdue, _closed), 0
    for place, figure in zip(overdue, figures, strict=True):
        window = plain.windows[place]
        if window.due < on:
            plain = plain.with_window(place, _leaving(window, figure.outstanding_principal))
            owed += figure.outstanding_principal
    plain = _owed_anew(plain, _borne_until(projection, on), owed)
    plain = plain.counted(later)
    parts = equal_parts(interest, len(later))
    if not conserves and later:
        parts = [projection.basis.rounding.of(interest, len(later))] * len(later)
    for place, part in zip(later, parts, strict=True):
        window = plain.windows[place]
        fixed = replace(window, fixed_interest=window.fixed_interest + part)
        plain = plain.with_window(place, fixed)
    return _spread(plain, on), interest - sum(parts)


def equal_parts(whole: int, count: int) -> list[int]:
    """Return `whole` in equal parts, rounded; the last takes the rest, none is below zero."""
    return parts_of(whole, Rounding.HALF_EVEN.of(whole, count), count=count) if count else []


def parts_of(whole: int, part: int, *, count: int) -> list[int]:
    """Return `whole` in parts of `part`; the last takes the rest, none is below zero."""
    found = []
    for _ in range(count - 1):
        found.append(min(part, whole))
        whole -= found[-1]
    return [*found, whole]


def _closed(window: Window) -> Window:
    asking = _asking_what_was_paid(replace(window, rest_interest=0))
    return replace(asking, is_closed=True, fixed_interest=window.paid_interest)


def end_contract(projection: Projection, on: date) -> Projection:
    """Return the projection in which everything falls due on `on`, with the interest by then."""
    begun = [window for window in projection.windows if window.start < on]
    begun = begun or list(projection.windows[:1])
    place = len(begun) - 1
    principal = sum(figure.principal for figure in projection.figures[place:])
    fixed = sum(window.fixed_interest for window in projection.windows[place + 1 :])
    last = begun[-1]
    # On the day it began only what was paid out and back that day is there.
    kept = tuple(s for s in last.segments if s.start < on) or last.segments[:1]
    kept = (*kept[:-1], replace(kept[-1], end=min(kept[-1].end, on)))
    begun[-1] = replace(last, due=on, segments=kept)
    ended = replace(projection, windows=tuple(begun)).counted((place,))
    interest = until(ended, on).figures[place].interest_borne
    asked = principal + interest + fixed
    window = replace(ended.windows[place], level=asked, fixed_interest=last.fixed_interest + fixed)
    return ended.with_window(place, window)
