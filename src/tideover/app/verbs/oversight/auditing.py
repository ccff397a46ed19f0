"""What was done at all: the log searched, and the file of one case to take away."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account, Case, LogEvent
from tideover.app.verbs import signing
from tideover.app.verbs.case.rows import for_staff
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.cases.chain import digest

ROWS_MAX = 100
#: Streams that tell of one case, before its number.
_OF_A_CASE = ("case", "messages", "quality", "budget")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; an empty one asks for everything."""

    words: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the log."""

    position: int
    at: datetime
    actor: str
    stream: str
    kind: str
    body: str
    holds: bool


def search(auditor: Account, asked: Asked, *, before: int | None = None) -> tuple[Found, ...]:
    """The latest rows that fit, at most `ROWS_MAX`; from an earlier `position` on to go back.

    The words are a case number, a stream, or who did it. Raises NotFound.
    """
    demand(auditor, Right.AUDIT)
    rows = LogEvent.objects.filter(_fits(asked))
    if before is not None:
        rows = rows.filter(position__lt=before)
    return tuple(_found(row) for row in rows.order_by("-position")[:ROWS_MAX])


def kinds() -> tuple[str, ...]:
    """Every kind of event that is in the log."""
    return tuple(LogEvent.objects.order_by("kind").values_list("kind", flat=True).distinct())


def case_export(auditor: Account, number: str) -> bytes:
    """The file of a case as a ZIP: its events with their chain, its offers, its agreement.

    Words that people wrote stay out, their digests are in the events. That it was taken away is
    logged. Raises NotFound.
    """
    demand(auditor, Right.AUDIT)
    case = for_staff(auditor, number)
    content = _zipped(_parts(auditor, case))
    with atomic():
        log.append(
            "access",
            kind="access.case.exported",
            body={"case": number},
            at=clock.now(),
            actor=auditor.login,
        )
    return content


def _fits(asked: Asked) -> Q:
    fits = Q()
    words = asked.words.strip()
    if words:
        number = words.upper()
        streams = [words, *(f"{stream}:{number}" for stream in _OF_A_CASE)]
        fits &= Q(stream__in=streams) | Q(actor=words)
    if asked.kind:
        fits &= Q(kind=asked.kind)
    if asked.since is not None:
        fits &= Q(recorded_at__gte=clock.start_of_day(asked.since))
    if asked.until is not None:
        fits &= Q(recorded_at__lt=clock.start_of_day(asked.until + timedelta(days=1)))
    return fits


def _found(row: LogEvent) -> Found:
    body = bytes(row.body)
    event = json.dumps(json.loads(body)["event"], ensure_ascii=False, sort_keys=True)
    holds = digest(row.previous, body) == row.digest
    return Found(row.position, row.recorded_at, row.actor, row.stream, row.kind, event, holds)


def _parts(auditor: Account, case: Case) -> dict[str, bytes]:
    streams = [f"{stream}:{case.number}" for stream in _OF_A_CASE]
    rows = LogEvent.objects.filter(stream__in=streams).order_by("position")
    parts = {
        "events.jsonl": b"".join(bytes(row.body) + b"\n" for row in rows),
        "chain.json": _json([[row.position, row.previous, row.digest] for row in rows]),
        "offers.json": _json([one.record for one in case.rounds.order_by("number")]),
        "evidence.json": _json(
            [
                {"need": one.need, "digest": one.digest, "status": one.status}
                for one in case.evidence.order_by("added_at")
            ]
        ),
        "README.txt": (
            f"{case.number}\nEvents are the stored bytes, one a line; chain.json holds for each "
            "its position, the digest of the one before in the whole log, and its own:\n"
            "own = SHA-256(before, bytes), as `tideover audit verify` computes it.\n"
        ).encode(),
    }
    try:
        parts["agreement.pdf"] = signing.pdf(auditor, case.number)
    except NotFound:
        return parts
    return parts


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return folder.getvalue()
