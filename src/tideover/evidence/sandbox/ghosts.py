"""Parts of a picture that were compressed once where the rest was compressed twice.

A JPEG that is opened, changed and saved again keeps the steps of its first compression, save
where it was changed. Compressed once more at that first quality, the rest hardly changes and
the part does (after Farid, “Exposing Digital Forgeries from JPEG Ghosts”, 2009).
"""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

_QUALITIES = range(50, 97)
_NEIGHBOUR = 3
_SQUARE = 8
_WINDOW = 64
_ROWS_MAX = 60
#: A square is worth comparing when it holds part of a letter.
_TEXTURE = 18.0
_SQUARES_MIN = 3
#: How deep the page as a whole dips at its first quality, and how flat a foreign part stays.
_PAGE_DIP = 0.6
_PART_FLAT = 0.7
_PART_ABOVE = 0.3
#: The last compression dips deepest of all, and hides what lies this near to it.
_LAST_HIDES = 3
_CHROMA = 60
_COLOURED_SHARE = 0.03
_WINDOWS_MIN = 24
_ODD_SHARE_MAX = 0.15

Box = tuple[int, int, int, int]


def foreign_parts(page: Any, boxes: list[Box]) -> list[dict[str, object]]:
    """Return the parts of the text that missed the first compression of the page.

    `page` is an array of red, green and blue as the file has them, not turned or scaled.
    """
    grey = np.asarray(Image.fromarray(page).convert("L"))
    windows = [box for box in _windows(boxes, grey.shape) if not _is_coloured(page, box)]
    strip = _strip(grey, windows)
    if strip is None:
        return []
    errors = np.array([_errors(strip, quality) for quality in _QUALITIES])
    textured = _texture(strip)
    enough = textured.sum(axis=1) >= _SQUARES_MIN
    if enough.sum() < _WINDOWS_MIN:
        return []
    mean = (errors * textured).sum(axis=2) / np.maximum(textured.sum(axis=1), 1) + 0.05
    around = (mean[: -2 * _NEIGHBOUR] + mean[2 * _NEIGHBOUR :]) / 2
    dips = mean[_NEIGHBOUR:-_NEIGHBOUR] / around
    level = np.median(dips[:, enough], axis=1)
    found: list[dict[str, object]] = []
    before_last = int(np.argmin(mean.mean(axis=1))) - _NEIGHBOUR - _LAST_HIDES
    for at in np.argsort(level[: max(0, before_last)])[:3]:
        odd = (dips[at] > max(_PART_FLAT, level[at] + _PART_ABOVE)) & enough
        if level[at] < _PAGE_DIP and 2 <= odd.sum() <= _ODD_SHARE_MAX * enough.sum():
            found = _side_by_side(windows, odd, shape=grey.shape)
            if found:
                break
    return found


def _windows(boxes: list[Box], shape: tuple[int, ...]) -> list[Box]:
    """Return the text cut into windows that begin where squares begin."""
    high, wide = (side // _SQUARE * _SQUARE for side in shape)
    found: list[Box] = []
    for left, top, right, bottom in boxes[:_ROWS_MAX]:
        start = max(0, (top + bottom) // 2 // _SQUARE * _SQUARE - 2 * _SQUARE)
        if start + 4 * _SQUARE > high:
            continue
        first = max(0, left // _SQUARE * _SQUARE)
        found.extend(
            (at, start, at + _WINDOW, start + 4 * _SQUARE)
            for at in range(first, min(right, wide - _WINDOW + 1), _WINDOW)
        )
    return found


def _is_coloured(page: Any, box: Box) -> bool:
    """Return whether a window holds coloured ink, which is compressed in other steps."""
    left, top, right, bottom = box
    part = page[top:bottom, left:right].astype(np.int16)
    return bool((part.max(axis=2) - part.min(axis=2) > _CHROMA).mean() > _COLOURED_SHARE)


def _strip(page: Any, windows: list[Box]) -> Any:
    """Return the windows under each other, as one small picture."""
    if len(windows) < _WINDOWS_MIN:
        return None
    return np.concatenate([page[top:bottom, left:right] for left, top, right, bottom in windows])


def _errors(strip: Any, quality: int) -> Any:
    """Return how much each square of each window changes at `quality`."""
    out = BytesIO()
    Image.fromarray(strip).save(out, "JPEG", quality=quality)
    again = np.asarray(Image.open(out)).astype(np.float32)
    return _squares((again - strip) ** 2).mean(axis=2)


def _texture(strip: Any) -> Any:
    return (_squares(strip.astype(np.float32)).std(axis=2) > _TEXTURE).astype(np.float32)


def _squares(values: Any) -> Any:
    """Return windows × squares × pixels."""
    across = _WINDOW // _SQUARE
    cut = values.reshape(-1, 4, _SQUARE, across, _SQUARE).transpose(0, 1, 3, 2, 4)
    return cut.reshape(cut.shape[0], 4 * across, _SQUARE * _SQUARE)


def _side_by_side(
    windows: list[Box], odd: Any, *, shape: tuple[int, ...]
) -> list[dict[str, object]]:
    """Return pairs of odd neighbours as parts: one alone may be chance."""
    high, wide = shape
    found: list[dict[str, object]] = []
    for at in range(len(windows) - 1):
        one, other = windows[at], windows[at + 1]
        if odd[at] and odd[at + 1] and one[2] == other[0] and one[1] == other[1]:
            sides = (one[0], one[1], other[2], other[3])
            where = [
                1000 * side // full for side, full in zip(sides, (wide, high) * 2, strict=True)
            ]
            found.append({"how": "ghost", "where": where})
    return found[:3]
