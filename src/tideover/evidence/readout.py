"""What the child read out of a file: its lines, and the traces of how it was made."""

from dataclasses import dataclass
from typing import Any, cast

from tideover.evidence.inspection import answer_of
from tideover.evidence.kinds import FileKind
from tideover.evidence.reading import Line, Where
from tideover.evidence.sandbox import Limits

#: The models of the reader are mapped into memory; what is really used stays below 600 MB.
READING_LIMITS = Limits(memory_max=2_560 * 1024 * 1024, seconds_max=60)


@dataclass(frozen=True, slots=True)
class Readout:
    """Everything that was read out of a file."""

    lines: tuple[Line, ...]
    pages: int
    pages_unread: int
    """Pages of which nothing could be read: too many of them, or no reader installed."""
    by: frozenset[str]
    """How the pages were read: `text` for a text layer, `ocr` for a picture."""
    traces: dict[str, Any]


def read_out(
    content: bytes, *, kind: FileKind, name: str, limits: Limits = READING_LIMITS
) -> Readout:
    """Return the text of a file that `inspect` accepted, read in a process of its own.

    Raises:
        FileRefused: the content is not an accepted file after all, or asks too much.
    """
    figures: dict[str, object] = {"needs": "pictures"}
    if kind is FileKind.PDF:
        task = ("read-text", kind.value, "1")
        figures, _ = answer_of(content, task=task, name=name, limits=limits)
    if "needs" in figures:
        figures, _ = answer_of(content, task=("read", kind.value, "1"), name=name, limits=limits)
    return readout_of(figures)


def readout_of(figures: dict[str, object]) -> Readout:
    """Return the child's figures as a readout."""
    pages = cast("list[dict[str, Any]]", figures["pages"])
    return Readout(
        lines=tuple(line for at, page in enumerate(pages, start=1) for line in _lines(page, at)),
        pages=len(pages),
        pages_unread=sum(1 for page in pages if page["by"] == "nothing"),
        by=frozenset(str(page["by"]) for page in pages),
        traces=cast("dict[str, Any]", figures.get("traces", {})),
    )


def _lines(page: dict[str, Any], number: int) -> list[Line]:
    lines = []
    for text, upright, where, sure in page["lines"]:
        left, top, right, bottom = upright
        place = Where(number, *where)
        lines.append(Line(text, left, top, right, bottom, where=place, sure=sure))
    return lines
