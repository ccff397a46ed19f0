"""What every plot is drawn with: one size, one set of colours, whole coordinates."""

from collections.abc import Sequence
from html import escape
from typing import Final

__all__ = [
    "AMBER", "BOTTOM", "BRAND", "GREY", "INK", "LEFT", "LINE", "RIGHT", "SOFT", "TOP", "WASH",
    "across", "circle", "drawing", "line", "path", "rectangle", "up", "words",
]  # fmt: skip

#: Narrow, so that its words can be read on a phone.
WIDTH: Final = 500
LEFT, RIGHT, TOP, BOTTOM = 58, 396, 18, 250
INK, SOFT, BRAND, WASH = "#1d2b2f", "#5b6b70", "#0f6b66", "#e3f1ef"
GREY, AMBER, LINE = "#9aa8ab", "#9a5b00", "#e2e8e7"


def across(value: float, *, low: float, high: float) -> int:
    """Return how far right a value lies."""
    return round(LEFT + (value - low) * (RIGHT - LEFT) / max(high - low, 1e-9))


def up(value: float, *, low: float, high: float) -> int:
    """Return how far down a value lies; `high` is at the top."""
    return round(BOTTOM - (value - low) * (BOTTOM - TOP) / max(high - low, 1e-9))


def words(x: int, y: int, *, said: str, colour: str = INK, anchor: str = "start") -> str:
    """Return a label."""
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(said)}</text>'


def rectangle(x: int, y: int, *, width: int, height: int, colour: str) -> str:
    """Return a filled rectangle."""
    return (
        f'<rect x="{x}" y="{y}" width="{max(width, 1)}" height="{max(height, 1)}" rx="2" '
        f'fill="{colour}"/>'
    )


def circle(x: int, y: int, *, colour: str, is_filled: bool) -> str:
    """Return a dot."""
    return (
        f'<circle cx="{x}" cy="{y}" r="6" fill="{colour if is_filled else "#fff"}" '
        f'stroke="{colour}" stroke-width="2"/>'
    )


def line(start: tuple[int, int], end: tuple[int, int], *, colour: str = LINE) -> str:
    """Return a straight line."""
    return f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="{colour}"/>'


def path(points: Sequence[tuple[int, int]], *, colour: str) -> str:
    """Return a line through points."""
    through = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="3"/>'


def drawing(parts: Sequence[str], *, said: str, height: int = 290) -> str:
    """Return the drawing; `said` is what somebody hears who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-size="14" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    )
