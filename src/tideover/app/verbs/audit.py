"""Verifying that the log is as it was written, and keeping its head outside the database.

A chain finds what was edited, deleted, inserted or put in another order. It cannot find that its
end was cut off, or cut off and written anew: for that its head is anchored in a file beside the
database, `audit-anchor.jsonl`, one line at every verification that found the chain to hold. Copy
that file to where nobody who can write the database can write.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import ChainEnd, LogEvent
from tideover.app.home import home
from tideover.cases.chain import GENESIS, ChainFault, ChainHead, ChainRow, Damage, verify_chain

__all__ = ["AuditReport", "anchor_path", "anchors", "verify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """How many events were checked, against how many anchors, and where the log is damaged."""

    events: int
    anchors: int
    head: str
    faults: tuple[ChainFault, ...]

    @property
    def holds(self) -> bool:
        """Whether the log is whole."""
        return not self.faults


def verify() -> AuditReport:
    """Check the whole log against itself and its anchors; anchor its head when it holds."""
    rows = log.chain_rows()
    known = anchors()
    # One damage shows in many places: each further check runs where the earlier ones found none.
    found = verify_chain(rows) or tuple(_anchor_faults(rows, known)) or tuple(_column_faults())
    if not found:
        _anchor(ChainHead(len(rows), rows[-1].digest if rows else GENESIS), known)
    return AuditReport(
        events=len(rows),
        anchors=len(anchors()),
        head=rows[-1].digest if rows else GENESIS,
        faults=found,
    )


def anchor_head() -> None:
    """Keep the present head of the log outside the database, as each closed day does.

    Nothing is checked: `verify` does that, against every head that was ever kept.
    """
    end = ChainEnd.objects.first()
    if end is not None:
        _anchor(ChainHead(end.position, end.digest), anchors())


def anchor_path() -> Path:
    """The file of the anchors."""
    return home() / "audit-anchor.jsonl"


def anchors() -> tuple[ChainHead, ...]:
    """Every anchored head, the oldest first."""
    path = anchor_path()
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return tuple(ChainHead(record["count"], record["digest"]) for record in records)


def _anchor(head: ChainHead, known: Sequence[ChainHead]) -> None:
    if head.count == 0 or (known and known[-1] == head):
        return
    record = {"at": clock.now().isoformat(), "count": head.count, "digest": head.digest}
    with anchor_path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _column_faults() -> Iterator[ChainFault]:
    """The columns beside the body repeat it; one that does not was edited."""
    numbers: dict[str, int] = {}
    for row in LogEvent.objects.order_by("position").iterator():
        told = _record(bytes(row.body))
        columns = {
            "position": row.position,
            "stream": row.stream,
            "number": row.number,
            "kind": row.kind,
            "actor": row.actor,
            "at": row.recorded_at.isoformat(),
        }
        repeats = all(told.get(name) == value for name, value in columns.items())
        follows = row.number == numbers.get(row.stream, 0) + 1
        numbers[row.stream] = row.number
        if not repeats or not follows:
            yield ChainFault(row.position, Damage.EDITED)


def _record(body: bytes) -> dict[str, Any]:
    try:
        record = json.loads(body)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _anchor_faults(rows: Sequence[ChainRow], known: Sequence[ChainHead]) -> Iterator[ChainFault]:
    """Heads that were, and are not any more; the database itself remembers the newest one."""
    end = ChainEnd.objects.first()
    remembered = [ChainHead(end.position, end.digest)] if end is not None else []
    for head in (*known, *remembered):
        if head.count > len(rows):
            yield ChainFault(len(rows) + 1, Damage.CUT_OFF)
            return
        if rows[head.count - 1].digest != head.digest:
            yield ChainFault(head.count, Damage.CUT_OFF)
            return
