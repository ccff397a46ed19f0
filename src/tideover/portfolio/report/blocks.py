"""What a report is made of, as records: a page and a paper show the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Block",
    "Code",
    "Details",
    "Figure",
    "Listing",
    "Paragraph",
    "Section",
    "Table",
    "details",
    "figure",
    "listing",
    "paragraph",
    "section",
    "table",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; `is_soft` stands back."""

    said: str
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries under each other."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is words, the others are figures; all are words where `is_wordy`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_wordy: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """A table that stands behind a plot, or at the end of a section."""

    title: str
    table: Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot under a title that says its finding, with its table behind it. `drawn` is SVG."""

    title: str
    drawn: str
    behind: Details
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to copy."""

    lines: tuple[str, ...]


Block: TypeAlias = Paragraph | Listing | Table | Details | Figure | Code


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading."""

    title: str
    blocks: tuple[Block, ...]


def section(title: str, *parts: Block | Sequence[Block]) -> Section:
    """Return parts under a heading."""
    blocks: list[Block] = []
    for part in parts:
        blocks += part if isinstance(part, Sequence) else (part,)
    return Section(title, tuple(blocks))


def paragraph(said: str, *, is_soft: bool = False) -> Paragraph:
    """Return a paragraph."""
    return Paragraph(said, is_soft)


def listing(entries: Sequence[str]) -> Listing:
    """Return a list."""
    return Listing(tuple(entries))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, is_wordy: bool = False) -> Table:
    """Return a table."""
    return Table(tuple(heads), tuple(tuple(row) for row in rows), is_wordy)


def details(title: str, behind: Table) -> Details:
    """Return the table behind a plot."""
    return Details(title, behind)


def figure(title: str, drawn: str, *, behind: Details, note: str = "") -> Figure:
    """Return a plot with its table behind it."""
    return Figure(title, drawn, behind, note)
