"""Text that stands behind the picture of a page, as programs put it there to be searched.

Who copies or searches the page gets that text, who looks at it sees the picture; when the two say
different numbers, one of them was changed.
"""

import re
from typing import Any

_NUMBER = re.compile(r"\d(?:[\d.,:/年月-]*\d)?")
_DIGITS_MIN = 4
#: A picture read with less certainty than this may be read wrongly.
_SURE = 960
_SAME_ROW = 8
_OVERLAP_MIN = 0.5

Box = list[int]


def differing(hidden: list[tuple[str, Box]], seen: list[Any]) -> list[Box]:
    """Return the places, in thousandths, of the hidden numbers that the picture does not show.

    `seen` has a text, a place upright, a place and a sureness for each line that was read. Only
    numbers of one length at one place are compared: a slip of a reader loses or adds a digit.
    """
    everything = {number for text, *_ in seen for number in _numbers(text)}
    found: list[Box] = []
    for text, box in hidden:
        missing = [number for number in _numbers(text) if number not in everything]
        there = [
            number
            for said, _, where, sure in seen
            if sure >= _SURE and _is_there(where, box)
            for number in _numbers(said)
        ]
        if any(_is_other(number, other) for number in missing for other in there):
            found.append(box)
    return found


def _numbers(text: str) -> list[str]:
    found = (re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(text))
    return [number for number in found if len(number) >= _DIGITS_MIN]


def _is_there(where: Box, box: Box) -> bool:
    across = min(where[2], box[2]) - max(where[0], box[0])
    middle = (where[1] + where[3]) / 2
    narrower = min(where[2] - where[0], box[2] - box[0])
    return across > _OVERLAP_MIN * narrower and box[1] - _SAME_ROW <= middle <= box[3] + _SAME_ROW


def _is_other(number: str, other: str) -> bool:
    return len(number) == len(other) and number != other
