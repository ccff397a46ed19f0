"""The plan that splits the gain over no agreement evenly (Nash bargaining)."""

from collections.abc import Sequence

from tideover.offers.grid.candidate import Candidate

__all__ = ["evenly_split"]


def evenly_split(plans: Sequence[Candidate], gains: Sequence[int]) -> Candidate | None:
    """Return the plan with the greatest product of both sides' gains, None where there is none.

    `gains` is what the lender's claim is worth above no agreement, in minor units. The household
    gains room in its tightest month, and keeps what it does not pay beyond the cheapest plan; its
    gain is the product of both, so that neither a heavy nor an endless plan is a good one.
    """
    dearest = max((one.cost_minor for one in plans), default=0)
    scores = [
        max(0, gain) * max(0, one.room_minor) * (dearest - one.cost_minor)
        for one, gain in zip(plans, gains, strict=True)
    ]
    best = max(scores, default=0)
    return plans[scores.index(best)] if best else None
