"""The close of a day over many active loans, on SQLite and on PostgreSQL.

Day 1 folds nothing, since every event stores its fold; in the days after that each loan is folded
again once in a month. Half the loans are late.
"""

import contextlib
import os
import time
from collections.abc import Sequence
from datetime import date, timedelta

from bench._databases import Figures, on_both, tell
from bench._table import Measured

LOANS = 1_000
DAYS = 35
START = date(2026, 11, 23)
GOAL = 1_000
CHUNK = 500


def run() -> bool:
    """Close a month on both databases and print how many loans a second that was."""
    return on_both("bench.closing", _rows, title=f"day close ({{}}, {LOANS:,} active loans)")


def _rows(told: Figures) -> list[Measured]:
    return [
        Measured("day close, a month of days", told["a_second"], "loans/s", GOAL, is_floor=True),
        Measured("the slowest day of them", told["slowest"], "loans/s"),
        Measured("the same by processor time of the service", told["by_processor"], "loans/s"),
        Measured("a close with nothing to do", told["idle_ms"], "ms"),
        Measured("done over after an interruption", told["done_over"], "loans", CHUNK),
    ]


def _close_a_month() -> Figures:
    _make_loans()
    from tideover.app.verbs import closing, ledger

    times, worked = [], time.process_time()
    for place in range(1, DAYS + 1):
        day = START + timedelta(days=place)
        os.environ["TIDEOVER_NOW"] = f"{day}T23:00:00+08:00"
        started = time.perf_counter()
        (closed,) = closing.close()
        times.append(time.perf_counter() - started)
        if closed.record["loans"] != LOANS:
            raise SystemExit(f"{day}: {closed.record['loans']} loans were closed")
    worked = time.process_time() - worked
    started = time.perf_counter()
    closing.close()
    idle = time.perf_counter() - started
    if not ledger.verify([f"B-{number:06d}" for number in range(0, LOANS, 40)]).holds:
        raise SystemExit("the books do not agree")
    return {
        "a_second": LOANS * DAYS / sum(times),
        "slowest": LOANS / max(times),
        "by_processor": LOANS * DAYS / worked,
        "idle_ms": idle * 1000,
        "done_over": _done_over(),
    }


def _done_over() -> int:
    """Stop a close in its second chunk and take it up again: how many loans were done twice."""
    from tideover.app.verbs import closing
    from tideover.app.verbs.closing import advancing

    day = START + timedelta(days=DAYS + 1)
    os.environ["TIDEOVER_NOW"] = f"{day}T23:00:00+08:00"
    advance, advanced = advancing._advance, []  # noqa: SLF001 - counted from outside

    def counted(references: Sequence[str], on: date, done: advancing.Advanced) -> None:
        advance(references, on, done)
        advanced.append(len(references))
        if len(advanced) == 2:
            raise KeyboardInterrupt  # the second chunk is done, and not yet written down

    advancing._advance = counted  # noqa: SLF001
    with contextlib.suppress(KeyboardInterrupt):
        closing.close()
    closing.close()
    return sum(advanced) - LOANS


def _make_loans() -> None:
    from accounts import make_borrower, weilidai_terms
    from tideover.app import clock
    from tideover.app.db.atomic import atomic
    from tideover.app.verbs.books.opening import open_loan
    from tideover.loan import Paid, build_schedule

    borrower = make_borrower()
    for number in range(LOANS):
        reference = f"B-{number:06d}"
        terms = weilidai_terms(disbursed_on=START - timedelta(days=60 + number % 31))
        lines = build_schedule(terms).lines[: 1 + number % 2]
        with atomic():
            open_loan(
                borrower,
                terms,
                reference=reference,
                product="weilidai",
                account_last4="",
                events=tuple(
                    Paid(line.due_date, f"{reference}-{line.number}", line.instalment)
                    for line in lines
                    if line.due_date <= START
                ),
                actor="bench",
                at=clock.now(),
                until=START,
            )


if __name__ == "__main__":
    tell(_close_a_month, now=f"{START}T23:00:00+08:00")
