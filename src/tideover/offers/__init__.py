"""The plans a household can carry and the law allows, at most three, each with its reason."""

from tideover.offers.countering import Counter, CounterOutcome, counter
from tideover.offers.credit import NORMAL_MARK, credit_code, credit_mark, monthly_mark
from tideover.offers.exploring import PlanPoint, plans_by_length
from tideover.offers.finding import find_offers
from tideover.offers.offer import Offer, OfferSet, Refused, TightestMonth
from tideover.offers.records import (
    offer_from_record,
    offer_set_from_record,
    offer_set_to_record,
    offer_to_record,
)
from tideover.offers.rejudging import (
    OfferRejudged,
    Rejudged,
    VerdictChange,
    rejudge,
    rejudge_offer,
)
from tideover.offers.request import WISH_WORDS, OfferRequest, Wish, WishKind
from tideover.offers.situation import household_capacity
from tideover.offers.waiting import WaitingCost, cost_of_waiting

__all__ = [
    "NORMAL_MARK",
    "WISH_WORDS",
    "Counter",
    "CounterOutcome",
    "Offer",
    "OfferRejudged",
    "OfferRequest",
    "OfferSet",
    "PlanPoint",
    "Refused",
    "Rejudged",
    "TightestMonth",
    "VerdictChange",
    "WaitingCost",
    "Wish",
    "WishKind",
    "cost_of_waiting",
    "counter",
    "credit_code",
    "credit_mark",
    "find_offers",
    "household_capacity",
    "monthly_mark",
    "offer_from_record",
    "offer_set_from_record",
    "offer_set_to_record",
    "offer_to_record",
    "plans_by_length",
    "rejudge",
    "rejudge_offer",
]
