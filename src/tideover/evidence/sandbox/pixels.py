"""Traces in pixels: a part that was pasted, and a part that was copied from elsewhere.

Paper, lens and scanner leave a fine grain over the whole page. A pasted part brings another
grain or none; a copied part brings the same grain twice. A page without any grain, such as a
screenshot, tells nothing here.
"""

from typing import Any

import cv2
import numpy as np

#: Grain below this, in shades of 255, is none: a rendered page.
_GRAIN_MIN = 0.9
_BLOCK = 12
#: A block is paper when it is bright and even.
_PAPER_SPREAD = 14.0
_PAPER_SHADE = 60
#: How far the grain of a part may be from that of what lies around it.
_SMOOTH = 0.42
_COARSE = 2.4
_PART_BLOCKS_MIN = 4
_PART_FILLED = 0.2
#: How much of the height of a line a part covers that was put in place of its words.
_LINE_COVERED = 0.4
_ODD_SHARE_MAX = 0.006
_ODD_BLOCKS_MAX = 120
#: Parts with figures that are compared with the whole page, and how far above chance a copy is.
_WINDOWS_MAX = 12
_WINDOW_WIDE = 180
_COPY_ABOVE_CHANCE = 12.0
_COPY_GRAIN_MIN = 1.1
_SAME_PLACE = 40
#: JPEG squares are alike among themselves, at distances of whole squares.
_SQUARE = 8
#: A letter is darker than the paper around it by so many shades.
_LETTER_DEPTH = 14
_FAINT_DEPTH = 7


def traces(page: Any, boxes: list[tuple[int, int, int, int]]) -> list[dict[str, object]]:
    """Return the parts of a page whose grain was brought from elsewhere.

    `page` is an array of red, green and blue; `boxes` are the places of its text, in pixels.
    Each part has `how` and `where`, in thousandths of the page.
    """
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grain = grey - cv2.medianBlur(cv2.GaussianBlur(grey, (3, 3), 0), 5)
    paper = _paper(grey)
    usual = _usual_grain(grain, paper)
    if usual < _GRAIN_MIN:
        return []
    found = _pasted(grain, paper, boxes=boxes)
    if not found and usual >= _COPY_GRAIN_MIN:
        found = _copied(grey, grain, boxes=boxes)
    return found


def _paper(grey: Any) -> Any:
    """Return where the page is bare: bright, and without an edge near by."""
    wide = cv2.GaussianBlur(grey, (0, 0), 2.0)
    edges = cv2.magnitude(cv2.Sobel(wide, cv2.CV_32F, 1, 0), cv2.Sobel(wide, cv2.CV_32F, 0, 1))
    even = (edges < _PAPER_SPREAD).astype(np.uint8)
    even = cv2.erode(even, np.ones((5, 5), np.uint8))
    return (even > 0) & (wide > _PAPER_SHADE)


def _usual_grain(grain: Any, paper: Any) -> float:
    values = grain[paper]
    return float(np.median(np.abs(values)) * 1.4826) if values.size > 2_000 else 0.0


def _blocks(values: Any) -> Any:
    high, wide = (side // _BLOCK for side in values.shape)
    cut = values[: high * _BLOCK, : wide * _BLOCK]
    return cut.reshape(high, _BLOCK, wide, _BLOCK).transpose(0, 2, 1, 3).reshape(high, wide, -1)


def _pasted(
    grain: Any, paper: Any, *, boxes: list[tuple[int, int, int, int]]
) -> list[dict[str, object]]:
    bare = _blocks(paper.astype(np.float32)).mean(axis=2) > 0.5
    weight = _blocks(paper.astype(np.float32))
    squares = _blocks(grain * grain) * weight
    level = np.sqrt(squares.sum(axis=2) / np.maximum(weight.sum(axis=2), 1))
    known = np.where(bare, level, np.nan)
    around = _local_median(known)
    ratio = np.where(bare & (around > _GRAIN_MIN), level / np.maximum(around, 0.01), 1.0)
    found: list[dict[str, object]] = []
    for how, odd in (("smooth", ratio < _SMOOTH), ("coarse", ratio > _COARSE)):
        # Strong compression leaves no grain here and there all over the page.
        if odd.sum() <= max(_ODD_BLOCKS_MAX, _ODD_SHARE_MAX * bare.sum()):
            found += _parts(odd, how=how, boxes=boxes, shape=grain.shape)
    return found


def _local_median(known: Any) -> Any:
    """Return the usual grain within some twenty blocks of each block."""
    filled = np.where(np.isnan(known), np.nanmedian(known), known).astype(np.float32)
    capped = np.clip(filled, 0, 25.0)
    scaled = (capped * 10).astype(np.uint8)
    return cv2.medianBlur(scaled, 31).astype(np.float32) / 10


def _parts(
    odd: Any, *, how: str, boxes: list[tuple[int, int, int, int]], shape: tuple[int, ...]
) -> list[dict[str, object]]:
    closed = cv2.morphologyEx(odd.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    found: list[dict[str, object]] = []
    high, wide = odd.shape
    for at in range(1, count):
        left, top, across, down, area = (int(side) for side in stats[at])
        inside = left > 1 and top > 1 and left + across < wide - 1 and top + down < high - 1
        if area < _PART_BLOCKS_MIN or not inside or area < _PART_FILLED * across * down:
            continue
        if across * down > 0.2 * high * wide or across < down:
            continue
        box = [side * _BLOCK for side in (left, top, left + across, top + down)]
        if any(_meet(box, other) for other in boxes):
            found.append({"how": how, "where": _thousandths(box, shape)})
    return found


def _meet(one: list[int], other: tuple[int, int, int, int]) -> bool:
    """Return whether a part covers a line of text, or some of it; to graze it is not enough."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > _LINE_COVERED * (other[3] - other[1])


def _copied(
    grey: Any, grain: Any, *, boxes: list[tuple[int, int, int, int]]
) -> list[dict[str, object]]:
    """Return a part with figures whose paper has the very grain of another place.

    The grain between the letters is compared with the page at every distance at once; only
    where grain stands twice does one distance rise far above all others.
    """
    bare = np.where(_between_letters(grey), np.clip(grain, -10, 10), 0).astype(np.float32)
    high, wide = (_whole_squares(side) for side in bare.shape)
    page = np.zeros((high, wide), np.float32)
    page[: bare.shape[0], : bare.shape[1]] = bare
    whole = cv2.dft(page)
    for left, top, right, bottom in _windows(boxes):
        part = np.zeros_like(page)
        part[top:bottom, left:right] = page[top:bottom, left:right]
        product = cv2.mulSpectrums(whole, cv2.dft(part), 0, conjB=True)
        likeness = cv2.idft(product, flags=cv2.DFT_SCALE)
        for rows in (slice(0, _SAME_PLACE), slice(-_SAME_PLACE, None)):
            for columns in (slice(0, _SAME_PLACE), slice(-_SAME_PLACE, None)):
                likeness[rows, columns] = 0
        likeness[::_SQUARE, ::_SQUARE] = 0
        _, best, _, _ = cv2.minMaxLoc(likeness)
        _, spread = cv2.meanStdDev(likeness)
        if best > _COPY_ABOVE_CHANCE * float(spread[0, 0]):
            where = _thousandths([left, top, right, bottom], bare.shape)
            return [{"how": "copied", "where": where}]
    return []


def _whole_squares(side: int) -> int:
    """Return a length that transforms quickly and holds whole squares, so that none is cut."""
    size = int(cv2.getOptimalDFTSize(side))
    while size % _SQUARE:
        size = int(cv2.getOptimalDFTSize(size + 1))
    return size


def _between_letters(grey: Any) -> Any:
    """Return where there is paper, right up to the letters."""
    paper = cv2.blur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (15, 15))
    letters = (grey < 0.85 * paper - _LETTER_DEPTH).astype(np.uint8)
    # A watermark is fainter than that, and stands on the page many times over.
    smooth = cv2.GaussianBlur(grey, (0, 0), 2.5)
    around = cv2.blur(cv2.dilate(smooth, np.ones((41, 41), np.uint8)), (41, 41))
    letters |= (smooth < around - _FAINT_DEPTH).astype(np.uint8)
    return cv2.dilate(letters, np.ones((5, 5), np.uint8)) == 0


def _windows(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the right ends of the first boxes: values stand behind their labels."""
    return [
        (max(0, left - 4, right - _WINDOW_WIDE), max(0, top - 4), right + 4, bottom + 4)
        for left, top, right, bottom in boxes[:_WINDOWS_MAX]
    ]


def _thousandths(box: list[int], shape: tuple[int, ...]) -> list[int]:
    high, wide = shape[:2]
    return [
        min(1000, 1000 * side // full)
        for side, full in zip(box, (wide, high, wide, high), strict=True)
    ]
