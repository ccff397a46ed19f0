"""Answering a counter-offer: accepted, the nearest plan that passes, or a coded refusal."""

from dataclasses import dataclass
from enum import StrEnum

from tideover.money import Money
from tideover.offers.figures import Judged
from tideover.offers.finding import first_passing, offer_of
from tideover.offers.grid import Candidate, grid_of
from tideover.offers.offer import Offer, Refused
from tideover.offers.refusing import next_steps, refused_wish, why_nothing_fits
from tideover.offers.request import OfferRequest
from tideover.offers.situation import Situation, situation_of
from tideover.policy import Words

__all__ = ["Counter", "CounterOutcome", "counter"]

KEY = "counter"


class CounterOutcome(StrEnum):
    """How a counter-offer was answered."""

    ACCEPTED = "accepted"
    NEAREST = "nearest"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The answer to what a borrower proposed.

    `offer` is the plan that meets the wish, or the nearest that passes; `difference` says in words
    how the nearest differs. A refusal has its code, what would change it, and where to go.
    """

    outcome: CounterOutcome
    offer: Offer | None
    difference: Words | None
    refused: tuple[Refused, ...]
    next_steps: tuple[Words, ...]


def counter(request: OfferRequest) -> Counter:
    """Return the answer to `request.wish`: a payment, a number of instalments, a pause, or several.

    The plan that meets the wish is the shortest that does. Nothing is accepted that any binding
    rule stops, whatever the wish.
    """
    situation = situation_of(request)
    plan = _nearest(situation)
    if plan is not None:
        is_met = _misses(situation, plan, pause=plan.proposal.pause_months) == 0
        outcome = CounterOutcome.ACCEPTED if is_met else CounterOutcome.NEAREST
        return _answer(situation, plan, outcome)
    refused = tuple(refused_wish(situation)) or (why_nothing_fits(grid_of(situation)),)
    return Counter(
        outcome=CounterOutcome.REFUSED,
        offer=None,
        difference=None,
        refused=refused,
        next_steps=next_steps(situation),
    )


def _nearest(situation: Situation) -> Judged | None:
    """Return the plan nearest to the wish that passes every rule, the shortest of equals."""
    longest = situation.parameters.integer("pause.months_max")
    pause = min(situation.request.wish.pause_months or 0, longest)
    found = grid_of(situation).search((pause,)).candidates()
    nearest_first = sorted(
        found, key=lambda one: (_misses(situation, one, pause=pause), one.instalments)
    )
    return first_passing(situation, nearest_first, shortest=found[0].instalments if found else None)


def _misses(situation: Situation, plan: Judged | Candidate, *, pause: int) -> int:
    """Return how far a plan is from the wish: fen above the payment, then instalments, months."""
    wish = situation.request.wish
    above = max(0, plan.payment.minor - wish.monthly.minor) if wish.monthly is not None else 0
    off = abs(plan.instalments - wish.instalments) if wish.instalments is not None else 0
    return above + off + abs(pause - (wish.pause_months or 0))


def _answer(situation: Situation, plan: Judged, outcome: CounterOutcome) -> Counter:
    is_nearest = outcome is CounterOutcome.NEAREST
    difference = _difference(plan, situation) if is_nearest else None
    why = difference or Words("符合你的愿望", "it meets your wish")
    return Counter(
        outcome=outcome,
        offer=offer_of(situation, plan, key=KEY, why=why, is_best=True),
        difference=difference,
        refused=tuple(refused_wish(situation)) if is_nearest else (),
        next_steps=(),
    )


def _difference(plan: Judged, situation: Situation) -> Words:
    wish = situation.request.wish
    zh, en = [], []
    if wish.monthly is not None and plan.payment > wish.monthly:
        more: Money = plan.payment - wish.monthly
        zh.append(f"每月比你希望的多 {more.display}")
        en.append(f"{more.display} a month more than you wished")
    if wish.instalments is not None and plan.instalments != wish.instalments:
        longer = plan.instalments - wish.instalments
        zh.append(f"比你希望的{'多' if longer > 0 else '少'} {abs(longer)} 期")
        en.append(f"{abs(longer)} instalments {'more' if longer > 0 else 'fewer'} than you wished")
    if wish.pause_months and plan.proposal.pause_months != wish.pause_months:
        zh.append(f"先停 {plan.proposal.pause_months} 个月而不是 {wish.pause_months} 个月")
        en.append(f"a pause of {plan.proposal.pause_months} months instead of {wish.pause_months}")
    return Words("最接近的方案：" + "，".join(zh), "the nearest plan: " + ", ".join(en))
