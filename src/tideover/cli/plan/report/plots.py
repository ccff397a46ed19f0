"""The plots of a household's months: the budget, and the months before and after.

Each has a title that states what it shows. Coordinates are worked out from minor units.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tideover.affordability import MonthCapacity
from tideover.cli.plan.report.blocks import Figure
from tideover.cli.plan.report.svg import (
    ATTENTION,
    BOTTOM,
    BRAND,
    LEFT,
    RIGHT,
    SOFT,
    WASH,
    figure,
    rectangle,
    text,
    y_of,
)
from tideover.money import Money
from tideover.policy import Words

__all__ = ["before_after_plot", "budget_plot"]


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
        y = y_of(max(upper.minor, 0), top)
        height = max(1, y_of(max(upper.minor - amount.minor, 0), top) - y)
        drawn.append(rectangle(x + 14, y, width=width - 28, height=height, colour=colour))
        drawn.append(
            text(x + width // 2, BOTTOM + 18, words=label.in_language(language), colour=SOFT)
        )
        drawn.append(text(x + width // 2, y - 6, words=amount.display))
    said = Words(
        f"收入 {month.income.display}，每月能还 {month.capacity.display}",
        f"Income {month.income.display}, of which {month.capacity.display} can be paid",
    )
    return figure(said.in_language(language), drawn)


def before_after_plot(
    before: Sequence[tuple[date, Money]],
    after: Sequence[tuple[date, Money]],
    *,
    limits: Mapping[date, Money],
    language: str,
) -> Figure:
    """Return what each month asks for today and under the plan, with what can be paid in it."""
    old, new = _by_month(before), _by_month(after)
    months = sorted({*old, *new})
    able = [limits[month].minor for month in months if month in limits]
    top = max((*old.values(), *new.values(), *able, 1))
    drawn = [
        *_bars(old, new, top=top),
        _dashed([y_of(minor, top) for minor in able], count=len(months)),
        *_legend(language),
    ]
    currency = next(iter(limits.values())).currency
    most, least = Money(max(old.values(), default=0), currency), Money(max(new.values()), currency)
    said = Words(
        f"原来最多一个月 {most.display}，新方案每月最多 {least.display}（虚线：当月能还的金额）",
        f"Up to {most.display} a month today, at most {least.display} with the plan (dashed: what "
        "can be paid in the month)",
    )
    return figure(said.in_language(language), drawn)


def _dashed(heights: Sequence[int], *, count: int) -> str:
    """Return a dashed line in steps, one a month; the last one ends where the bars do."""
    width = _width(count)
    points = [
        f"{x},{y}"
        for place, y in enumerate(heights)
        for x in (LEFT + place * width, LEFT + (place + 1) * width)
    ]
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{ATTENTION}" '
        'stroke-dasharray="4 4"/>'
    )


def _width(count: int) -> int:
    return max(3, (RIGHT - LEFT) // max(1, count))


def _bars(old: Mapping[date, int], new: Mapping[date, int], *, top: int) -> list[str]:
    months = sorted({*old, *new})
    width = _width(len(months))
    half = max(1, width // 2 - 1)
    drawn = []
    for place, month in enumerate(months):
        x = LEFT + place * width
        for offset, values, colour in ((0, old, WASH), (half, new, BRAND)):
            if values.get(month):
                y = y_of(values[month], top)
                drawn.append(rectangle(x + offset, y, width=half, height=BOTTOM - y, colour=colour))
    ends = ((LEFT, months[0], "start"), (RIGHT, months[-1], "end"))
    for x, month, anchor in ends:
        drawn.append(text(x, BOTTOM + 18, words=f"{month:%Y-%m}", colour=SOFT, anchor=anchor))
    return drawn


def _legend(language: str) -> list[str]:
    drawn = []
    keys = ((220, WASH, Words("原合同", "today")), (330, BRAND, Words("新方案", "with the plan")))
    for x, colour, words in keys:
        drawn.append(rectangle(x, BOTTOM + 9, width=10, height=10, colour=colour))
        said = words.in_language(language)
        drawn.append(text(x + 16, BOTTOM + 18, words=said, colour=SOFT, anchor="start"))
    return drawn


def _by_month(dues: Sequence[tuple[date, Money]]) -> dict[date, int]:
    months: dict[date, int] = {}
    for day, amount in dues:
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + amount.minor
    return months
