"""Running text: lines that were broken only because the page ends."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from tideover.evidence.reading import labels
from tideover.evidence.reading.lines import Line, Where, rows_of

#: A shorter line ends where its sentence ends.
_FULL_LETTERS = 14
#: A new thing of a name that no list of labels has.
_LABELLED = re.compile(r"(?:[\u3400-\u9fff]{2,8}|[A-Z][A-Za-z .]{1,30}):")


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a page as one string, which knows the line of every letter."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    def where(self, span: tuple[int, int]) -> Where:
        """Return the place where `span` begins, up to the end of its line."""
        line, start = self.line_at(span[0])
        whole, letters = line.where, max(1, len(line.text))
        wide = whole.right - whole.left
        left = whole.left + wide * (span[0] - start) // letters
        right = whole.left + wide * min(letters, span[1] - start) // letters
        return Where(whole.page, left, whole.top, max(right, left + 1), whole.bottom)

    def line_at(self, place: int) -> tuple[Line, int]:
        """Return the line that holds the letter at `place`, and where that line begins."""
        at = bisect_right(self.starts, place) - 1
        return self.lines[at], self.starts[at]


def flow_of(lines: tuple[Line, ...]) -> Flow:
    """Return the lines as running text; a break is kept where a new thing begins."""
    text, starts, kept = "", [], []
    before: Line | None = None
    for row in rows_of(lines):
        for line in row:
            is_more = len(row) == 1 and before is not None and goes_on(before, line)
            text += "" if before is None else between(text, line.text) if is_more else "\n"
            starts.append(len(text))
            kept.append(line)
            text += line.text
            before = line
    return Flow(text, tuple(kept), tuple(starts))


def between(text: str, more: str) -> str:
    """Return a blank between two words, or a word and a number; Chinese or a number needs none."""
    ends = text[-1:], more[:1]
    apart = all(end.isascii() and end.isalnum() for end in ends) and not all(map(str.isdigit, ends))
    return " " if apart else ""


def goes_on(before: Line, line: Line) -> bool:
    """Return whether `line` goes on with what `before` says, broken only by the page."""
    if before.where.page != line.where.page or len(before.text) < _FULL_LETTERS:
        return False
    if before.left - line.left > 5 * line.height:
        return False
    if line.top - before.bottom > 2 * before.height or before.text[-1:] in "。:;":
        return False
    if not 0.75 < before.height / line.height < 1.34 or line.left > before.left + 3 * line.height:
        return False
    if _LABELLED.match(line.text):
        return False
    said = labels.said_at(line.text, 0)
    return said is None or line.text[said.end : said.end + 1] not in {":", ""}
