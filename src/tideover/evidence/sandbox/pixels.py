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
_PART_BLOCKS_MIN = 7
_COPIES_TRIED = 14
_COPY_SURE = 0.6
_COPY_AREA_MIN = 900


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
    found = _pasted(grain, paper, shape=grey.shape)
    if not found:
        found = _copied(grain, paper, boxes=boxes)
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


def _pasted(grain: Any, paper: Any, *, shape: tuple[int, int]) -> list[dict[str, object]]:
    bare = _blocks(paper.astype(np.float32)).mean(axis=2) > 0.5
    weight = _blocks(paper.astype(np.float32))
    squares = _blocks(grain * grain) * weight
    level = np.sqrt(squares.sum(axis=2) / np.maximum(weight.sum(axis=2), 1))
    known = np.where(bare, level, np.nan)
    around = _local_median(known)
    ratio = np.where(bare & (around > _GRAIN_MIN), level / np.maximum(around, 0.01), 1.0)
    found: list[dict[str, object]] = []
    for how, odd in (("smooth", ratio < _SMOOTH), ("coarse", ratio > _COARSE)):
        found += _parts(odd, how=how, shape=shape)
    return found


def _local_median(known: Any) -> Any:
    """Return the usual grain within some twenty blocks of each block."""
    filled = np.where(np.isnan(known), np.nanmedian(known), known).astype(np.float32)
    capped = np.clip(filled, 0, 25.0)
    scaled = (capped * 10).astype(np.uint8)
    return cv2.medianBlur(scaled, 31).astype(np.float32) / 10


def _parts(odd: Any, *, how: str, shape: tuple[int, int]) -> list[dict[str, object]]:
    closed = cv2.morphologyEx(odd.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    found: list[dict[str, object]] = []
    high, wide = odd.shape
    for at in range(1, count):
        left, top, across, down, area = (int(side) for side in stats[at])
        inside = left > 1 and top > 1 and left + across < wide - 1 and top + down < high - 1
        if area < _PART_BLOCKS_MIN or not inside or area < 0.45 * across * down:
            continue
        if across * down > 0.2 * high * wide:
            continue
        box = [side * _BLOCK for side in (left, top, left + across, top + down)]
        found.append({"how": how, "where": _thousandths(box, shape)})
    return found


def _copied(
    grain: Any, paper: Any, *, boxes: list[tuple[int, int, int, int]]
) -> list[dict[str, object]]:
    """Return text whose bare surroundings have the very grain of another place."""
    bare = np.where(paper, np.clip(grain, -12, 12), 0).astype(np.float32)
    for left, top, right, bottom in boxes[:_COPIES_TRIED]:
        part = bare[max(0, top) : bottom, max(0, left) : right]
        if part.size < _COPY_AREA_MIN or np.count_nonzero(part) < 0.3 * part.size:
            continue
        likeness = cv2.matchTemplate(bare, part, cv2.TM_CCORR_NORMED)
        up, down = max(0, top - part.shape[0] // 2), top + part.shape[0] // 2 + 1
        back, on = max(0, left - part.shape[1] // 2), left + part.shape[1] // 2 + 1
        likeness[up:down, back:on] = 0
        _, best, _, place = cv2.minMaxLoc(likeness)
        if best > _COPY_SURE:
            where = [left, top, right, bottom]
            other = [place[0], place[1], place[0] + part.shape[1], place[1] + part.shape[0]]
            return [
                {
                    "how": "copied",
                    "where": _thousandths(where, grain.shape),
                    "from": _thousandths(other, grain.shape),
                }
            ]
    return []


def _thousandths(box: list[int], shape: tuple[int, ...]) -> list[int]:
    high, wide = shape[:2]
    return [
        min(1000, 1000 * side // full)
        for side, full in zip(box, (wide, high, wide, high), strict=True)
    ]
