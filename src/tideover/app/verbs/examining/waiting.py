"""Reading what was uploaded, one file at a time, while nobody waits for it."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db.models import Q

from tideover.app import clock, files
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Case, EvidenceFile, EvidenceReading, JobLease
from tideover.app.jobs import JobRunning, lease
from tideover.app.verbs import evidence_files
from tideover.app.verbs.case.rows import evidence_context, parameters_of
from tideover.app.verbs.examining import alike
from tideover.app.verbs.examining.records import record_of
from tideover.evidence import Examined, Facts, FileRefused, examine, inspect, signature_of
from tideover.evidence.checks import duplicate

_JOB, _SWEEP = "evidence reading", "evidence sweep"
#: A file on which the reader died is tried again, and then left to people.
_TRIES_MAX = 3
_MONTH = timedelta(days=31)


def read_waiting(*, count_max: int = 50) -> int:
    """Read the files that nobody read yet, the oldest first; returns how many were read.

    One worker reads at a time, one file at a time: reading takes seconds and hundreds of
    megabytes. A worker that dies over a file leaves a try behind, so that one file cannot stop
    the rest for ever.
    """
    try:
        with lease(_JOB) as held:
            done = 0
            for file in _waiting(count_max):
                held.renew()
                read_one(file)
                done += 1
            if not done:
                _sweep_when_due()
            return done
    except JobRunning:
        return 0


def _sweep_when_due() -> None:
    """Once a day, when there is nothing to read."""
    row, _ = JobLease.objects.get_or_create(name=_SWEEP)
    if row.finished_at is None or row.finished_at < clock.now() - timedelta(days=1):
        with lease(_SWEEP):
            evidence_files.sweep()


def _waiting(count_max: int) -> list[EvidenceFile]:
    unread = Q(reading__isnull=True) | Q(reading__read_at__isnull=True)
    again = Q(reading__isnull=True) | Q(reading__tries__lt=_TRIES_MAX)
    rows = EvidenceFile.objects.filter(unread & again)
    kept = rows.exclude(status=EvidenceFile.Status.REMOVED).select_related("case__borrower")
    return list(kept.order_by("added_at")[:count_max])


def read_one(file: EvidenceFile) -> EvidenceReading:
    """Read one file and keep what was found, in place of an earlier reading."""
    reading, _ = EvidenceReading.objects.get_or_create(evidence=file)
    EvidenceReading.objects.filter(pk=reading.pk).update(tries=reading.tries + 1)
    case: Case = file.case
    try:
        content = files.read(file.digest, context=evidence_context(case))
        examined = _examined(content, file, case)
    except FileRefused as refused:
        return _keep(reading, refused=refused.code)
    except files.FileNotKept:
        return _keep(reading, refused="file-not-kept")
    signature = signature_of(
        examined.document,
        digest=hashlib.sha256(content).hexdigest(),
        picture=examined.picture,
    )
    with atomic():
        others = alike.like(signature, but_for=file)
        found = tuple(duplicate(one, case=number) for number, one in others)
        alike.remember(signature, evidence=file)
        return _keep(reading, examined=examined.with_findings(found))


def _examined(content: bytes, file: EvidenceFile, case: Case) -> Examined:
    parameters = parameters_of(case)
    sniffed = inspect(
        content,
        name=file.name,
        bytes_max=parameters.integer("upload.bytes_max"),
        kinds=parameters.names("upload.kinds"),
    )
    today = clock.today()
    facts = Facts(
        as_of=today,
        case=case.number,
        date_from=today - parameters.integer("evidence.age_months_max") * _MONTH,
        name=case.borrower.name,
        id_number=case.borrower.id_number,
    )
    return examine(content, sniffed=sniffed, facts=facts)


def _keep(
    reading: EvidenceReading, *, examined: Examined | None = None, refused: str = ""
) -> EvidenceReading:
    reading.refresh_from_db(fields=["tries"])
    reading.refused, reading.read_at = refused, clock.now()
    if examined is not None:
        kind = examined.document.kind
        reading.kind = kind.value if kind else ""
        reading.outcome = examined.outcome.value
        reading.is_suspicious = examined.is_suspicious
        record: dict[str, Any] = record_of(examined)
        reading.record = record
    reading.save()
    return reading
