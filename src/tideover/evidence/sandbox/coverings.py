"""Text of a PDF that something was painted over, and letters in a font that fits nowhere else."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from tideover.evidence.sandbox.layers import Cell, Letter

_COVERED_SHARE = 0.6
#: Of a letter under a patch that another letter was written on.
_PART_COVERED = 0.35
_PATCH_PAGE_SHARE = 0.35
_OPAQUE = 250
_STYLE = re.compile(
    r"(?:[-,]?(?:bold|regular|italic|oblique|medium|light|black|heavy|semibold|demibold|mt|ps))+$",
    re.IGNORECASE,
)
_ODD_CELLS_MAX = 3
#: One cell in so many, at most.
_ODD_CELLS_OF = 4
_LETTERS_MIN = 30
_HEADING = 1.25
#: How near two digits of one number stand, in letter heights.
_BESIDE = 0.3

Box = tuple[float, float, float, float]


def split(page: pypdfium2.PdfPage, letters: list[Letter]) -> tuple[list[Letter], list[Letter]]:
    """Return the letters one can see, and those that a later patch hides."""
    patches = _patches(page)
    if not patches:
        return letters, []
    seen: list[Letter] = []
    hidden: list[Letter] = []
    written_on = [
        any(letter.order > order and _share(letter, patch) > _COVERED_SHARE for letter in letters)
        for order, patch in patches
    ]
    for letter in letters:
        covered = any(
            order > letter.order
            and _share(letter, patch) > (_PART_COVERED if is_written_on else _COVERED_SHARE)
            for (order, patch), is_written_on in zip(patches, written_on, strict=True)
        )
        (hidden if covered else seen).append(letter)
    return seen, hidden


def odd_cells(cells: Iterable[Cell]) -> list[Cell]:
    """Return the few cells whose digits or Chinese letters are in a font nobody else uses."""
    found: list[Cell] = []
    everything = list(cells)
    sizes = Counter(round(letter.size) for cell in everything for letter in cell.letters)
    if not sizes:
        return []
    usual = sizes.most_common(1)[0][0]
    for script in ("digit", "han"):
        parts = [
            (cell, letter)
            for cell in everything
            for letter in cell.letters
            if _script(letter.text) == script
            and letter.size < _HEADING * usual
            and not letter.coloured
        ]
        found.extend(_odd(parts))
    return list(dict.fromkeys(found))


def _odd(parts: list[tuple[Cell, Letter]]) -> list[Cell]:
    if len(parts) < _LETTERS_MIN:
        return []
    fonts = Counter(_family(letter.font) for _, letter in parts)
    usual = fonts.most_common(1)[0][0]
    everywhere = len({id(cell) for cell, _ in parts})
    odd: list[Cell] = []
    for font, count in fonts.items():
        cells = list(dict.fromkeys(cell for cell, letter in parts if _family(letter.font) == font))
        rare = len(cells) <= _ODD_CELLS_MAX and _ODD_CELLS_OF * len(cells) <= everywhere
        if font != usual and rare and (count >= 2 or _is_inside_a_figure(cells[0], font)):
            odd.extend(cells)
    return odd


def _is_inside_a_figure(cell: Cell, font: str) -> bool:
    """Return whether a digit in `font` has a digit in another right beside it."""
    return any(
        _script(one.text) == _script(other.text) == "digit"
        and font in {_family(one.font), _family(other.font)}
        and _family(one.font) != _family(other.font)
        and other.left - one.right < _BESIDE * one.size
        for one, other in pairwise(cell.letters)
    )


def _script(letter: str) -> str:
    if letter.isdigit() and letter.isascii():
        return "digit"
    return "han" if "\u3400" <= letter <= "\u9fff" else ""


def _family(font: str) -> str:
    return _STYLE.sub("", font.replace(" ", "")).lower()


def _patches(page: pypdfium2.PdfPage) -> list[tuple[int, Box]]:
    """Return what could hide text: opaque filled shapes and pictures, not as large as the page."""
    wide, high = page.get_size()
    found = []
    for order in range(pdfium.FPDFPage_CountObjects(page.raw)):
        thing = pdfium.FPDFPage_GetObject(page.raw, order)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and not _is_opaque_shape(thing):
            continue
        if kind not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_HasTransparency(thing):
            continue
        left, low, right, up = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(thing, left, low, right, up)
        area = (right.value - left.value) * (up.value - low.value)
        if 0 < area < _PATCH_PAGE_SHARE * wide * high:
            found.append((order, (left.value, high - up.value, right.value, high - low.value)))
    return found


def _is_opaque_shape(thing: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    shades = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(thing, *shades)
    return fill.value != pdfium.FPDF_FILLMODE_NONE and shades[3].value >= _OPAQUE


def _share(letter: Letter, patch: Box) -> float:
    left, top, right, bottom = patch
    wide = min(letter.right, right) - max(letter.left, left)
    tall = min(letter.bottom, bottom) - max(letter.top, top)
    area = (letter.right - letter.left) * (letter.bottom - letter.top)
    return wide * tall / area if wide > 0 and tall > 0 and area > 0 else 0.0
