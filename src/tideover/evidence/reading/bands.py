"""Rows of labels alone, and the row of their values: below them as under headings, or above.

Where a label has its value beside it, a row holds both. A form may also set labels in a row and the
values in the next, or write values on rules and the labels small beneath them as captions; which
of the two is told by what stands nearer.
"""

import re

from tideover.evidence.reading import labels
from tideover.evidence.reading.lines import Line

Row = tuple[Line, ...]
Rows = tuple[Row, ...]
AN_AMOUNT = re.compile(r"(?:RMB|CNY|人民币)?\s?[¥$+-]?\s?\d[\d,]*(?:\.\d{1,2})?\s?元?")
_FIGURE = re.compile(r"[\d:]")
#: An organisation is a value and no caption.
_AN_OFFICE = re.compile(r"[\u3400-\u9fff]{4,}(?:局|所|院|中心|公司|银行|支行|厂|店)$")
_HEADINGS_MIN = 2
#: How much farther the next row is than the one that a caption belongs to.
_NEARER = 1.2
_ROOM_BELOW = 2


def values_of_row(rows: Rows, at: int) -> Row:
    """Return the row that holds the values of row `at`, when that is one of labels alone."""
    if _captions(rows, at):
        return rows[at - 1]
    return rows[at + 1] if _heads(rows, at) else ()


def stands_by(head: Line, value: Line) -> bool:
    """Return whether a value begins, or has its middle, where its heading or caption has."""
    off_left = abs(head.left - value.left)
    off_middle = abs(head.left + head.right - value.left - value.right) / 2
    return min(off_left, off_middle) < 1.5 * max(head.height, value.height)


def _heads(rows: Rows, at: int) -> bool:
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else ()
    if len(row) < _HEADINGS_MIN or len(below) < len(row) - 1 or _has_figure(row):
        return False
    if any(map(_is_label, below)) or _is_table(below, rows[at + 2] if at + 2 < len(rows) else ()):
        return False
    known = sum(labels.said_at(line.text, 0) is not None or line.text.endswith(":") for line in row)
    typed = sum(_FIGURE.search(line.text) is not None for line in below)
    if len(row) == _HEADINGS_MIN:
        # Of two, each has its value right under it: a value beside a label has none.
        under = len(below) == len(row) and all(map(_is_under, row, below))
        return under and (known == len(row) or (known == 1 and _is_one_of_bands(rows, at)))
    apart = sum(
        any(min(one.right, line.right) > max(one.left, line.left) for one in below) for line in row
    )
    return known >= len(row) // 2 and typed >= 1 and apart >= len(row) - 1


def _is_table(row: Row, next_row: Row) -> bool:
    """Return whether the next row is one more of the same: then a table begins here."""
    if _is_entry(row) and _is_entry(next_row) and stands_by(row[-1], next_row[-1]):
        return True
    if len(row) != len(next_row) or not _has_figure(row) or any(map(_is_label, next_row)):
        return False
    alike = (
        bool(_FIGURE.search(one.text)) == bool(_FIGURE.search(other.text)) and stands_by(one, other)
        for one, other in zip(row, next_row, strict=True)
    )
    return all(alike)


def _is_entry(row: Row) -> bool:
    """Return whether a row begins with a number or a day and ends with an amount."""
    ends = len(row) > _HEADINGS_MIN and AN_AMOUNT.fullmatch(row[-1].text)
    return bool(ends and re.match(r"\d", row[0].text))


def _captions(rows: Rows, at: int) -> bool:
    """Return whether row `at` holds the captions of the row above it."""
    row, above = rows[at], rows[at - 1] if at else ()
    if len(above) != len(row) or _has_figure(row) or any(map(_is_label, above)):
        return False
    known = sum(labels.is_whole(line.text) for line in row)
    if known < len(row) and any(_AN_OFFICE.search(line.text) for line in row):
        return False
    if not all(map(stands_by, row, above)):
        return False
    if 2 * known < len(row) or not known:  # labels that nobody knows, in a form of captions
        return at > 2 and row[0].height <= 1.1 * rows[at - 2][0].height and _captions(rows, at - 2)
    if row[0].where.page != above[0].where.page or row[0].height > above[0].height:
        return False
    below = rows[at + 1] if at + 1 < len(rows) else ()
    if not below or below[0].where.page != row[0].where.page:
        return at > 1 and _captions(rows, at - 2)
    return below[0].middle - row[0].middle > _NEARER * (row[0].middle - above[0].middle)


def _is_one_of_bands(rows: Rows, at: int) -> bool:
    """Return whether above row `at` and its values stand two headings and theirs."""
    return (
        at >= _HEADINGS_MIN
        and len(rows[at - 2]) == _HEADINGS_MIN
        and all(labels.is_whole(line.text.rstrip(":")) for line in rows[at - 2])
        and _heads(rows, at - 2)
    )


def _is_under(head: Line, value: Line) -> bool:
    if head.where.page != value.where.page:
        return False
    return value.top - head.bottom <= _ROOM_BELOW * head.height and stands_by(head, value)


def _has_figure(row: Row) -> bool:
    return any(_FIGURE.search(line.text.rstrip(":")) for line in row)


def _is_label(line: Line) -> bool:
    said = labels.said_at(line.text, 0)
    if labels.is_like_one(line.text):
        return True
    if said is None or labels.is_prefix_of_number(line.text, said):
        return False
    goes_on = line.text[said.end : said.end + 1]  # 建议全休3周 begins with a label and is none
    is_word = "\u3400" <= goes_on <= "\u9fff"
    return not is_word and AN_AMOUNT.fullmatch(line.text) is None
