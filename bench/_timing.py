"""Timing one thing."""

import time
from collections.abc import Callable


def best_microseconds(work: Callable[[], object], *, repeats: int = 300) -> float:
    """Return the shortest of `repeats` runs: what the work costs when nothing else disturbs it."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e6
