"""Trying lengths, and other ways out, beside the offers: worked out by the engine of the offers."""

from dataclasses import dataclass

from tideover.app.db.models import Borrower, Case
from tideover.app.verbs.case.rows import events_of, theirs
from tideover.app.verbs.offering.basis import offer_set_of, request_of, round_of
from tideover.app.verbs.refusals import NotFound
from tideover.cases.events import OffersSent
from tideover.money import Money
from tideover.offers import Offer, OfferRequest, OfferSet, PlanPoint, plans_by_length
from tideover.offers.joint import Around, around

_LONGEST = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """Plans of every length on the day of the offers, and the offers among them.

    `limit` is what can be paid in the month of the first payment.
    """

    points: tuple[PlanPoint, ...]
    offers: tuple[Offer, ...]
    limit: Money


def explore(borrower: Borrower, number: str) -> Explored:
    """Every length for the borrower's own case. Raises NotFound when no offers were ever sent."""
    case, sent = _sent(borrower, number)
    offer_set = _set_of(case, sent)
    request = _request(case, offer_set)
    offers = tuple(offer for offer in offer_set.offers if offer.key in sent.offer_keys)
    longest = max(_LONGEST, *(offer.instalments for offer in offers))
    first = min(offer.earliest_due for offer in offers).replace(day=1)
    limits = {month.month: month.capacity for month in offer_set.capacity}
    return Explored(
        points=plans_by_length(request, longest=longest),
        offers=offers,
        limit=limits.get(first) or Money.zero(offers[0].payment.currency),
    )


def look_around(borrower: Borrower, number: str, key: str) -> Around:
    """What stands around one of the borrower's offers. Raises NotFound when there is none."""
    case, sent = _sent(borrower, number)
    offer_set = _set_of(case, sent)
    offer = next((one for one in offer_set.offers if one.key == key), None)
    if offer is None or key not in sent.offer_keys:
        raise NotFound("offer")
    return around(_request(case, offer_set), offer)


def _sent(borrower: Borrower, number: str) -> tuple[Case, OffersSent]:
    case = theirs(borrower, number)
    sent = [event for event in events_of(case) if isinstance(event, OffersSent)]
    if not sent:
        raise NotFound("offers")
    return case, sent[-1]


def _set_of(case: Case, sent: OffersSent) -> OfferSet:
    return offer_set_of(round_of(case, sent.set_digest))


def _request(case: Case, offer_set: OfferSet) -> OfferRequest:
    return request_of(case, offer_set.on)
