"""The plots of a report as SVG: budget, before and after, frontier. Each has a title that says it.

Coordinates are whole numbers, worked out from minor units.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

from tideover.affordability import MonthCapacity
from tideover.cli.plan.report.blocks import Figure
from tideover.money import Money
from tideover.offers.joint import FrontierPoint
from tideover.policy import Words

__all__ = ["before_after_plot", "budget_plot", "frontier_plot"]

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 8, 632, 34, 200
INK, SOFT, BRAND, WASH, ATTENTION = "#1d2b2f", "#5b6b70", "#0f6b66", "#cfd8d6", "#9a5b00"


def budget_plot(month: MonthCapacity, *, language: str) -> Figure:
    """Return the month's money as falling steps, from income to what can be paid."""
    steps = (
        (Words("收入", "Income"), month.income, month.income, BRAND),
        (Words("必要支出", "Spending"), month.income, month.outgoings, WASH),
        (Words("其他债务", "Other debts"), month.income - month.outgoings, month.other_debts, WASH),
        (Words("应急", "Kept"), month.capacity + month.buffer, month.buffer, WASH),
        (Words("每月能还", "Can be paid"), month.capacity, month.capacity, BRAND),
    )
    top = max(month.income.minor, month.outgoings.minor, 1)
    width = (RIGHT - LEFT) // len(steps)
    drawn = []
    for place, (label, upper, amount, colour) in enumerate(steps):
        x = LEFT + place * width
        y = _y(max(upper.minor, 0), top)
        height = max(1, _y(max(upper.minor - amount.minor, 0), top) - y)
        drawn.append(
            f'<rect x="{x + 14}" y="{y}" width="{width - 28}" height="{height}" fill="{colour}"/>'
        )
        drawn.append(_text(x + width // 2, BOTTOM + 18, label.in_language(language), SOFT))
        drawn.append(_text(x + width // 2, y - 6, amount.display, INK))
    said = Words(
        f"收入 {month.income.display}，每月能还 {month.capacity.display}",
        f"Income {month.income.display}, of which {month.capacity.display} can be paid",
    )
    return _svg(said.in_language(language), drawn)


def before_after_plot(
    before: Sequence[tuple[date, Money]],
    after: Sequence[tuple[date, Money]],
    *,
    limit: Money,
    language: str,
) -> Figure:
    """Return what each month asks for today and under the plan, with what can be paid."""
    months = sorted({day.replace(day=1) for day, _ in (*before, *after)})
    old, new = _by_month(before), _by_month(after)
    top = max((*old.values(), *new.values(), limit.minor, 1))
    width = max(3, (RIGHT - LEFT) // max(1, len(months)))
    half = max(1, width // 2 - 1)
    drawn = []
    for place, month in enumerate(months):
        x = LEFT + place * width
        for offset, values, colour in ((0, old, WASH), (half, new, BRAND)):
            y = _y(values.get(month, 0), top)
            drawn.append(
                f'<rect x="{x + offset}" y="{y}" width="{half}" height="{BOTTOM - y}" '
                f'fill="{colour}"/>'
            )
    y = _y(limit.minor, top)
    drawn.append(
        f'<line x1="{LEFT}" x2="{RIGHT}" y1="{y}" y2="{y}" stroke="{ATTENTION}" '
        'stroke-dasharray="4 4"/>'
    )
    drawn.append(_text(LEFT, BOTTOM + 18, f"{months[0]:%Y-%m}", SOFT, anchor="start"))
    drawn.append(_text(RIGHT, BOTTOM + 18, f"{months[-1]:%Y-%m}", SOFT, anchor="end"))
    most, least = Money(max(old.values(), default=0), limit.currency), max(new.values())
    said = Words(
        f"原来最多一个月 {most.display}，新方案每月最多 {Money(least, limit.currency).display}"
        f"（虚线：能还 {limit.display}）",
        f"Up to {most.display} a month today, at most {Money(least, limit.currency).display} with "
        f"the plan (dashed: {limit.display} can be paid)",
    )
    return _svg(said.in_language(language), drawn)


def frontier_plot(
    points: Sequence[FrontierPoint], *, offered: Sequence[tuple[int, Money]], language: str
) -> Figure | None:
    """Return monthly payment against interest for every plan that no other beats."""
    plain = sorted((one for one in points if not one.pause_months), key=lambda one: one.instalments)
    if not plain:
        return None
    top_x = max(one.total_interest.minor for one in plain) or 1
    top_y = max(one.monthly.minor for one in plain) or 1
    places = [
        (
            LEFT + one.total_interest.minor * (RIGHT - LEFT - 60) // top_x,
            _y(one.monthly.minor, top_y),
        )
        for one in plain
    ]
    line = " ".join(f"{x},{y}" for x, y in places)
    drawn = [f'<polyline points="{line}" fill="none" stroke="{BRAND}" stroke-width="2"/>']
    by_length = {one.instalments: place for one, place in zip(plain, places, strict=True)}
    for place, (count, monthly) in enumerate(offered):
        if count in by_length:
            x, y = by_length[count]
            label = Words(f"{count} 期 {monthly.display}", f"{count} × {monthly.display}")
            drawn.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{BRAND}"/>')
            # Neighbours would write over each other: every second label stands below the line.
            lower = 22 if place % 2 else -8
            drawn.append(_text(x + 8, y + lower, label.in_language(language), INK, anchor="start"))
    axis = Words("横轴：利息总额；纵轴：每月", "across: interest in all; up: a month")
    drawn.append(_text(RIGHT, BOTTOM + 18, axis.in_language(language), SOFT, anchor="end"))
    first, last = plain[0], plain[-1]
    said = Words(
        f"期限越长每月越少，利息越多：{first.instalments} 期利息 {first.total_interest.display}，"
        f"{last.instalments} 期 {last.total_interest.display}",
        f"The longer, the less a month and the more interest: {first.total_interest.display} over "
        f"{first.instalments} instalments, {last.total_interest.display} over {last.instalments}",
    )
    return _svg(said.in_language(language), drawn)


def _by_month(dues: Sequence[tuple[date, Money]]) -> dict[date, int]:
    months: dict[date, int] = {}
    for day, amount in dues:
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + amount.minor
    return months


def _y(minor: int, top: int) -> int:
    return BOTTOM - minor * (BOTTOM - TOP) // top


def _text(x: int, y: int, text: str, colour: str, *, anchor: str = "middle") -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}" font-size="12">'
        f"{escape(text)}</text>"
    )


def _svg(title: str, drawn: Sequence[str]) -> Figure:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Noto Sans SC, sans-serif" aria-label="{escape(title)}">'
        f"{''.join(drawn)}</svg>"
    )
    return Figure(title, svg)
