"""What a search of one loan found, and what the lender may expect of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tideover.kernels import BreakOff
from tideover.offers.grid import Candidate, Found, Grid, evenly_split, grid_of
from tideover.offers.situation import Situation

__all__ = ["Searched", "granted_plans", "search_of", "soonest_over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The plans of time alone that fit every month: all without a pause, the shortest after one."""

    grid: Grid
    found: Found
    plain: tuple[Candidate, ...]
    paused: tuple[Candidate, ...]

    def balanced(self, within: Sequence[Candidate]) -> Candidate | None:
        """Return the plan among the first `within` that splits the gain over no agreement evenly.

        `within` are the shortest plans without a pause.
        """
        curve = BreakOff.of(self.grid.situations[0].parameters)
        values = self.grid.values(self.found, np.arange(len(within)), curve=curve)
        without = self.grid.contract_value(curve)
        return evenly_split(within, [value - without for value in values.tolist()])


def search_of(situation: Situation) -> Searched:
    """Return every plan of a loan: each length after each pause, and with each concession alone."""
    grid = grid_of(situation)
    pauses = range(1 + grid.calendars[0].longest_pause)
    found = grid.search(pauses, granted=[(one, 0) for one in grid.grants.singles], few=True)
    plans = found.candidates()
    return Searched(
        grid=grid,
        found=found,
        plain=tuple(one for one in plans if not one.pause_months),
        paused=tuple(one for one in plans if one.pause_months),
    )


def granted_plans(grid: Grid) -> tuple[tuple[Candidate, ...], int]:
    """Return the plans that a concession makes affordable, the one that gives least first.

    Of the plans with the same grant the longest comes first: a concession makes up for what time
    cannot, and gives no more. Pauses are looked at where nothing fits without one. The number says
    how many combinations that were.
    """
    places = range(1, len(grid.grants))
    found = grid.search((), granted=[(one, 0) for one in places], longest=True)
    looked_at, plans = found.looked_at, found.candidates()
    if not plans:
        pauses = range(1, 1 + min(calendar.longest_pause for calendar in grid.calendars))
        kinds = [(one, pause) for one in places for pause in pauses]
        found = grid.search((), granted=kinds, longest=True)
        looked_at, plans = looked_at + found.looked_at, found.candidates()
    least = sorted(plans, key=lambda one: (one.grant, one.pause_months, -one.instalments))
    return tuple(least), looked_at


def soonest_over(found: Sequence[Candidate]) -> Candidate | None:
    """Return the plan that is over soonest, its pause counted; of equals the one without a pause.

    More income adds plans and takes none away, so it never makes this one end later.
    """
    return min(
        found, key=lambda one: (one.pause_months + one.instalments, one.pause_months), default=None
    )
