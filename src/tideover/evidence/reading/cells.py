"""Pieces of text cut and put together where a page drew them otherwise than they are meant.

A label may be spread out (姓   名), folded over two lines in a narrow cell (身份证 / 号码), or
stand in one piece with the next label; dots or a rule may lead from a label to its value.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from tideover.evidence.reading import labels
from tideover.evidence.reading.lines import Line, Where, plain, rows_of

_JOINED_GAP = 5
#: What fills the room between a label and its value.
_LEADER = re.compile(r"\s?(?:[.…·]\s?){4,}\s?|\s?[.…·]*[…·][.…·]*$")
#: The rule that a value is written on, in a form or in the middle of a sentence.
_RULE = re.compile(r"\s*(?:_{2,}|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))\s*")
_PAGE_NUMBER = re.compile(
    r"\s?(?:第\s?\d+\s?页[,/ ]?(?:\(?共\s?\d+\s?页\)?)?|共\s?\d+\s?页"
    r"|page \d+(?: ?(?:of|/) ?\d+)?)\s?$",
    re.IGNORECASE,
)
_FOLD_GAP = 0.9
_LATIN_FOLD = 1.5
_FOLDED_LETTERS = 6
_PARTS_MIN = 3


def cells_of(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a page in plain spelling, each a label, a value, or both, row by row."""
    whole = (replace(line, text=_PAGE_NUMBER.sub("", plain(line.text))) for line in lines)
    cut = (part for line in whole for part in _without_leaders(line))
    parted = tuple(part for line in joined(tuple(cut)) for part in _parted(line))
    return _unfolded(parted)


def joined(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with single letters put together that were spread out, as in 姓   名."""
    out: list[Line] = []
    for row in rows_of(lines):
        kept: list[Line] = []
        for line in row:
            if kept and _belongs(kept[-1], line):
                kept[-1] = _together(kept[-1], line)
            else:
                kept.append(line)
        out.extend(kept)
    return tuple(out)


def _without_leaders(line: Line) -> Iterator[Line]:
    if (rule := _RULE.search(line.text)) and labels.is_whole(line.text[: rule.start()].rstrip(":")):
        for part in (_part(line, 0, rule.start()), _part(line, rule.end(), len(line.text))):
            yield replace(part, text=_RULE.sub(" ", part.text).strip())
        return
    line = replace(line, text=plain(_RULE.sub(" ", line.text)))
    at = 0
    for match in (*_LEADER.finditer(line.text), None):
        end = len(line.text) if match is None else match.start()
        if line.text[at:end].strip():
            yield _part(line, at, end)
        at = len(line.text) if match is None else match.end()


def _parted(line: Line) -> Iterator[Line]:
    """Yield the labels of a line that is nothing but labels, as the headings of columns may be."""
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(line.text):
        said = labels.said_at(line.text, at)
        if said is None:
            yield line
            return
        end = labels.end_of_twin(line.text, said)
        parts.append((at, end))
        at = len(line.text) - len(line.text[end:].lstrip())
    apart = all(line.text[end : end + 1] == " " for _, end in parts[:-1])
    two = len(parts) == _PARTS_MIN - 1 and apart and not line.text.isascii()
    if len(parts) >= _PARTS_MIN or two:
        yield from (_part(line, start, end) for start, end in parts)
    else:
        yield line


def _part(line: Line, start: int, end: int) -> Line:
    """Return the letters from `start` to `end` as a line; a Chinese letter is twice as wide."""
    if (start, end) == (0, len(line.text)):
        return line
    widths = [2 if ord(letter) > 0x2000 else 1 for letter in line.text]
    whole = max(1, sum(widths))
    first, last = sum(widths[:start]), sum(widths[:end])

    def between(left: int, right: int) -> tuple[int, int]:
        wide = right - left
        return left + wide * first // whole, left + wide * last // whole

    left, right = between(line.left, line.right)
    shown = between(line.where.left, line.where.right)
    where = replace(line.where, left=shown[0], right=max(shown[1], shown[0] + 1))
    return replace(line, text=line.text[start:end].strip(), left=left, right=right, where=where)


def _unfolded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with the halves of a folded label put together, as in 身份证 / 号码."""
    out: list[Line] = []
    taken: set[int] = set()
    for at, line in enumerate(lines):
        if at in taken:
            continue
        under = next(
            (
                below
                for below in range(at + 1, len(lines))
                if below not in taken and _is_folded(line, lines[below])
            ),
            None,
        )
        if under is None:
            out.append(line)
            continue
        taken.add(under)
        out.append(_over(line, lines[under], lines))
    return tuple(out)


def _is_folded(line: Line, below: Line) -> bool:
    first, then = line.text.strip(), below.text.strip(" :")
    if line.where.page != below.where.page:
        return False
    near = 0 <= below.middle - line.middle <= (1 + _FOLD_GAP) * line.height
    level = abs((line.left + line.right) - (below.left + below.right)) < 2 * line.height
    if not near or not (level or abs(line.left - below.left) < line.height):
        return False
    if first.isascii():
        tight = below.middle - line.middle <= _LATIN_FOLD * line.height
        return tight and then.isascii() and labels.is_whole(f"{first} {then}")
    if then.isascii():  # said again in English under it
        return labels.is_whole(first) and labels.is_whole(then)
    short = max(len(first), len(then)) <= _FOLDED_LETTERS
    return short and not labels.is_whole(then) and labels.is_whole(first + then)


def _over(line: Line, below: Line, lines: tuple[Line, ...]) -> Line:
    """Return two halves as one label, level with the half that has something beside it."""
    whole = _together(line, below)
    for half in (line, below):
        tolerance = 0.4 * half.height
        if any(
            other is not line
            and other is not below
            and other.where.page == half.where.page
            and other.left > half.right
            and abs(other.middle - half.middle) < tolerance
            for other in lines
        ):
            return replace(whole, top=half.top, bottom=half.bottom)
    middle, half_height = whole.middle, line.height // 2
    return replace(whole, top=middle - half_height, bottom=middle + half_height)


def _belongs(one: Line, other: Line) -> bool:
    """Return whether two neighbours of a row are parts of one label, spread out."""
    if one.where.page != other.where.page or other.left - one.right > _JOINED_GAP * one.height:
        return False
    whole = one.text.strip() + other.text.lstrip()
    lone = len(one.text.strip()) == 1 or (
        len(one.text.strip()) <= 3 and len(other.text.strip()) == 1
    )
    said = labels.said_at(whole, 0)
    return lone and not one.text.isascii() and said is not None and said.end > len(one.text.strip())


def _together(one: Line, other: Line) -> Line:
    a, b = one.where, other.where
    where = Where(
        a.page,
        min(a.left, b.left),
        min(a.top, b.top),
        max(a.right, b.right),
        max(a.bottom, b.bottom),
    )
    between = " " if one.text.isascii() and other.text.isascii() else ""
    return Line(
        one.text.strip() + between + other.text.lstrip(),
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        where,
        min(one.sure, other.sure),
    )
