"""Letting events out to whoever subscribed.

The log itself is the queue: a subscription remembers the last position it has taken, so nothing
is lost by a stop, and an event is sent again when nobody can say whether it arrived. Receivers
know a second copy by `Tideover-Event`. The log holds no names, phones or free text.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import requests
from django.db.models import Q

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.models import LogEvent, WebhookSubscription
from tideover.app.jobs import Lease, lease
from tideover.app.webhooks.signing import SIGNATURE_HEADER, signature
from tideover.app.webhooks.targets import allowed
from tideover.money import Refusal

BATCH: Final = 100
TIMEOUTS: Final = (5, 10)
_AT_FIRST, _AT_MOST = timedelta(seconds=10), timedelta(hours=6)
#: After so long without an answer a subscription is paused, and somebody has to look.
GIVES_UP_AFTER: Final = timedelta(days=3)
_TAKEN: Final = range(200, 300)
_GONE: Final = 410
_FAILURE_LENGTH_MAX: Final = 300


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: events taken by receivers, and subscriptions that failed."""

    sent: int
    failed: int


def deliver_waiting(*, count_max: int = 10_000) -> Delivered:
    """Send every subscription what it has not taken yet, in order.

    Raises JobRunning when another worker is at it.
    """
    sent = failed = 0
    with lease("webhooks") as held:
        for row in _due():
            taken, is_well = _deliver(row, held, count_max=count_max)
            sent += taken
            failed += not is_well
    return Delivered(sent=sent, failed=failed)


def _due() -> list[WebhookSubscription]:
    is_due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=clock.now())
    rows = WebhookSubscription.objects.filter(is_due, paused_at__isnull=True)
    return list(rows.order_by("name"))


def _deliver(row: WebhookSubscription, held: Lease, *, count_max: int) -> tuple[int, bool]:
    taken = 0
    for event in _waiting(row):
        if taken >= count_max:
            break
        if _is_wanted(row, event):
            held.renew()
            failure = _send(row, log.logged(event))
            crash_point("webhook.sent")
            if failure:
                _wait(row, failure)
                return taken, False
            taken += 1
        row.position = event.position
        row.tries, row.failure, row.next_try_at, row.failing_since = 0, "", None, None
        row.save(update_fields=["position", "tries", "failure", "next_try_at", "failing_since"])
    return taken, True


def _waiting(row: WebhookSubscription) -> Iterator[LogEvent]:
    while batch := list(
        LogEvent.objects.filter(position__gt=row.position).order_by("position")[:BATCH]
    ):
        yield from batch


def _is_wanted(row: WebhookSubscription, event: LogEvent) -> bool:
    return any(str(event.kind).startswith(kind) for kind in row.kinds)


def _send(row: WebhookSubscription, event: log.LoggedEvent) -> str:
    """Send one event; the failure in words, or nothing when it was taken."""
    body = log.canonical(_told(event))
    seconds = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "tideover-webhook",
        "Tideover-Event": str(event.position),
        SIGNATURE_HEADER: signature(body, secret=row.secret, seconds=seconds),
    }
    try:
        answer = requests.post(
            allowed(row.url), data=body, headers=headers, timeout=TIMEOUTS, allow_redirects=False
        )
    except requests.RequestException as error:
        return type(error).__name__
    except Refusal as refusal:
        return str(refusal)
    if answer.status_code == _GONE:
        row.paused_at = clock.now()
        return "HTTP 410: the receiver wants no more"
    return "" if answer.status_code in _TAKEN else f"HTTP {answer.status_code}"


def _told(event: log.LoggedEvent) -> dict[str, Any]:
    return {
        "id": event.position,
        "stream": event.stream,
        "number": event.number,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "event": json.loads(json.dumps(dict(event.body))),
    }


def _wait(row: WebhookSubscription, failure: str) -> None:
    at = clock.now()
    row.tries += 1
    row.failure = failure[:_FAILURE_LENGTH_MAX]
    row.next_try_at = at + min(_AT_FIRST * 2 ** min(row.tries - 1, 16), _AT_MOST)
    row.failing_since = row.failing_since or at
    if at - row.failing_since >= GIVES_UP_AFTER:
        row.paused_at = at
    row.save()
