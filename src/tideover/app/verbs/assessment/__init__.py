"""The agent's side of a case: find it, claim it, look at its evidence, decide against it."""

from typing import Any
from uuid import UUID

from tideover.app import clock
from tideover.app.db.models import Account, Case, EvidenceFile
from tideover.app.verbs.assessment.case_file import Approval, CaseFile, EvidenceItem, case_file
from tideover.app.verbs.assessment.case_history import (
    AuditLine,
    JournalLine,
    MessageItem,
    TimelineItem,
)
from tideover.app.verbs.assessment.case_queue import VIEWS, QueuePage, queue
from tideover.app.verbs.assessment.held_papers import AlreadyHeld, demand_not_held
from tideover.app.verbs.assessment.holding import (
    ASSIGNED_AT_ONCE_MAX,
    Assignment,
    NotAnAgent,
    agents,
    assign,
    claim,
    lapse,
    release,
)
from tideover.app.verbs.assessment.next_step import Clock
from tideover.app.verbs.assessment.queue_items import QueueItem
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.causes import cause_words
from tideover.app.verbs.case.decline_reasons import DECLINE_REASONS, DeclineReason
from tideover.app.verbs.case.decline_words import decline_words
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    demand_version,
    folded,
    for_staff,
    lock_for_staff,
    note_digest,
    parameters_of,
    working_days_from_today,
)
from tideover.app.verbs.case.screening import demand_safe
from tideover.app.verbs.offering.talking import answer
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.cases import EvidenceOutcome
from tideover.cases.commands import Decline, MarkEvidence
from tideover.policy import Words

__all__ = [
    "ASSIGNED_AT_ONCE_MAX",
    "DECLINE_REASONS",
    "VIEWS",
    "AlreadyHeld",
    "Approval",
    "Assignment",
    "AuditLine",
    "CaseFile",
    "Clock",
    "DeclineReason",
    "EvidenceItem",
    "JournalLine",
    "MessageItem",
    "NotAnAgent",
    "QueueItem",
    "QueuePage",
    "TimelineItem",
    "agents",
    "answer",
    "assign",
    "case_file",
    "cause_words",
    "claim",
    "decline",
    "decline_preview",
    "lapse",
    "mark_evidence",
    "queue",
    "release",
]

_OUTCOME = ("what the file shows", "材料是否清楚")
_REASON = ("the reason", "原因")


def mark_evidence(
    agent: Account, number: str, evidence_id: UUID | str, *, outcome: str, note: str, key: str
) -> EvidenceFile:
    """Say what a file shows; the borrower is asked again for one that cannot be read.

    `outcome` is clear, unclear or unreadable; the note is for the borrower's eyes too.

    Raises:
        NotAChoice, TextTooLong: about the outcome and the note.
        AlreadyHeld: the lender has this paper, readable, from here or from an earlier case.
        NotTheAgent, CommandNotAllowed, NotFound.
    """
    chosen = fields.choice(
        {"outcome": outcome}, "outcome", choices=list(EvidenceOutcome), label=_OUTCOME
    )
    words = fields.text({"note": note}, "note")
    demand_safe(words)

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        file = _file(case, evidence_id)
        _mark(case, file, agent, outcome=EvidenceOutcome(chosen), note=words)
        return {"evidence": str(file.pk)}

    answered = run_once(
        effect,
        actor=agent.login,
        command="assessment.mark_evidence",
        key=key,
        request={
            "case": number,
            "evidence": str(evidence_id),
            "outcome": chosen,
            "note": note_digest(words),
        },
    )
    return _file(for_staff(agent, number), answered["evidence"])


def decline_preview(agent: Account, number: str, *, reason_code: str, note: str) -> Words:
    """What the borrower would read. Raises NotAChoice, TextTooLong and NotFound."""
    case = for_staff(agent, number)
    _demand_reason(reason_code)
    return decline_words(parameters_of(case), reason=DECLINE_REASONS[reason_code], note=note)


def decline(
    agent: Account, number: str, *, reason_code: str, note: str, version: int, key: str
) -> CaseFile:
    """Refuse, with a coded reason, what would change it, and the way to a review.

    Raises:
        NotAChoice: the reason is none of `DECLINE_REASONS`.
        StaleVersion, NotTheAgent, CommandNotAllowed, NotFound.
    """
    _demand_reason(reason_code)
    words = fields.text({"note": note}, "note")

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        told = folded(case)
        demand_version(case, told, version)
        command = Decline(reason_code, note_digest(words), at=clock.now(), actor=agent.login)
        told = carry_out(case, command, before=told)
        if words:
            add_note(case, author=agent, kind="decline", text=words, at=command.at)
        notices.declined(case, key=str(told.version))
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="assessment.decline",
        key=key,
        request={
            "case": number,
            "reason": reason_code,
            "note": note_digest(words),
            "version": version,
        },
    )
    return case_file(agent, number)


def _mark(
    case: Case, file: EvidenceFile, agent: Account, *, outcome: EvidenceOutcome, note: str
) -> None:
    ask_by = None
    if outcome is EvidenceOutcome.UNREADABLE:
        demand_not_held(case, file)
        days = parameters_of(case).integer("evidence_asked.working_days")
        ask_by = working_days_from_today(days)
    command = MarkEvidence(str(file.pk), outcome, ask_by, at=clock.now(), actor=agent.login)
    told = carry_out(case, command)
    file.status, file.note, file.marked_at = outcome.value, note, command.at
    file.marked_by = agent
    file.save()
    if ask_by is not None:
        notices.more_needed(case, ask_by=ask_by, key=str(told.version))
    elif outcome is EvidenceOutcome.CLEAR:
        notices.document_accepted(case, key=str(file.pk))


def _demand_reason(code: str) -> None:
    fields.choice({"reason": code}, "reason", choices=list(DECLINE_REASONS), label=_REASON)


def _file(case: Case, evidence_id: UUID | str) -> EvidenceFile:
    try:
        known = UUID(str(evidence_id))
    except ValueError:
        raise NotFound("file") from None
    kept = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    file = kept.filter(id=known).first()
    if file is None:
        raise NotFound("file")
    return file
