"""Every plan that could be had, and those no other beats on cost, burden and value together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tideover.money import Money
from tideover.offers.joint.answer import FrontierPoint
from tideover.offers.joint.plans import Draft, draft_of
from tideover.offers.joint.reach import reach_of
from tideover.offers.joint.standing import Standing
from tideover.offers.joint.value import Curve, contract_value, plan_value

__all__ = ["Candidate", "balanced", "candidates", "conceded", "pareto"]

#: A longer plan after the same pause only costs more; these are enough to compare.
LENGTHS_AFTER_A_PAUSE: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A draft that fits every month, with what the lender gains by it over no agreement."""

    draft: Draft
    gain: Money

    @property
    def point(self) -> FrontierPoint:
        """The candidate as a point of the frontier."""
        return FrontierPoint(
            instalments=self.draft.asked,
            pause_months=self.draft.pause_months,
            monthly=self.draft.payment,
            total_interest=self.draft.total_interest,
            lender_value_change=self.gain,
        )


def candidates(standing: Standing, *, pauses: Sequence[int] = (0,)) -> tuple[Candidate, ...]:
    """Return the plans that fit every month: of every length, and the shorter ones after pauses."""
    curve = Curve.of(standing.request.parameters)
    none = contract_value(standing, curve=curve)
    return tuple(
        Candidate(draft=draft, gain=plan_value(draft, standing=standing, curve=curve) - none)
        for pause in pauses
        for draft in _fitting(standing, pause)
    )


def pareto(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that no other beats, the shortest first."""
    merits = [
        (-one.draft.cost_of_credit.minor, -one.draft.payment.minor, one.gain.minor) for one in found
    ]
    kept = [
        one
        for one, mine in zip(found, merits, strict=True)
        if not any(_beats(theirs, mine) for theirs in merits)
    ]
    return tuple(sorted(kept, key=lambda one: (one.draft.pause_months, one.draft.asked)))


def balanced(frontier: Sequence[Candidate], standing: Standing) -> Candidate | None:
    """Return the plan that splits the gain over no agreement most evenly (Nash bargaining).

    The lender gains value on its claim. The household gains room in its tightest month, and keeps
    what it does not pay in interest beyond the cheapest plan; its gain is the product of both, so
    that neither a heavy nor an endless plan is a good one. The plan with the greatest product of
    the two sides' gains.
    """
    if not frontier:
        return None
    dearest = max(one.draft.cost_of_credit.minor for one in frontier)
    scores = [
        max(0, one.gain.minor)
        * max(0, _room(one, standing))
        * (dearest - one.draft.cost_of_credit.minor)
        for one in frontier
    ]
    return frontier[scores.index(max(scores))] if max(scores) else None


def _beats(mine: tuple[int, int, int], theirs: tuple[int, int, int]) -> bool:
    return mine != theirs and all(a >= b for a, b in zip(mine, theirs, strict=True))


def _room(one: Candidate, standing: Standing) -> int:
    return min(
        standing.limit_on(month).minor - amount.minor for month, amount in one.draft.months.items()
    )


def conceded(standing: Standing) -> tuple[Candidate, ...]:
    """Return the shortest plan at the smallest cut of the rates that fits, nothing if none does."""
    curve = Curve.of(standing.request.parameters)
    none = contract_value(standing, curve=curve)
    cuts = len(standing.request.parameters.names("concession.rate_cuts"))
    for cut in range(1, cuts + 1):
        for draft in _fitting(standing, 0, cut=cut):
            gain = plan_value(draft, standing=standing, curve=curve) - none
            return (Candidate(draft=draft, gain=gain),)
    return ()


def _fitting(standing: Standing, pause: int, *, cut: int = 0) -> Iterator[Draft]:
    """Return every draft that fits, shortest first; after a pause nobody asked for, a few."""
    reach = reach_of(standing, pause_months=pause, cut=cut)
    if reach is None:
        return
    is_asked = pause in (0, standing.request.wish.pause_months)
    drafts = (
        draft_of(standing, reach, asked=asked)
        for asked in range(1, reach.longest + 1)
        if reach.could_fit(asked)
    )
    fitting = (draft for draft in drafts if draft is not None and draft.fits(standing))
    yield from fitting if is_asked else islice(fitting, LENGTHS_AFTER_A_PAUSE)
