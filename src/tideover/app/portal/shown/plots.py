"""The one plot of the portal: what is due each month, before and after.

Drawn by the server as SVG with classes for colours, so that dark mode, print and the content
security policy need nothing more. Coordinates are whole numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from tideover.money import Currency, Money

WIDTH, HEIGHT = 280, 186
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 276, 30, 166


@dataclass(frozen=True, slots=True)
class MonthDue:
    """What one month asks for under today's contract and under the new plan."""

    month: date
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class PlotWords:
    """The words drawn on the plot, in the reader's language."""

    title: str
    before: str
    after: str
    limit: str


def by_month(
    before: Iterable[tuple[date, Money]],
    after: Iterable[tuple[date, Money]],
    *,
    on: date,
    currency: Currency,
) -> tuple[MonthDue, ...]:
    """Return every month from that of `on` to the last of either plan, months of nothing included.

    What was due before `on` and is still owed counts in the month of `on`: that is when it is
    asked for.
    """
    old = _sums(before, on=on)
    new = _sums(after, on=on)
    last = max((*old, *new, _first_of(on)))
    none = Money.zero(currency)
    return tuple(
        MonthDue(month, old.get(month, none), new.get(month, none))
        for month in _months(_first_of(on), last)
    )


def before_and_after(
    months: Sequence[MonthDue], *, limit: Money | None, words: PlotWords
) -> SafeString:
    """Return the drawing: grey steps for today's contract, bars for the plan, a line for the limit.

    The months before the first new payment are hatched. The same figures must stand in a table
    beside it; a screen reader hears only the title.
    """
    top = _highest(months, limit=limit)
    parts = (
        _pause(months),
        _old_steps(months, top=top),
        _new_bars(months, top=top),
        _limit_line(limit, top=top, words=words),
        _axis(months),
        _labels(words),
    )
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        words.title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _highest(months: Sequence[MonthDue], *, limit: Money | None) -> int:
    asked = [month.after.minor for month in months]
    asked += [month.before.minor for month in months]
    return max([*asked, limit.minor if limit else 0, 1])


def _y(minor: int, *, top: int) -> int:
    return _BOTTOM - minor * (_BOTTOM - _TOP) // top


def _x(number: int, *, count: int) -> int:
    return _LEFT + number * (_RIGHT - _LEFT) // count


def _pause(months: Sequence[MonthDue]) -> SafeString:
    paused = next((number for number, one in enumerate(months) if one.after), 0)
    right = _x(paused, count=len(months))
    hatch = ((x, _BOTTOM, x + 6, _BOTTOM - 6) for x in range(_LEFT, right - 5, 8))
    return format_html_join("", '<line class="plot-hatch" x1="{}" y1="{}" x2="{}" y2="{}"/>', hatch)


def _old_steps(months: Sequence[MonthDue], *, top: int) -> SafeString:
    count = len(months)
    shapes = (
        (left, _y(one.before.minor, top=top), max(1, _x(number + 1, count=count) - left),
         _BOTTOM - _y(one.before.minor, top=top))
        for number, one in enumerate(months)
        if one.before
        for left in (_x(number, count=count),)
    )  # fmt: skip
    return format_html_join(
        "", '<rect class="plot-old" x="{}" y="{}" width="{}" height="{}"/>', shapes
    )


def _new_bars(months: Sequence[MonthDue], *, top: int) -> SafeString:
    count = len(months)
    slot = (_RIGHT - _LEFT) // count
    wide = max(2, slot // 2)
    shapes = (
        (_x(number, count=count) + (slot - wide) // 2, _y(one.after.minor, top=top), wide,
         _BOTTOM - _y(one.after.minor, top=top))
        for number, one in enumerate(months)
        if one.after
    )  # fmt: skip
    return format_html_join(
        "", '<rect class="plot-new" x="{}" y="{}" width="{}" height="{}" rx="1"/>', shapes
    )


def _limit_line(limit: Money | None, *, top: int, words: PlotWords) -> SafeString:
    if not limit:
        return escape("")
    y = _y(limit.minor, top=top)
    return format_html(
        '<line class="plot-limit" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="plot-text plot-limit-text" x="{}" y="{}" text-anchor="end">{}</text>',
        _LEFT, _RIGHT, y, y, _RIGHT, y - 5, words.limit,
    )  # fmt: skip


def _axis(months: Sequence[MonthDue]) -> SafeString:
    return format_html(
        '<line class="plot-axis" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="plot-text" x="{}" y="{}">{}</text>'
        '<text class="plot-text" x="{}" y="{}" text-anchor="end">{}</text>',
        _LEFT, _RIGHT, _BOTTOM, _BOTTOM,
        _LEFT, _BOTTOM + 14, f"{months[0].month:%Y-%m}",
        _RIGHT, _BOTTOM + 14, f"{months[-1].month:%Y-%m}",
    )  # fmt: skip


def _labels(words: PlotWords) -> SafeString:
    return format_html(
        '<rect class="plot-old" x="{}" y="4" width="10" height="10"/>'
        '<text class="plot-label" x="{}" y="13">{}</text>'
        '<rect class="plot-new" x="140" y="4" width="10" height="10"/>'
        '<text class="plot-label" x="155" y="13">{}</text>',
        _LEFT, _LEFT + 15, words.before, words.after,
    )  # fmt: skip


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _sums(dues: Iterable[tuple[date, Money]], *, on: date) -> dict[date, Money]:
    sums: dict[date, Money] = {}
    for due, money in dues:
        month = _first_of(max(due, on))
        sums[month] = sums[month] + money if month in sums else money
    return sums


def _months(first: date, last: date) -> Iterable[date]:
    month = first
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
