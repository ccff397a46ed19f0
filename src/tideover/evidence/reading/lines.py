"""Pieces of text on a page, made plain: one spelling of every mark, and no stray blanks."""

import re
from dataclasses import dataclass

#: Full-width marks and letters, and the many shapes of dot, dash and colon, as one of each.
_PLAIN = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {
    ord(shape): plain
    for plain, shapes in {
        " ": "\u3000\u00a0\u2002\u2003\u2009\t",
        ":": "：﹕∶︰",
        "·": "・•‧∙●･⋅",
        "¥": "￥",
        "-": "—–―－−‐‑",
        "~": "～〜∼",
        "〇": "○◯",
        "(": "（﹙",
        ")": "）﹚",
        ",": "，﹐",
        "'": "‘’",
        '"': "“”",
    }.items()
    for shape in shapes
}
#: Shapes that readers of pictures give for letters of labels; none is a letter of names.
_PLAIN |= {ord(shape): plain for shape, plain in zip("額號證斷", "额号证断", strict=True)}
_PLAIN[ord("№")] = "No."
_ONE_IN_WORD = re.compile(r"(?<=[a-z])1+(?=[a-z]|\b)")
_NAUGHT_IN_WORD = re.compile(r"\b0(?=[a-z]{3}|ct\b)")
_HAN = r"\u3400-\u9fff〇"
_BLANK_IN_HAN = re.compile(rf"(?<=[{_HAN}·:(),、。])\s+(?=[{_HAN}·:(),、。])")


@dataclass(frozen=True, slots=True)
class Where:
    """A place to show: the page, counted from one, and its sides in thousandths of the page."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of text and its place on the upright page, in units of its own."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    where: Where
    sure: int = 1000
    """Per mille; a text layer is always sure."""

    @property
    def height(self) -> int:
        """How tall the letters are."""
        return max(1, self.bottom - self.top)

    @property
    def middle(self) -> int:
        """How far down its middle is."""
        return (self.top + self.bottom) // 2


def plain(text: str) -> str:
    """Return `text` with one spelling of every mark, without blanks between Chinese letters.

    A figure inside a Latin word is the letter that looks like it: “Tota1”, “0ctober”.
    """
    marked = _NAUGHT_IN_WORD.sub("O", text.translate(_PLAIN))
    marked = _ONE_IN_WORD.sub(lambda match: "l" * len(match[0]), marked)
    return " ".join(_BLANK_IN_HAN.sub("", marked).split())


def rows_of(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines gathered into rows from top to bottom, each from left to right."""
    rows: list[list[Line]] = []
    ordered = sorted(lines, key=lambda line: (line.where.page, line.middle))
    for line in ordered:
        # Compared with the last alone, rows that lean would run into each other step by step.
        if rows and _is_level(rows[-1][0], line) and _is_level(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(tuple(sorted(row, key=lambda line: line.left)) for row in rows)


def _is_level(one: Line, other: Line) -> bool:
    if one.where.page != other.where.page:
        return False
    return abs(one.middle - other.middle) < 0.55 * min(one.height, other.height)
