"""Working out the answer to proposed terms: the plan, the set it joins, and the words kept."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tideover.app import clock
from tideover.app.db.models import Case
from tideover.app.verbs.case.rows import end_of_day, parameters_of, promise
from tideover.app.verbs.offering.allowance import demand_allowance, fits, too_long
from tideover.app.verbs.offering.basis import (
    chosen,
    loan_digest,
    offer_set_of,
    request_of,
    round_of,
)
from tideover.app.verbs.offering.sending import last_open_day
from tideover.cases import Case as CaseFold
from tideover.cases import FoundSet, OfferOnFile, RoundAnswer, RoundOutcome, Terms, record_digest
from tideover.money import Money, currency
from tideover.offers import (
    Counter,
    CounterOutcome,
    Offer,
    OfferRequest,
    OfferSet,
    Wish,
    WishKind,
    counter,
    household_capacity,
    offer_set_to_record,
)
from tideover.policy import Words

_OUTCOMES = {
    CounterOutcome.ACCEPTED: RoundOutcome.ACCEPTED,
    CounterOutcome.NEAREST: RoundOutcome.NEAREST,
    CounterOutcome.REFUSED: RoundOutcome.REFUSED,
}
#: What the keys of plans found for a proposal begin with; the round's number follows.
COUNTER_KEY = "counter-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer, with the record of the set it found and the last day that set is open."""

    answer: RoundAnswer
    record: dict[str, Any] | None = None
    last_day: date | None = None


def answer_terms(case: Case, told: CaseFold, terms: Terms) -> Answered:
    """Return how the policy of today answers `terms` on today's account. Writes nothing.

    Raises:
        AllowanceUsedUp: the policy gives no further plan on this loan.
    """
    allowance, request = demand_allowance(case), _request(case, terms)
    reply = counter(request)
    if reply.offer is not None and not fits(reply.offer, allowance):
        used_up = too_long([reply.offer], allowance)
        reply = replace(reply, offer=None, difference=None, refused=(*reply.refused, used_up))
    if reply.offer is None:
        return Answered(answer=_answer(RoundOutcome.REFUSED, reply, key=None))
    stays, outcome = _stays(case, told), _OUTCOMES[reply.outcome]
    same = next((one for one in stays if _is_same(one, reply.offer)), None)
    if same is not None:
        return Answered(answer=_answer(outcome, reply, key=same.key))
    key = f"{COUNTER_KEY}{len(told.rounds) + 1}"
    new = replace(reply.offer, key=key, is_recommended=not stays)
    if new.needs_approval:
        outcome = RoundOutcome.WITH_PERSON
    return _with_set(case, told, _answer(outcome, reply, key=key), (new, *stays), request)


def _request(case: Case, terms: Terms) -> OfferRequest:
    unit = currency(case.loan.currency)
    monthly = Money(terms.monthly_minor, unit) if terms.monthly_minor is not None else None
    kind = WishKind.PAY_LESS if monthly else WishKind.LONGER
    wish = Wish(
        kind=WishKind.PAUSE if terms.pause_months else kind,
        monthly=monthly,
        instalments=terms.instalments,
        pause_months=terms.pause_months,
    )
    return replace(request_of(case, clock.today()), wish=wish)


def _stays(case: Case, told: CaseFold) -> tuple[Offer, ...]:
    """Return the offers that stay on the table: all that could still be accepted as they are.

    What answered an earlier round does not: an answer takes the place of the one before.
    """
    if told.table is None:
        return ()
    row = round_of(case, told.table.set_digest)
    is_current = row.record["loan_digest"] == loan_digest(case.loan)
    if not is_current or row.policy_digest != parameters_of(case).digest:
        return ()
    offers = chosen(offer_set_of(row), told.table.offer_keys)
    return tuple(offer for offer in offers if not offer.key.startswith(COUNTER_KEY))


def _is_same(one: Offer, other: Offer) -> bool:
    return one.proposal.restructured == other.proposal.restructured


def _with_set(
    case: Case,
    told: CaseFold,
    answer: RoundAnswer,
    offers: tuple[Offer, ...],
    request: OfferRequest,
) -> Answered:
    record = offer_set_to_record(_set_of(case, told, offers, request))
    digest, loan = record_digest(record), loan_digest(case.loan)
    found = FoundSet(
        on=request.on,
        set_digest=digest,
        policy_digest=request.parameters.digest,
        loan_digest=loan,
        offers=tuple(OfferOnFile(one.key, one.needs_approval) for one in offers),
        record={name: record[name] for name in ("offers", "refused", "next_steps")},
    )
    kept = {"set": record, "set_digest": digest, "loan_digest": loan}
    if answer.outcome is RoundOutcome.WITH_PERSON:
        waiting = replace(answer, found=found, answer_by=promise(case))
        return Answered(answer=waiting, record=kept)
    last = last_open_day(case, offers)
    sent = replace(answer, found=found, open_until=end_of_day(last))
    return Answered(answer=sent, record=kept, last_day=last)


def _set_of(
    case: Case, told: CaseFold, offers: tuple[Offer, ...], request: OfferRequest
) -> OfferSet:
    digest = told.table.set_digest if told.table else ""
    return replace(
        offer_set_of(round_of(case, digest)),
        on=request.on,
        offers=offers,
        refused=(),
        next_steps=(),
        capacity=household_capacity(request),
        policy_digest=request.parameters.digest,
    )


def _answer(outcome: RoundOutcome, reply: Counter, *, key: str | None) -> RoundAnswer:
    return RoundAnswer(
        outcome=outcome,
        offer_key=key,
        codes=tuple(dict.fromkeys(one.code for one in reply.refused)),
        record={
            "difference": _record(reply.difference),
            "plan": _plan(reply.offer) if reply.offer else None,
            "refused": [
                {
                    "code": one.code,
                    "words": _record(one.words),
                    "would_change": _record(one.would_change),
                }
                for one in reply.refused
            ],
            "next_steps": [_record(one) for one in reply.next_steps],
        },
    )


def _plan(offer: Offer) -> dict[str, Any]:
    return {
        "monthly_minor": offer.payment.minor,
        "instalments": offer.instalments,
        "pause_months": offer.proposal.pause_months,
        "total_minor": offer.total.minor,
        "because": [_record(one) for one in offer.approval_because],
    }


def _record(words: Words | None) -> dict[str, str] | None:
    return words.to_record() if words is not None else None
