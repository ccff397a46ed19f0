"""One loan's offers, from capacity to the three cards."""

import sys
import time
from pathlib import Path

from bench._table import Measured, print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

import find_offers

ROUNDS = 60


def run() -> bool:
    """Time the example household's offers and print the table."""
    find_offers.found()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        find_offers.found()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return print_measured(
        "offers of one loan",
        [
            Measured("p50", times[ROUNDS // 2], "ms", goal=50),
            Measured("p99", times[-1], "ms"),
        ],
    )
