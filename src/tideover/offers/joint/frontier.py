"""Every plan that could be had, and those no other beats on cost, burden and value together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tideover.kernels import unbeaten
from tideover.money import Money
from tideover.offers.grid import Candidate, Grid, evenly_split
from tideover.offers.joint.answer import FrontierPoint
from tideover.offers.joint.standing import Standing
from tideover.offers.joint.value import contract_value

__all__ = ["Search", "balanced", "pareto", "point_of", "search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was looked for and found: the plans that fit every month, the shortest first.

    `without` is what the lender may expect with no agreement; `looked_at` is how many
    combinations there were, those with a concession included; `eased` are shorter plans that one
    concession alone would make fit, the one that gives least first.
    """

    standing: Standing
    grid: Grid
    found: tuple[Candidate, ...]
    without: Money
    looked_at: int
    eased: tuple[Candidate, ...]

    def gain(self, one: Candidate) -> Money:
        """Return what the lender gains by a plan over no agreement."""
        return one.value - self.without


def search(standing: Standing) -> Search:
    """Return every plan that fits every month: of every length, after every pause."""
    pauses = range(standing.request.parameters.integer("pause.months_max") + 1)
    grid = Grid.of(
        [situation for _, situation in standing.loans],
        limits=standing.limits,
        curve=standing.curve,
    )
    found = grid.search(pauses, granted=[(one, 0) for one in grid.grants.singles])
    plans = found.candidates()
    return Search(
        standing=standing,
        grid=grid,
        found=tuple(one for one in plans if not one.grant),
        without=contract_value(standing),
        looked_at=found.looked_at,
        eased=tuple(one for one in plans if one.grant),
    )


def pareto(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that no other beats, the shortest after each pause first."""
    merits = [(-one.cost_minor, -one.payment_minor, one.value_minor) for one in found]
    keeps = unbeaten(np.array(merits, dtype=np.int64).reshape(len(merits), 3).T)
    return tuple(one for one, is_kept in zip(found, keeps, strict=True) if is_kept)


def point_of(one: Candidate, searched: Search) -> FrontierPoint:
    """Return a candidate as a point of the frontier."""
    return FrontierPoint(
        instalments=one.instalments,
        pause_months=one.pause_months,
        monthly=one.payment,
        total_interest=one.total_interest,
        total_cost=one.cost_of_credit,
        lender_value_change=searched.gain(one),
    )


def balanced(within: Sequence[Candidate], searched: Search) -> Candidate | None:
    """Return the plan that splits the gain over no agreement most evenly (Nash bargaining)."""
    return evenly_split(within, [searched.gain(one).minor for one in within])
