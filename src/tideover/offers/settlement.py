"""The settlement of one loan as a judged plan, why it is shown, and why it cannot be had."""

from collections.abc import Sequence
from typing import Final

from tideover.kernels import BreakOff
from tideover.money import Money
from tideover.offers.figures import Judged, judged
from tideover.offers.grid import Grid, grid_of
from tideover.offers.offer import Refused
from tideover.offers.settling import at_hand, settle, settled_facts
from tideover.offers.situation import Situation
from tideover.options import Proposal
from tideover.policy import SettledFacts, Verdict, Words

__all__ = ["NOT_POSSIBLE", "judged_settlement", "not_possible", "settled_again", "why_settled"]

NOT_POSSIBLE: Final = "settlement_not_possible"


def judged_settlement(situation: Situation, grid: Grid, *, nothing_fits: bool) -> Judged | None:
    """Return the settlement of a loan, judged; None where policy knows none or nothing is at hand.

    It may be stopped by a rule: `not_possible` says by which.
    """
    found = settle(grid, means=_means(situation), without=_without(grid), nothing_fits=nothing_fits)
    if found is None:
        return None
    return judged(situation, found.proposals[0], shortest=None, settled=found.facts[0])


def settled_again(situation: Situation, proposal: Proposal) -> SettledFacts:
    """Return what a settlement that was offered is judged on, by the policy of the situation."""
    grid = grid_of(situation)
    pauses = range(1 + grid.calendars[0].longest_pause)
    found = grid.search(pauses, granted=(), few=True)
    (facts,) = settled_facts(
        grid,
        (proposal,),
        means=_means(situation),
        without=_without(grid),
        nothing_fits=not found.candidates(),
    )
    return facts


def why_settled(facts: Sequence[SettledFacts]) -> Words:
    """Return what a settlement asks for, from where, and what it ends."""
    currency = facts[0].paid.currency
    paid = sum((one.paid for one in facts), Money.zero(currency))
    forgiven = sum((one.forgiven for one in facts), Money.zero(currency))
    drawn = facts[0].drawn
    rest = (
        Words(f"其余 {forgiven.display} 不再收", f"the other {forgiven.display} is not asked for")
        if forgiven
        else Words("一次了结", "and the debt is over")
    )
    return Words(
        f"付清 {paid.display}（其中 {drawn.display} 从手头的钱里出），{rest.zh}；"
        "付清前不再计息，须复核",
        f"{paid.display} is paid, {drawn.display} of it from what is at hand, {rest.en}; no "
        "interest until then, and an approver has to agree",
    )


def not_possible(verdicts: Sequence[Verdict], facts: SettledFacts) -> Refused:
    """Return why a settlement cannot be had: the rule that stopped it, what would help."""
    stopped = {one.rule: one for one in verdicts if one.stops}
    first = next(iter(stopped))
    return Refused(
        code=NOT_POSSIBLE,
        words=stopped[first].because,
        would_change=_would_change(first, facts),
    )


def _would_change(rule: str, facts: SettledFacts) -> Words:
    short = facts.drawn - facts.at_hand
    gap = facts.without - facts.value
    match rule:
        case "settlement.when-allowed":
            return Words("先看按月还的方案；以后还不起或逾期更久时再谈",
                         "a monthly plan comes first; it is looked at again if none can be carried "
                         "or the arrears grow older")  # fmt: skip
        case "settlement.within-means" | "settlement.minimum-share":
            return Words(f"再凑 {short.display} 就可以谈", f"with {short.display} more it would do")
        case "settlement.better-than-no-agreement":
            return Words(
                f"多付约 {gap.display} 就可以谈", f"with about {gap.display} more it would do"
            )
        case _:
            return Words("由专员一起看", "an agent looks at it with you")


def _means(situation: Situation) -> Money:
    request = situation.request
    return at_hand(request.household, situation.parameters, offered=request.wish.lump_sum)


def _without(grid: Grid) -> Money:
    curve = BreakOff.of(grid.situations[0].parameters)
    return Money(grid.contract_value(curve), grid.currency)
