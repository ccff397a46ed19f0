"""Asking whoever issued a document, and keeping what they said. A person decides what it means."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Case, EvidenceFile, IssuerCheck
from tideover.app.verbs.case.rows import lock_for_staff, note_digest
from tideover.app.verbs.evidence_files import file_of
from tideover.app.verbs.examining.figures import stream_of
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right

_ANSWER = ("what the issuer said", "对方的答复")
_THROUGH = ("whom you asked, and where you found the number", "致电号码及其来源")
_THROUGH_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class IssuerAnswer:
    """What an issuer said about a document."""

    answer: str
    asked_through: str
    note: str
    by: str
    at: datetime


def record_answer(
    agent: Account,
    number: str,
    evidence_id: UUID,
    *,
    answer: str,
    asked_through: str,
    note: str,
    key: str,
) -> None:
    """Keep what the issuer of a document said; answers are added, never changed.

    Raises:
        NotAChoice, FieldMissing, TextTooLong: about what was typed.
        NotFound: the case or the file is not theirs to see.
    """
    chosen = fields.choice(
        {"answer": answer}, "answer", choices=list(IssuerCheck.Answer.values), label=_ANSWER
    )
    through = fields.needed_text(
        {"through": asked_through}, "through", label=_THROUGH, length_max=_THROUGH_LENGTH_MAX
    )
    words = fields.text({"note": note}, "note")

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        file = file_of(case, evidence_id)
        _keep(file, agent, answer=chosen, through=through, note=words)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="examining.record_answer",
        key=key,
        request={
            "case": number,
            "evidence": str(evidence_id),
            "answer": chosen,
            "through": note_digest(through),
            "note": note_digest(words),
        },
    )


def _keep(file: EvidenceFile, agent: Account, *, answer: str, through: str, note: str) -> None:
    at = clock.now()
    check = IssuerCheck.objects.create(
        evidence=file, answer=answer, asked_through=through, note=note, asked_by=agent, asked_at=at
    )
    log.append(
        stream_of(file.case),
        kind="evidence.issuer.answered",
        body={"evidence": str(file.pk), "check": str(check.pk), "answer": answer},
        at=at,
        actor=agent.login,
    )


def issuer_answers(case: Case, evidence_id: UUID) -> tuple[IssuerAnswer, ...]:
    """Return what the issuer of a file said so far, oldest first."""
    rows = IssuerCheck.objects.filter(evidence__case=case, evidence_id=evidence_id)
    return tuple(
        IssuerAnswer(
            row.answer,
            row.asked_through,
            row.note,
            row.asked_by.display_name or row.asked_by.login,
            row.asked_at,
        )
        for row in rows.select_related("asked_by")
    )
