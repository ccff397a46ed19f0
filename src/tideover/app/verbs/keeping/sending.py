"""Letting the outbox out, within the hours of policy."""

from datetime import time

from tideover.app import clock
from tideover.app.messages import Drained, Provider, QuietHours, drain, provider
from tideover.policy import load_book

#: The hours are the lender's and do not differ by product; any product reads them.
_ANY_PRODUCT = "weilidai"


def drain_outbox(*, by: Provider | None = None, count_max: int = 10_000) -> Drained:
    """Hand out what waits. In quiet hours only the codes somebody asked for just now leave."""
    parameters = load_book().on(clock.today(), product=_ANY_PRODUCT)
    quiet = QuietHours(
        time.fromisoformat(parameters.text("notice.quiet_from")),
        time.fromisoformat(parameters.text("notice.quiet_until")),
    )
    return drain(by or provider(), quiet=quiet, count_max=count_max)
