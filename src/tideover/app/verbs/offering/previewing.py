"""What a borrower would read if these candidates were sent today. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tideover.affordability import MonthCapacity
from tideover.app import clock
from tideover.app.db.models import Account
from tideover.app.verbs import loans
from tideover.app.verbs.case.notices import offers_ready_words
from tideover.app.verbs.case.rows import folded, for_staff
from tideover.app.verbs.offering.basis import chosen, offer_set_of, round_of
from tideover.app.verbs.offering.sending import last_open_day
from tideover.app.verbs.refusals import NotFound
from tideover.cases.refusals import NoSuchCandidates
from tideover.offers import Offer
from tideover.policy import Words
from tideover.safety import mask_name


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersPreview:
    """The candidates as they would be sent, the message to the phone, and in which language."""

    case_number: str
    masked_name: str
    language: str
    loan: loans.LoanView
    offers: tuple[Offer, ...]
    open_until: date
    capacity: tuple[MonthCapacity, ...]
    message: Words
    version: int


def preview_offers(account: Account, number: str, *, offer_keys: Sequence[str]) -> OffersPreview:
    """Return what would be read; without keys, of the candidates that wait for an approver.

    Raises:
        NoSuchCandidates: none was chosen, or one that is no candidate.
        NotFound.
    """
    case = for_staff(account, number)
    told = folded(case)
    keys = tuple(dict.fromkeys(offer_keys)) or told.requested
    if told.candidates is None:
        raise NotFound("offers")
    offer_set = offer_set_of(round_of(case, told.candidates.set_digest))
    offers = chosen(offer_set, keys)
    if not offers or len(offers) != len(keys):
        raise NoSuchCandidates(told, keys)
    last = last_open_day(case, offers)
    return OffersPreview(
        case_number=case.number,
        masked_name=mask_name(case.borrower.name),
        language="en" if case.borrower.language == "en" else "zh-hans",
        loan=loans.view_of(case.loan, clock.today()),
        offers=offers,
        open_until=last,
        capacity=offer_set.capacity,
        message=offers_ready_words(case.number, last),
        version=told.version,
    )
