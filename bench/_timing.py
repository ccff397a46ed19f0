"""Timing one thing."""

import resource
import time
from collections.abc import Callable
from typing import Final

# Asking for the time costs about a microsecond: of a round this long it is a thousandth.
_ROUND_SECONDS: Final = 0.001


def best_microseconds(work: Callable[[], object], *, repeats: int = 300) -> float:
    """Return the shortest of `repeats` rounds: what the work costs when nothing disturbs it.

    Processor time, so that what else runs on the machine is not counted as ours.
    """
    calls = max(1, round(_ROUND_SECONDS / max(_seconds(work, calls=3), 1e-9)))
    return min(_seconds(work, calls=calls) for _ in range(repeats)) * 1e6


def _seconds(work: Callable[[], object], *, calls: int) -> float:
    """The processor time of one call, by so many of them."""
    start = _processor_time()
    for _ in range(calls):
        work()
    return (_processor_time() - start) / calls


def _processor_time() -> float:
    """Seconds of this process and of the children it has waited for: files are read in those."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
