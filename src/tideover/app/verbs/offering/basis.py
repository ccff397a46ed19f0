"""What offers are judged on: the loan's events, the household of the answers, and the wish."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

from tideover.affordability import OtherDebt
from tideover.app.db.models import Case, Loan, OfferRound
from tideover.app.verbs import loans
from tideover.app.verbs.application.drafts import Draft, draft_of
from tideover.app.verbs.application.together import asked_together
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case.rows import parameters_of
from tideover.app.verbs.offering.findings import household
from tideover.app.verbs.refusals import NotFound
from tideover.cases import record_digest
from tideover.loan import event_to_record
from tideover.money import Currency, Money, Refusal, currency
from tideover.offers import Offer, OfferRequest, OfferSet, Wish, WishKind, offer_set_from_record
from tideover.offers.situation import own_monthly


class OfferOutOfDate(Refusal):
    """Something was booked on the loan after the offers were worked out."""

    code: ClassVar[str] = "offer-out-of-date"

    def __init__(self, case: Case, on: date) -> None:
        self.case_number = case.number
        self.on = on
        super().__init__(
            f"the offers of case {case.number} were worked out on {on}, and something was booked "
            f"on the loan since; ask for them to be worked out again, everything else stays valid",
            f"案件 {case.number} 的方案是按 {on.year}年{on.month}月{on.day}日的余额计算的，"
            f"之后账户有了新的入账；请让我们重新计算，之前的材料仍然有效",
        )


def loan_digest(loan: Loan) -> str:
    """The digest of a loan's terms and of everything booked on it so far."""
    events = [event_to_record(event) for event in loan_events.events(loan)]
    return record_digest({"terms": loan.terms, "events": events})


def request_of(case: Case, on: date) -> OfferRequest:
    """What offers for this case are found from on a day. Raises NotFound without answers."""
    draft = draft_of(case)
    living = household(draft)
    if living is None:
        raise NotFound("budget")
    living = replace(living, other_debts=(*living.other_debts, *_loans_beside(case, on)))
    return OfferRequest(
        loan_reference=case.loan.reference,
        terms=loan_events.terms(case.loan),
        events=loan_events.events(case.loan),
        on=on,
        household=living,
        parameters=parameters_of(case, on=on),
        wish=_wish(draft, currency(case.loan.currency)),
    )


def _loans_beside(case: Case, on: date) -> Iterator[OtherDebt]:
    """Yield the other loans of one request as debts, so that no two plans spend the same money.

    Each asks for what its contract, or by now its plan, asks a month; where it is not enough for
    all, every loan has its share.
    """
    for other in asked_together(case):
        if other.pk == case.pk or other.loan.currency != case.loan.currency:
            continue
        monthly = own_monthly(loans.state(other.loan, on))
        if monthly:
            yield OtherDebt(creditor=other.loan.reference, monthly=monthly)


def offer_set_of(row: OfferRound) -> OfferSet:
    """The offers of a round, equal in every figure to those that were worked out."""
    return offer_set_from_record(row.record["set"])


def round_of(case: Case, set_digest: str) -> OfferRound:
    """The newest round of a case with this digest. Raises NotFound."""
    for row in case.rounds.order_by("-number"):
        if row.record["set_digest"] == set_digest:
            return row
    raise NotFound("offers")


def chosen(offer_set: OfferSet, keys: tuple[str, ...]) -> tuple[Offer, ...]:
    """The offers with these keys, in the order of the set."""
    return tuple(offer for offer in offer_set.offers if offer.key in keys)


def demand_current(case: Case, *, digest: str, on: date) -> None:
    """Refuse figures that today's account no longer bears out. Raises OfferOutOfDate."""
    if loan_digest(case.loan) != digest:
        raise OfferOutOfDate(case, on)


def _wish(draft: Draft, unit: Currency) -> Wish:
    typed = draft.sections.get("wish") or {}
    monthly, lump_sum = typed.get("monthly"), typed.get("lump_sum")
    return Wish(
        kind=WishKind(typed.get("kind") or WishKind.ADVICE),
        monthly=Money.parse(monthly, unit) if monthly else None,
        pause_months=typed.get("pause_months"),
        lump_sum=Money.parse(lump_sum, unit) if lump_sum else None,
    )
