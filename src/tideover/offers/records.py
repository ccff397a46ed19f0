"""Offers as JSON-ready records that come back exactly, so that what was said can be shown again."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tideover.affordability import capacity_from_record, capacity_to_record
from tideover.loan import CostOfCredit, components_from_record, components_to_record
from tideover.money import Currency, Money, currency
from tideover.offers.offer import Offer, OfferSet, Refused, TightestMonth
from tideover.options import Proposal
from tideover.policy import Verdict, Words

__all__ = ["offer_from_record", "offer_set_from_record", "offer_set_to_record", "offer_to_record"]

AMOUNTS = ("payment", "total", "total_interest", "extra_interest")
DAYS = ("earliest_due", "latest_due")
WORDS = ("label", "why", "credit_record")
PLAIN = ("key", "instalments", "credit_code", "needs_approval", "is_recommended")


def offer_to_record(offer: Offer) -> dict[str, Any]:
    """Return an offer as a record: its event, its figures, its words and its verdicts."""
    return {
        "currency": offer.payment.currency.code,
        **{name: getattr(offer, name) for name in PLAIN},
        **{name: getattr(offer, name).text for name in AMOUNTS},
        **{name: getattr(offer, name).isoformat() for name in DAYS},
        **{name: getattr(offer, name).to_record() for name in WORDS},
        "proposal": offer.proposal.to_record(),
        "annual_cost": _cost_to_record(offer.annual_cost),
        "waived": components_to_record(offer.waived),
        "verdicts": [verdict.to_record() for verdict in offer.verdicts],
        "approval_because": [words.to_record() for words in offer.approval_because],
        "tightest_month": {
            "on": offer.tightest_month.on.isoformat(),
            "amount": offer.tightest_month.amount.text,
            "capacity": offer.tightest_month.capacity.text,
        },
    }


def offer_from_record(record: Mapping[str, Any]) -> Offer:
    """Return the offer that `offer_to_record` wrote down, equal in every figure and word."""
    unit = currency(record["currency"])
    tightest = record["tightest_month"]
    fields: dict[str, Any] = {name: record[name] for name in PLAIN}
    fields |= {name: Money.parse(record[name], unit) for name in AMOUNTS}
    fields |= {name: date.fromisoformat(record[name]) for name in DAYS}
    fields |= {name: Words.from_record(record[name]) for name in WORDS}
    return Offer(
        **fields,
        proposal=Proposal.from_record(record["proposal"]),
        annual_cost=_cost_from_record(record["annual_cost"], unit),
        waived=components_from_record(record["waived"], unit),
        verdicts=tuple(Verdict.from_record(one) for one in record["verdicts"]),
        approval_because=tuple(Words.from_record(one) for one in record["approval_because"]),
        tightest_month=TightestMonth(
            on=date.fromisoformat(tightest["on"]),
            amount=Money.parse(tightest["amount"], unit),
            capacity=Money.parse(tightest["capacity"], unit),
        ),
    )


def offer_set_to_record(offer_set: OfferSet) -> dict[str, Any]:
    """Return an offer set as a record."""
    months = offer_set.capacity
    # Sets from before they were counted stay as they were written.
    counted = {"combinations": offer_set.combinations} if offer_set.combinations else {}
    return {
        "on": offer_set.on.isoformat(),
        "loan_reference": offer_set.loan_reference,
        "currency": months[0].capacity.currency.code,
        "offers": [offer_to_record(offer) for offer in offer_set.offers],
        "refused": [
            {
                "code": one.code,
                "words": one.words.to_record(),
                "would_change": one.would_change.to_record(),
            }
            for one in offer_set.refused
        ],
        "capacity": [capacity_to_record(month) for month in months],
        "next_steps": [words.to_record() for words in offer_set.next_steps],
        "policy_digest": offer_set.policy_digest,
        **counted,
    }


def offer_set_from_record(record: Mapping[str, Any]) -> OfferSet:
    """Return the offer set that `offer_set_to_record` wrote down."""
    unit = currency(record["currency"])
    return OfferSet(
        on=date.fromisoformat(record["on"]),
        loan_reference=record["loan_reference"],
        offers=tuple(offer_from_record(one) for one in record["offers"]),
        refused=tuple(
            Refused(
                code=one["code"],
                words=Words.from_record(one["words"]),
                would_change=Words.from_record(one["would_change"]),
            )
            for one in record["refused"]
        ),
        capacity=tuple(capacity_from_record(one, unit=unit) for one in record["capacity"]),
        next_steps=tuple(Words.from_record(one) for one in record["next_steps"]),
        policy_digest=record["policy_digest"],
        combinations=record.get("combinations", 0),
    )


def _cost_to_record(cost: CostOfCredit) -> dict[str, str]:
    return {
        "nominal": str(cost.nominal),
        "effective": str(cost.effective),
        "total_interest": cost.total_interest.text,
        "total_fee": cost.total_fee.text,
        "total": cost.total.text,
    }


def _cost_from_record(record: Mapping[str, str], unit: Currency) -> CostOfCredit:
    return CostOfCredit(
        nominal=Fraction(record["nominal"]),
        effective=Fraction(record["effective"]),
        total_interest=Money.parse(record["total_interest"], unit),
        total_fee=Money.parse(record["total_fee"], unit),
        total=Money.parse(record["total"], unit),
    )
