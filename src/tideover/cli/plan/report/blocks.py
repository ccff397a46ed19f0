"""What a report is made of: plain blocks, which a page and a paper each set in their own way."""

from dataclasses import dataclass

__all__ = ["Block", "Figure", "Heading", "Listing", "Paragraph", "Table"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with an emphasised lead and a softer note, either of which may be empty."""

    text: str
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of entries, each with a softer note that may be empty.

    Numbered, plain, or else to be ticked off.
    """

    entries: tuple[tuple[str, str], ...]
    is_numbered: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the leftmost column is text, the others are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG, whose title states the finding."""

    title: str
    svg: str


Block = Heading | Paragraph | Listing | Table | Figure
