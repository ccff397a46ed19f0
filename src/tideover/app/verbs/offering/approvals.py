"""What waits for an approver: only what differs and what is over a limit."""

from dataclasses import dataclass
from datetime import datetime

from tideover.app.db.models import Account, Case
from tideover.app.verbs.case.causes import cause_words
from tideover.app.verbs.case.rows import called, events_of
from tideover.app.verbs.loans import product_words
from tideover.app.verbs.offering.basis import chosen, offer_set_of, round_of
from tideover.app.verbs.rights import Right, demand
from tideover.cases import CaseState, fold
from tideover.cases.events import ApprovalRequested
from tideover.offers import Offer
from tideover.policy import Words
from tideover.safety import mask_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalItem:
    """Offers that wait for a yes. `is_own` says that this reader made them and may not give it."""

    number: str
    version: int
    masked_name: str
    product: Words
    asked_by: str
    asked_at: datetime
    offers: tuple[Offer, ...]
    breaches: tuple[Words, ...]
    is_own: bool
    cause: Words | None


def approvals(approver: Account) -> tuple[ApprovalItem, ...]:
    """Every case that waits for an approver, the one waiting longest first.

    Raises NotFound for accounts that do not read cases.
    """
    demand(approver, Right.READ_CASES)
    waiting = Case.objects.filter(state=CaseState.AWAITING_APPROVAL.value)
    items = [_item(case, approver) for case in waiting.select_related("loan", "borrower")]
    return tuple(sorted(items, key=lambda item: item.asked_at))


def _item(case: Case, approver: Account) -> ApprovalItem:
    events = events_of(case)
    told = fold(events)
    asked = [event for event in events if isinstance(event, ApprovalRequested)][-1]
    offers = chosen(offer_set_of(round_of(case, asked.set_digest)), asked.offer_keys)
    makers = {asked.actor, told.candidates.made_by if told and told.candidates else ""}
    return ApprovalItem(
        number=case.number,
        version=case.version,
        masked_name=mask_name(case.borrower.name),
        product=product_words(case.loan.product, asked.at.date()),
        asked_by=called(asked.actor).en,
        asked_at=asked.at,
        offers=offers,
        breaches=tuple(dict.fromkeys(why for offer in offers for why in offer.approval_because)),
        is_own=approver.login in makers,
        cause=cause_words(case.cause),
    )
