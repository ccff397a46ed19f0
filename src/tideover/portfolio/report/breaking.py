"""How plans fare: the share that failed by age, and the people needed month by month."""

from math import ceil

from tideover.portfolio.report.blocks import Figure, details, figure, table
from tideover.portfolio.report.figures import percent
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.svg import (
    BOTTOM,
    BRAND,
    GREY,
    LEFT,
    LINE,
    RIGHT,
    SOFT,
    across,
    drawing,
    line,
    path,
    up,
    words,
)  # fmt: skip
from tideover.portfolio.tallies import ARMS

__all__ = ["breaking_figure", "staffing_figure"]

#: Fewer plans than this say too little for a share of their own.
PLANS_MIN = 20
AGES = (3, 6, 12)


def breaking_figure(read: Reading) -> Figure:
    """Return the plot of plans that failed, by the months since they were granted."""
    curves = [_curve(read, arm) for arm in ARMS]
    top = max([share for curve in curves for _, share in curve] + [0.05])
    said = [
        f"{percent(read.sum(f'{arm}/failed/{age}'), read.sum(f'{arm}/seen/{age}'))}"
        for age in AGES[-1:] if age <= read.months for arm in ARMS
    ]  # fmt: skip
    first, second = read.names
    title = read.say(
        f"一年内再违约：{first} {said[0]}，{second} {said[1]}",
        f"Broken within a year: {said[0]} of the plans of {first}, {said[1]} of {second}",
    ) if said else read.say("方案再违约的比例", "Share of plans that broke")  # fmt: skip
    drawn = _grid(top, months=read.months, label=read.say("月 →", "months →"))
    for curve, colour, name in zip(curves, (GREY, BRAND), read.names, strict=True):
        points = [
            (across(age, low=0, high=read.months), up(share, low=0, high=top))
            for age, share in [(0, 0.0), *curve]
        ]
        drawn.append(path(points, colour=colour))
        drawn.append(words(points[-1][0] + 6, points[-1][1] + 4, said=name,
                           colour=SOFT if colour == GREY else BRAND))  # fmt: skip
    rows = [
        (str(age), *(cell for arm in ARMS for cell in (
            f"{read.sum(f'{arm}/seen/{age}'):,}",
            percent(read.sum(f"{arm}/failed/{age}"), read.sum(f"{arm}/seen/{age}")))))
        for age in range(1, read.months + 1)
    ]  # fmt: skip
    heads = (
        read.say("月龄", "Age"), f"{first}: {read.say('方案', 'plans')}", f"{first} %",
        f"{second}: {read.say('方案', 'plans')}", f"{second} %",
    )  # fmt: skip
    note = read.say(
        f"再违约：方案生效后拖欠满 {read.assumed('redefault_months')} 期。"
        f"只画仍有至少 {PLANS_MIN} 个方案可观察的月龄。",
        f"Broken: {read.assumed('redefault_months')} instalments behind under the plan. Drawn "
        f"while at least {PLANS_MIN} plans were seen that long.",
    )
    behind = details(read.say("看数据", "The table"), table(heads, rows))
    return figure(title, drawing(drawn, said=title), behind=behind, note=note)


def staffing_figure(read: Reading) -> Figure:
    """Return the plot of the agents needed, counting requests and plans that break."""
    each, month = int(read.assumed("minutes_a_case")), int(read.assumed("minutes_a_month"))
    needs = [
        [
            (read.sum(f"asks/{at}") + read.sum(f"{arm}/fails/{at}")) * each / month
            for at in range(read.months)
        ]
        for arm in ARMS
    ]
    peaks = [ceil(max(one, default=0)) for one in needs]
    top = max(*(one for need in needs for one in need), 1)
    title = read.say(
        f"最忙的月份需要坐席：{read.names[0]} {peaks[0]} 人，{read.names[1]} {peaks[1]} 人",
        f"Agents needed in the busiest month: {peaks[0]} under {read.names[0]}, {peaks[1]} under "
        f"{read.names[1]}",
    )
    drawn = _grid(top, months=read.months, label=read.say("月 →", "months →"), is_share=False)
    for need, colour, name in zip(needs, (GREY, BRAND), read.names, strict=True):
        points = [
            (across(at + 1, low=0, high=read.months), up(one, low=0, high=top))
            for at, one in enumerate(need)
        ]
        drawn.append(path(points, colour=colour))
        drawn.append(words(points[-1][0] + 6, points[-1][1] + (16 if colour == GREY else -4),
                           said=name, colour=SOFT if colour == GREY else BRAND))  # fmt: skip
    rows = [
        (str(at + 1), f"{read.sum(f'asks/{at}'):,}",
         *(f"{read.sum(f'{arm}/fails/{at}'):,}" for arm in ARMS),
         *(f"{need[at]:.1f}" for need in needs))
        for at in range(read.months)
    ]  # fmt: skip
    heads = (
        read.say("月", "Month"), read.say("求助", "Ask"),
        *(f"{name}: {read.say('再违约', 'broken')}" for name in read.names),
        *(f"{name}: {read.say('坐席', 'agents')}" for name in read.names),
    )  # fmt: skip
    behind = details(read.say("看数据", "The table"), table(heads, rows))
    note = read.say(
        f"每件 {each} 分钟，每人每月 {month:,} 分钟；方案中断算作又一件。第一个月包含积压的求助。",
        f"{each} minutes a case, {month:,} minutes an agent and month; a plan that breaks is "
        "another case. The first months hold those in hardship when the book was looked at.",
    )
    return figure(title, drawing(drawn, said=title), behind=behind, note=note)


def _curve(read: Reading, arm: str) -> list[tuple[int, float]]:
    found = []
    for age in range(1, read.months + 1):
        seen = read.sum(f"{arm}/seen/{age}")
        if seen >= PLANS_MIN:
            found.append((age, read.sum(f"{arm}/failed/{age}") / seen))
    return found


def _grid(top: float, *, months: int, label: str, is_share: bool = True) -> list[str]:
    drawn = []
    for step in range(5):
        value = top * step / 4
        y = up(value, low=0, high=top)
        drawn.append(line((LEFT, y), (RIGHT, y), colour=LINE))
        said = f"{100 * value:.0f}%" if is_share else f"{value:.1f}"
        drawn.append(words(LEFT - 8, y + 4, said=said, colour=SOFT, anchor="end"))
    for month in range(0, months + 1, max(1, months // 8)):
        x = across(month, low=0, high=months)
        drawn.append(words(x, BOTTOM + 18, said=str(month), colour=SOFT, anchor="middle"))
    drawn.append(words(RIGHT, BOTTOM + 36, said=label, colour=SOFT, anchor="end"))
    return drawn
