"""Letting the outbox out: once each, never in the quiet hours, tried again while nobody takes it.

A message is first marked as handed over, then given to the provider, then marked as sent. A stop in
between leaves it marked as handed over; it is given again later under the same key.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import F, Q

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db.atomic import atomic
from tideover.app.db.models import OutboxMessage
from tideover.app.messages.outbox import CODES, give_up
from tideover.app.messages.providers import NotDelivered, Provider

#: How long a message that was handed over is left alone before it is given again.
AGAIN_AFTER = timedelta(minutes=5)
BATCH = 100
_FAILURE_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No message leaves from `start` until `end`, usually over midnight."""

    start: time
    end: time

    def hold(self, at: datetime) -> bool:
        """Whether the moment lies in them, on the business zone's clock."""
        now = at.astimezone(clock.BUSINESS_ZONE).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


@dataclass(frozen=True, slots=True)
class Drained:
    """What one draining did, and what still waits."""

    sent: int
    failed: int
    waiting: int


def drain(provider: Provider, *, quiet: QuietHours, count_max: int = 10_000) -> Drained:
    """Hand out what waits, the oldest first; in quiet hours only what somebody asked for just now.

    Any number of drains may run at once.
    """
    sent = failed = 0
    while sent + failed < count_max:
        batch = _claimed(quiet, count=min(BATCH, count_max - sent - failed))
        if not batch:
            break
        done = [_hand_over(message, provider) for message in batch]
        sent += sum(done)
        failed += len(done) - sum(done)
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True, given_up_at__isnull=True).count()
    return Drained(sent=sent, failed=failed, waiting=waiting)


def _claimed(quiet: QuietHours, *, count: int) -> list[OutboxMessage]:
    """Messages that are ours to hand over: marked, so that nobody else takes them meanwhile."""
    at = clock.now()
    is_free = Q(handed_at__isnull=True) | Q(handed_at__lte=at - AGAIN_AFTER)
    with atomic():
        waiting = OutboxMessage.objects.filter(
            is_free, sent_at__isnull=True, given_up_at__isnull=True
        )
        if quiet.hold(at):
            waiting = waiting.filter(kind__in=CODES)
        skips = connection.features.has_select_for_update_skip_locked
        locked = waiting.order_by("created_at").select_for_update(skip_locked=skips)
        batch = list(locked[:count])
        ids = [message.pk for message in batch]
        OutboxMessage.objects.filter(pk__in=ids).update(handed_at=at, tries=F("tries") + 1)
    return batch


def _hand_over(message: OutboxMessage, provider: Provider) -> bool:
    row = OutboxMessage.objects.filter(pk=message.pk)
    crash_point("notify.before-provider")
    try:
        name = provider.deliver(message)
    except NotDelivered as refusal:
        if refusal.is_final:
            give_up(message, why=str(refusal))
        row.update(failure=str(refusal)[:_FAILURE_LENGTH_MAX])
        return False
    crash_point("notify.after-provider")
    row.update(sent_at=clock.now(), failure=None, provider_id=name[:200] or None)
    return True
