"""Timing one thing, and printing what was found."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people: a title, headings and rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The table in Markdown."""
        lines = [self.headings, ("---",) * len(self.headings), *self.rows]
        return "\n".join([f"## {self.title}", "", *(f"| {' | '.join(line)} |" for line in lines)])


def best_seconds(work: Callable[[], object], *, repeats: int = 300) -> float:
    """Return the shortest of `repeats` runs: what the work costs when nothing else disturbs it."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def microseconds(seconds: float) -> str:
    """Return a time as people compare it."""
    return f"{seconds * 1e6:,.0f} µs"
