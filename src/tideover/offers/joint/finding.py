"""From a household to its answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from tideover.loan import Method, build_schedule, cost_of_credit
from tideover.money import Money
from tideover.offers.grid import Candidate
from tideover.offers.joint.alternatives import alternatives
from tideover.offers.joint.answer import DebtStanding, FrontierPoint, JointAnswer, JointOffer
from tideover.offers.joint.frontier import (
    Search,
    balanced,
    pareto,
    point_of,
    search,
)
from tideover.offers.joint.plans import draft_of, judged_plan
from tideover.offers.joint.rejecting import fees_not_cut, rejected, shorter_plans
from tideover.offers.joint.request import JointRequest, PlanDebt
from tideover.offers.joint.settling import asks_to_settle, settlement_offer
from tideover.offers.joint.sharing import creditor_shares
from tideover.offers.joint.standing import (
    Standing,
    keeping_current,
    standing_of,
    starting_together,
)
from tideover.offers.joint.stress import break_even_fall, stress_cases
from tideover.offers.joint.wishing import answer_wish, refused_wish
from tideover.offers.joint.wording import LABELS, why, why_granted
from tideover.offers.offer import OFFERS_MAX, Refused
from tideover.offers.refusing import ability_sufficient, next_steps, why_nothing_fits
from tideover.offers.searched import granted_plans, soonest_over
from tideover.offers.situation import Situation
from tideover.policy import Words, by_priority

__all__ = ["find_plans"]


_NOTHING_OWED: Final = Refused(
    code="nothing_owed",
    words=Words("写下的贷款都没有未还本金了", "no principal is left on any of the loans"),
    would_change=Words("无需方案；如有未付息费，还清即可结清",
                       "no plan is needed; paying any interest still open closes them"),
)  # fmt: skip


def find_plans(request: JointRequest) -> JointAnswer:
    """Return at most three plans for all loans together, with everything they rest on."""
    whole = standing = standing_of(request)
    offers: tuple[JointOffer, ...] = ()
    declined: tuple[Refused, ...] = ()
    frontier: tuple[FrontierPoint, ...] = ()
    searched: Search | None = None
    unsettled: Refused | None = None
    more = 0
    if request.debts and not standing.loans:
        declined = (_NOTHING_OWED,)
    elif standing.loans and standing.contracts_fit:
        declined = (_sufficient(standing),)
    elif standing.loans:
        searched = _searched(standing)
        standing, unbeaten = searched.standing, pareto(searched.found)
        frontier = tuple(point_of(one, searched) for one in unbeaten)
        wished, declined = answer_wish(searched)
        offers = _offers(searched, unbeaten, wished=wished)
        if wished is not None and not any(_is_plan_of(offer, wished) for offer in offers):
            declined = (refused_wish(searched),)
        if not offers:
            declined = _nothing(searched, declined)
            offers, more = _conceded(searched)
            settled, unsettled = settlement_offer(searched, nothing_fits=True)
            offers = (*offers, settled) if settled else offers
        elif declined and asks_to_settle(searched):
            settled, refused = settlement_offer(searched, nothing_fits=False)
            offers = (*offers[: OFFERS_MAX - 1], settled) if settled else offers
            declined = (*declined, refused) if refused else declined
    best = next((one.plan.draft for one in offers if one.from_savings is None), None)
    return JointAnswer(
        on=request.on,
        capacity=standing.capacity,
        contract_dues=whole.contract_dues,
        offers=offers,
        frontier=frontier,
        alternatives=alternatives(whole) if whole.loans else (),
        declined=declined,
        rejected=_rejected(searched, unsettled) if searched else (),
        looked_at=searched.looked_at + more if searched else 0,
        debts=tuple(_debt(debt, whole) for debt in request.debts),
        stress=stress_cases(best, standing) if best else (),
        break_even_fall=break_even_fall(best, standing) if best else None,
        next_steps=_next_steps(standing) if standing.loans and not offers else (),
        shares=creditor_shares(whole),
        policy_digest=request.parameters.digest,
    )


def _searched(standing: Standing) -> Search:
    """Return the plans that leave current contracts alone; where none fits, all are changed."""
    kept = keeping_current(standing)
    searched = search(starting_together(kept)) if kept else None
    return searched if searched and searched.found else search(starting_together(standing))


def _pauses(standing: Standing) -> tuple[int, ...]:
    """Return the pauses worth proposing: none, the usual, the wished, and all if months change."""
    policy = standing.request.parameters
    longest = policy.integer("pause.months_max")
    wished = standing.request.wish.pause_months
    asked = {0, policy.integer("pause.months_usual")} | ({wished} if wished else set())
    if len({month.capacity for month in standing.capacity[: longest + 2]}) > 1:
        # Better months are coming, or worse ones: every pause is worth a look.
        asked |= set(range(1, longest + 1))
    return tuple(sorted(pause for pause in asked if pause <= longest))


def _offers(
    searched: Search, unbeaten: tuple[Candidate, ...], *, wished: Candidate | None
) -> tuple[JointOffer, ...]:
    standing, pauses = searched.standing, _pauses(searched.standing)
    found = [one for one in searched.found if one.pause_months in pauses] or searched.found
    soonest = soonest_over(searched.found)
    if soonest is None:
        return ()
    plain = [one for one in found if one.pause_months == 0]
    shortest = plain[0] if plain else soonest
    most = standing.request.parameters.integer("lightest.instalments_max")
    within = [one for one in plain if one.instalments <= max(most, shortest.instalments)]
    lightest = within[-1] if within else None
    middle = balanced([one for one in unbeaten if one in within], searched)
    paused = _best_pause(found)
    is_cheaper = paused is not None and paused.cost_minor < shortest.cost_minor
    # A dearer pause that nobody asked for is shown and not put first: better months may not come.
    is_third = not standing.request.wish.pause_months and soonest.cost_minor > shortest.cost_minor
    lead, beside = (shortest, soonest) if is_third else (soonest, shortest)
    picked = (
        ("shortest", lead), ("wished", wished), ("unpaused", beside),
        ("pause-first", paused if is_cheaper else None), ("lightest", lightest),
        ("balanced", middle), ("pause-first", paused),
    )  # fmt: skip
    return tuple(islice(_passing(searched, tuple(_chosen(picked)), lead), OFFERS_MAX))


def _passing(
    searched: Search, chosen: Sequence[tuple[str, Candidate]], shortest: Candidate
) -> Iterator[JointOffer]:
    shorter = shorter_plans(searched, [one for _, one in chosen])
    for (key, one), less in zip(chosen, shorter, strict=True):
        offer = _offer(searched, one, key=key, shortest=shortest)
        if offer is not None and offer.plan.passed:
            yield replace(offer, shorter=less)


def _rejected(searched: Search, unsettled: Refused | None) -> tuple[Refused, ...]:
    plain = [one for one in searched.found if not one.pause_months]
    others = (*(rejected(searched, plain[0]) if plain else ()), *fees_not_cut(searched))
    return (*others, unsettled) if unsettled else others


def _conceded(searched: Search) -> tuple[tuple[JointOffer, ...], int]:
    """Return the plan with the least that is to be granted, and how many were looked at."""
    plans, looked_at = granted_plans(searched.grid)
    offers = (_offer(searched, one, key="concession", shortest=one) for one in plans)
    passing = (one for one in offers if one is not None and one.plan.passed)
    return tuple(islice(passing, 1)), looked_at


def _is_plan_of(offer: JointOffer, one: Candidate) -> bool:
    draft = offer.plan.draft
    return (draft.asked, draft.pause_months) == (one.instalments, one.pause_months)


def _chosen(
    picked: Sequence[tuple[str, Candidate | None]],
) -> Iterator[tuple[str, Candidate]]:
    """Return each plan once under a key of its own. What was wished for is never left out."""
    keys: set[str] = set()
    seen: list[Candidate] = []
    for key, one in picked:
        if one is None or one in seen:
            continue
        is_pause = one.pause_months and key != "wished"
        told = "pause-first" if is_pause else key
        if told not in keys:
            keys.add(told)
            seen.append(one)
            yield told, one


def _best_pause(found: Sequence[Candidate]) -> Candidate | None:
    """Return the paused plan that costs least, the shortest pause of equals."""
    paused = (one for one in found if one.pause_months)
    return min(paused, key=lambda one: (one.cost_minor, one.pause_months), default=None)


def _offer(searched: Search, one: Candidate, *, key: str, shortest: Candidate) -> JointOffer | None:
    """Return a candidate as the scalar engine prices and judges it, None where it refuses it."""
    standing = searched.standing
    counts = searched.grid.counts(one.instalments, pause=one.pause_months)
    grant = searched.grid.grants[one.grant]
    draft = draft_of(standing, counts, pause_months=one.pause_months, grant=grant)
    if draft is None:
        return None
    plan = judged_plan(standing, draft, shortest=shortest.instalments)
    return JointOffer(
        key=key,
        label=LABELS[key],
        why=why_granted(plan) if key == "concession" else _why(searched, one, key, shortest),
        plan=plan,
        annual_cost=plan.annual_cost,
        extra_interest=draft.total_interest - standing.contract_interest,
        lender_value=one.value,
        lender_value_change=searched.gain(one),
        shorter=None,
    )


def _why(searched: Search, one: Candidate, key: str, shortest: Candidate) -> Words:
    unpaused = next((plan for plan in searched.found if not plan.pause_months), None)
    return why(one, key=key, shortest=shortest, unpaused=unpaused)


def _sufficient(standing: Standing) -> Refused:
    if len(standing.loans) == 1:
        return ability_sufficient(standing.loans[0][1])
    return Refused(
        code="ability_sufficient",
        words=Words("没有逾期，现有各笔合同加起来每月都付得起，不改合同更省利息",
                    "nothing is overdue and all present contracts together fit every month; "
                    "leaving "
                    "them as they are costs the least"),
        would_change=Words("如果收入会减少或有新的必要支出，补充后我们重新计算",
                           "if income is going to fall or a new necessary cost comes, tell us "
                           "and we "
                           "work it out again"),
    )  # fmt: skip


def _nothing(searched: Search, declined: tuple[Refused, ...]) -> tuple[Refused, ...]:
    reason = why_nothing_fits(searched.grid)
    reasons = {one.code: one for one in (*declined, reason)}
    return tuple(reasons[code] for code in by_priority(reasons))


def _next_steps(standing: Standing) -> tuple[Words, ...]:
    return () if standing.contracts_fit else next_steps(_heaviest(standing))


def _heaviest(standing: Standing) -> Situation:
    """Return the loan with the most principal: what it can turn to speaks for the household."""
    return max(
        (situation for _, situation in standing.loans),
        key=lambda one: one.state.outstanding.principal,
    )


def _debt(debt: PlanDebt, standing: Standing) -> DebtStanding:
    states = {one.name: situation.state for one, situation in standing.loans}
    schedule = build_schedule(debt.terms)
    state = states.get(debt.name)
    cost = cost_of_credit(schedule, by_month=debt.terms.method is Method.FLAT)
    return DebtStanding(
        name=debt.name,
        outstanding_principal=(
            state.outstanding.principal if state else Money.zero(debt.terms.currency)
        ),
        days_past_due=state.days_past_due if state else 0,
        annual_cost=cost.effective,
    )
