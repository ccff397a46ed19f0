"""Strips of months below each other: where a plan fits, filled, and where it is too much, hollow.

Drawn by the server as SVG with classes for colours, as the other plots are; whole numbers only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tideover.app.portal.shown.labels import lines_beside

WIDTH = 280
_LEFT, _RIGHT, _TOP = 2, 278, 2
_LINE, _STRIP, _BETWEEN = 18, 14, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One row: its name, what comes of it, and for each month whether it fits."""

    label: str
    value: str
    fits: tuple[bool, ...]


def strips_plot(strips: Sequence[Strip], months: Sequence[date], *, title: str) -> SafeString:
    """Return the strips over the same months; a screen reader hears the title, reads the table."""
    parts, y = [], _TOP
    for strip in strips:
        lines = lines_beside(strip.label, strip.value, width=_RIGHT - _LEFT)
        parts.append(_drawn(strip, lines, y=y))
        y += len(lines) * _LINE + _STRIP + _BETWEEN
    parts.append(_axis(months, y=y))
    return format_html(
        '<svg class="plot plot-bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        y + _TOP + 4,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _drawn(strip: Strip, lines: Sequence[str], *, y: int) -> SafeString:
    top = y + len(lines) * _LINE
    label = format_html_join(
        "",
        '<text class="plot-label" x="{}" y="{}">{}</text>',
        ((_LEFT, y + 13 + at * _LINE, line) for at, line in enumerate(lines)),
    )
    runs = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        ((css, x, top, wide, _STRIP) for css, x, wide in _runs(strip.fits)),
    )
    return format_html(
        '{}<text class="plot-label" x="{}" y="{}" text-anchor="end">{}</text>{}',
        label, _RIGHT, y + 13, strip.value, runs,
    )  # fmt: skip


def _runs(fits: Sequence[bool]) -> Iterator[tuple[str, int, int]]:
    """Yield class, left and width of each run of months of one kind, a unit of air after it."""
    count, first = len(fits), 0
    for is_fitting, run in groupby(fits):
        last = first + len(tuple(run))
        left = _LEFT + first * (_RIGHT - _LEFT) // count
        right = _LEFT + last * (_RIGHT - _LEFT) // count
        yield "plot-new" if is_fitting else "plot-short", left, max(2, right - left - 1)
        first = last


def _axis(months: Sequence[date], *, y: int) -> SafeString:
    return format_html(
        '<text class="plot-text" x="{}" y="{}">{}</text>'
        '<text class="plot-text" x="{}" y="{}" text-anchor="end">{}</text>',
        _LEFT, y + 2, f"{months[0]:%Y-%m}", _RIGHT, y + 2, f"{months[-1]:%Y-%m}",
    )  # fmt: skip
