"""The end of a day over contracts and payments in columns, in memory and from file to file."""

import tempfile
import time
from datetime import date
from pathlib import Path

import numba
import numpy as np

from bench._table import Measured, print_measured
from bench.portfolio.schedules import cpu_seconds
from tideover.kernels import Serviced
from tideover.kernels.servicing import _compiled
from tideover.policy import load_book
from tideover.portfolio import Making
from tideover.portfolio.servicing import Closing, close_book, make_serviced, read_serviced

ON = date(2026, 12, 5)
DAY = (ON - date(1970, 1, 1)).days
LOANS, SHARD = 200_000, 50_000
TRIAD = 8_000_000


def run() -> bool:
    """Print what a loan costs, and how that stands to the memory's own speed."""
    with tempfile.TemporaryDirectory(prefix="tideover-bench-") as folder:
        book, policy = Path(folder) / "book", load_book()
        making = Making(loans=LOANS, seed=7, shard=SHARD, on=ON)
        make_serviced(making, out=book, policy=policy, threads=2, told=lambda _: None)
        parts = sorted(book.glob("*.parquet"))
        block = next(read_serviced(parts[0], block=SHARD))
        figures = np.zeros((len(block), 8), dtype=np.int64)
        folded = cpu_seconds(lambda: _compiled(block, DAY, figures), repeats=5)
        started = time.process_time()
        close_book(Closing(book=book, on=ON), out=Path(folder) / "day", policy=policy, threads=2,
                   told=lambda _: None)  # fmt: skip
        whole = time.process_time() - started
        stored = sum(part.stat().st_size for part in parts)
    bandwidth = _moved(block) / folded / 1e9
    triad = 3 * 8 * TRIAD / _triad_seconds() / 1e9
    return print_measured(
        f"close of a day: {LOANS:,} contracts with their payments",
        [
            Measured("fold of a contract with its payments", folded / len(block) * 1e6, "µs cpu"),
            Measured("from Parquet to Parquet", whole / LOANS * 1e6, "µs cpu"),
            Measured("a contract with its payments on disk", stored / LOANS, "bytes"),
            Measured("read and written by the fold", bandwidth, "GB/s"),
            Measured("triad", triad, "GB/s"),
            Measured("share of the triad", bandwidth / triad, "times", 0.7, is_floor=True),
        ],
    )


def _moved(block: Serviced) -> int:
    columns = (getattr(block, name) for name in Serviced.__slots__ if name != "grace_days")
    return sum(column.nbytes for column in columns) + 8 * 8 * len(block)


def _triad_seconds() -> float:
    one, two, three = (np.ones(TRIAD) for _ in range(3))

    @numba.njit  # type: ignore[misc]
    def triad(a, b, c):  # type: ignore[no-untyped-def]
        for i in range(len(a)):
            a[i] = b[i] + 3.0 * c[i]

    triad(one, two, three)
    return cpu_seconds(lambda: triad(one, two, three), repeats=10)
