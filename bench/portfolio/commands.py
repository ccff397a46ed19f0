"""Books of loans: made, simulated under two policies, and all 24 plans for every loan of a book."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np

from bench._table import Measured, print_measured
from tideover.kernels import Debts, option_grid, order_by_count
from tideover.policy import load_book
from tideover.portfolio import generated
from tideover.portfolio.making import BLOCK
from tideover.portfolio.terms import terms_of

ON = date(2026, 12, 1)
SMALL, MONTHS = 100_000, 24
#: TIDEOVER_BENCH_LOANS=10000000 takes minutes and some gigabytes of disk.
LARGE = int(os.environ.get("TIDEOVER_BENCH_LOANS", "1000000"))
BLOCKS = 8
CORES = 2


def run() -> bool:
    """Run the commands on a small and a large book, then the grid alone."""
    with tempfile.TemporaryDirectory(prefix="tideover-bench-") as folder:
        rows = [*_commands(Path(folder), SMALL), *_commands(Path(folder), LARGE)]
    small, large = rows[3].value / SMALL, rows[8].value / LARGE
    rows.append(Measured("processor time a loan, large over small", large / small, "times",
                         goal=1.15))  # fmt: skip
    return print_measured(f"books of loans, two policies, {MONTHS} months", [*rows, *_grid()])


def _commands(folder: Path, loans: int) -> list[Measured]:
    book, result = folder / f"book{loans}", folder / f"run{loans}"
    words = ["--seed", "7", "--out"]
    made = measured("generate", "--loans", str(loans), *words, str(book))
    done = measured("simulate", "--book", str(book), "--policy", "baseline", "--against", "relief",
                  "--months", str(MONTHS), *words, str(result))  # fmt: skip
    is_large = loans == LARGE
    return [
        Measured(f"make {loans:,} loans", made[0], "s"),
        Measured("  peak memory", made[2], "MB", goal=1024),
        Measured(f"simulate {loans:,} loans", done[0], "s", goal=60 if is_large else None),
        Measured("  processor time", done[1], "s cpu"),
        Measured("  peak memory", done[2], "MB", goal=1024),
    ]


def measured(*words: str) -> tuple[float, float, float]:
    """Return seconds waited, seconds of processors, and the largest memory of a command."""
    tideover = str(Path(sys.executable).parent / "tideover")
    started = time.perf_counter()
    child = subprocess.Popen([tideover, "portfolio", *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise AssertionError(f"tideover portfolio {words[0]} went wrong")
    worked = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - started, worked, usage.ru_maxrss / 1024


def _grid() -> list[Measured]:
    """All plans of the menu for every loan of a realistic book, as if everybody asked."""
    policy = load_book()
    terms = terms_of(policy, on=ON)
    made = policy.pack_on(ON, pack="portfolio/demo-book")
    blocks = [
        generated(
            np.arange(first, first + BLOCK), seed=7, made=made, behaviour=terms.behaviour.pack
        )
        for first in range(0, BLOCK * BLOCKS, BLOCK)
    ]

    def all_plans(place: int) -> None:
        book = blocks[place]
        book = book.picked(order_by_count(book.remaining))
        debts = Debts(
            principal=book.balance + book.overdue_principal, counts=book.remaining, rate=book.rate,
            interest=book.overdue_interest, penalty=book.penalty,
        )  # fmt: skip
        capacity = np.broadcast_to(book.income - book.outgoings, (len(terms.menu), len(book)))
        option_grid(debts, terms.menu, capacity=capacity, curve=terms.curve)

    many = BLOCK * BLOCKS * len(terms.menu)
    started, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(all_plans, range(BLOCKS)))
    waited, cpu = time.perf_counter() - started, time.process_time() - worked
    each = 24 * LARGE / many
    return [
        Measured("plans with their worth, a core", many / cpu / 1e3, "k/s cpu"),
        Measured("plans with their worth, two threads, waited", many / waited / 1e3, "k/s"),
        Measured(f"24 plans for each of {LARGE:,} loans, a core", each * cpu / CORES, "s cpu",
                 goal=60),
    ]  # fmt: skip
