"""Answering a counter-offer: accepted, the nearest plan that passes, or a coded refusal."""

from dataclasses import dataclass
from enum import StrEnum

from tideover.money import Money
from tideover.offers.figures import Judged
from tideover.offers.finding import offer_of
from tideover.offers.offer import Offer, Refused
from tideover.offers.refusing import next_steps, refused_wish, why_nothing_fits
from tideover.offers.request import OfferRequest
from tideover.offers.search import build, lengths
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
    passing = _passing(situation)
    meeting = [plan for plan in passing if _misses(plan, situation) == 0]
    if meeting:
        return _answer(situation, meeting[0], CounterOutcome.ACCEPTED)
    if passing:
        nearest = min(passing, key=lambda plan: (_misses(plan, situation), plan.instalments))
        return _answer(situation, nearest, CounterOutcome.NEAREST)
    refused = tuple(refused_wish(situation)) or (why_nothing_fits(situation),)
    return Counter(
        outcome=CounterOutcome.REFUSED,
        offer=None,
        difference=None,
        refused=refused,
        next_steps=next_steps(situation),
    )


def _passing(situation: Situation) -> list[Judged]:
    """Return every plan after the wished pause that passes every rule, the shortest first."""
    longest = situation.parameters.integer("pause.months_max")
    pause = min(situation.request.wish.pause_months or 0, longest)
    permitted = [one for one in lengths(situation, pause_months=pause) if one.could_fit]
    if not permitted:
        return []
    shortest = permitted[0].instalments
    built = (
        build(situation, instalments=one.instalments, pause_months=pause, shortest=shortest)
        for one in permitted
    )
    return [plan for plan in built if plan is not None and plan.passed]


def _misses(plan: Judged, situation: Situation) -> int:
    """Return how far a plan is from the wish: fen above the payment, then instalments, months."""
    wish = situation.request.wish
    above = max(0, plan.payment.minor - wish.monthly.minor) if wish.monthly is not None else 0
    off = abs(plan.instalments - wish.instalments) if wish.instalments is not None else 0
    pause = abs(plan.proposal.pause_months - (wish.pause_months or 0))
    return above + off + pause


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
