"""The same simulation in one process and over Dask workers that have started."""

import tempfile
import time
from datetime import date
from pathlib import Path

from bench._table import Measured, print_measured
from tideover.policy import load_book
from tideover.portfolio import (
    Making,
    Runner,
    Running,
    make_book,
    on_dask,
    on_threads,
    simulate_book,
)

ON = date(2026, 12, 1)
#: Parts large enough that passing them on does not count.
LOANS, SHARD, MONTHS, WORKERS = 2_000_000, 100_000, 24, 2


def run() -> bool:
    """Print waited seconds: meaningful on a quiet machine with as many cores as workers."""
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory(prefix="tideover-bench-") as folder:
        making = Making(loans=LOANS, seed=7, shard=SHARD, on=ON)
        book = Path(folder) / "book"
        make_book(making, out=book, policy=load_book(), threads=2, told=lambda _: None)
        alone = _seconds(book, Path(folder) / "alone", on_threads(1))
        with LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            address = cluster.scheduler_address
            _seconds(book, Path(folder) / "first", on_dask(address, workers=WORKERS))
            spread = _seconds(book, Path(folder) / "spread", on_dask(address, workers=WORKERS))
    share = alone / spread / WORKERS
    return print_measured(
        f"a cluster: {LOANS:,} loans, {MONTHS} months, {WORKERS} workers",
        [
            Measured("one process, one thread", alone, "s"),
            Measured(f"Dask, {WORKERS} workers that have started", spread, "s"),
            Measured("share of perfect scaling", share, "times", 0.8, is_floor=True),
        ],
    )


def _seconds(book: Path, out: Path, runner: Runner) -> float:
    what = Running(
        book=book, policy="baseline", against="relief", months=MONTHS, seed=7, on=ON
    )  # fmt: skip
    started = time.perf_counter()
    simulate_book(what, out=out, policy=load_book(), runner=runner, told=lambda _: None)
    return time.perf_counter() - started
