"""Callbacks that are refused, and how a replayed one is told from the platform's own repetition.

A refusal is in the log of events, so that somebody sees it; a flood of them is counted and not
written one by one, since whoever sends it would otherwise write our log.
"""

from datetime import timedelta
from hashlib import sha256

import structlog
from django.core.cache import cache
from django.db import IntegrityError, transaction

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import SeenCallback

ACTOR = "channel"
STREAM = "channels"
#: The platform repeats a request that was not answered within five seconds, three times.
_REPEATED_WITHIN = timedelta(seconds=30)
_KEPT = timedelta(days=1)
_WRITTEN_PER_MINUTE = 20
_logger = structlog.get_logger("tideover.channels")


def note_refused(channel: str, why: str) -> None:
    """Keep that a callback was refused and why; `why` is one of our own words, never the caller's.

    At most some a minute are written to the log of events, for each process of the service.
    """
    _logger.warning("callback refused", channel=channel, why=why)
    minute = int(clock.now().timestamp()) // 60
    key = f"refused:{channel}:{minute}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > _WRITTEN_PER_MINUTE:
        return
    with atomic():
        body = {"channel": channel, "why": why}
        log.append(STREAM, kind="callback.refused", body=body, at=clock.now(), actor=ACTOR)


def is_replay(channel: str, *, signed: str, body: bytes) -> bool:
    """Keep that `signed` came with this body, and return whether it must not be taken again.

    The same request once more within seconds is the platform repeating itself and is no replay;
    later, or with another body, it is somebody else's.
    """
    at, digest = clock.now(), sha256(body).hexdigest()
    key = sha256(f"{channel}\x00{signed}".encode()).hexdigest()
    SeenCallback.objects.filter(at__lt=at - _KEPT).delete()
    try:
        with transaction.atomic():
            SeenCallback.objects.create(key=key, digest=digest, at=at)
    except IntegrityError:
        seen = SeenCallback.objects.get(key=key)
        return seen.digest != digest or at - seen.at > _REPEATED_WITHIN
    return False
