"""Applications that were begun and never sent are deleted after the days that the pages promise."""

from datetime import date, timedelta

from tideover.app import clock, files
from tideover.app.db.atomic import atomic, lock_case
from tideover.app.db.models import Case, EvidenceFile
from tideover.app.verbs.case.rows import carry_out, evidence_context, parameters_of
from tideover.cases import CaseState
from tideover.cases.commands import Withdraw


def forget_old_drafts(on: date, *, actor: str) -> tuple[str, ...]:
    """Withdraw the drafts whose days are over on `on`, delete what was entered; their numbers.

    The log keeps that there was a draft, by digests alone.
    """
    forgotten = []
    drafts = Case.objects.filter(state=CaseState.DRAFT.value, is_open=True).select_related("loan")
    for case in drafts.order_by("number"):
        days = parameters_of(case, on=on).integer("retention.draft_days")
        if clock.day_of(case.opened_at) + timedelta(days=days) < on:
            _forget(case.number, actor=actor)
            forgotten.append(case.number)
    return tuple(forgotten)


def _forget(number: str, *, actor: str) -> None:
    with atomic():
        case = lock_case(number)
        if case is None or case.state != CaseState.DRAFT.value:
            return
        carry_out(case, Withdraw(at=clock.now(), actor=actor))
        case.answers.all().delete()
        case.cause = ""
        case.save(update_fields=["cause"])
        papers = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
        digests = set(papers.values_list("digest", flat=True))
        papers.update(status=EvidenceFile.Status.REMOVED, removed_at=clock.now())
    for digest in digests:
        files.remove(digest, context=evidence_context(case))
