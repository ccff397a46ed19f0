"""Ten thousand notices out of the outbox, and a plan made active, on both databases.

Activation is everything a signature does but the pages: the code, the case, the new schedule, the
journal, the notice, in their one transaction.
"""

import os
import statistics
import time
from datetime import timedelta

from bench._databases import Figures, on_both, tell
from bench._table import Measured

NOTICES = 10_000
SIGNATURES = 12
MINUTES_MAX = 5
ACTIVATION_MS_MAX = 300


def run() -> bool:
    """Drain and activate on both databases and print what that took."""
    return on_both("bench.keeping", _rows, title="keeping plans ({})")


def _rows(told: Figures) -> list[Measured]:
    return [
        Measured(f"{NOTICES:,} notices drained", told["minutes"], "min", MINUTES_MAX),
        Measured("notices a second", told["a_second"], "/s"),
        Measured("activation, median", told["activation_ms"], "ms", ACTIVATION_MS_MAX),
        Measured("activation, slowest", told["slowest_ms"], "ms"),
        Measured("activation, processor time", told["processor_ms"], "ms"),
        Measured("notices, processor time", told["processor_minutes"], "min"),
    ]


def _work() -> Figures:
    took, worked = zip(*_activations(), strict=True)
    before = time.process_time()
    drained = _drained()
    return {
        "processor_ms": statistics.median(worked) * 1000,
        "processor_minutes": (time.process_time() - before) / 60,
        "minutes": drained / 60,
        "a_second": NOTICES / drained,
        "activation_ms": statistics.median(took) * 1000,
        "slowest_ms": max(took) * 1000,
    }


def _activations() -> list[tuple[float, float]]:
    """How long the transaction of each signature took, and the processor in it, in seconds."""
    from tideover.app import clock
    from tideover.app.db.models import Loan
    from tideover.app.verbs import demo, signing
    from tideover.app.verbs.demo import journey
    from tideover.app.verbs.demo.people import Habit, Player, loans_csv, payments_csv
    from tideover.app.verbs.tape import load

    demo.create(clock.today())
    start = clock.today() - timedelta(days=75)
    people = tuple(Player(number, Habit.KEEPS, "bench") for number in range(1, SIGNATURES + 1))
    load(loans_csv(people, start=start), payments_csv(), actor="bench", today=clock.today())
    took: list[tuple[float, float]] = []
    effect = signing._sign  # noqa: SLF001 - the transaction alone is what is measured

    def timed(*given: object, **named: object) -> dict[str, object]:
        started, worked = time.perf_counter(), time.process_time()
        answer = effect(*given, **named)
        took.append((time.perf_counter() - started, time.process_time() - worked))
        return answer

    signing._sign = timed  # noqa: SLF001
    desk, since = journey.Desk(), (clock.today() - timedelta(days=30)).isoformat()
    for player in people:
        loan = Loan.objects.select_related("borrower__account").get(reference=player.reference)
        journey.ask_for_help(loan.borrower, player.reference, desk, since=since)
    if len(took) < SIGNATURES // 2:
        raise SystemExit(f"only {len(took)} of {SIGNATURES} came to a signature")
    return took


def _drained() -> float:
    """Seconds that the waiting notices took to leave."""
    from tideover.app import clock
    from tideover.app.db.models import Borrower, OutboxMessage
    from tideover.app.verbs import keeping

    keeping.drain_outbox()
    borrower = Borrower.objects.first()
    for number in range(NOTICES):
        OutboxMessage.objects.create(
            borrower=borrower, kind="plan-due-soon", key=f"bench-{number}",
            to=str(borrower.phone), text="…", created_at=clock.now(),
        )  # fmt: skip
    os.environ["TIDEOVER_NOW"] = clock.now().replace(hour=3).isoformat()
    started = time.perf_counter()
    drained = keeping.drain_outbox()
    if drained.sent < NOTICES:
        raise SystemExit(f"{drained.sent} of {NOTICES} left, {drained.waiting} wait")
    return time.perf_counter() - started


if __name__ == "__main__":
    tell(_work, now="2026-11-23T10:30:00+08:00")
