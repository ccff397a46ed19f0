"""The frame around every page of the desk: who is here, where one can go, what waits there."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tideover.app.db.models import Account, Role
from tideover.app.verbs import assessment
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import account_of
from tideover.app.workbench.pages.queue_page import QueueCard, queue_cards, view_named

RAIL_CARDS_MAX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page one can go to from the bar on top; `count` is what waits there, if anything does."""

    name: str
    label: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The bar on top and the rail at the left; `here` is the address to come back to."""

    account: Account
    role: str
    active: str
    places: tuple[Place, ...]
    views: tuple[Place, ...]
    cards: tuple[QueueCard, ...]
    current_view: str
    here: str
    works_cases: bool
    may_export: bool
    may_assign: bool
    may_audit: bool


def chrome(
    request: HttpRequest, *, active: str, queue: assessment.QueuePage | None = None
) -> dict[str, Any]:
    """Return the context of the frame; `queue` saves asking for a page that is at hand."""
    account = account_of(request)
    has_queue = may(account, Right.READ_CASES)
    if queue is None and has_queue:
        queue = assessment.queue(
            account, view=view_named("", account=account), rows_max=RAIL_CARDS_MAX
        )
    counts = queue.counts if queue else {}
    frame = Chrome(
        account=account,
        role=role_words(account),
        active=active,
        places=_places(account, counts=counts),
        views=_views(counts) if has_queue else (),
        cards=queue_cards(queue.items[:RAIL_CARDS_MAX]) if queue else (),
        current_view=queue.view if queue else "",
        here=_here(request),
        works_cases=may(account, Right.WORK_CASES),
        may_export=may(account, Right.EXPORT),
        may_assign=may(account, Right.ASSIGN),
        may_audit=may(account, Right.AUDIT),
    )
    return {"desk": frame}


def _here(request: HttpRequest) -> str:
    """Return the address of this page; of the page behind it for a refused command."""
    match = request.resolver_match
    if request.method in {"GET", "HEAD"} or match is None:
        return request.get_full_path()
    if match.url_name in {"approve", "send-back"}:
        return reverse("workbench:approvals")
    if "number" in match.kwargs:
        return reverse("workbench:case", args=[match.kwargs["number"]])
    return request.path


def role_words(account: Account) -> str:
    """Return the role in words."""
    return {
        Role.AGENT: _("case agent"),
        Role.SENIOR_AGENT: _("senior agent"),
        Role.APPROVER: _("approver"),
        Role.SUPERVISOR: _("supervisor"),
        Role.AUDITOR: _("auditor, reads only"),
        Role.FINANCE: _("finance"),
        Role.ADMINISTRATOR: _("administrator"),
    }.get(Role(account.role), "")


def view_names() -> tuple[tuple[str, str], ...]:
    """Return the saved views of the queue with their labels, in the order of the rail."""
    return (
        ("mine", _("Mine")),
        ("unclaimed", _("Unclaimed")),
        ("due-today", _("To answer today")),
        ("late", _("Late")),
        ("waiting", _("With the borrower")),
        ("approval", _("Awaiting approval")),
        ("messages", _("Messages to answer")),
        ("flagged", _("Warnings")),
        ("care", _("Care needed")),
        ("review", _("Plans to look at again")),
        ("all", _("All open")),
    )


def _views(counts: Any) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=name,
            label=label,
            address=f"{reverse('workbench:queue')}?view={name}",
            count=counts.get(name, 0),
        )
        for name, label in view_names()
    )


def _places(account: Account, *, counts: Any) -> tuple[Place, ...]:
    cases = (
        Place(name="queue", label=_("Queue"), address=reverse("workbench:queue")),
        Place(
            name="approvals",
            label=_("Approvals"),
            address=reverse("workbench:approvals"),
            count=counts.get("approval", 0),
        ),
    )
    one_page = (
        (Right.WORK_CASES, "telephone", _("Telephone")),
        (Right.WORK_CASES, "arrivals", _("Came in")),
        (Right.BOOK_PAYMENTS, "payments", _("Payments")),
        (Right.IMPORT_LOANS, "tapes", _("Loan tapes")),
        (Right.SUPERVISE, "supervision", _("Supervision")),
        (Right.AUDIT, "log", _("Log")),
        (Right.VERIFY, "checks", _("Checks")),
        (Right.READ_POLICY, "policy", _("Policy book")),
        (Right.READ_CHANNELS, "channels", _("Official channels")),
        (Right.READ_STAFF, "staff", _("Staff")),
    )
    places: tuple[Place, ...] = cases if may(account, Right.READ_CASES) else ()
    places += tuple(
        Place(name=name, label=label, address=reverse(f"workbench:{name}"))
        for right, name, label in one_page
        if may(account, right)
    )
    outbox = Place(name="outbox", label=_("Outbox"), address=reverse("workbench:outbox"))
    return places + ((outbox,) if settings.DEMO else ())
