"""What every plan would do if all who ask had it: how much lighter the month, how much is kept."""

from typing import Any

from tideover.portfolio.report.blocks import Figure, details, figure, table
from tideover.portfolio.report.figures import percent, plan_words
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.svg import (
    AMBER,
    BOTTOM,
    BRAND,
    GREY,
    LEFT,
    LINE,
    RIGHT,
    SOFT,
    across,
    circle,
    drawing,
    line,
    up,
    words,
)  # fmt: skip

__all__ = ["frontier_figure"]


def frontier_figure(read: Reading) -> Figure:
    """Return the plot of relief against worth, a dot a plan."""
    menu = read.listed("menu")
    before = max(read.sum("menu/before"), 1)
    asked = max(read.sum("asked"), 1)
    relief = [1 - read.sum(f"menu/{row}/due") / before for row in range(len(menu))]
    most = max([read.sum(f"menu/{row}/worth") for row in range(len(menu))] + [1])
    worth = [read.sum(f"menu/{row}/worth") / most for row in range(len(menu))]
    low, high = min([*relief, 0.0]) - 0.15, max([*relief, 0.1])
    least = min([*worth, 0.9])
    drawn = _axes(read, low=low, high=high, least=least)
    # What A grants lies on top of the plan that only waives a penalty beside it.
    for row, plan in sorted(enumerate(menu), key=lambda one: one[1]["granted_by"][0]):
        x = across(relief[row], low=low, high=high)
        y = up(worth[row], low=least, high=1)
        by_first, by_second = plan["granted_by"]
        colour = GREY if by_first else BRAND if by_second else AMBER
        drawn.append(circle(x, y, colour=colour, is_filled=by_first or by_second))
        if not plan["waives"] and not plan["cut"]:
            drawn.append(words(x - 10, y + 4, said=_short(plan), colour=SOFT, anchor="end"))
    rows = [
        (plan_words(plan, language=read.language), percent(round(relief[row] * 10_000), 10_000),
         percent(read.sum(f"menu/{row}/can_pay"), asked),
         percent(round(worth[row] * 10_000), 10_000),
         " ".join(name for name, may in zip("AB", plan["granted_by"], strict=True) if may) or "–")
        for row, plan in enumerate(menu)
    ]  # fmt: skip
    granted = [row for row, plan in enumerate(menu) if any(plan["granted_by"])]
    best = max(granted, key=lambda row: read.sum(f"menu/{row}/can_pay"))
    fits = percent(read.sum(f"menu/{best}/can_pay"), asked)
    said = plan_words(menu[best], language=read.language)
    title = read.say(
        f"“{said}”让最多的求助家庭负担得起：{fits}",
        f"“{said}” is what most of those who ask could pay: {fits}",
    )
    heads = (
        read.say("方案", "Plan"), read.say("月供减少", "Instalment lower"),
        read.say("付得起的家庭", "Could pay it"),
        read.say("价值（最高为 100%）", "Worth (best is 100%)"),
        read.say("可给予", "Granted by"),
    )  # fmt: skip
    note = read.say(
        f"每点一个方案。灰：{read.names[0]}可给予；绿：只有{read.names[1]}可给予；"
        "空心：两者都不给予。旁注：展期月数 / 暂停月数。",
        f"A dot is a plan. Grey: {read.names[0]} may grant it; green: only {read.names[1]} may; "
        "hollow: neither. Beside it: months added / months paused.",
    )
    behind = details(read.say("看数据", "The table"), table(heads, rows))
    return figure(title, drawing(drawn, said=title), behind=behind, note=note)


def _short(plan: dict[str, Any]) -> str:
    """The months added and paused, as a mark beside a dot."""
    return f"+{plan['extension']} / {plan['pause']}"


def _axes(read: Reading, *, low: float, high: float, least: float) -> list[str]:
    drawn = [line((LEFT, BOTTOM), (RIGHT, BOTTOM))]
    for step in range(5):
        share = low + (high - low) * step / 4
        x = across(share, low=low, high=high)
        drawn.append(words(x, BOTTOM + 18, said=f"{100 * share:.0f}%", colour=SOFT,
                           anchor="middle"))  # fmt: skip
        value = least + (1 - least) * step / 4
        y = up(value, low=least, high=1)
        drawn.append(line((LEFT, y), (RIGHT, y), colour=LINE))
        drawn.append(words(LEFT - 8, y + 4, said=f"{100 * value:.1f}%", colour=SOFT, anchor="end"))
    x_said = read.say("月供减少 →", "instalment lower by →")
    drawn.append(words(RIGHT, BOTTOM + 36, said=x_said, colour=SOFT, anchor="end"))
    drawn.append(words(LEFT, 10, said=read.say("↑ 对贷款人的价值", "↑ worth to the lender"),
                       colour=SOFT))  # fmt: skip
    return drawn
