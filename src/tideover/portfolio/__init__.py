"""Many loans at once: books on disk, policies held against each other, and what comes of them."""

from tideover.portfolio.book import MEANINGS, NO_CAUSE, Book, Labels
from tideover.portfolio.generating import generated
from tideover.portfolio.making import AnotherRun, Making, make_book
from tideover.portfolio.parts import BookUnreadable, part_paths, read_part, write_part

__all__ = [
    "MEANINGS",
    "NO_CAUSE",
    "AnotherRun",
    "Book",
    "BookUnreadable",
    "Labels",
    "Making",
    "generated",
    "make_book",
    "part_paths",
    "read_part",
    "write_part",
]
