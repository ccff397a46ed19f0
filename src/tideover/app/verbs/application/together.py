"""Several loans in one request: asked about once, decided about each.

A loan has its own contract, so it keeps its own case, its own offers and its own agreement. The
cases of one request share what the household was asked: the first of them, the lead, takes the
answers and the papers, and the others get the same when it is sent.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from tideover.app import clock, files
from tideover.app.db.atomic import lock_case, lock_loan
from tideover.app.db.models import Borrower, Case, EvidenceFile, Loan, Scope
from tideover.app.verbs.acting import demand_scope, owned_by
from tideover.app.verbs.application.beginning import begin
from tideover.app.verbs.application.drafts import answers_digest, files_of, keep_answer
from tideover.app.verbs.case.rows import carry_out, evidence_context, theirs
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.cases.commands import AddEvidence, SaveSection, Submit, Withdraw
from tideover.money import Refusal


class NoLoanChosen(Refusal):
    """A request was to be begun for no loan, or for one that has a request on its way."""

    code: ClassVar[str] = "no-loan-chosen"

    def __init__(self) -> None:
        super().__init__(
            "tick at least one loan that has no request on its way yet",
            "请至少勾选一笔还没有申请的贷款",
        )


def open_together(borrower: Borrower, references: Sequence[str], *, key: str) -> Case:
    """Begin one request for several of the borrower's loans; return the case that takes answers.

    A draft that was begun for one of them goes on and leads. One loan alone is an ordinary case.

    Raises:
        NoLoanChosen: none was chosen, or one of them has a request that was sent.
        LoanSettled: nothing is owed on one of them.
        NotFound: one of them is not theirs.
    """
    demand_scope(borrower, Scope.ANSWER)
    wanted = sorted(set(references))

    def effect() -> dict[str, Any]:
        rows = {loan.reference: loan for loan in Loan.objects.filter(owned_by(borrower))}
        if not set(wanted) <= rows.keys():
            raise NotFound("loan")
        if not wanted:
            raise NoLoanChosen
        cases = [_opened(borrower, rows[reference]) for reference in wanted]
        lead = next((case for case in cases if case.answers.exists()), cases[0])
        for case in cases:
            case.asked_with = None if case == lead else lead
            case.save(update_fields=["asked_with"])
        return {"case": lead.number}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="application.open_together",
        key=key,
        request={"loans": wanted},
    )
    return theirs(borrower, answer["case"])


def asked_together(case: Case) -> tuple[Case, ...]:
    """Return every case of the request that `case` belongs to, the lead first; itself alone."""
    lead = case.asked_with or case
    others = lead.followers.select_related("loan").order_by("number")
    return (lead, *others)


def lead_of(case: Case) -> Case:
    """Return the draft that takes the answers for `case`: another's only while both are drafts."""
    lead = case.asked_with
    is_led = lead is not None and lead.state == case.state == CaseState.DRAFT
    return lead if lead is not None and is_led else case


def waiting(lead: Case) -> tuple[Case, ...]:
    """Return the cases that get what `lead` is sent with."""
    return tuple(lead.followers.filter(state=CaseState.DRAFT.value).select_related("loan"))


def store_papers(lead: Case) -> None:
    """Store the papers of the lead for each case of the request, before their rows are written."""
    for case in waiting(lead):
        for file in files_of(lead):
            content = files.read(file.digest, context=evidence_context(lead))
            files.store(content, context=evidence_context(case))


def send_along(lead: Case, command: Submit) -> None:
    """Send the other cases of a request with the answers and papers of its lead."""
    for number in sorted(case.number for case in waiting(lead)):
        case = lock_case(number)
        if case is None or case.state != CaseState.DRAFT:
            continue
        case.cause, case.needs_care = lead.cause, lead.needs_care
        _hand_over(lead, case, command)
        carry_out(case, command)


def withdraw_along(lead: Case, command: Withdraw) -> None:
    """Withdraw the drafts that a withdrawn draft would have sent."""
    for number in sorted(case.number for case in waiting(lead)):
        case = lock_case(number)
        if case is not None and case.state == CaseState.DRAFT:
            carry_out(case, command)


def _opened(borrower: Borrower, loan: Loan) -> Case:
    lock_loan(loan.reference)
    case = Case.objects.filter(loan=loan, is_open=True).first()
    if case is None:
        return begin(borrower, loan)
    if case.state != CaseState.DRAFT:
        raise NoLoanChosen
    return case


def _hand_over(lead: Case, case: Case, command: Submit) -> None:
    at, actor = command.at, command.actor
    for answer in lead.answers.order_by("section"):
        record = answer.record
        if keep_answer(case, answer.section, record=record, at=at):
            carry_out(
                case,
                SaveSection(
                    answer.section, answers_digest(record), record["is_checked"], at=at, actor=actor
                ),
            )
    known = {(file.need, file.digest) for file in files_of(case)}
    for file in files_of(lead):
        if (file.need, file.digest) in known:
            continue
        row = EvidenceFile.objects.create(
            case=case, need=file.need, digest=file.digest, name=file.name,
            media_type=file.media_type, size_bytes=file.size_bytes, pages=file.pages,
            added_at=clock.now(),
        )  # fmt: skip
        carry_out(case, AddEvidence(str(row.pk), file.need, file.digest, at=at, actor=actor))
