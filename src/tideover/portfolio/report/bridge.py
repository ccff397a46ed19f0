"""Where the difference in lender value comes from, step by step; the steps add up exactly."""

from tideover.portfolio.intervals import sum_difference
from tideover.portfolio.report.blocks import Figure, details, figure, table
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.svg import (
    AMBER,
    BRAND,
    GREY,
    LINE,
    SOFT,
    drawing,
    line,
    rectangle,
    words,
)  # fmt: skip

__all__ = ["bridge_figure", "bridge_steps"]

ROW, START, END = 34, 186, 410


def bridge_steps(read: Reading) -> list[tuple[str, int]]:
    """Return what makes policy B worth more or less than A, minor units; they sum to it."""

    def gained(name: str) -> int:
        first, second = read.both(name)
        return second - first

    steps = [
        (read.say("少核销的本金", "principal not lost"), -gained("lost")),
        (read.say("收到的利息", "interest received"), gained("got_interest")),
        (read.say("收到的罚息", "penalty received"), gained("got_penalty")),
        (read.say("期末拨备", "provisions at the end"), -gained("provision")),
    ]
    whole = gained("value")
    later = read.say("收款时间（折现）", "later money (discount)")
    return [*steps, (later, whole - sum(one for _, one in steps))]


def bridge_figure(read: Reading) -> Figure:
    """Return the plot of the steps from policy A to policy B."""
    steps, found = bridge_steps(read), sum_difference(read.run.tally, "value")
    sure = f"{read.large(found.margin)}"
    said = read.signed(found.middle)
    title = read.say(
        f"对贷款人：{read.names[1]}比{read.names[0]} {said}（±{sure}，95%）",
        f"For the lender {read.names[1]} is worth {said} against {read.names[0]} (±{sure}, 95%)",
    )
    reached, levels = 0, [0]
    for _, one in steps:
        reached += one
        levels.append(reached)
    low, high = min(levels), max([*levels, 1])

    def x_of(value: int) -> int:
        return round(START + (value - low) * (END - START) / max(high - low, 1))

    drawn = [line((x_of(0), 4), (x_of(0), ROW * (len(steps) + 1)), colour=LINE)]
    for place, (label, one) in enumerate(steps):
        begin, end = sorted((x_of(levels[place]), x_of(levels[place + 1])))
        colour = BRAND if one >= 0 else AMBER
        drawn += _row(place, label, begin=begin, end=end, colour=colour,
                      amount=read.signed(one))  # fmt: skip
    begin, end = sorted((x_of(0), x_of(reached)))
    drawn += _row(len(steps), read.say("合计", "together"), begin=begin, end=end, colour=GREY,
                  amount=said)  # fmt: skip
    rows = [(label, read.signed(one)) for label, one in steps]
    rows.append((read.say("合计", "Together"), said))
    heads = (read.say("来源", "From"), read.say("B − A", "B less A"))
    behind = details(read.say("看数据", "The table"), table(heads, rows))
    return figure(title, drawing(drawn, said=title, height=ROW * (len(steps) + 1) + 8),
                  behind=behind)  # fmt: skip


def _row(place: int, label: str, *, begin: int, end: int, colour: str, amount: str) -> list[str]:
    y = place * ROW + 6
    return [
        words(START - 14, y + 16, said=label, colour=SOFT, anchor="end"),
        rectangle(begin, y, width=end - begin, height=22, colour=colour),
        words(end + 8, y + 16, said=amount),
    ]
