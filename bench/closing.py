"""The close of a day over many active loans, on SQLite and on PostgreSQL.

Each database is made in a process of its own, so that nothing of one is warm for the other. Day 1
folds nothing, since every event stores its fold; in the days after that each loan is folded again
once in a month. Half the loans are late.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from bench._table import Measured, print_measured

LOANS = 1_000
DAYS = 35
START = date(2026, 11, 23)
GOAL = 1_000


def run() -> bool:
    """Close a month on both databases and print how many loans a second that was."""
    tests = str(Path(__file__).resolve().parent.parent / "tests")
    with ExitStack() as stack:
        sys.path.insert(0, tests)
        from postgres import running_postgres

        urls = {"SQLite": "", "PostgreSQL": stack.enter_context(running_postgres())}
        met = [_measure(name, url) for name, url in urls.items()]
    return all(met)


def _measure(name: str, url: str) -> bool:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TIDEOVER_HOME": home, "TIDEOVER_DEMO": "1"}
        environment |= {"TIDEOVER_DATABASE_URL": url} if url else {}
        done = subprocess.run(
            [sys.executable, "-m", "bench.closing"],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    rows = [
        Measured("day close, a month of days", told["a_second"], "loans/s", GOAL, is_floor=True),
        Measured("the slowest day of them", told["slowest"], "loans/s"),
        Measured("a close with nothing to do", told["idle_ms"], "ms"),
    ]
    return print_measured(f"day close ({name}, {LOANS:,} active loans)", rows)


def _close_a_month() -> dict[str, float]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tideover.app.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _make_loans()
    from tideover.app.verbs import closing, ledger

    times = []
    for place in range(1, DAYS + 1):
        day = START + timedelta(days=place)
        os.environ["TIDEOVER_NOW"] = f"{day}T23:00:00+08:00"
        started = time.perf_counter()
        (closed,) = closing.close()
        times.append(time.perf_counter() - started)
        if closed.record["loans"] != LOANS:
            raise SystemExit(f"{day}: {closed.record['loans']} loans were closed")
    started = time.perf_counter()
    closing.close()
    idle = time.perf_counter() - started
    if not ledger.verify([f"B-{number:06d}" for number in range(0, LOANS, 40)]).holds:
        raise SystemExit("the books do not agree")
    return {
        "a_second": LOANS * DAYS / sum(times),
        "slowest": LOANS / max(times),
        "idle_ms": idle * 1000,
    }


def _make_loans() -> None:
    from accounts import make_borrower, weilidai_terms
    from tideover.app import clock
    from tideover.app.db.atomic import atomic
    from tideover.app.verbs.books.opening import open_loan
    from tideover.loan import Paid, build_schedule

    os.environ["TIDEOVER_NOW"] = f"{START}T23:00:00+08:00"
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
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    sys.stdout.write(json.dumps(_close_a_month()))
