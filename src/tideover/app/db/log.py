"""Appending to the log and reading it back.

The body of an event is canonical JSON (sorted keys, no spaces, UTF-8) written once; the digest
covers those bytes, and nothing serialises them again. Appending happens in the transaction of what
the event tells about. It holds no names, phones or free text: only ids, codes, dates and amounts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from tideover.app.crash import crash_point
from tideover.app.db.models import ChainEnd, LogEvent
from tideover.cases.chain import GENESIS, ChainRow, digest

_END_ID = 1


class NotInTransaction(RuntimeError):
    """An event was about to be appended outside the transaction of what it tells about."""


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event as it was read from the log."""

    position: int
    stream: str
    number: int
    kind: str
    actor: str
    at: datetime
    body: Mapping[str, Any]


def append(
    stream: str, *, kind: str, body: Mapping[str, Any], at: datetime, actor: str
) -> LogEvent:
    """Write the next event of a stream and return its row.

    `body` is JSON-ready and becomes `body["event"]` of the stored record. Locks the end of the log
    until the transaction ends, so call it after other locks were taken. Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} in {stream}: append inside tideover.app.db.atomic.atomic()")
    end, _ = ChainEnd.objects.select_for_update(no_key=True).get_or_create(
        id=_END_ID, defaults={"digest": GENESIS}
    )
    at = at.astimezone(UTC)
    number = 1 + _latest_number(stream)
    stored = canonical(
        {
            "position": end.position + 1,
            "stream": stream,
            "number": number,
            "kind": kind,
            "actor": actor,
            "at": at.isoformat(),
            "event": dict(body),
        }
    )
    row = LogEvent.objects.create(
        position=end.position + 1,
        stream=stream,
        number=number,
        kind=kind,
        actor=actor,
        recorded_at=at,
        body=stored,
        previous=end.digest,
        digest=digest(end.digest, stored),
    )
    end.position, end.digest = row.position, row.digest
    end.save(update_fields=["position", "digest"])
    crash_point(f"{kind}.logged")
    return row


def _latest_number(stream: str) -> int:
    # One look into the unique index, however long the stream is.
    latest = LogEvent.objects.filter(stream=stream).order_by("-number")
    return latest.values_list("number", flat=True).first() or 0


def read(stream: str) -> tuple[LoggedEvent, ...]:
    """All events of a stream, in order."""
    return tuple(logged(row) for row in LogEvent.objects.filter(stream=stream).order_by("number"))


def chain_rows() -> tuple[ChainRow, ...]:
    """The whole log as rows of a chain, by position."""
    values = LogEvent.objects.order_by("position").values_list(
        "position", "previous", "body", "digest"
    )
    return tuple(
        ChainRow(number=position, previous=previous, body=bytes(body), digest=own)
        for position, previous, body, own in values.iterator()
    )


def canonical(record: Mapping[str, Any]) -> bytes:
    """A record as the bytes that are stored: sorted keys, no spaces, UTF-8."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def logged(row: LogEvent) -> LoggedEvent:
    """A row of the log as the event it tells."""
    record = json.loads(bytes(row.body))
    return LoggedEvent(
        position=row.position,
        stream=record["stream"],
        number=record["number"],
        kind=record["kind"],
        actor=record["actor"],
        at=datetime.fromisoformat(record["at"]),
        body=record["event"],
    )
