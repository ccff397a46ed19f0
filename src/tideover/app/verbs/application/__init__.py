"""The borrower's side of a case: open it, answer section by section, hand it in, withdraw it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tideover.app import clock
from tideover.app.db.atomic import atomic, lock_loan
from tideover.app.db.models import Borrower, Case, Loan, Scope
from tideover.app.verbs.acting import demand_scope, demand_themselves, owned_by
from tideover.app.verbs.application.answers import (
    SECTIONS,
    WISHES,
    AnswerProblems,
    Asked,
    UnknownSection,
    parse_section,
)
from tideover.app.verbs.application.beginning import LoanSettled, begin
from tideover.app.verbs.application.consent import agree_sensitive, has_sensitive_consent
from tideover.app.verbs.application.drafts import (
    Draft,
    answers_digest,
    asked_of,
    draft_of,
    keep_answer,
)
from tideover.app.verbs.application.forgetting import (
    NotPaidOff,
    forget_old_drafts,
    forget_request,
    forget_settled,
    papers_until,
)
from tideover.app.verbs.application.timeline import Progress, Step, progress
from tideover.app.verbs.application.together import (
    NoLoanChosen,
    asked_together,
    lead_of,
    open_together,
    send_along,
    store_papers,
    withdraw_along,
)
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.causes import needs_care
from tideover.app.verbs.case.rows import (
    carry_out,
    events_of,
    folded,
    lock_theirs,
    promise,
    theirs,
)
from tideover.app.verbs.reading.fields import storable
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState, decide
from tideover.cases.commands import SaveSection, Submit, Withdraw
from tideover.cases.events import CaseSubmitted

__all__ = [
    "SECTIONS",
    "WISHES",
    "AnswerProblems",
    "Draft",
    "LoanSettled",
    "NoLoanChosen",
    "NotPaidOff",
    "Progress",
    "Receipt",
    "Step",
    "UnknownSection",
    "agree_sensitive",
    "asked_together",
    "draft",
    "draft_of",
    "forget_old_drafts",
    "forget_request",
    "forget_settled",
    "has_sensitive_consent",
    "keep_typing",
    "lead_of",
    "open_case",
    "open_together",
    "papers_until",
    "progress",
    "save_section",
    "submit",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an application has arrived, when, and by which day it is answered."""

    case_number: str
    submitted_at: datetime
    answer_by: date


def open_case(borrower: Borrower, loan_reference: str, *, key: str) -> Case:
    """Begin a case about one of the borrower's loans, or go on with the one that is open.

    Raises:
        LoanSettled: nothing is owed on it.
        NotFound: the loan is not theirs.
    """
    demand_scope(borrower, Scope.ANSWER)

    def effect() -> dict[str, Any]:
        loan = Loan.objects.filter(owned_by(borrower), reference=loan_reference).first()
        if loan is None:
            raise NotFound("loan")
        lock_loan(loan.reference)
        case = Case.objects.filter(loan=loan, is_open=True).first() or begin(borrower, loan)
        return {"case": case.number}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="application.open_case",
        key=key,
        request={"loan": loan_reference},
    )
    return theirs(borrower, answer["case"])


def draft(borrower: Borrower, case_number: str) -> Draft:
    """The application as it is kept. Raises NotFound."""
    return draft_of(theirs(borrower, case_number))


def save_section(
    borrower: Borrower, case_number: str, section: str, answers: Mapping[str, Any], *, key: str
) -> Draft:
    """Keep the answers of a section, as typed and, when they can be read, clean.

    Raises:
        AnswerProblems: field by field what needs another look; everything typed was kept.
        UnknownSection: there is no such section.
        CommandNotAllowed: the application has been handed in.
        NotFound: the case is not theirs.
    """
    _demand_answer(borrower, section)
    asked, answers = asked_of(theirs(borrower, case_number)), storable(answers)
    clean, problems = _read(section, answers, asked=asked)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, case_number)
        record = {"raw": dict(answers), "clean": clean, "is_checked": problems is None}
        command = SaveSection(
            section,
            answers_digest(record),
            problems is None,
            at=clock.now(),
            actor=borrower.actor,
        )
        decide(folded(case), command)
        if section == "cause" and clean is not None:
            case.cause = clean["cause"]
        if keep_answer(case, section, record=record, at=command.at):
            carry_out(case, command)
        return {"is_complete": problems is None}

    run_once(
        effect,
        actor=borrower.actor,
        command="application.save_section",
        key=key,
        request={"case": case_number, "section": section, "answers": answers_digest(answers)},
    )
    if problems is not None:
        raise problems
    return draft(borrower, case_number)


def keep_typing(
    borrower: Borrower, case_number: str, section: str, raw: Mapping[str, Any], *, key: str
) -> datetime:
    """Keep unchecked text of a section and return when; `Draft.typed` shows it again.

    The last text wins, so sending the same again changes nothing and needs no receipt.

    Raises:
        UnknownSection: there is no such section.
        CommandNotAllowed: the application has been handed in.
        NotFound: the case is not theirs.
    """
    _demand_answer(borrower, section)
    if section not in SECTIONS:
        raise UnknownSection(section)
    at = clock.now()
    with atomic():
        case = lock_theirs(borrower, case_number)
        decide(folded(case), SaveSection(section, "", False, at=at, actor=borrower.actor))
        earlier = case.answers.filter(section=section).first()
        clean = earlier.record["clean"] if earlier else None
        record = {"raw": storable(raw), "clean": clean, "is_checked": False}
        keep_answer(case, section, record=record, at=at)
    return at


def _demand_answer(borrower: Borrower, section: str) -> None:
    """Nobody agrees to anything in somebody else's place; all else may be answered for them."""
    if section == "consent":
        demand_themselves(borrower)
    demand_scope(borrower, Scope.ANSWER)


def submit(borrower: Borrower, case_number: str, *, key: str) -> Receipt:
    """Declare the answers true, freeze them, and hand the application in, for all its loans.

    A second tap, with the same key or another, gets the receipt of the first.

    Raises:
        NotComplete: names the sections that are still open.
        CommandNotAllowed: the case was withdrawn.
        NotFound: the case is not theirs.
    """
    demand_scope(borrower, Scope.ANSWER)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, case_number)
        told = folded(case)
        if told.submitted_at is not None and told.state is not CaseState.WITHDRAWN:
            return {}
        clean = draft_of(case).sections
        answer_by = promise(case)
        command = Submit(answers_digest(clean), answer_by, at=clock.now(), actor=borrower.actor)
        case.needs_care = needs_care(clean)
        carry_out(case, command, before=told)
        send_along(case, command)
        notices.received(case, answer_by=answer_by)
        return {}

    store_papers(theirs(borrower, case_number))
    run_once(
        effect,
        actor=borrower.actor,
        command="application.submit",
        key=key,
        request={"case": case_number},
    )
    return _receipt(theirs(borrower, case_number))


def withdraw(borrower: Borrower, case_number: str, *, key: str) -> Case:
    """Stop an application that has not become a plan.

    Raises:
        CommandNotAllowed: it is over, or a plan already.
        NotFound: the case is not theirs.
    """
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, case_number)
        command = Withdraw(at=clock.now(), actor=borrower.actor)
        carry_out(case, command)
        withdraw_along(case, command)
        notices.withdrawn(case)
        return {}

    run_once(
        effect,
        actor=borrower.actor,
        command="application.withdraw",
        key=key,
        request={"case": case_number},
    )
    return theirs(borrower, case_number)


def _read(
    section: str, answers: Mapping[str, Any], *, asked: Asked
) -> tuple[dict[str, Any] | None, AnswerProblems | None]:
    try:
        return parse_section(section, answers, asked=asked), None
    except AnswerProblems as problems:
        return None, problems


def _receipt(case: Case) -> Receipt:
    for event in events_of(case):
        if isinstance(event, CaseSubmitted):
            return Receipt(case.number, event.at, event.answer_by)
    raise NotFound("receipt")
