"""From a request to at most three offers, or to reasons."""

from collections.abc import Sequence

from tideover.money import Money
from tideover.offers.credit import credit_code, credit_words
from tideover.offers.figures import Judged
from tideover.offers.offer import Offer, OfferSet, Refused, TightestMonth
from tideover.offers.refusing import (
    ability_sufficient,
    next_steps,
    nothing_owed,
    refused_wish,
    why_nothing_fits,
)
from tideover.offers.request import OfferRequest
from tideover.offers.search import (
    Length,
    build,
    lengths,
    longest_fitting,
    reduced_rates,
    shortest_fitting,
)
from tideover.offers.situation import Situation, situation_of
from tideover.offers.wording import (
    LABELS,
    approval_reasons,
    why_conceded,
    why_lightest,
    why_pause,
    why_shortest,
)
from tideover.policy import Words

__all__ = ["find_offers", "offer_of"]

#: How much longer a plan is shown beside the shortest, to say what stretching costs.
COMPARED_LONGER_BY = 6


def find_offers(request: OfferRequest) -> OfferSet:
    """Return at most three offers, the shortest affordable one recommended, or coded reasons.

    The three: the shortest plan that fits every month, the lightest, and a pause before the
    shortest plan that fits after it; each only where it passes every binding rule and differs.
    Where none fits, one at a lower rate, if an approver may grant a rate at which one does.
    """
    situation = situation_of(request)
    if not situation.state.outstanding.principal:
        return _answer(situation, refused=(nothing_owed(situation),))
    if situation.contract_fits:
        return _answer(situation, refused=(ability_sufficient(situation),))
    offers = _offers(situation)
    wished = tuple(refused_wish(situation))
    if offers:
        return _answer(situation, offers=offers, refused=wished)
    reason = why_nothing_fits(situation)
    offers = _conceded(situation)
    others = tuple(one for one in wished if one.code != reason.code)
    return _answer(situation, offers=offers, refused=(reason, *others))


def _answer(
    situation: Situation,
    *,
    offers: tuple[Offer, ...] = (),
    refused: tuple[Refused, ...] = (),
) -> OfferSet:
    no_help_needed = any(one.code in {"ability_sufficient", "nothing_owed"} for one in refused)
    return OfferSet(
        on=situation.on,
        loan_reference=situation.request.loan_reference,
        offers=offers,
        refused=refused,
        capacity=situation.capacity,
        next_steps=() if offers or no_help_needed else next_steps(situation),
        policy_digest=situation.parameters.digest,
    )


def _offers(situation: Situation) -> tuple[Offer, ...]:
    permitted = lengths(situation)
    shortest = shortest_fitting(situation, permitted)
    lightest = _lightest(situation, permitted, shortest=shortest) if shortest else None
    paused = _paused(situation)
    found = []
    if shortest:
        longer = _longer(situation, shortest) or lightest
        why = why_shortest(shortest, longer=longer)
        found.append(offer_of(situation, shortest, key="shortest", why=why))
    if shortest and lightest:
        why = why_lightest(lightest, shortest=shortest)
        found.append(offer_of(situation, lightest, key="lightest", why=why))
    if paused:
        why = why_pause(paused, shortest=shortest)
        found.append(
            offer_of(situation, paused, key="pause-first", why=why, is_best=shortest is None)
        )
    return tuple(found)


def _conceded(situation: Situation) -> tuple[Offer, ...]:
    """Return the plan at the smallest cut of the rate that fits, which an approver must grant."""
    for rate in reduced_rates(situation):
        permitted = lengths(situation, rate=rate)
        plan = shortest_fitting(situation, permitted, rate=rate)
        if plan is not None:
            why = why_conceded(plan, situation)
            return (offer_of(situation, plan, key="concession", why=why, is_best=True),)
    return ()


def _lightest(
    situation: Situation, permitted: Sequence[Length], *, shortest: Judged
) -> Judged | None:
    """Return the longest plan that is proposed unasked; the borrower may ask for longer ones."""
    most = situation.parameters.integer("lightest.instalments_max")
    return longest_fitting(
        situation, permitted, shorter_than=most + 1, longer_than=shortest.instalments
    )


def _longer(situation: Situation, shortest: Judged) -> Judged | None:
    """Return the plan that the shortest is compared with, if it may be had."""
    plan = build(
        situation,
        instalments=shortest.instalments + COMPARED_LONGER_BY,
        shortest=shortest.instalments,
    )
    return plan if plan is not None and plan.passed else None


def _paused(situation: Situation) -> Judged | None:
    """Return the plan after the wished or usual pause, else after the shortest pause that helps.

    When better months are near and no pause was asked for, the pause that costs least in all.
    """
    policy, wished = situation.parameters, situation.request.wish.pause_months
    longest = policy.integer("pause.months_max")
    usual = max(1, min(wished or policy.integer("pause.months_usual"), longest))
    if wished is None and _changes_soon(situation, months=longest):
        plans = (_after_pause(situation, months) for months in range(1, longest + 1))
        fitting = [plan for plan in plans if plan is not None]
        return min(fitting, key=lambda plan: plan.cost_of_credit, default=None)
    others = (months for months in range(1, longest + 1) if months != usual)
    plans = (_after_pause(situation, months) for months in (usual, *others))
    return next((plan for plan in plans if plan is not None), None)


def _changes_soon(situation: Situation, *, months: int) -> bool:
    return len({month.capacity for month in situation.capacity[: months + 2]}) > 1


def _after_pause(situation: Situation, months: int) -> Judged | None:
    permitted = lengths(situation, pause_months=months)
    return shortest_fitting(situation, permitted, pause_months=months)


def offer_of(
    situation: Situation, plan: Judged, *, key: str, why: Words, is_best: bool = False
) -> Offer:
    """Return a judged plan as an offer, with every figure a reader needs."""
    change, facts = plan.proposal.restructured, plan.facts
    approval = approval_reasons(plan, situation)
    form = plan.proposal.legal_form
    return Offer(
        key=key,
        label=LABELS[key],
        why=why,
        proposal=plan.proposal,
        payment=plan.payment,
        instalments=plan.instalments,
        earliest_due=facts.payments[0].on,
        latest_due=facts.latest_due,
        total=plan.cost.total,
        total_interest=plan.cost.total_interest,
        extra_interest=_extra(situation, plan),
        annual_cost=plan.cost,
        waived=change.waived,
        credit_record=credit_words(form, situation),
        credit_code=credit_code(form, situation.parameters),
        verdicts=plan.verdicts,
        needs_approval=bool(approval),
        approval_because=approval,
        is_recommended=is_best or key == "shortest",
        tightest_month=TightestMonth(
            on=facts.tightest.on, amount=facts.tightest.amount, capacity=facts.tightest.capacity
        ),
    )


def _extra(situation: Situation, plan: Judged) -> Money:
    return plan.cost_of_credit - situation.contract_interest - situation.contract_fee
