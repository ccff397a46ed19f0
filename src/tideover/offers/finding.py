"""From a request to at most three offers, or to reasons."""

from collections.abc import Iterable, Iterator, Sequence

from tideover.money import Money
from tideover.offers.credit import credit_code, credit_words
from tideover.offers.figures import Judged
from tideover.offers.grants import grants_of
from tideover.offers.grid import Candidate
from tideover.offers.offer import OFFERS_MAX, Offer, OfferSet, Refused, TightestMonth
from tideover.offers.refusing import (
    ability_sufficient,
    next_steps,
    nothing_owed,
    refused_wish,
    why_nothing_fits,
)
from tideover.offers.request import OfferRequest, WishKind
from tideover.offers.search import build
from tideover.offers.searched import Searched, granted_plans, search_of, soonest_over
from tideover.offers.settlement import judged_settlement, not_possible, why_settled
from tideover.offers.situation import Situation, situation_of
from tideover.offers.wording import (
    LABELS,
    approval_reasons,
    why_balanced,
    why_conceded,
    why_lightest,
    why_pause,
    why_shortest,
    why_unpaused,
)
from tideover.policy import Words

__all__ = ["find_offers", "first_passing", "offer_of"]

#: How much longer a plan is shown beside the shortest, to say what stretching costs.
COMPARED_LONGER_BY = 6


def find_offers(request: OfferRequest) -> OfferSet:
    """Return at most three offers, the shortest affordable one recommended, or coded reasons.

    The three: the plan that is over soonest and fits every month, the lightest, and the one that
    splits the gain over no agreement evenly. Where the soonest pauses first, unasked and dearer,
    the shortest without a pause stands before it. In the place of the last a pause, where one was
    wished for or costs less in all. Each only where it passes every binding rule and differs.
    Where none fits, the plan with the least that an approver may grant for one to fit, and beside
    it the settlement for less, where what is at hand reaches it. A settlement that was asked for
    stands in the place of the last.
    """
    situation = situation_of(request)
    if not situation.state.outstanding.principal:
        return _answer(situation, refused=(nothing_owed(situation),))
    if situation.contract_fits:
        return _answer(situation, refused=(ability_sufficient(situation),))
    searched = search_of(situation)
    offers = _offers(situation, searched)
    wished = tuple(refused_wish(situation))
    if offers:
        settled, refused = _settled(situation, searched, nothing_fits=False)
        return _answer(
            situation,
            offers=(*offers[: OFFERS_MAX - len(settled)], *settled),
            refused=(*wished, *refused),
            combinations=searched.found.looked_at,
        )
    reason = why_nothing_fits(searched.grid)
    offers, more = _conceded(situation, searched)
    settled, refused = _settled(situation, searched, nothing_fits=True, is_best=not offers)
    others = tuple(one for one in wished if one.code != reason.code)
    return _answer(
        situation,
        offers=(*offers, *settled),
        refused=(reason, *others, *refused),
        combinations=searched.found.looked_at + more,
    )


def _answer(
    situation: Situation,
    *,
    offers: tuple[Offer, ...] = (),
    refused: tuple[Refused, ...] = (),
    combinations: int = 0,
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
        combinations=combinations,
    )


def _offers(situation: Situation, searched: Searched) -> tuple[Offer, ...]:
    soonest = _soonest(situation, searched)
    if soonest is None:
        return ()
    if soonest.proposal.pause_months:
        return tuple(_after_a_pause(situation, searched, soonest))
    return tuple(_at_once(situation, searched, soonest))


def _soonest(situation: Situation, searched: Searched) -> Judged | None:
    """Return the plan that is over soonest of all that pass every rule."""
    left = [*searched.plain, *searched.paused]
    while (one := soonest_over(left)) is not None:
        plan = first_passing(situation, (one,))
        if plan is not None:
            return plan
        left.remove(one)
    return None


def _at_once(situation: Situation, searched: Searched, shortest: Judged) -> Iterator[Offer]:
    """Return the offers where paying at once is over soonest."""
    plain = searched.plain
    lightest = _lightest(situation, plain, shortest=shortest)
    longer = _longer(plain, shortest) or lightest
    why = why_shortest(shortest, longer=longer)
    yield offer_of(situation, shortest, key="shortest", why=why, is_best=True)
    if lightest:
        why = why_lightest(lightest, shortest=shortest)
        yield offer_of(situation, lightest, key="lightest", why=why)
    paused = _paused(situation, _worthwhile(situation, searched.paused, shortest=shortest))
    if paused:
        yield _pause_offer(situation, paused, shortest=shortest)
        return
    middle = _middle(situation, searched, shortest=shortest, lightest=lightest)
    if middle:
        why = why_balanced(middle, shortest=shortest)
        yield offer_of(situation, middle, key="balanced", why=why)


def _after_a_pause(situation: Situation, searched: Searched, soonest: Judged) -> Iterator[Offer]:
    """Return the offers where a pause first is over soonest: better months are coming.

    A pause that nobody asked for comes first only where it costs no more than paying at once:
    better months that do not come would break it.
    """
    wished = situation.request.wish.pause_months
    paused = (_paused(situation, searched.paused) if wished else None) or soonest
    plain = first_passing(situation, searched.plain)
    if plain is None:
        yield _pause_offer(situation, paused, shortest=None, is_best=True)
        return
    is_first = bool(wished) or paused.cost_of_credit.minor <= plain.cost_of_credit.minor
    pause = _pause_offer(situation, paused, shortest=plain, is_best=is_first)
    why = why_unpaused(plain, paused=paused)
    at_once = offer_of(situation, plain, key="unpaused", why=why, is_best=not is_first)
    yield from (pause, at_once) if is_first else (at_once, pause)
    lightest = _lightest(situation, searched.plain, shortest=plain)
    if lightest:
        why = why_lightest(lightest, shortest=plain)
        yield offer_of(situation, lightest, key="lightest", why=why)


def _pause_offer(
    situation: Situation, paused: Judged, *, shortest: Judged | None, is_best: bool = False
) -> Offer:
    why = why_pause(paused, shortest=shortest)
    return offer_of(situation, paused, key="pause-first", why=why, is_best=is_best)


def _worthwhile(
    situation: Situation, paused: Sequence[Candidate], *, shortest: Judged
) -> Sequence[Candidate]:
    """Return the paused plans to choose from: all where a pause was wished for, else cheaper ones.

    A pause costs interest, so it is dearer unless better months are coming.
    """
    wish = situation.request.wish
    if wish.pause_months or wish.kind is WishKind.PAUSE:
        return paused
    cost = shortest.cost_of_credit.minor
    return [one for one in paused if one.cost_minor < cost]


def _middle(
    situation: Situation, searched: Searched, *, shortest: Judged, lightest: Judged | None
) -> Judged | None:
    """Return the plan between the two that splits the gain evenly, None where it is one of them."""
    if lightest is None:
        return None
    within = [one for one in searched.plain if one.instalments <= lightest.instalments]
    middle = searched.balanced(within)
    if middle is None or not shortest.instalments < middle.instalments < lightest.instalments:
        return None
    return first_passing(situation, (middle,), shortest=shortest.instalments)


def _conceded(situation: Situation, searched: Searched) -> tuple[tuple[Offer, ...], int]:
    """Return the plan with the least that an approver must grant, and how many were looked at."""
    plans, looked_at = granted_plans(searched.grid)
    plan = first_passing(situation, plans)
    if plan is None:
        return (), looked_at
    why = why_conceded(plan, situation)
    return (offer_of(situation, plan, key="concession", why=why, is_best=True),), looked_at


def _settled(
    situation: Situation, searched: Searched, *, nothing_fits: bool, is_best: bool = False
) -> tuple[tuple[Offer, ...], tuple[Refused, ...]]:
    """Return the settlement where it was asked for or nothing fits, or why it cannot be had."""
    if not nothing_fits and not situation.request.wish.is_to_settle:
        return (), ()
    plan = judged_settlement(situation, searched.grid, nothing_fits=nothing_fits)
    if plan is None or plan.facts.settled is None:
        return (), ()
    facts = plan.facts.settled
    if not plan.passed:
        return (), (not_possible(plan.verdicts, facts),)
    why = why_settled((facts,))
    return (offer_of(situation, plan, key="settlement", why=why, is_best=is_best),), ()


def first_passing(
    situation: Situation, found: Iterable[Candidate], *, shortest: int | None = None
) -> Judged | None:
    """Return the first of the candidates that passes every rule once it is built, or None."""
    grants = grants_of(situation.parameters)
    for one in found:
        plan = build(
            situation,
            instalments=one.instalments,
            pause_months=one.pause_months,
            shortest=shortest or one.instalments,
            grant=grants[one.grant],
        )
        if plan is not None and plan.passed:
            return plan
    return None


def _lightest(
    situation: Situation, plain: Sequence[Candidate], *, shortest: Judged
) -> Judged | None:
    """Return the longest plan that is proposed unasked; the borrower may ask for longer ones."""
    most = situation.parameters.integer("lightest.instalments_max")
    longer = [one for one in plain if shortest.instalments < one.instalments <= most]
    return first_passing(situation, reversed(longer), shortest=shortest.instalments)


def _longer(plain: Sequence[Candidate], shortest: Judged) -> Candidate | None:
    """Return the plan that the shortest is compared with, if it may be had."""
    wanted = shortest.instalments + COMPARED_LONGER_BY
    return next((one for one in plain if one.instalments == wanted), None)


def _paused(situation: Situation, found: Sequence[Candidate]) -> Judged | None:
    """Return the plan after the wished or usual pause, else after the shortest pause that helps.

    When better months are near and no pause was asked for, the pause that costs least in all.
    """
    policy, wished = situation.parameters, situation.request.wish.pause_months
    longest = policy.integer("pause.months_max")
    usual = max(1, min(wished or policy.integer("pause.months_usual"), longest))
    shortest = {one.pause_months: one for one in reversed(found)}
    plans = [shortest[pause] for pause in sorted(shortest)]
    if wished is None and _changes_soon(situation, months=longest):
        return first_passing(situation, sorted(plans, key=lambda one: one.cost_minor))
    return first_passing(situation, sorted(plans, key=lambda one: one.pause_months != usual))


def _changes_soon(situation: Situation, *, months: int) -> bool:
    return len({month.capacity for month in situation.capacity[: months + 2]}) > 1


def offer_of(
    situation: Situation, plan: Judged, *, key: str, why: Words, is_best: bool = False
) -> Offer:
    """Return a judged plan as an offer, with every figure a reader needs."""
    change, facts = plan.proposal.restructured, plan.facts
    approval = approval_reasons(plan, situation)
    form, is_forgiven = plan.proposal.legal_form, bool(change.waived.principal)
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
        credit_record=credit_words(form, situation, is_forgiven=is_forgiven),
        credit_code=credit_code(form, situation.parameters, is_forgiven=is_forgiven),
        verdicts=plan.verdicts,
        needs_approval=bool(approval),
        approval_because=approval,
        is_recommended=is_best,
        tightest_month=TightestMonth(
            on=facts.tightest.on, amount=facts.tightest.amount, capacity=facts.tightest.capacity
        ),
    )


def _extra(situation: Situation, plan: Judged) -> Money:
    return plan.cost_of_credit - situation.contract_interest - situation.contract_fee
