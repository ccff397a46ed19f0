"""Parts of the text whose paper is whiter than between all other letters, or alone has a grain.

Whoever covers a figure and types another must choose a shade for the paper. On a page that is lit
evenly the paper between the letters has one shade to within a tenth of 255, and a cover seldom
hits it. Darker paper is no sign: forms shade their headings. On a page that was drawn and not
photographed, a piece from a photograph brings grain where there is none. A page that is lit
unevenly tells nothing here.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

Box = tuple[int, int, int, int]

_LETTER_DEPTH = 18
_BARE_MIN = 70
_CHROMA, _COLOURED_SHARE = 60, 0.03
_WINDOWS_MIN = 16
_LINES_MAX = 120
#: Windows whose paper differs by more than this, in shades of 255, mean uneven light.
_EVEN = 0.35
_WHITER, _WHITER_SPREADS = 0.7, 5.0
#: Grain that stands out, on a page where nine windows in ten have next to none.
_GRAIN, _NO_GRAIN = 2.5, 0.3
_ODD_SHARE_MAX = 0.1
_CLIP = 25.0


@dataclass(frozen=True, slots=True)
class _Window:
    line: int
    box: Box
    shade: float
    grain: float


def odd_parts(page: Any, boxes: list[Box]) -> list[dict[str, object]]:
    """Return the parts of lines whose paper was brought from elsewhere.

    `page` is an array of red, green and blue; `boxes` are the places of its text, in pixels.
    """
    windows = _windows(page, boxes[:_LINES_MAX])
    if len(windows) < _WINDOWS_MIN:
        return []
    for how, odd in (("whiter", _whiter(windows)), ("coarse", _grainy(windows))):
        found = _side_by_side(windows, odd, page.shape)
        if found:
            return [{"how": how, "where": where} for where in found]
    return []


def _whiter(windows: list[_Window]) -> Any:
    shades = np.array([one.shade for one in windows])
    low, usual, high = np.percentile(shades, (10, 50, 90))
    spread = (high - low) / 2
    if spread > _EVEN:
        return np.zeros(len(windows), bool)
    return shades - usual > max(_WHITER, _WHITER_SPREADS * spread)


def _grainy(windows: list[_Window]) -> Any:
    grains = np.array([one.grain for one in windows])
    has_none = np.percentile(grains, 90) < _NO_GRAIN
    return (grains > _GRAIN) & has_none


def _side_by_side(windows: list[_Window], odd: Any, shape: tuple[int, ...]) -> list[list[int]]:
    """Return one run of odd windows: a few, next to each other, in one line."""
    lines = {windows[at].line for at in np.flatnonzero(odd)}
    if len(lines) != 1 or not 2 <= odd.sum() <= max(3, _ODD_SHARE_MAX * len(windows)):
        return []
    runs = [at for at in np.flatnonzero(odd) if at + 1 < len(odd) and odd[at + 1]]
    if not runs:
        return []
    boxes = [windows[at].box for at in np.flatnonzero(odd)]
    high, wide = shape[:2]
    sides = (
        min(box[0] for box in boxes) * 1000 // wide,
        min(box[1] for box in boxes) * 1000 // high,
        max(box[2] for box in boxes) * 1000 // wide,
        max(box[3] for box in boxes) * 1000 // high,
    )
    return [[min(1000, side) for side in sides]]


def _windows(page: Any, boxes: list[Box]) -> list[_Window]:
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.float32)
    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((21, 21), np.uint8))
    letters = (soft < paper - _LETTER_DEPTH).astype(np.uint8)
    bare = cv2.dilate(letters, np.ones((5, 5), np.uint8)) == 0
    weight = bare.astype(np.float32)
    around = cv2.blur(grey * weight, (7, 7)) / np.maximum(cv2.blur(weight, (7, 7)), 0.001)
    grain = np.clip(grey - around, -_CLIP, _CLIP)
    found = []
    for line, box in enumerate(boxes):
        for left, top, right, bottom in _cut(box, grey.shape):
            here = bare[top:bottom, left:right]
            part = page[top:bottom, left:right].astype(np.int16)
            if here.sum() < _BARE_MIN or _is_coloured(part):
                continue
            shade = float(grey[top:bottom, left:right][here].mean())
            rough = float(np.sqrt((grain[top:bottom, left:right][here] ** 2).mean()))
            found.append(_Window(line, (left, top, right, bottom), shade, rough))
    return found


def _cut(box: Box, shape: tuple[int, ...]) -> list[Box]:
    """Return a line cut into windows as wide as its letters are tall."""
    left, top, right, bottom = box
    tall = max(8, bottom - top)
    count = max(1, round((right - left) / tall))
    edges = [left + (right - left) * at // count for at in range(count + 1)]
    high, wide = shape[:2]
    return [
        (max(0, one), max(0, top), min(wide, other), min(high, bottom))
        for one, other in pairwise(edges)
        if other > one
    ]


def _is_coloured(part: Any) -> bool:
    spread = part.max(axis=2) - part.min(axis=2)
    return bool((spread > _CHROMA).mean() > _COLOURED_SHARE)
