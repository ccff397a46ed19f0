"""Linking a figure on a page to the answer of the borrower that it bears out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Case, EvidenceFile, FigureLink
from tideover.app.verbs.application.drafts import draft_of
from tideover.app.verbs.case.rows import lock_for_staff
from tideover.app.verbs.evidence_files import file_of
from tideover.app.verbs.examining.report import AMOUNTS, report_of
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right

_ANSWER = ("the answer it bears out", "对应的填写项")
_FIGURE = ("the figure", "金额")
#: Sections of the answers that hold amounts, and the lists in them.
_LISTS = (("income", "items"), ("outgoings", "items"), ("outgoings", "debts"))


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure of a page that was linked to an answer."""

    evidence: UUID
    answer: str
    field: str
    value: str
    page: int
    box: tuple[int, int, int, int]
    by: str


def answers_of(case: Case) -> dict[str, dict[str, Any]]:
    """Return the answers with an amount, by a code such as `income.items.0`."""
    sections = draft_of(case).sections
    return {
        f"{section}.{part}.{at}": item
        for section, part in _LISTS
        for at, item in enumerate(sections.get(section, {}).get(part, ()))
        if item.get("monthly")
    }


def link_figure(
    agent: Account, number: str, evidence_id: UUID, *, field: str, answer: str, key: str
) -> None:
    """Say that a figure read from a file bears an answer out. Doing it again changes nothing.

    Raises:
        NotAChoice: the file has no such figure, or the borrower gave no such answer.
        NotFound: the case or the file is not theirs to see.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        file = file_of(case, evidence_id)
        report = report_of(case, file.pk)
        figures = {
            one.name: one for one in (report.fields if report else ()) if one.name in AMOUNTS
        }
        fields.choice({"field": field}, "field", choices=list(figures), label=_FIGURE)
        fields.choice({"answer": answer}, "answer", choices=list(answers_of(case)), label=_ANSWER)
        found = figures[field]
        if found.where is None:
            raise NotFound("figure")
        _keep(file, agent, answer=answer, field=field, value=found.shown, where=found.where)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="examining.link_figure",
        key=key,
        request={"case": number, "evidence": str(evidence_id), "field": field, "answer": answer},
    )


def _keep(
    file: EvidenceFile, agent: Account, *, answer: str, field: str, value: str, where: Any
) -> None:
    known = FigureLink.objects.filter(evidence=file, answer=answer, field=field).first()
    if known is not None and known.value == value:
        return
    link = known or FigureLink(evidence=file, answer=answer, field=field)
    link.value, link.page = value, where.page
    link.box = [where.left, where.top, where.right, where.bottom]
    link.linked_by, link.linked_at = agent, clock.now()
    link.save()
    log.append(
        stream_of(file.case),
        kind="evidence.figure.linked",
        body={"evidence": str(file.pk), "answer": answer, "field": field},
        at=link.linked_at,
        actor=agent.login,
    )


def stream_of(case: Case) -> str:
    """The stream of the log that tells what people found out about evidence of a case."""
    return f"evidence:{case.number}"


def shown_figures(case: Case) -> tuple[FigureShown, ...]:
    """Return the linked figures of a case, oldest first."""
    rows = FigureLink.objects.filter(evidence__case=case).select_related("linked_by")
    kept = rows.exclude(evidence__status=EvidenceFile.Status.REMOVED)
    return tuple(
        FigureShown(
            row.evidence_id,
            row.answer,
            row.field,
            row.value,
            row.page,
            (row.box[0], row.box[1], row.box[2], row.box[3]),
            row.linked_by.display_name or row.linked_by.login,
        )
        for row in kept
    )
