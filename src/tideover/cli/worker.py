"""tideover worker: let news out and in, read evidence, book in the core, close days.

It goes on until it is stopped.
"""

import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES
from tideover.cli.service import start_service

PAUSE_SECONDS = 10

Tell = Callable[..., Any]


def run(arguments: Sequence[str]) -> int:
    """Do what waits, pause, and do it again; with --once do it once."""
    parser = Arguments(prog="tideover worker", description=__doc__)
    parser.add_argument("--once", action="store_true", help="do what waits now, then stop")
    parser.add_argument("--pause", type=int, default=PAUSE_SECONDS, metavar="SECONDS")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    start_service()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while True:
        _work()
        if given.once or stop.wait(given.pause):
            return 0


def _work() -> None:
    """Every job, each on its own: one that is refused does not hold the others up.

    While the database is away each is tried again at the next turn, on a connection of its own.
    """
    import structlog
    from django.db import InterfaceError, OperationalError, connection

    from tideover.app.jobs import JobRunning

    told = structlog.get_logger("tideover.worker")
    for name, job in _JOBS.items():
        try:
            job(partial(told.info, name))
        except JobRunning as refusal:
            told.info(name, waits=str(refusal))
        except (OperationalError, InterfaceError) as error:
            told.error(name, database=type(error).__name__)
            connection.close()


def _outbox(tell: Tell) -> None:
    from tideover.app.verbs import keeping

    drained = keeping.drain_outbox()
    if drained.sent or drained.failed:
        tell(sent=drained.sent, failed=drained.failed, waiting=drained.waiting)


def _arrived(tell: Tell) -> None:
    from tideover.app.messages import wechat_provider
    from tideover.app.verbs import arriving

    wechat = wechat_provider()
    came = arriving.fetch_arrived(wechat.platform if wechat else None)
    if came.fetched or came.failed or came.placed:
        tell(fetched=came.fetched, failed=came.failed, placed=came.placed)


def _evidence(tell: Tell) -> None:
    from tideover.app.verbs import examining

    read = examining.read_waiting()
    if read:
        tell(files=read)


def _leases(tell: Tell) -> None:
    from tideover.app.verbs import assessment

    given_back = assessment.lapse()
    if given_back:
        tell(cases=given_back)


def _book_in_core(tell: Tell) -> None:
    from tideover.app.verbs import hosting

    booked = hosting.book_waiting()
    if booked.booked or booked.failed:
        tell(booked=booked.booked, failed=booked.failed)


def _sync_with_core(tell: Tell) -> None:
    from tideover.app.verbs import hosting

    synced = hosting.sync_when_due()
    if synced is not None and (synced.payments or synced.reversals or synced.faults):
        tell(payments=synced.payments, reversals=synced.reversals, faults=len(synced.faults))


def _webhooks(tell: Tell) -> None:
    from tideover.app.webhooks import deliver_waiting

    delivered = deliver_waiting()
    if delivered.sent or delivered.failed:
        tell(sent=delivered.sent, failed=delivered.failed)


def _close(tell: Tell) -> None:
    from tideover.app import clock
    from tideover.app.verbs import closing

    for closed in closing.close(clock.today() - timedelta(days=1)):
        tell(day=closed.day.isoformat(), loans=closed.record["loans"])


_JOBS: Final[Mapping[str, Callable[[Tell], None]]] = {
    "outbox": _outbox,
    "arrived": _arrived,
    "leases over": _leases,
    "booking in the core": _book_in_core,
    "payments of the core": _sync_with_core,
    "webhooks": _webhooks,
    "day close": _close,
    # Last: reading takes seconds for each file.
    "evidence": _evidence,
}
