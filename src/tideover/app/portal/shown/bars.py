"""Rows of bars as one drawing: a name and an amount above each bar, as wide as a phone.

Drawn by the server as SVG with classes for colours, as the other plots are; whole numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tideover.app.portal.shown.labels import lines_beside

WIDTH = 280
_LEFT, _RIGHT, _TOP = 2, 278, 2
_LINE, _BAR, _BETWEEN = 18, 10, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row; `start` and `width` are per mille of the drawing, `css` says what it stands for."""

    label: str
    value: str
    start: int
    width: int
    css: str
    is_strong: bool = False
    joins_next: bool = False
    """Whether a line leads from its end to the next bar, as in a waterfall."""


@dataclass(frozen=True, slots=True)
class BarPlot:
    """The drawing with its finding as the title; the figures stand in a table beside it."""

    title: str
    svg: SafeString


def bars_plot(bars: Sequence[Bar], *, title: str) -> BarPlot:
    """Return the bars below each other; a screen reader hears the title and reads the table."""
    parts, y = [], _TOP
    for bar in bars:
        lines = lines_beside(bar.label, bar.value, width=_RIGHT - _LEFT)
        parts.append(_drawn(bar, lines, y=y))
        y += len(lines) * _LINE + _BAR + _BETWEEN
    svg = format_html(
        '<svg class="plot plot-bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        y - _BETWEEN + _TOP,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )
    return BarPlot(title, svg)


def _drawn(bar: Bar, lines: Sequence[str], *, y: int) -> SafeString:
    top = y + len(lines) * _LINE
    left = _LEFT + bar.start * (_RIGHT - _LEFT) // 1000
    wide = max(2, bar.width * (_RIGHT - _LEFT) // 1000) if bar.width else 0
    strong = " plot-strong" if bar.is_strong else ""
    label = format_html_join(
        "",
        '<text class="plot-label{}" x="{}" y="{}">{}</text>',
        ((strong, _LEFT, y + 13 + at * _LINE, line) for at, line in enumerate(lines)),
    )
    return format_html(
        '{}<text class="plot-label{}" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="plot-track" x="{}" y="{}" width="{}" height="{}" rx="5"/>'
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>{}',
        label, strong, _RIGHT, y + 13, bar.value,
        _LEFT, top, _RIGHT - _LEFT, _BAR, bar.css, left, top, wide, _BAR,
        _joint(left, y=top + _BAR) if bar.joins_next else "",
    )  # fmt: skip


def _joint(x: int, *, y: int) -> SafeString:
    return format_html(
        '<line class="plot-joint" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        x, x, y, y + _BETWEEN + _LINE,
    )  # fmt: skip
