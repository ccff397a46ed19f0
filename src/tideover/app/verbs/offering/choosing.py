"""The borrower's choice among the offers on the table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tideover.affordability import MonthCapacity
from tideover.app import clock
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Agreement, Borrower, Case, OfferRound, Scope
from tideover.app.verbs import loans
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.case.rows import carry_out, events_of, folded, lock_theirs, theirs
from tideover.app.verbs.offering import agreements
from tideover.app.verbs.offering.basis import (
    chosen,
    demand_current,
    loan_digest,
    offer_set_of,
    round_of,
)
from tideover.app.verbs.receipts import run_once, was_answered
from tideover.app.verbs.refusals import NotFound
from tideover.cases import decide
from tideover.cases.commands import AcceptOffer
from tideover.cases.events import OffersSent
from tideover.cases.refusals import OfferNotOnTheTable, last_day
from tideover.offers import Offer

_ACCEPT = "offering.accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersView:
    """The offers that the borrower was sent last.

    `is_open` says whether one can be accepted now: they are on the table, their last day
    (`open_until`) is not over, and nothing was booked on the loan since they were worked out.
    Send `set_digest` back as `accept(seen=…)`.
    """

    case_number: str
    loan: loans.LoanView
    offers: tuple[Offer, ...]
    open_until: date
    is_open: bool
    is_current: bool
    capacity: tuple[MonthCapacity, ...]
    chosen_key: str | None
    set_digest: str
    earlier_keys: frozenset[str]


def borrower_offers(borrower: Borrower, number: str) -> OffersView:
    """The offers sent last, open or not. Raises NotFound when none was ever sent."""
    case = theirs(borrower, number)
    told = folded(case)
    sent = [event for event in events_of(case) if isinstance(event, OffersSent)]
    if not sent:
        raise NotFound("offers")
    row = round_of(case, sent[-1].set_digest)
    offer_set = offer_set_of(row)
    is_current = loan_digest(case.loan) == row.record["loan_digest"]
    is_open = told.table is not None and not told.has_lapsed(clock.now()) and is_current
    return OffersView(
        case_number=case.number,
        loan=loans.loan_view(borrower, case.loan.reference, clock.today()),
        offers=chosen(offer_set, sent[-1].offer_keys),
        open_until=last_day(sent[-1].open_until),
        is_open=is_open,
        is_current=is_current,
        capacity=offer_set.capacity,
        chosen_key=told.accepted,
        set_digest=sent[-1].set_digest,
        earlier_keys=frozenset(key for event in sent[:-1] for key in event.offer_keys),
    )


def accept(
    borrower: Borrower, number: str, offer_key: str, *, key: str, seen: str | None = None
) -> Agreement:
    """Choose an offer; its agreement is drawn up and can be read and signed.

    Choosing the same offer again gives the same agreement; another one may be chosen until the
    signature. `seen` is the digest of the set that the borrower was looking at.

    Raises:
        OfferNotOnTheTable: it was replaced or withdrawn.
        OfferExpired: its last day is over.
        OfferOutOfDate: something was booked on the loan since it was worked out.
        CommandNotAllowed, NotFound.
    """
    demand_scope(borrower, Scope.NEGOTIATE)
    case = theirs(borrower, number)
    command = AcceptOffer(offer_key, seen, at=clock.now(), actor=borrower.actor)
    actor = borrower.actor
    drawn: agreements.Drawn | None = None
    if not was_answered(actor=actor, command=_ACCEPT, key=key):
        # Typesetting takes its time, so it is done before the transaction, for the round of now.
        drawn = agreements.draw_up(case, _acceptable(case, command), offer_key)

    def effect() -> dict[str, Any]:
        locked = lock_theirs(borrower, number)
        lock_loan(locked.loan.reference)
        row = _acceptable(locked, command)
        if drawn is None or row.number != drawn.round_number:
            raise OfferNotOnTheTable(folded(locked), offer_key)
        agreement = agreements.keep(locked, drawn)
        carry_out(locked, command)
        row.accepted_key = offer_key
        row.save(update_fields=["accepted_key"])
        return {"agreement": agreement.number}

    answer = run_once(
        effect,
        actor=actor,
        command=_ACCEPT,
        key=key,
        request={"case": number, "offer": offer_key, "seen": seen},
    )
    return Agreement.objects.get(case=case, number=answer["agreement"])


def _acceptable(case: Case, command: AcceptOffer) -> OfferRound:
    """The round of the offer, if it can be accepted now; raises why not."""
    told = folded(case)
    decide(told, command)
    if told.table is None:
        raise OfferNotOnTheTable(told, command.offer_key)
    row = round_of(case, told.table.set_digest)
    demand_current(case, digest=row.record["loan_digest"], on=offer_set_of(row).on)
    return row
