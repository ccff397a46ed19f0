"""The text layer of a PDF: what it says, where, in which font, and whether it can be seen."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

#: A gap wider than this many letter heights starts a new cell.
_CELL_GAP = 1.1
_LETTERS_MAX = 20_000
_COLOURED = 70
#: A line is upright when it is so narrow and so tall, in points; a wall needs room around it.
_RULE_WIDE, _RULE_TALL = 2.5, 7.0
_WALL_GAP = 1.0
_RULES_MAX, _SEGMENTS_MAX = 5_000, 12
_WORD_GAP = 0.4


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the text layer, in points from the top left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: str
    size: float
    coloured: bool
    """Whether it is printed in a colour, as a seal is."""
    at: int
    """Its place in the text layer."""
    after_blank: bool
    order: int = 0
    """How late its object is painted on the page."""

    @property
    def middle(self) -> float:
        """How far down the page its middle is."""
        return (self.top + self.bottom) / 2


#: To try things out with before the doors close.
A_LETTER = Letter("1", 10, 10, 20, 20, "Any", 10, coloured=False, at=0, after_blank=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """Letters that stand together on one row."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """What the cell says, with a blank where there is a gap."""
        out = [self.letters[0].text]
        for before, letter in pairwise(self.letters):
            gap = letter.left - before.right
            latin = before.text.isascii() and letter.text.isascii()
            apart = (latin and letter.after_blank) or gap > _WORD_GAP * max(letter.size, 4)
            out.append((" " if apart else "") + letter.text)
        return "".join(out)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in points."""
        return (
            min(letter.left for letter in self.letters),
            min(letter.top for letter in self.letters),
            max(letter.right for letter in self.letters),
            max(letter.bottom for letter in self.letters),
        )


def letters_of(page: pypdfium2.PdfPage) -> list[Letter]:
    """Return the letters of the page that are neither blanks nor invisible by their mode."""
    text = page.get_textpage()
    _, high = page.get_size()
    letters, blank = [], False
    painted = _order_of_objects(page)
    for at in range(min(text.count_chars(), _LETTERS_MAX)):
        letter = _letter(text, at, high=high, after_blank=blank, painted=painted)
        blank = letter is None
        if letter is not None:
            letters.append(letter)
    return letters


def is_blank(page: pypdfium2.PdfPage) -> bool:
    """Return whether nothing at all is drawn on the page, so that there is nothing to look at."""
    objects = pdfium.FPDFPage_CountObjects(page.raw)
    return bool(objects == 0 and pdfium.FPDFPage_GetAnnotCount(page.raw) == 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """An upright line of a table, in points from the top left of the page."""

    at: float
    top: float
    bottom: float


def rules_of(page: pypdfium2.PdfPage) -> list[Rule]:
    """Return the upright lines of the page, those of the sides of boxes included."""
    _, high = page.get_size()
    found: list[Rule] = []
    for order in range(min(pdfium.FPDFPage_CountObjects(page.raw), _RULES_MAX)):
        thing = pdfium.FPDFPage_GetObject(page.raw, order)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH or _is_curved(thing):
            continue
        left, low, right, up = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(thing, left, low, right, up)
        wide, tall = right.value - left.value, up.value - low.value
        if tall < _RULE_TALL:
            continue
        sides = (
            ((left.value + right.value) / 2,) if wide <= _RULE_WIDE else (left.value, right.value)
        )
        found.extend(Rule(side, high - up.value, high - low.value) for side in sides)
    return found


def _is_curved(path: object) -> bool:
    """Return whether a path is no line or box: a seal's ring has no upright sides."""
    segments = range(min(pdfium.FPDFPath_CountSegments(path), _SEGMENTS_MAX))
    return any(
        pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path, at))
        == pdfium.FPDF_SEGMENT_BEZIERTO
        for at in segments
    )


def cells_of(letters: list[Letter], rules: Sequence[Rule] = ()) -> list[Cell]:
    """Return the letters gathered into cells, row by row from the top; no cell crosses a rule."""
    cells: list[Cell] = []
    for row in _rows(letters):
        cells.extend(_cells_in(row, rules))
    return cells


def _order_of_objects(page: pypdfium2.PdfPage) -> dict[int, int]:
    """Return when each object of the page is painted, by the address of the object."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    return {_address(pdfium.FPDFPage_GetObject(page.raw, at)): at for at in range(count)}


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _letter(
    text: Any, at: int, *, high: float, after_blank: bool, painted: dict[int, int]
) -> Letter | None:
    code = pdfium.FPDFText_GetUnicode(text, at)
    letter = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
    if not letter or letter.isspace() or pdfium.FPDFText_IsGenerated(text, at) == 1:
        return None
    sides = [ctypes.c_double() for _ in range(4)]
    if not pdfium.FPDFText_GetCharBox(text, at, *(ctypes.byref(side) for side in sides)):
        return None
    left, right, low, up = (side.value for side in sides)
    size = float(pdfium.FPDFText_GetFontSize(text, at)) or 10.0
    loose = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(loose)):
        low, up = min(low, loose.bottom), max(up, loose.top)
        left, right = min(left, loose.left), max(right, loose.right)
    return Letter(
        text=letter,
        left=left,
        top=high - up,
        right=right,
        bottom=high - low,
        font=_font(text, at),
        size=up - low or size,
        coloured=_coloured(text, at),
        at=at,
        after_blank=after_blank,
        order=painted.get(_address(pdfium.FPDFText_GetTextObject(text, at)), 0),
    )


def _font(text: Any, at: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, 128, ctypes.byref(flags))
    plain = name.value.decode("utf-8", "replace")
    return plain.split("+", 1)[-1]


def _coloured(text: Any, at: int) -> bool:
    red, green, blue, _ = parts = tuple(ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(text, at, *(ctypes.byref(part) for part in parts)):
        return False
    shades = (red.value, green.value, blue.value)
    return max(shades) - min(shades) > _COLOURED


def _rows(letters: list[Letter]) -> list[list[Letter]]:
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: (one.coloured, one.middle)):
        height = max(letter.bottom - letter.top, 4)
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.coloured == letter.coloured
            and abs(last.middle - letter.middle) < 0.4 * height
        ):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _cells_in(row: list[Letter], rules: Sequence[Rule]) -> list[Cell]:
    cells: list[list[Letter]] = []
    middle = row[0].middle
    walls = [rule.at for rule in rules if rule.top <= middle <= rule.bottom]
    for letter in row:
        near = bool(cells) and letter.left - cells[-1][-1].right < _CELL_GAP * letter.size
        if near and not _is_between(walls, cells[-1][-1], letter):
            if not _is_struck_twice(letter, cells[-1][-1]):
                cells[-1].append(letter)
        else:
            cells.append([letter])
    return [Cell(tuple(cell)) for cell in cells]


def _is_between(walls: list[float], before: Letter, letter: Letter) -> bool:
    """Return whether a wall stands in the gap between two letters."""
    gap = letter.left - before.right
    return gap > _WALL_GAP and any(before.right <= wall <= letter.left for wall in walls)


def _is_struck_twice(letter: Letter, before: Letter) -> bool:
    """Return whether the same letter stands there again, which is how some print in bold."""
    apart = abs(letter.at - before.at) > 1  # next to each other they are one joined glyph, as in ff
    same = letter.text == before.text
    return same and apart and abs(letter.left - before.left) < 0.15 * letter.size
