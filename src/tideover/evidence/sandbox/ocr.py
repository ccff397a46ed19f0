"""Text in pictures: where it stands and what it says, read by models that lie in the package.

The engine is rapidocr over onnxruntime. Its models ship inside its wheel, so nothing is fetched;
they are loaded before the doors close, since no file can be opened later.
"""

import logging
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import atan2, tan
from statistics import median
from typing import Any

#: Longest side at which text is looked for, and at which it is read.
_SEARCHED_SIDE = 1_280
_READ_SIDE = 1_800
#: Lines are padded to this width when they are shorter, at 48 high. The model's own 320 takes two
#: thirds longer over the short cells of a statement and reads no better.
_READ_WIDTH_MIN = 160
#: Below this a photograph is enlarged first: the reader wants letters of some twenty pixels.
_SMALL_SIDE = 1_200
#: How far from grey a pixel is before it counts as coloured ink.
_INK_CHROMA = 70
#: Share of a page that coloured ink must cover before the page is read without it.
_INK_SHARE = 0.0008
#: So many lone letters of ink on one level are a heading that was spread out.
_SPREAD_MIN = 3
#: Reading this unsure means the page may stand on its head.
_SURE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of text, with its place upright (for the layout) and on the picture (to show)."""

    text: str
    upright: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels of the upright page."""
    where: tuple[int, int, int, int]
    """The same in thousandths of the picture as it was sent."""
    sure: int
    """Per mille."""


def is_installed() -> bool:
    """Return whether the `ocr` extra is there."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))


def warm_up() -> None:
    """Load the engine and its models now, by reading a small page with a stroke of red ink."""
    import numpy as np

    page = np.full((96, 320, 3), 255, np.uint8)
    page[40:56, 40:280:8] = 0
    page[60:80, 40:80] = (220, 30, 30)
    seen_on(page)


@cache
def engine() -> Any:
    """Return the engine, made once."""
    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _READ_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": _SEARCHED_SIDE,
            "Det.limit_type": "max",
            "Rec.rec_batch_num": 2,
            "Rec.rec_img_shape": [3, 48, _READ_WIDTH_MIN],
        }
    )


def seen_on(page: Any) -> list[Seen]:
    """Return the text on `page`, an array of rows of red, green and blue.

    A seal over the text does not hide it: coloured ink is bleached first, and what is written
    in coloured ink alone is then read from the page as it is.
    """
    page = _of_good_size(page)
    turn = 0
    boxes = _boxes(_without_ink(page))
    if _stands_on_its_side(boxes):
        boxes, turn = max(((_turned(page, quarter), quarter) for quarter in (1, 3)), key=_sureness)
    elif boxes and _sureness((boxes, 0)) < _SURE_ENOUGH:
        boxes, turn = max(((boxes, 0), (_turned(page, 2), 2)), key=_sureness)
    if turn:
        return _placed(boxes, page.shape, turn=turn)
    return _placed([*boxes, *_in_ink(page, boxes)], page.shape, turn=0)


_Box = tuple[list[tuple[float, float]], str, float]


def _boxes(page: Any) -> list[_Box]:
    found = engine()(page[:, :, ::-1].copy())
    if found.boxes is None:
        return []
    return [
        ([(float(x), float(y)) for x, y in corners], str(text), float(sure))
        for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _of_good_size(page: Any) -> Any:
    import cv2

    longest = max(page.shape[:2])
    if _SMALL_SIDE * 0.9 <= longest <= _READ_SIDE:
        return page
    scale = (_READ_SIDE if longest > _READ_SIDE else min(_SMALL_SIDE, 3 * longest)) / longest
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(page, None, fx=scale, fy=scale, interpolation=how)


def _without_ink(page: Any) -> Any:
    """Return the page with coloured ink bleached; black under a red seal stays black."""
    import cv2

    if _ink(page).mean() < _INK_SHARE:
        return page
    red, green, blue = cv2.split(page)
    brightest = cv2.max(cv2.max(red, green), blue)
    return cv2.merge([brightest, brightest, brightest])


def _ink(page: Any) -> Any:
    """Return where the page is coloured, once the colour of its light is taken out."""
    import cv2
    import numpy as np

    light = np.percentile(page[::4, ::4].reshape(-1, 3), 80, axis=0).clip(60, 255)
    red, green, blue = (
        cv2.convertScaleAbs(np.ascontiguousarray(page[:, :, at]), alpha=235 / light[at])
        for at in range(3)
    )
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return cv2.subtract(brightest, darkest) > _INK_CHROMA


def _in_ink(page: Any, known: list[_Box]) -> list[_Box]:
    """Return the text that stands in coloured ink alone, as in a red heading."""
    import numpy as np

    ink = _ink(page)
    if ink.mean() < _INK_SHARE:
        return []
    rows, columns = np.nonzero(ink)
    top, bottom = (int(at) for at in np.percentile(rows, (0.5, 99.5)))
    left, right = (int(at) for at in np.percentile(columns, (0.5, 99.5)))
    top, left = max(0, top - 20), max(0, left - 20)
    part = page[top : bottom + 20, left : right + 20]
    moved = [
        ([(x + left, y + top) for x, y in corners], text, sure)
        for corners, text, sure in _boxes(part)
    ]
    alone = [box for box in moved if not any(_overlap(box, other) for other in known)]
    return _without_ring(alone)


def _without_ring(boxes: list[_Box]) -> list[_Box]:
    """Return the boxes without lone letters, such as those around a seal, which break up rows.

    A heading in red may be spread out letter by letter; then three and more stand on one level.
    """
    lone = [_bounds(corners) for corners, text, _ in boxes if len(text.strip()) == 1]

    def is_spread_out(box: _Box) -> bool:
        _, top, _, bottom = _bounds(box[0])
        level = [one for one in lone if abs(one[1] + one[3] - top - bottom) < (bottom - top) / 2]
        return len(level) >= _SPREAD_MIN

    return [box for box in boxes if len(box[1].strip()) != 1 or is_spread_out(box)]


def _overlap(one: _Box, other: _Box) -> bool:
    left, top, right, bottom = _bounds(one[0])
    x0, y0, x1, y1 = _bounds(other[0])
    wide, high = min(right, x1) - max(left, x0), min(bottom, y1) - max(top, y0)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > 0.3 * min((right - left) * (bottom - top), (x1 - x0) * (y1 - y0))


def _stands_on_its_side(boxes: list[_Box]) -> bool:
    long = [_bounds(corners) for corners, text, _ in boxes if len(text) >= 4]
    tall = [box for box in long if box[3] - box[1] > 1.5 * (box[2] - box[0])]
    everything = [_bounds(corners) for corners, _, _ in boxes]
    stacked = [box for box in everything if box[3] - box[1] > 1.8 * (box[2] - box[0])]
    return len(tall) > len(long) / 2 or len(stacked) > 0.6 * max(1, len(everything))


def _turned(page: Any, quarters: int) -> list[_Box]:
    import numpy as np

    return _boxes(np.rot90(_without_ink(page), quarters).copy())


def _sureness(tried: tuple[list[_Box], int]) -> float:
    weights = [(sure * len(text), len(text)) for _, text, sure in tried[0]]
    letters = sum(length for _, length in weights)
    return sum(weight for weight, _ in weights) / letters if letters else 0.0


def _placed(boxes: list[_Box], shape: tuple[int, ...], *, turn: int) -> list[Seen]:
    high, wide = shape[:2]
    lean = _lean_of(boxes)
    seen = []
    for corners, text, sure in boxes:
        shown = _bounds([_unturned(corner, (wide, high), turn) for corner in corners])
        left, top, right, bottom = (
            round(1000 * at / full) for at, full in zip(shown, (wide, high) * 2, strict=True)
        )
        upright = _levelled(corners, lean)
        seen.append(Seen(text, upright, (left, top, right, bottom), round(1000 * sure)))
    return seen


def _unturned(corner: tuple[float, float], size: tuple[int, int], turn: int) -> tuple[float, float]:
    """Return the place on the picture as sent of a place on the turned one."""
    x, y = corner
    wide, high = size
    return {0: (x, y), 1: (wide - y, x), 2: (wide - x, high - y), 3: (y, high - x)}[turn]


@dataclass(frozen=True, slots=True)
class _Lean:
    """How rows lean: by `usual`, and by `more` for each pixel further down (a page seen askew)."""

    usual: float
    more: float
    middle: tuple[float, float]

    def at(self, down: float) -> float:
        return self.usual + self.more * (down - self.middle[1])


_LEAN_ROWS_MIN = 6
_LEAN_MORE_MAX = 0.0003


def _lean_of(boxes: list[_Box]) -> _Lean:
    rows = [
        ((corners[0][1] + corners[1][1]) / 2, _angle(corners), corners[1][0] - corners[0][0])
        for corners, text, _ in boxes
        if len(text) >= 4
    ]
    everything = [corner for corners, _, _ in boxes for corner in corners]
    if not rows:
        return _Lean(0.0, 0.0, (0.0, 0.0))
    across = median(x for x, _ in everything)
    down = median(y for y, _, _ in rows)
    usual = median(angle for _, angle, _ in rows)
    # Two rows tell how much the lean grows; the median over all pairs is not moved by a few.
    grown = [
        (other[1] - one[1]) / (other[0] - one[0])
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
        if abs(other[0] - one[0]) > 100 and min(one[2], other[2]) > 60
    ]
    more = median(grown) if len(rows) >= _LEAN_ROWS_MIN and grown else 0.0
    return _Lean(usual, max(-_LEAN_MORE_MAX, min(_LEAN_MORE_MAX, more)), (across, down))


def _angle(corners: list[tuple[float, float]]) -> float:
    return atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0])


def _levelled(corners: list[tuple[float, float]], lean: _Lean) -> tuple[int, int, int, int]:
    level = [
        (
            x + (y - lean.middle[1]) * tan(lean.usual),
            y - (x - lean.middle[0]) * tan(lean.at(y)),
        )
        for x, y in corners
    ]
    left, top, right, bottom = _bounds(level)
    return round(left), round(top), round(right), round(bottom)


def _bounds(corners: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)
