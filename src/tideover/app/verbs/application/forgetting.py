"""Deleting what was entered: drafts never sent, and on the borrower's word when all is paid.

What stays is what the law asks a lender to keep: the agreement, the payments, and the log, which
names answers by digests alone.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import transaction

from tideover.app import clock, files
from tideover.app.db import log
from tideover.app.db.atomic import atomic, lock_case
from tideover.app.db.models import Borrower, Case, EvidenceFile, PlanKeeping
from tideover.app.verbs import loans
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.case import security_notices
from tideover.app.verbs.case.rows import (
    carry_out,
    evidence_context,
    lock_theirs,
    parameters_of,
)
from tideover.app.verbs.receipts import run_once
from tideover.cases import CaseState
from tideover.cases.commands import Withdraw
from tideover.money import Refusal


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


def forget_settled(on: date, *, actor: str) -> tuple[str, ...]:
    """Delete the answers and papers of plans that were completed long enough ago; their numbers.

    How long they are kept after that is policy; the borrower may ask for it sooner.
    """
    forgotten = []
    done = PlanKeeping.objects.filter(completed_on__lt=on).exclude(
        agreement__case__answers=None, agreement__case__evidence=None
    )
    for keeping in done.select_related("agreement__case__loan").distinct():
        case = keeping.agreement.case
        if not case.is_open and _has_entries(case) and papers_until(keeping) < on:
            with atomic():
                locked = lock_case(case.number)
                digests = _delete(locked or case)
                _tell_deleted(case, digests, actor=actor)
            _remove(case, digests)
            forgotten.append(case.number)
    return tuple(forgotten)


def papers_until(keeping: PlanKeeping) -> date:
    """The last day on which answers and papers of a completed plan are kept."""
    completed = keeping.completed_on or date.max
    days = parameters_of(keeping.agreement.case, on=completed).integer("retention.papers_days")
    return completed + timedelta(days=days)


def _has_entries(case: Case) -> bool:
    papers = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    return case.answers.exists() or papers.exists()


class NotPaidOff(Refusal):
    """Answers and papers are still needed while a debt is open or a request is decided."""

    code: ClassVar[str] = "not-paid-off"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"request {number} is not over, or its loan is not paid off: answers and papers can be "
            "deleted after that",
            f"申请 {number} 还在办理，或贷款还没有结清；结清之后就可以删除填写的内容和材料",
        )


def forget_request(borrower: Borrower, number: str, *, key: str) -> None:
    """Delete the answers and papers of a request whose loan is paid off.

    Raises:
        NotPaidOff: it is still open, or something is owed.
        NotFound: the case is not theirs.
    """
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        if case.is_open or not loans.state(case.loan, clock.today()).is_settled:
            raise NotPaidOff(number)
        digests = _delete(case)
        transaction.on_commit(lambda: _remove(case, digests))
        _tell_deleted(case, digests, actor=borrower.account.login)
        return {}

    run_once(
        effect,
        actor=borrower.account.login,
        command="application.forget_request",
        key=key,
        request={"case": number},
    )


def _tell_deleted(case: Case, digests: frozenset[str], *, actor: str) -> None:
    log.append(
        f"consent:{case.number}",
        kind="data.deleted",
        body={"case": case.number, "papers": len(digests)},
        at=clock.now(),
        actor=actor,
    )
    security_notices.data_deleted(case, key="1")


def _forget(number: str, *, actor: str) -> None:
    with atomic():
        case = lock_case(number)
        if case is None or case.state != CaseState.DRAFT.value:
            return
        carry_out(case, Withdraw(at=clock.now(), actor=actor))
        digests = _delete(case)
        security_notices.data_deleted(case, key="1")
    _remove(case, digests)


def _delete(case: Case) -> frozenset[str]:
    """Delete the rows of a case that hold what was entered; the digests of its papers."""
    case.answers.all().delete()
    case.cause = ""
    case.save(update_fields=["cause"])
    papers = case.evidence.exclude(status=EvidenceFile.Status.REMOVED)
    digests = frozenset(papers.values_list("digest", flat=True))
    papers.update(status=EvidenceFile.Status.REMOVED, removed_at=clock.now())
    return digests


def _remove(case: Case, digests: frozenset[str]) -> None:
    for digest in digests:
        files.remove(digest, context=evidence_context(case))
