"""tideover worker: let messages out and in, and close each day once it is over, until stopped."""

import signal
import threading
from collections.abc import Sequence
from datetime import timedelta

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES
from tideover.cli.service import start_service

PAUSE_SECONDS = 10


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
    """Every job, each on its own: one that is refused does not hold the others up."""
    import structlog

    from tideover.app import clock
    from tideover.app.jobs import JobRunning
    from tideover.app.messages import wechat_provider
    from tideover.app.verbs import arriving, closing, keeping

    told = structlog.get_logger("tideover.worker")
    drained = keeping.drain_outbox()
    if drained.sent or drained.failed:
        told.info("outbox", sent=drained.sent, failed=drained.failed, waiting=drained.waiting)
    wechat = wechat_provider()
    came = arriving.fetch_arrived(wechat.platform if wechat else None)
    if came.fetched or came.failed or came.placed:
        told.info("arrived", fetched=came.fetched, failed=came.failed, placed=came.placed)
    try:
        for closed in closing.close(clock.today() - timedelta(days=1)):
            told.info("day closed", day=closed.day.isoformat(), loans=closed.record["loans"])
    except JobRunning as refusal:
        told.info("day close", waits=str(refusal))
