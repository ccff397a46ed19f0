"""The queue: saved views over the cases, with counts, from a few columns of the row.

A date in `answer_by` means that the lender is to act; without one the borrower is waited for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from tideover.app import clock
from tideover.app.db.models import Account, Case
from tideover.app.verbs import loans
from tideover.app.verbs.application.drafts import draft_of, missing_needs
from tideover.app.verbs.case.causes import cause_words
from tideover.app.verbs.case.rows import calendar
from tideover.app.verbs.rights import Right, demand
from tideover.cases import CaseState
from tideover.money import Money
from tideover.policy import Words
from tideover.safety import mask_name

VIEWS = ("mine", "unclaimed", "due-today", "waiting", "approval", "all")
"""The saved views; "waiting" are the cases that wait for the borrower."""

_ROWS_MAX = 200
_APPROVAL = Q(state=CaseState.AWAITING_APPROVAL.value)
_DECIDABLE = [
    CaseState.SUBMITTED.value,
    CaseState.ASSESSING.value,
    CaseState.OFFERED.value,
    CaseState.AWAITING_SIGNATURE.value,
]


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
    is_mine: bool
    days_past_due: int
    outstanding: Money
    answer_by: date | None
    working_days_left: int | None
    evidence_complete: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One view of the queue, and how many cases every view holds."""

    view: str
    items: tuple[QueueItem, ...]
    counts: Mapping[str, int]


def queue(
    agent: Account, *, view: str = "mine", search: str = "", count_max: int = _ROWS_MAX
) -> QueuePage:
    """A view of the queue, what is due first on top; or what a case number or last four finds.

    At most `count_max` cases are read out; the counts are of everything.

    Raises NotFound for accounts that do not read cases.
    """
    demand(agent, Right.READ_CASES)
    views = _views(agent)
    counts = {name: _submitted().filter(views[name]).count() for name in VIEWS}
    found = _search(search) if search else views.get(view, views["mine"])
    rows = _submitted().filter(found).select_related("loan", "borrower", "agent")
    ordered = sorted(rows.order_by("submitted_at")[:_ROWS_MAX], key=_urgency)
    return QueuePage(view, tuple(_item(case, agent) for case in ordered[:count_max]), counts)


def working_days_left(until: date | None) -> int | None:
    """Working days from today to a date, below zero when it has passed; None without a date."""
    if until is None:
        return None
    today, known = clock.today(), calendar()
    early, late = min(today, until), max(today, until)
    days = (early + timedelta(days=count) for count in range(1, (late - early).days + 1))
    count = sum(1 for day in days if known.is_working(day))
    return count if until >= today else -count


def _submitted() -> QuerySet[Case]:
    return Case.objects.filter(submitted_at__isnull=False)


def _views(agent: Account) -> dict[str, Q]:
    today = clock.today()
    lender_acts = Q(answer_by__isnull=False)
    return {
        "mine": Q(agent=agent, is_open=True) & lender_acts & ~_APPROVAL,
        "unclaimed": Q(is_open=True, agent__isnull=True),
        "due-today": Q(is_open=True, answer_by__lte=today),
        "waiting": Q(state__in=_DECIDABLE, answer_by__isnull=True),
        "approval": _APPROVAL,
        "all": Q(is_open=True),
    }


def _search(typed: str) -> Q:
    wanted = typed.strip()
    return Q(number__iexact=wanted) | Q(loan__account_last4=wanted) | Q(loan__reference=wanted)


def _urgency(case: Case) -> tuple[bool, date, date]:
    submitted = case.submitted_at.date() if case.submitted_at else clock.today()
    return case.answer_by is None, case.answer_by or submitted, submitted


def _item(case: Case, agent: Account) -> QueueItem:
    today = clock.today()
    state = loans.state(case.loan, today)
    return QueueItem(
        number=case.number,
        version=case.version,
        masked_name=mask_name(case.borrower.name),
        cause=cause_words(case.cause),
        product=loans.product_words(case.loan.product, today),
        last4=case.loan.account_last4 or case.loan.reference[-4:],
        state=CaseState(case.state),
        agent_login=case.agent.login if case.agent else None,
        is_mine=case.agent == agent,
        days_past_due=state.days_past_due,
        outstanding=state.outstanding.total,
        answer_by=case.answer_by,
        working_days_left=working_days_left(case.answer_by),
        evidence_complete=not missing_needs(draft_of(case)),
    )
