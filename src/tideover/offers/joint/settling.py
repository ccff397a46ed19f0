"""The settlement of all loans that a plan would change, from what the household has at hand."""

from tideover.money import Money
from tideover.offers.joint.answer import JointOffer
from tideover.offers.joint.frontier import Search
from tideover.offers.joint.plans import JointPlan, draft_over, judged_plan
from tideover.offers.joint.wording import LABELS
from tideover.offers.offer import Refused
from tideover.offers.settlement import not_possible, why_settled
from tideover.offers.settling import Settlement, at_hand, settle

__all__ = ["asks_to_settle", "settlement_offer"]

KEY = "settlement"


def asks_to_settle(searched: Search) -> bool:
    """Return whether the wish is to be done in as few payments as settle a debt, from savings."""
    request = searched.standing.request
    name, wished = "settlement.instalments_max", request.wish.instalments
    return (
        wished is not None
        and request.household.savings is not None
        and name in request.parameters
        and wished <= request.parameters.integer(name)
    )


def settlement_offer(
    searched: Search, *, nothing_fits: bool
) -> tuple[JointOffer | None, Refused | None]:
    """Return the settlement of all loans of the search, or the rule that stops it.

    Neither where nothing is at hand.
    """
    standing = searched.standing
    request = standing.request
    found = settle(
        searched.grid,
        means=at_hand(request.household, request.parameters),
        without=searched.without,
        nothing_fits=nothing_fits,
    )
    if found is None:
        return None, None
    debts = (debt for debt, _ in standing.loans)
    draft = draft_over(standing, tuple(zip(debts, found.proposals, strict=True)))
    plan = judged_plan(standing, draft, shortest=None, settled=found.facts)
    stopped = next((part for part in plan.parts if not part.judged.passed), None)
    if stopped is not None and stopped.judged.facts.settled is not None:
        return None, not_possible(stopped.judged.verdicts, stopped.judged.facts.settled)
    return _offer(searched, plan, found), None


def _offer(searched: Search, plan: JointPlan, found: Settlement) -> JointOffer:
    interest: Money = plan.draft.total_interest - searched.standing.contract_interest
    return JointOffer(
        key=KEY,
        label=LABELS[KEY],
        why=why_settled(found.facts),
        plan=plan,
        annual_cost=plan.annual_cost,
        extra_interest=interest,
        lender_value=found.value,
        lender_value_change=found.value - searched.without,
        shorter=None,
        from_savings=found.facts[0].drawn,
    )
