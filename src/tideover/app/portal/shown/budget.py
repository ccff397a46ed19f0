"""A household's month as a waterfall: what comes in, what must go out, what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tideover.affordability import MonthCapacity
from tideover.app.portal.shown.bars import Bar, BarPlot, bars_plot
from tideover.app.portal.templatetags.portal_words import percent_short
from tideover.app.verbs.offering import Budget
from tideover.money import Money

_WIDTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar of the waterfall, per mille of its width; `sign` stands before the amount."""

    label: str
    money: Money
    start: int
    width: int
    css: str
    sign: str = ""
    left: Money
    """What is left after this step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBudget:
    """The waterfall with its finding, and what else the page says of the months ahead."""

    title: str
    is_short: bool
    shortfall: Money
    steps: tuple[Step, ...]
    plot: BarPlot
    what_if: str
    changes: tuple[MonthCapacity, ...]


def shown_budget(told: Budget) -> ShownBudget:
    """Return the budget of this month with its finding as the title."""
    now = told.now
    is_short = not now.capacity
    steps = waterfall(now)
    return ShownBudget(
        title=_title(now, is_short=is_short),
        is_short=is_short,
        shortfall=now.shortfall,
        steps=steps,
        plot=bars_plot(tuple(_bars(steps)), title=_finding(now)),
        what_if=_what_if(told),
        changes=changes_of(told.months),
    )


def waterfall(month: MonthCapacity) -> tuple[Step, ...]:
    """Return the bars: each taking away starts where the one before ended."""
    top = max(month.income.minor, month.outgoings.minor + month.other_debts.minor, 1)

    def wide(minor: int) -> int:
        return minor * _WIDTH // top

    taken = (
        (_("Needed to live"), month.outgoings),
        (_("Other debts"), month.other_debts),
        (_("Kept for the unexpected"), month.buffer),
    )
    steps = [
        Step(label=_("Comes in"), money=month.income, start=0, width=wide(month.income.minor),
             css="plot-past", left=month.income)
    ]  # fmt: skip
    left = month.income
    for label, money in taken:
        if not money:
            continue
        left -= money
        steps.append(
            Step(label=label, money=money, start=wide(max(left.minor, 0)), css="plot-old",
                 sign="−", width=wide(money.minor), left=left)
        )  # fmt: skip
    capacity = month.capacity
    steps.append(
        Step(label=_("Can be paid to us"), money=capacity, start=0, css="plot-new", sign="=",
             width=wide(capacity.minor), left=capacity)
    )  # fmt: skip
    return tuple(steps)


def _bars(steps: Sequence[Step]) -> Iterator[Bar]:
    for step in steps:
        yield Bar(
            label=step.label,
            value=f"{step.sign} {step.money.display}".strip(),
            start=step.start,
            width=step.width,
            css=step.css,
            is_strong=step.sign == "=",
            joins_next=step.sign == "−",
        )


def changes_of(months: Sequence[MonthCapacity]) -> tuple[MonthCapacity, ...]:
    """Return the months in which what can be paid changes, this one first, at most six."""
    found: list[MonthCapacity] = []
    for month in months[:36]:
        if not found or month.capacity != found[-1].capacity:
            found.append(month)
    return tuple(found[:6]) if len(found) > 1 else ()


def _title(month: MonthCapacity, *, is_short: bool) -> str:
    if is_short:
        return _("Right now nothing is left for payments")
    return _("About %(amount)s a month can be paid") % {"amount": month.capacity.display}


def _finding(month: MonthCapacity) -> str:
    """Return what the waterfall shows: how much of what comes in is left."""
    figures = {"income": month.income.display, "left": month.capacity.display}
    if month.capacity:
        return _("Of %(income)s that come in, %(left)s can be paid to us") % figures
    return _("Of %(income)s that come in, nothing is left for payments right now") % figures


def _what_if(told: Budget) -> str:
    figures = {
        "share": percent_short(told.fall),
        "amount": told.with_less.capacity.display,
    }
    if not told.with_less.capacity:
        return _("If %(share)s less came in, nothing would be left. Then we pause first.") % figures
    return _("If %(share)s less came in, it would be %(amount)s a month.") % figures
