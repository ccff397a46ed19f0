"""The rows of the queue, read for a whole page at once.

What is owed comes from the stored folds of the loans, so that no row of a page folds its loan; only
a loan whose stored fold does not reach today is folded afresh.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tideover.app import clock
from tideover.app.db.models import Account, Answer, Borrower, Case, EvidenceFile, Loan, LoanFold
from tideover.app.verbs import loans
from tideover.app.verbs.application.drafts import Draft, missing_needs, needs_of
from tideover.app.verbs.books.stored_fold import figures_on
from tideover.app.verbs.case.causes import cause_words
from tideover.app.verbs.case.rows import calendar
from tideover.cases import CaseState
from tideover.money import Money, currency
from tideover.policy import Words
from tideover.safety import mask_name

_ASKED = ("cause", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One case in the queue. Working days left are below zero when the promise is broken."""

    number: str
    version: int
    masked_name: str
    cause: Words | None
    product: Words
    last4: str
    state: CaseState
    agent_login: str | None
    agent_name: str
    is_mine: bool
    days_past_due: int
    outstanding: Money
    answer_by: date | None
    working_days_left: int | None
    evidence_complete: bool
    has_message: bool
    flags_open: int


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page of rows is made from, looked up once for all of them."""

    borrowers: Mapping[Any, Borrower]
    loans: Mapping[Any, Loan]
    folds: Mapping[Any, LoanFold]
    answers: Mapping[Any, dict[str, dict[str, Any]]]
    files: Mapping[Any, list[EvidenceFile]]


def items_of(cases: Sequence[Case], *, agent: Account) -> tuple[QueueItem, ...]:
    """The rows of these cases in their order, as `agent` sees them."""
    page = _read(cases)
    for case in cases:
        case.borrower, case.loan = page.borrowers[case.borrower_id], page.loans[case.loan_id]
    return tuple(_item(case, page, agent=agent) for case in cases)


def working_days_left(until: date | None) -> int | None:
    """Working days from today to a date, below zero when it has passed; None without a date."""
    if until is None:
        return None
    today, known = clock.today(), calendar()
    early, late = min(today, until), max(today, until)
    days = (early + timedelta(days=count) for count in range(1, (late - early).days + 1))
    count = sum(1 for day in days if known.is_working(day))
    return count if until >= today else -count


def _read(cases: Sequence[Case]) -> _Page:
    loan_ids = [case.loan_id for case in cases]
    answers: dict[Any, dict[str, dict[str, Any]]] = defaultdict(dict)
    for answer in Answer.objects.filter(case__in=cases, section__in=_ASKED):
        answers[answer.case_id][answer.section] = answer.record["clean"]
    files: dict[Any, list[EvidenceFile]] = defaultdict(list)
    kept = EvidenceFile.objects.exclude(status=EvidenceFile.Status.REMOVED)
    for file in kept.filter(case__in=cases):
        files[file.case_id].append(file)
    return _Page(
        borrowers=Borrower.objects.in_bulk([case.borrower_id for case in cases]),
        loans=Loan.objects.in_bulk(loan_ids),
        folds=LoanFold.objects.in_bulk(loan_ids),
        answers=answers,
        files=files,
    )


def _item(case: Case, page: _Page, *, agent: Account) -> QueueItem:
    today = clock.today()
    agent_of = None if _lease_is_over(case) else case.agent
    days_past_due, outstanding = _owed(case.loan, page.folds.get(case.loan_id), today)
    return QueueItem(
        number=case.number,
        version=case.version,
        masked_name=mask_name(case.borrower.name),
        cause=cause_words(case.cause),
        product=loans.product_words(case.loan.product, today),
        last4=case.loan.account_last4 or case.loan.reference[-4:],
        state=CaseState(case.state),
        agent_login=agent_of.login if agent_of else None,
        agent_name=(agent_of.display_name or agent_of.login) if agent_of else "",
        is_mine=agent_of == agent,
        days_past_due=days_past_due,
        outstanding=outstanding,
        answer_by=case.answer_by,
        working_days_left=working_days_left(case.answer_by),
        evidence_complete=_is_complete(case, page),
        has_message=case.waits_since is not None,
        flags_open=case.flags_open,
    )


def _lease_is_over(case: Case) -> bool:
    return case.lease_until is not None and clock.now() >= case.lease_until


def _owed(loan: Loan, fold: LoanFold | None, today: date) -> tuple[int, Money]:
    figures = figures_on(fold, today) if fold else None
    if figures is not None:
        return figures.days_past_due, Money(figures.outstanding, currency(loan.currency))
    state = loans.state(loan, today)
    return state.days_past_due, state.outstanding.total


def _is_complete(case: Case, page: _Page) -> bool:
    sections = {name: clean for name, clean in page.answers[case.pk].items() if clean}
    draft = Draft(
        case=case,
        sections=sections,
        typed={},
        evidence=tuple(page.files[case.pk]),
        complete=frozenset(),
        missing=(),
        needs=needs_of(case, sections),
    )
    return not missing_needs(draft)
