"""What an application holds: the answers of its sections as typed and as cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tideover.app import clock
from tideover.app.db.envelope import blind_index
from tideover.app.db.log import canonical
from tideover.app.db.models import Answer, Case, EvidenceFile
from tideover.app.verbs.application.answers import Asked
from tideover.app.verbs.case.rows import folded, parameters_of
from tideover.evidence import EvidenceNeed, needed
from tideover.money import currency
from tideover.policy import Parameters

_EVIDENCE = "evidence."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An application as its borrower left it.

    `sections` are clean records, `typed` the answers as typed of sections that need another look.
    """

    case: Case
    sections: Mapping[str, dict[str, Any]]
    typed: Mapping[str, dict[str, Any]]
    evidence: tuple[EvidenceFile, ...]
    complete: frozenset[str]
    missing: tuple[str, ...]
    needs: tuple[EvidenceNeed, ...]


def draft_of(case: Case) -> Draft:
    """The application of a case, whoever reads it."""
    told = folded(case)
    answers = {answer.section: answer.record for answer in case.answers.all()}
    sections = {name: record["clean"] for name, record in answers.items() if record["clean"]}
    files = tuple(files_of(case))
    return Draft(
        case=case,
        sections=sections,
        typed={name: record["raw"] for name, record in answers.items() if not record["is_checked"]},
        evidence=files,
        complete=told.complete | ({"evidence"} if files else frozenset()),
        missing=told.missing,
        needs=needs_of(case, sections),
    )


def files_of(case: Case) -> tuple[EvidenceFile, ...]:
    """The files of a case that are still with it, oldest first."""
    kept = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    return tuple(kept.order_by("added_at", "id"))


def needs_of(case: Case, sections: Mapping[str, dict[str, Any]]) -> tuple[EvidenceNeed, ...]:
    """What the cause of this case needs as evidence; nothing before the cause is known."""
    cause = sections.get("cause", {}).get("cause")
    return needed(cause, parameters_of(case)) if cause else ()


def needs_by_code(parameters: Parameters) -> dict[str, EvidenceNeed]:
    """Everything that any cause may need as evidence."""
    return {
        need.code: need for cause in causes_in(parameters) for need in needed(cause, parameters)
    }


def missing_needs(draft: Draft) -> tuple[str, ...]:
    """The needs without a readable file and without a reason why there is none."""
    told = draft.sections.get("evidence", {}).get("missing", [])
    covered = {row["need"] for row in told} | {
        file.need for file in draft.evidence if file.status != EvidenceFile.Status.UNREADABLE
    }
    return tuple(need.code for need in draft.needs if need.code not in covered)


def asked_of(case: Case) -> Asked:
    """What the sections of this case are read against."""
    parameters = parameters_of(case)
    causes = causes_in(parameters)
    needs = needs_by_code(parameters)
    return Asked(clock.today(), currency(case.loan.currency), causes, tuple(sorted(needs)))


def causes_in(parameters: Parameters) -> tuple[str, ...]:
    """The causes that the policy book knows evidence for."""
    return tuple(
        parameter.name.removeprefix(_EVIDENCE)
        for parameter in parameters
        if parameter.name.startswith(_EVIDENCE) and parameter.unit == "list"
    )


def keep_answer(case: Case, section: str, *, record: dict[str, Any], at: datetime) -> bool:
    """Keep the answers of a section; False when nothing in them is new."""
    answer = Answer.objects.filter(case=case, section=section).first()
    if answer is not None and answer.record == record:
        return False
    answer = answer or Answer(case=case, section=section)
    answer.record, answer.saved_at = record, at
    answer.save()
    return True


def answers_digest(record: Mapping[str, Any]) -> str:
    """The keyed digest by which the log names answers that it must not hold."""
    return blind_index(canonical(record).decode("utf-8"), purpose="answers")
