"""The end of a day over contracts and payments in columns, in memory and from file to file."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numba
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench._table import Measured, print_measured
from bench.peers import make_importable
from bench.portfolio.schedules import cpu_seconds
from tideover.kernels import EPOCH, Int, Serviced, rolled, standing_on
from tideover.kernels.compiled.standing import running_interest
from tideover.policy import load_book
from tideover.portfolio import Making
from tideover.portfolio.servicing import Closing, close_book, make_serviced, read_serviced

EVE = date(2026, 12, 4)
ON = EVE + timedelta(days=1)
DAY = (ON - EPOCH).days
LOANS, SHARD = 200_000, 50_000
#: Far more than the last cache holds.
RUNNING, PARTS = 4_000_000, 8
DENOMINATOR = 365 * 10**9
TRIAD = 8_000_000
COLUMNS = ("opening", "start", "cost", "prepaid", "rate")


def run() -> bool:
    """Print what a loan costs, and how that stands to the memory's own speed and to polars."""
    return all([_of_a_book(), _in_memory(), _from_file_to_file()])


def _of_a_book() -> bool:
    with tempfile.TemporaryDirectory(prefix="tideover-bench-") as folder:
        book, policy = Path(folder) / "book", load_book()
        making = Making(loans=LOANS, seed=7, shard=SHARD, on=ON)
        make_serviced(making, out=book, policy=policy, threads=2, told=lambda _: None)
        parts = sorted(book.glob("*.parquet"))
        block = next(read_serviced(parts[0], block=SHARD))
        stored = sum(part.stat().st_size for part in parts)

        def close(on: date, name: str, after: str | None = None) -> float:
            before = Path(folder) / after if after else None
            started = time.process_time()
            close_book(Closing(book=book, on=on, after=before), out=Path(folder) / name,
                       policy=policy, threads=2, told=lambda _: None)  # fmt: skip
            return (time.process_time() - started) / LOANS * 1e6

        close(EVE, "eve")
        whole, after = close(ON, "whole"), close(ON, "after", "eve")
    rows = [
        Measured("from Parquet to Parquet, every contract folded", whole, "µs cpu"),
        Measured("the same, going on from the eve", after, "µs cpu"),
        Measured("a contract with its payments on disk", stored / LOANS, "bytes"),
    ]
    return print_measured(
        f"close of a day: {LOANS:,} contracts with their payments", _folding(block) + rows
    )


def _folding(block: Serviced) -> list[Measured]:
    eve = standing_on(block, EVE)
    standing = rolled(eve, block, on=ON)
    again = int((standing.column("folded_on") == DAY).sum())
    fold = cpu_seconds(lambda: standing_on(block, ON), repeats=5)
    roll = cpu_seconds(lambda: rolled(eve, block, on=ON), repeats=5)
    figures = cpu_seconds(lambda: standing.figures(DAY), repeats=5)
    return [
        Measured("fold of a contract with its payments", fold / len(block) * 1e6, "µs cpu"),
        Measured("the same, going on from the eve", roll / len(block) * 1e6, "µs cpu"),
        Measured("contracts that had to be folded again", again / len(block) * 100, "%"),
        Measured(
            "eight figures of a loan from how it stands", figures / len(block) * 1e9, "ns cpu"
        ),
    ]


def _in_memory() -> bool:
    columns = _running()
    out = np.zeros(RUNNING, dtype=np.int64)
    took = cpu_seconds(lambda: running_interest(DAY, DENOMINATOR, *columns, out), repeats=9)
    moved = (len(columns) + 1) * 8 * RUNNING / took / 1e9
    triad = 3 * 8 * TRIAD / _triad_seconds() / 1e9
    return print_measured(
        f"interest of a day in memory: {RUNNING:,} loans that nothing happened to",
        [
            Measured("a loan", took / RUNNING * 1e9, "ns cpu"),
            Measured("read and written", moved, "GB/s"),
            Measured("triad", triad, "GB/s"),
            Measured("share of the triad", moved / triad, "times", 0.7, is_floor=True),
        ],
    )


def _from_file_to_file() -> bool:
    make_importable()
    with tempfile.TemporaryDirectory(prefix="tideover-bench-") as folder:
        source, ours, theirs = (Path(folder) / name for name in ("standing", "ours", "theirs"))
        for made in (source, ours, theirs):
            made.mkdir()
        table = pa.table(dict(zip(COLUMNS, _running(), strict=True)))
        for part in range(PARTS):
            rows = table.slice(part * RUNNING // PARTS, RUNNING // PARTS)
            pq.write_table(rows, source / f"part-{part}.parquet", compression="lz4")
        took = _waited(lambda: _ours(source, ours))
        took_polars = _waited(lambda: _polars(source, theirs))
        if pq.read_table(ours) != pq.read_table(theirs):
            raise SystemExit("polars found other interest than the kernel")
    return print_measured(
        f"interest of a day from Parquet to Parquet: {RUNNING:,} loans in {PARTS} parts",
        [
            Measured("ours", took * 1e3, "ms waited"),
            Measured("polars, the same columns", took_polars * 1e3, "ms waited"),
            Measured("ours over polars", took / took_polars, "times", 1.2),
        ],
    )


def _running() -> list[Int]:
    """Lines that run: opening balance, start, interest of the line, prepaid, rate."""
    draw = np.random.default_rng(7)
    opening = draw.integers(1_000, 5_000_000, RUNNING)
    rate = draw.integers(10**7, 3 * 10**8, RUNNING)
    start = draw.integers(DAY - 30, DAY, RUNNING)
    cost = opening * rate // (12 * 10**9)
    prepaid = np.where(draw.random(RUNNING) < 0.02, cost // 2, 0)
    return [opening, start, cost, prepaid, rate]


def _ours(source: Path, target: Path) -> None:
    """A part a thread at a time, as a book is closed."""

    def one(part: Path) -> None:
        table = pq.read_table(part, use_threads=False)
        out = np.empty(table.num_rows, dtype=np.int64)
        columns = [table[name].to_numpy() for name in COLUMNS]
        running_interest(DAY, DENOMINATOR, *columns, out)
        pq.write_table(
            pa.table({"interest": out}), target / part.name, compression="lz4", use_dictionary=False
        )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, sorted(source.iterdir())))


def _polars(source: Path, target: Path) -> None:
    import polars as pl

    days = DAY - pl.col("start")
    # Half up, as ours; these amounts leave room in 64 bits, where ours need none.
    earned = (pl.col("opening") * pl.col("rate") * days + DENOMINATOR // 2) // DENOMINATOR
    left = pl.min_horizontal(earned, pl.col("cost")) - pl.col("prepaid")
    interest = pl.max_horizontal(left, pl.lit(0, dtype=pl.Int64)).alias("interest")
    parts = pl.scan_parquet(source / "*.parquet").select(interest)
    parts.sink_parquet(target / "whole.parquet", compression="lz4")


def _waited(work: Callable[[], None]) -> float:
    """The least time waited for: both may use two cores."""
    best = float("inf")
    for _ in range(4):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def _triad_seconds() -> float:
    one, two, three = (np.ones(TRIAD) for _ in range(3))

    @numba.njit  # type: ignore[misc]
    def triad(a, b, c):  # type: ignore[no-untyped-def]
        for i in range(len(a)):
            a[i] = b[i] + 3.0 * c[i]

    triad(one, two, three)
    return cpu_seconds(lambda: triad(one, two, three), repeats=10)
