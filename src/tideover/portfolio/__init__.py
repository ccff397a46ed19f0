"""Many loans at once: books on disk, policies held against each other, and what comes of them."""

from tideover.portfolio.book import MEANINGS, NO_CAUSE, Book, Labels
from tideover.portfolio.clustering import on_dask
from tideover.portfolio.generating import generated
from tideover.portfolio.making import AnotherRun, Making, make_book
from tideover.portfolio.parts import BookUnreadable, part_paths, read_part, rows_of, write_part
from tideover.portfolio.policies import Grant, PolicyNotFound, grant_of
from tideover.portfolio.running import Run, RunMissing, Running, load_run, simulate_book
from tideover.portfolio.sharding import Runner, on_threads
from tideover.portfolio.tallies import Tally, added

__all__ = [
    "MEANINGS",
    "NO_CAUSE",
    "AnotherRun",
    "Book",
    "BookUnreadable",
    "Grant",
    "Labels",
    "Making",
    "PolicyNotFound",
    "Run",
    "RunMissing",
    "Runner",
    "Running",
    "Tally",
    "added",
    "generated",
    "grant_of",
    "load_run",
    "make_book",
    "on_dask",
    "on_threads",
    "part_paths",
    "read_part",
    "rows_of",
    "simulate_book",
    "write_part",
]
