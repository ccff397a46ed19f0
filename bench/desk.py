"""The desk with 100,000 open cases: the queue, a search and a case, on SQLite and on PostgreSQL.

The cases are generated: states, deadlines, agents, waiting messages and warnings in fixed shares,
every one with a borrower, a loan and the stored fold of it. One of them was worked by the verbs, so
that its page holds evidence, offers and a thread. Pages are asked of the service in one process.
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench._databases import Figures, on_both, tell
from bench._table import Measured

CASES = int(os.environ.get("BENCH_CASES", "100000"))
ROUNDS = 40
TESTS = Path(__file__).resolve().parent.parent / "tests"
MORNING = "2026-11-23T10:30:00+08:00"
TODAY = date(2026, 11, 23)
QUEUE_MS_MAX = 500
CASE_MS_MAX = 300
STATES = ("submitted", "assessing", "assessing", "offered", "awaiting-approval", "active")
VIEWS = (
    "mine", "unclaimed", "due-today", "late", "waiting", "approval", "messages", "flagged", "care",
    "review", "all",
)  # fmt: skip
TABS = ("timeline", "messages", "budget", "evidence", "offers", "ledger", "audit")


def run() -> bool:
    """Time the pages on both databases and print p95 of each."""
    return on_both("bench.desk", _rows, title=f"desk ({{}}, {CASES:,} open cases)")


def _rows(told: Figures) -> list[Measured]:
    return [
        Measured(f"p95 {page}", ms, "ms", CASE_MS_MAX if page.startswith("case") else QUEUE_MS_MAX)
        for page, ms in told.items()
    ]


def _time_the_pages() -> Figures:
    from django.db import connection
    from django.test import Client

    sys.path.insert(0, str(TESTS / "app" / "verbs"))
    import lender as story

    from accounts import sign_in_fully

    lender = story.open_lender()
    number = story.offered(lender)
    _make_cases(lender)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    sign_in_fully(client, lender.agent)
    told = {f"queue, {view}": _p95(client, f"/desk/?view={view}") for view in VIEWS}
    told["queue, page 100"] = _p95(client, "/desk/?view=all&page=100")
    told["queue, last four digits"] = _p95(client, "/desk/?search=4242")
    told |= {f"case, {tab}": _p95(client, f"/desk/cases/{number}/?tab={tab}") for tab in TABS}
    return told


def _p95(client: Any, address: str) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = client.get(address)
        times.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    return sorted(times)[ROUNDS * 95 // 100] * 1000


def _make_cases(lender: Any) -> None:
    from tideover.app.db.models import LoanFold

    template = LoanFold.objects.get(loan=lender.loan)
    step = 5_000
    for first in range(0, CASES, step):
        _make_some(lender, template, range(first, min(first + step, CASES)))


def _make_some(lender: Any, template: Any, places: range) -> None:
    from tideover.app.db.atomic import atomic
    from tideover.app.db.models import Account, Borrower, Case, Loan, LoanFold, Role

    accounts = [Account(login=f"bench-{n}", role=Role.BORROWER, password="!") for n in places]
    with atomic():
        accounts = Account.objects.bulk_create(accounts)
        borrowers = Borrower.objects.bulk_create(
            Borrower(
                account=account, name=f"演示·{n}", phone=f"109{n:08d}", phone_index=f"p{n}",
                id_number=f"{n:018d}", id_number_index=f"i{n}",
            )
            for n, account in zip(places, accounts, strict=True)
        )  # fmt: skip
        loans = Loan.objects.bulk_create(
            Loan(
                reference=f"BENCH-{n:06d}", borrower=borrower, product="weilidai",
                terms=lender.loan.terms, currency="CNY", account_last4=f"{n % 10_000:04d}",
            )
            for n, borrower in zip(places, borrowers, strict=True)
        )  # fmt: skip
        LoanFold.objects.bulk_create(
            LoanFold(
                loan=loan, as_of=template.as_of, start=template.start, ahead=template.ahead,
                events=template.events, is_open=True,
            )
            for loan in loans
        )  # fmt: skip
        Case.objects.bulk_create(
            _case(n, loan, lender) for n, loan in zip(places, loans, strict=True)
        )


def _case(n: int, loan: Any, lender: Any) -> Any:
    from tideover.app import clock
    from tideover.app.db.models import Case

    state = STATES[n % len(STATES)]
    has_agent = state != "submitted"
    at = clock.now() - timedelta(minutes=n)
    lender_acts = state in ("submitted", "assessing", "awaiting-approval")
    return Case(
        number=f"HC-B{n:06d}",
        borrower_id=loan.borrower_id,
        loan=loan,
        state=state,
        cause="job_loss",
        agent=(lender.agent if n % 50 == 1 else lender.other_agent) if has_agent else None,
        version=5,
        opened_at=at,
        submitted_at=at,
        changed_at=at,
        answer_by=TODAY + timedelta(days=n % 12 - 3) if lender_acts else None,
        waits_since=at if n % 40 == 0 else None,
        flags_open=1 if n % 500 == 0 else 0,
    )


if __name__ == "__main__":
    tell(_time_the_pages, now=MORNING)
