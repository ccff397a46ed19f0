"""The plots of a choice: every plan by its length, and every other way by its true yearly cost."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from tideover.cli.plan.report.blocks import Figure
from tideover.cli.plan.report.svg import (
    BAND,
    BOTTOM,
    BRAND,
    LEFT,
    RIGHT,
    SOFT,
    TOP,
    WASH,
    figure,
    rectangle,
    text,
    y_of,
)
from tideover.money import Money
from tideover.offers.joint import FrontierPoint
from tideover.policy import Words, percent_text

__all__ = ["cost_plot", "frontier_plot"]

#: How high a label is, and how wide the longest, so that none is written over another.
LABEL_HEIGHT, LABEL_WIDTH = 16, 190
ROW: Final = 26
NAMES_WIDTH: Final = 250


def frontier_plot(
    points: Sequence[FrontierPoint],
    *,
    offered: Sequence[tuple[int, Money]],
    limit: Money,
    language: str,
) -> Figure | None:
    """Return the monthly payment of every plan that no other beats, by its number of instalments.

    The shaded band is what can be paid each month; the offers are dots with their interest.
    """
    plain = sorted((one for one in points if not one.pause_months), key=lambda one: one.instalments)
    if not plain:
        return None
    longest = plain[-1].instalments
    top = max(limit.minor, *(one.monthly.minor for one in plain))
    places = {
        one.instalments: (
            LEFT + one.instalments * (RIGHT - LEFT) // longest, y_of(one.monthly.minor, top)
        )
        for one in plain
    }  # fmt: skip
    band = y_of(limit.minor, top)
    said = Words(f"能还 {limit.display}", f"{limit.display} can be paid").in_language(language)
    line = " ".join(f"{x},{y}" for x, y in places.values())
    drawn = [
        rectangle(LEFT, band, width=RIGHT - LEFT, height=BOTTOM - band, colour=BAND),
        text(RIGHT, band + 16, words=said, colour=SOFT, anchor="end"),
        f'<polyline points="{line}" fill="none" stroke="{BRAND}" stroke-width="2"/>',
        *_dots(plain, places, offered=offered, language=language),
        *_ticks(plain, places, offered=offered, language=language),
    ]
    return figure(_frontier_title(plain, language), drawn)


def _dots(
    plain: Sequence[FrontierPoint],
    places: Mapping[int, tuple[int, int]],
    *,
    offered: Sequence[tuple[int, Money]],
    language: str,
) -> list[str]:
    interests = {one.instalments: one.total_interest for one in plain}
    drawn: list[str] = []
    taken: list[tuple[int, int]] = []
    for count, monthly in sorted(offered):
        if count not in places:
            continue
        x, y = places[count]
        interest = interests[count].display
        words = Words(f"每月 {monthly.display}，利息 {interest}",
                      f"{monthly.display} a month, interest {interest}")  # fmt: skip
        is_left = x > RIGHT - LABEL_WIDTH
        at = y - 8
        while any(abs(at - other) < LABEL_HEIGHT and abs(x - far) < LABEL_WIDTH
                  for far, other in taken):  # fmt: skip
            at -= 4
        taken.append((x, at))
        drawn.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{BRAND}"/>')
        drawn.append(
            text(x - 8 if is_left else x + 8, at, words=words.in_language(language),
                 anchor="end" if is_left else "start")
        )  # fmt: skip
    return drawn


def _ticks(
    plain: Sequence[FrontierPoint],
    places: Mapping[int, tuple[int, int]],
    *,
    offered: Sequence[tuple[int, Money]],
    language: str,
) -> list[str]:
    shown = [count for count in sorted({count for count, _ in offered}) if count in places]
    last = plain[-1].instalments
    ends = Words(f"{last} 期", f"{last} instalments").in_language(language)
    near = [count for count in shown if places[count][0] < RIGHT - 100]
    return [
        *(text(places[count][0], BOTTOM + 18, words=str(count), colour=SOFT) for count in near),
        text(RIGHT, BOTTOM + 18, words=ends, colour=SOFT, anchor="end"),
    ]


def _frontier_title(plain: Sequence[FrontierPoint], language: str) -> str:
    first, last = plain[0], plain[-1]
    return Words(
        f"期限越长每月越少，利息越多：{first.instalments} 期利息 {first.total_interest.display}，"
        f"{last.instalments} 期 {last.total_interest.display}",
        f"The longer, the less a month and the more interest: {first.total_interest.display} over "
        f"{first.instalments} instalments, {last.total_interest.display} over {last.instalments}",
    ).in_language(language)


def cost_plot(costs: Sequence[tuple[str, Fraction]], *, language: str) -> Figure:
    """Return ways to pay by their true yearly cost, the first being this plan."""
    top = max((cost for _, cost in costs), default=Fraction(0)) or Fraction(1)
    room = RIGHT - LEFT - NAMES_WIDTH - 60
    drawn: list[str] = []
    for place, (name, cost) in enumerate(costs):
        y = TOP + place * ROW
        long = max(1, int(max(cost, Fraction(0)) * room / top))
        drawn.append(text(LEFT + NAMES_WIDTH - 10, y + 13, words=name, anchor="end"))
        colour = WASH if place else BRAND
        drawn.append(rectangle(LEFT + NAMES_WIDTH, y, width=long, height=ROW - 8, colour=colour))
        at = LEFT + NAMES_WIDTH + long + 8
        drawn.append(text(at, y + 13, words=percent_text(cost), anchor="start"))
    mine = percent_text(costs[0][1])
    said = Words(
        f"这个方案真实年化 {mine}；免息分期的手续费、不还的罚息也折成年化来比",
        f"This plan truly costs {mine} a year; fees and penalties are shown as yearly rates too",
    )
    return figure(said.in_language(language), drawn, height=TOP + len(costs) * ROW + 8)
