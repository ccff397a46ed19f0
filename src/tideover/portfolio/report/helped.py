"""Who is helped: of those who ask, how many are granted a plan, by cause."""

from tideover.portfolio.report.blocks import Figure, details, figure, table
from tideover.portfolio.report.figures import named, percent
from tideover.portfolio.report.reading import Reading
from tideover.portfolio.report.svg import (
    BRAND,
    GREY,
    LINE,
    SOFT,
    drawing,
    rectangle,
    words,
)  # fmt: skip

__all__ = ["helped_figure"]

ROW, START, FULL, EDGE = 46, 124, 232, 498


def helped_figure(read: Reading) -> Figure:
    """Return the plot of approvals by cause."""
    asked, (first, second) = read.sum("asked"), read.both("approved")
    names = read.names
    title = read.say(
        f"每百户求助家庭，{names[0]}帮到 {_hundred(first, asked)} 户，"
        f"{names[1]}帮到 {_hundred(second, asked)} 户",
        f"Of a hundred households that ask, {names[0]} helps {_hundred(first, asked)} and "
        f"{names[1]} {_hundred(second, asked)}",
    )
    causes = sorted(read.labels("cause"), key=lambda one: -read.sum(f"A/by/cause/asked={one}"))
    drawn, rows = [], []
    for place, cause in enumerate(causes):
        many = read.sum(f"A/by/cause/asked={cause}")
        pair = read.both(f"by/cause/approved={cause}")
        drawn += _bars(place, named(cause, language=read.language), pair=pair, many=many)
        rows.append((
            named(cause, language=read.language), f"{many:,}",
            *(f"{one:,}" for one in pair), *(percent(one, many) for one in pair),
        ))  # fmt: skip
    if causes:
        y = 16
        drawn.append(words(EDGE, y, said=names[0], colour=SOFT, anchor="end"))
        drawn.append(words(EDGE, y + 17, said=names[1], colour=BRAND, anchor="end"))
    heads = (
        read.say("困难原因", "Cause"), read.say("求助", "Ask"), names[0], names[1],
        names[0] + " %", names[1] + " %",
    )  # fmt: skip
    behind = details(read.say("看数据", "The table"), table(heads, rows))
    return figure(title, drawing(drawn, said=title, height=ROW * len(causes) + 8), behind=behind)


def _hundred(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _bars(place: int, label: str, *, pair: tuple[int, int], many: int) -> list[str]:
    y = place * ROW
    drawn = [words(START - 10, y + 24, said=label, anchor="end")]
    for row, (part, colour) in enumerate(zip(pair, (GREY, BRAND), strict=True)):
        top, width = y + 4 + row * 17, round(FULL * part / many)
        drawn.append(rectangle(START, top, width=FULL, height=14, colour=LINE))
        drawn.append(rectangle(START, top, width=width, height=14, colour=colour))
        drawn.append(words(START + FULL + 8, top + 12, said=f"{100 * part // many}%"))
    return drawn
