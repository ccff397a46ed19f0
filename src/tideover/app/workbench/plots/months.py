"""Capacity month by month: what is left after living, other debts and the buffer."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tideover.affordability import MonthCapacity
from tideover.app.workbench import text
from tideover.app.workbench.plots._canvas import Canvas, Plot, Scale

WIDTH, HEIGHT = 460, 180
LEFT, RIGHT, TOP, BOTTOM = 4, 456, 28, 150


def budget_months(months: Sequence[MonthCapacity]) -> Plot:
    """Return capacity over `months` as bars, with every part of it in the table behind."""
    title = _finding(months)
    return Plot(
        name="capacity",
        title=title,
        picture=_draw(months, title=title),
        header=(
            _("Month"), _("Income"), _("Outgoings"), _("Other debts"), _("Buffer"),
            _("Can carry"), _("Short by"),
        ),
        rows=tuple(
            (
                text.month(each.month), each.income.display, each.outgoings.display,
                each.other_debts.display, each.buffer.display, each.capacity.display,
                each.shortfall.display,
            )
            for each in months
        ),
    )  # fmt: skip


def _finding(months: Sequence[MonthCapacity]) -> str:
    lowest = min(months, key=lambda each: each.capacity)
    highest = max(months, key=lambda each: each.capacity)
    if highest.capacity.minor == 0:
        return _("Nothing is left in any month: first a pause, a waiver or a referral")
    if lowest.capacity == highest.capacity:
        return _("%(capacity)s a month can be carried, the same in every month") % {
            "capacity": lowest.capacity.display
        }
    return _(
        "Between %(low)s (%(low_month)s) and %(high)s (%(high_month)s) a month can be carried"
    ) % {
        "low": lowest.capacity.display,
        "low_month": text.month(lowest.month),
        "high": highest.capacity.display,
        "high_month": text.month(highest.month),
    }


def _draw(months: Sequence[MonthCapacity], *, title: str) -> SafeString:
    canvas = Canvas(WIDTH, HEIGHT)
    up = Scale(0, max(max(each.capacity.minor for each in months), 1), BOTTOM, TOP)
    slot = (RIGHT - LEFT) // len(months)
    for place, each in enumerate(months):
        x = LEFT + place * slot
        top = up.at(each.capacity.minor)
        canvas.box((x, top), width=max(slot - 6, 2), height=BOTTOM - top, role="plot-new")
        if place == 0 or each.capacity != months[place - 1].capacity:
            canvas.words((x, top - 6), each.capacity.display, role="plot-label plot-halo")
    canvas.line((LEFT, BOTTOM), (RIGHT, BOTTOM), role="plot-axis")
    canvas.words((LEFT, BOTTOM + 18), text.month(months[0].month))
    canvas.words((RIGHT, BOTTOM + 18), text.month(months[-1].month), anchor="end")
    return canvas.picture(name="capacity", title=title)
