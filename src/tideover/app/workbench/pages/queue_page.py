"""The rows of the queue, with their deadline said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tideover.app.db.models import Account
from tideover.app.verbs import assessment
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench import text
from tideover.app.workbench.pages.states import state_words


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCard:
    """One case of the queue: the verb's row, its address, and its state and deadline in words."""

    item: assessment.QueueItem
    address: str
    state: str
    deadline: str
    is_late: bool


def view_named(asked: str, *, account: Account) -> str:
    """Return the view that was asked for, or the one that the role starts its day with."""
    if asked in assessment.VIEWS:
        return asked
    if may(account, Right.APPROVE):
        return "approval"
    return "mine" if may(account, Right.WORK_CASES) else "all"


def queue_context(page: assessment.QueuePage, *, search: str) -> dict[str, Any]:
    """Return what the queue page shows."""
    asked = {"view": page.view, "search": search}
    turn = urlencode({name: value for name, value in asked.items() if value})
    return {
        "page": page,
        "rows": queue_cards(page.items),
        "search": search,
        "earlier": f"?{turn}&page={page.page - 1}" if page.page > 1 else "",
        "later": f"?{turn}&page={page.page + 1}" if page.has_more else "",
    }


def queue_cards(items: Sequence[assessment.QueueItem]) -> tuple[QueueCard, ...]:
    """Return the rows of `items`."""
    return tuple(
        QueueCard(
            item=item,
            address=reverse("workbench:case", args=[item.number]),
            state=state_words(item.state),
            deadline=deadline_words(item),
            is_late=item.working_days_left is not None and item.working_days_left <= 0,
        )
        for item in items
    )


def deadline_words(item: assessment.QueueItem) -> str:
    """Return how long there is to answer the borrower: in working days, or that it is over."""
    left = item.working_days_left
    if left is None or item.answer_by is None:
        return _("no deadline now")
    if left < 0:
        return _("promised by %(day)s") % {"day": text.short_day(item.answer_by)}
    if left == 0:
        return _("answer due today")
    return ngettext("%(left)s working day left", "%(left)s working days left", left) % {
        "left": left
    }
