"""Schedules of many loans: numba, numpy, C, a plain loop over whole numbers, and peers."""

import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from bench._table import Measured, print_measured
from bench.peers import make_importable
from bench.portfolio._reference import as_c, reference
from bench.portfolio._tapes import Tape, best_case, realistic
from tideover.kernels import Cohorts, Engine, Totals, totals
from tideover.loan import LevelRule, Method

LOANS = 262_144
REPEATS = 7
SOME = 1_500


def run() -> bool:
    """Print rows a second of one core (processor time) and the ratios of this run."""
    tapes = [best_case(LOANS, count=count) for count in (12, 24, 60)] + [realistic(1_000_000)]
    met = [print_measured(f"schedules: {tape.name}", _of(tape)) for tape in tapes]
    return all([*met, print_measured("schedules by the month, 24 lines", _against_peers())])


def cpu_seconds(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """Return the least processor time that the work took."""
    best = float("inf")
    for _ in range(repeats):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def _of(tape: Tape) -> list[Measured]:
    cohorts = tape.cohorts()
    found = totals(cohorts, engine=Engine.NUMBA)
    numba = tape.rows / cpu_seconds(lambda: _kernel(cohorts))
    whole = tape.rows / cpu_seconds(lambda: totals(cohorts, engine=Engine.NUMBA))
    numpy = tape.rows / cpu_seconds(lambda: totals(cohorts, engine=Engine.NUMPY), repeats=2)
    plain = _plain_rows_a_second(cohorts, found)
    is_best = tape.name.startswith("one calendar")
    rows = [
        Measured("numba, whole call", whole / 1e6, "M rows/s"),
        Measured("numba, kernel", numba / 1e6, "M rows/s"),
        Measured("numpy", numpy / 1e6, "M rows/s"),
        Measured("plain loop over whole numbers", plain / 1e6, "M rows/s"),
        Measured("numba over the plain loop", numba / plain, "times", 150, is_floor=True),
        Measured("numpy over the plain loop", numpy / plain, "times", 30 if is_best else None,
                 is_floor=True),
    ]  # fmt: skip
    library = reference()
    if library is not None:
        c = tape.rows / cpu_seconds(lambda: _in_c(library, cohorts, found))
        rows += [
            Measured("C -O3 -march=native, the same arithmetic", c / 1e6, "M rows/s"),
            Measured("numba over C", numba / c, "times", 0.8, is_floor=True),
        ]
    return rows


def _kernel(cohorts: Cohorts) -> None:
    from tideover.kernels.compiled.totals import level_totals

    out = Totals.empty(len(cohorts))
    sure = np.ones(len(cohorts), dtype=np.bool_)
    level_totals(
        cohorts.blocks, cohorts.principal, cohorts.rate, cohorts.counts, cohorts.first,
        cohorts.days, cohorts.denominator, cohorts.denominator // 2, 0, False, 0, out.level,
        out.interest, out.last, sure,
    )  # fmt: skip


def _in_c(library: object, cohorts: Cohorts, found: Totals) -> None:
    out = Totals.empty(len(cohorts))
    blocks = cohorts.blocks
    arguments = (
        len(blocks), blocks, cohorts.principal, cohorts.rate, cohorts.counts, cohorts.first,
        cohorts.days, cohorts.days.shape[1], cohorts.denominator, out.level, out.interest, out.last,
    )  # fmt: skip
    library.level_totals(*(as_c(one) for one in arguments))  # type: ignore[attr-defined]
    # Loans that a double does not decide are left to exact arithmetic by ours.
    if (out.interest != found.interest).mean() > 0.01:
        raise AssertionError("C and numba do not do the same")


def _plain_rows_a_second(cohorts: Cohorts, found: Totals) -> float:
    places = np.linspace(0, len(cohorts) - 1, SOME).astype(np.int64)
    group = np.searchsorted(cohorts.starts, places, side="right") - 1
    columns = (cohorts.principal, cohorts.rate, cohorts.counts, cohorts.first, found.level)
    loans = [
        (*row, cohorts.days[one].tolist())
        for row, one in zip(
            zip(*(column[places].tolist() for column in columns), strict=True), group, strict=True
        )
    ]
    rows = int(cohorts.counts[places].sum())
    return rows / cpu_seconds(lambda: [_plain(loan, cohorts.denominator) for loan in loans])


def _plain(loan: tuple[int, int, int, int, int, list[int]], whole: int) -> tuple[int, int]:
    """The interest and the last line of one loan, as anybody would write it in Python."""
    owed, rate, count, first, level, days = loan
    half, sum_of, period = whole // 2, 0, first
    for line in range(1, count):
        interest = (owed * rate * period + half) // whole
        sum_of += interest
        owed -= min(level - interest, owed)
        period = days[line]
    interest = (owed * rate * period + half) // whole
    return sum_of + interest, owed + interest


def _against_peers() -> list[Measured]:
    make_importable()
    from mortgagemath import LoanParams, amortization_schedule

    from loan import STRATEGIES, LoanRequest

    tape = best_case(LOANS, count=24)
    cohorts = Cohorts.by_month(
        tape.principal, tape.counts, rate=tape.rate, method=Method.LEVEL
    ).under(level=LevelRule.ROUNDED)
    ours = 1e6 * LOANS / cpu_seconds(lambda: _kernel(cohorts)) / 1e6
    request = LoanRequest(Decimal(100_000), Decimal(6), 24, "equal-installment")
    strategy = STRATEGIES["equal-installment"]()
    loan = LoanParams(principal=Decimal(100_000), annual_rate=Decimal(6), term_months=24)
    rows = [Measured("numba, kernel", ours / 1e6, "M loans/s")]
    for name, work, goal in (
        ("loankit", lambda: strategy.generate(request).installments, 1_500),
        ("mortgagemath", lambda: amortization_schedule(loan), None),
    ):
        theirs = 1 / cpu_seconds(lambda work=work: [work() for _ in range(20)]) * 20
        rows.append(Measured(f"numba over {name}", ours / theirs, "times", goal, is_floor=True))
    return rows
