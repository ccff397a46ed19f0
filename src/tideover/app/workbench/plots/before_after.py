"""What falls due each month under today's contract and under the plan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tideover.app.workbench import text
from tideover.app.workbench.plots._canvas import Canvas, Plot, Scale
from tideover.money import Money

WIDTH, HEIGHT = 440, 220
LEFT, RIGHT, TOP, BOTTOM = 4, 436, 24, 172

Due = tuple[date, Money]


@dataclass(frozen=True, slots=True)
class _Months:
    before: Mapping[date, Money]
    after: Mapping[date, Money]
    every: tuple[date, ...]


def before_after(before: Sequence[Due], after: Sequence[Due], *, capacity: Money) -> Plot:
    """Return the two schedules month by month against what the household can carry.

    `before` and `after` are due dates with their amounts; what is already past due stands in the
    first month of `before`, where it is asked for today.
    """
    months = _by_month(before, after, zero=capacity.zero(capacity.currency))
    title = _finding(before, after, capacity=capacity)
    return Plot(
        name="before-after",
        title=title,
        picture=_draw(months, capacity=capacity, title=title),
        header=(_("Month"), _("Today's contract"), _("The plan")),
        rows=tuple(
            (text.month(day), months.before[day].display, months.after[day].display)
            for day in months.every
        ),
    )


def _by_month(before: Sequence[Due], after: Sequence[Due], *, zero: Money) -> _Months:
    old: dict[date, Money] = defaultdict(lambda: zero)
    new: dict[date, Money] = defaultdict(lambda: zero)
    for dues, sums in ((before, old), (after, new)):
        for day, amount in dues:
            sums[day.replace(day=1)] += amount
    used = sorted({*old, *new})
    every = []
    month = used[0]
    while month <= used[-1]:
        every.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return _Months(before=old, after=new, every=tuple(every))


def _finding(before: Sequence[Due], after: Sequence[Due], *, capacity: Money) -> str:
    heaviest_old = max(amount for _day, amount in before) if before else None
    heaviest_new = max(amount for _day, amount in after)
    figures = {
        "before": heaviest_old.display if heaviest_old else "",
        "after": heaviest_new.display,
        "end": text.month(after[-1][0]),
        "capacity": capacity.display,
    }
    if heaviest_old is None:
        return _("At most %(after)s a month, to the end in %(end)s") % figures
    if heaviest_new <= capacity:
        return _("At most %(after)s a month instead of %(before)s, to the end in %(end)s") % figures
    return _(
        "The plan asks %(after)s in its heaviest month, above the %(capacity)s that fits"
    ) % figures  # fmt: skip


def _draw(months: _Months, *, capacity: Money, title: str) -> SafeString:
    canvas = Canvas(WIDTH, HEIGHT)
    amounts = [sums[day].minor for day in months.every for sums in (months.before, months.after)]
    up = Scale(0, max(*amounts, capacity.minor, 1), BOTTOM, TOP)
    slot = (RIGHT - LEFT) // max(len(months.every), 6)
    bar = max((slot - 3) // 2, 2)
    for place, day in enumerate(months.every):
        x = LEFT + place * slot
        for amount, role, shift in (
            (months.before[day], "plot-old", 0),
            (months.after[day], "plot-new", bar),
        ):
            top = up.at(amount.minor)
            canvas.box((x + shift, top), width=bar, height=BOTTOM - top, role=role)
    canvas.line((LEFT, BOTTOM), (RIGHT, BOTTOM), role="plot-axis")
    _limit(canvas, up=up, capacity=capacity)
    _names(canvas, months, slot=slot)
    return canvas.picture(name="before-after", title=title)


def _limit(canvas: Canvas, *, up: Scale, capacity: Money) -> None:
    if capacity.minor <= 0:
        return
    y = up.at(capacity.minor)
    canvas.line((LEFT, y), (RIGHT, y), role="plot-limit")
    canvas.words(
        (RIGHT, y - 5),
        _("can carry %(capacity)s a month") % {"capacity": capacity.display},
        role="plot-text plot-limit-text plot-halo",
        anchor="end",
    )


def _names(canvas: Canvas, months: _Months, *, slot: int) -> None:
    """Name each run of bars under its first month; the second drops a line if they would touch."""
    starts = []
    for sums, name in ((months.before, _("today's contract")), (months.after, _("the plan"))):
        used = [place for place, day in enumerate(months.every) if sums[day].minor > 0]
        if used:
            starts.append((LEFT + used[0] * slot, name, months.every[used[0]]))
    for line, (x, name, day) in enumerate(starts):
        words = _("%(name)s from %(month)s") % {"name": name, "month": text.month(day)}
        role = "plot-label" if line else "plot-text"
        canvas.words((min(x, RIGHT - 170), BOTTOM + 16 + 16 * line), words, role=role)
