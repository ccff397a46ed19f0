"""What every plot of a report is drawn with: one size, one set of colours, whole coordinates."""

from collections.abc import Sequence
from html import escape

from tideover.cli.plan.report.blocks import Figure

__all__ = [
    "ATTENTION", "BAND", "BOTTOM", "BRAND", "INK", "LEFT", "RIGHT", "SOFT", "TOP", "WASH",
    "figure", "rectangle", "text", "y_of",
]  # fmt: skip

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 8, 632, 34, 200
INK, SOFT, BRAND, WASH, ATTENTION = "#1d2b2f", "#5b6b70", "#0f6b66", "#cfd8d6", "#9a5b00"
BAND = "#e4f0ee"


def y_of(minor: int, top: int) -> int:
    """Return how far down an amount lies, `top` being the highest."""
    return BOTTOM - minor * (BOTTOM - TOP) // top


def rectangle(x: int, y: int, *, width: int, height: int, colour: str) -> str:
    """Return a filled rectangle."""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'


def text(x: int, y: int, *, words: str, colour: str = INK, anchor: str = "middle") -> str:
    """Return a label."""
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}" font-size="12">'
        f"{escape(words)}</text>"
    )


def figure(title: str, drawn: Sequence[str], *, height: int = HEIGHT) -> Figure:
    """Return the drawing under a title that states what it shows."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="Noto Sans SC, sans-serif" aria-label="{escape(title)}">'
        f"{''.join(drawn)}</svg>"
    )
    return Figure(title, svg)
