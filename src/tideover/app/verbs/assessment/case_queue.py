"""The queue: saved views over the cases, with counts, from a few columns of the row.

A date in `answer_by` means that the lender is to act; without one the borrower is waited for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from tideover.app import clock
from tideover.app.db.models import Account, Case, Loan, PlanReview
from tideover.app.verbs.assessment.queue_items import QueueItem, items_of
from tideover.app.verbs.rights import Right, demand
from tideover.cases import CaseState

VIEWS = (
    "mine",
    "unclaimed",
    "due-today",
    "late",
    "waiting",
    "approval",
    "messages",
    "flagged",
    "care",
    "review",
    "all",
)
"""The saved views; "waiting" are the cases that wait for the borrower."""

ROWS_ON_PAGE = 50
#: Written out rather than bound: SQLite uses a partial index only where it can read the condition.
_NONE = RawSQL("0", ())
_APPROVAL = Q(state=CaseState.AWAITING_APPROVAL.value)
_DECIDABLE = [
    CaseState.SUBMITTED.value,
    CaseState.ASSESSING.value,
    CaseState.OFFERED.value,
    CaseState.AWAITING_SIGNATURE.value,
]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One view of the queue, and how many cases every view holds."""

    view: str
    items: tuple[QueueItem, ...]
    counts: Mapping[str, int]
    page: int = 1
    has_more: bool = False


def queue(
    agent: Account,
    *,
    view: str = "mine",
    search: str = "",
    page: int = 1,
    rows_max: int = ROWS_ON_PAGE,
) -> QueuePage:
    """A page of a view of the queue, what is due first on top; or what a search finds.

    A search takes a case number, the last four digits of a loan, or its reference. The counts are
    of everything, whatever the page.

    Raises NotFound for accounts that do not read cases.
    """
    demand(agent, Right.READ_CASES)
    views = _views(agent)
    counts = {name: Case.objects.filter(views[name]).count() for name in VIEWS}
    found = _search(search) if search else views.get(view, views["mine"])
    rows = Case.objects.filter(found, submitted_at__isnull=False).select_related("agent")
    first = (max(page, 1) - 1) * rows_max
    ordered = rows.order_by(F("answer_by").asc(nulls_last=True), "submitted_at", "number")
    some = list(ordered[first : first + rows_max + 1])
    return QueuePage(
        view=view,
        items=items_of(some[:rows_max], agent=agent),
        counts=counts,
        page=max(page, 1),
        has_more=len(some) > rows_max,
    )


def _views(agent: Account) -> dict[str, Q]:
    today = clock.today()
    queued = Q(is_open=True, submitted_at__isnull=False)
    return {
        "mine": queued & Q(agent=agent, answer_by__isnull=False) & ~_APPROVAL,
        "unclaimed": queued & Q(agent__isnull=True),
        "due-today": queued & Q(answer_by=today),
        "late": queued & Q(answer_by__lt=today),
        "waiting": queued & Q(state__in=_DECIDABLE, answer_by__isnull=True),
        "approval": queued & _APPROVAL,
        "messages": Q(waits_since__isnull=False),
        "flagged": Q(flags_open__gt=_NONE),
        "care": queued & Q(needs_care=True),
        "review": Q(pk__in=_reviews_waiting(today)),
        "all": queued,
    }


def _reviews_waiting(today: date) -> list[UUID]:
    """The cases of plans to be looked at again now: few, and read first, whatever the database."""
    waiting = Q(due_on__lte=today) | Q(word=PlanReview.Word.BETTER)
    open_now = PlanReview.objects.filter(
        waiting, closed_on__isnull=True, agreement__is_in_force=True
    )
    return list(open_now.values_list("agreement__case", flat=True))


def _search(typed: str) -> Q:
    """The case of this number, or those of the loans that end so or are so called.

    The loans are read first: a database goes through all cases where one condition is a key and the
    other a query of its own.
    """
    wanted = typed.strip()
    theirs = Loan.objects.filter(Q(account_last4=wanted) | Q(reference=wanted))
    return Q(number=wanted.upper()) | Q(loan__in=list(theirs.values_list("pk", flat=True)))
