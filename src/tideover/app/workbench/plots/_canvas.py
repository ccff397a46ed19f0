"""A drawing surface in whole pixels, and what every plot hands to its template.

Colours are classes, so the dark scheme and paper follow the tokens; no style attribute is written,
so the content security policy can forbid them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Cell = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture, the finding it shows, and the same numbers as a table."""

    name: str
    title: str
    picture: SafeString
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to pixels, exact, rounded once to the whole pixel."""

    low: int
    high: int
    from_pixel: int
    to_pixel: int

    def at(self, value: int) -> int:
        """Return the pixel of `value`; a scale without extent puts everything at its start."""
        if self.high == self.low:
            return self.from_pixel
        share = Fraction(value - self.low, self.high - self.low)
        return round(self.from_pixel + share * (self.to_pixel - self.from_pixel))


@dataclass(slots=True)
class Canvas:
    """Collects the pieces of one picture, back to front."""

    width: int
    height: int
    pieces: list[SafeString] = field(default_factory=list)

    def box(self, corner: tuple[int, int], *, width: int, height: int, role: str) -> None:
        """Draw a filled rectangle from its upper left corner; nothing when it has no extent."""
        if width > 0 and height > 0:
            self.pieces.append(
                format_html(
                    '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>',
                    corner[0], corner[1], width, height, role,
                )
            )  # fmt: skip

    def line(self, start: tuple[int, int], end: tuple[int, int], *, role: str) -> None:
        """Draw a straight line."""
        self.pieces.append(
            format_html('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>', *start, *end, role)
        )

    def path(self, points: Sequence[tuple[int, int]], *, role: str) -> None:
        """Draw a line through `points`."""
        joined = " ".join(f"{x},{y}" for x, y in points)
        self.pieces.append(format_html('<polyline points="{}" class="{}"/>', joined, role))

    def dot(self, centre: tuple[int, int], *, radius: int, role: str) -> None:
        """Draw a filled circle."""
        self.pieces.append(
            format_html('<circle cx="{}" cy="{}" r="{}" class="{}"/>', *centre, radius, role)
        )

    def words(
        self, place: tuple[int, int], text: str, *, role: str = "plot-text", anchor: str = "start"
    ) -> None:
        """Write `text` with its baseline at `place`."""
        self.pieces.append(
            format_html(
                '<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>',
                *place, role, anchor, text,
            )
        )  # fmt: skip

    def picture(self, *, name: str, title: str) -> SafeString:
        """Return the finished picture, with its finding as its accessible name."""
        return format_html(
            '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="plot-{}">'
            '<title id="plot-{}">{}</title>{}</svg>',
            self.width, self.height, name, name, title, _joined(self.pieces),
        )  # fmt: skip


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
