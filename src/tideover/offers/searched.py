"""What a search of one loan found, and what the lender may expect of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tideover.kernels import BreakOff
from tideover.offers.grid import Candidate, Found, Grid, evenly_split, grid_of
from tideover.offers.situation import Situation

__all__ = ["Searched", "search_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The plans that fit every month: without a pause, after one, and at a lower rate."""

    grid: Grid
    found: Found
    plain: tuple[Candidate, ...]
    paused: tuple[Candidate, ...]
    reduced: tuple[Candidate, ...]

    def balanced(self, within: Sequence[Candidate]) -> Candidate | None:
        """Return the plan among the first `within` that splits the gain over no agreement evenly.

        `within` are the shortest plans without a pause.
        """
        curve = BreakOff.of(self.grid.situations[0].parameters)
        values = self.grid.values(self.found, np.arange(len(within)), curve=curve)
        without = self.grid.contract_value(curve)
        return evenly_split(within, [value - without for value in values.tolist()])

    def reduced_after_pauses(self) -> Found:
        """Return the plans at every cut of the rate after every pause, the smallest cut first."""
        pauses = range(1, 1 + self.grid.calendars[0].longest_pause)
        return self.grid.search(
            (), cuts=[(cut, pause) for cut in self.grid.cuts for pause in pauses]
        )


def search_of(situation: Situation) -> Searched:
    """Return every plan of a loan: each length after each pause, and at each cut of the rate."""
    grid = grid_of(situation)
    pauses = range(1 + grid.calendars[0].longest_pause)
    found = grid.search(pauses, cuts=[(cut, 0) for cut in grid.cuts])
    plans = found.candidates()
    return Searched(
        grid=grid,
        found=found,
        plain=tuple(one for one in plans if not one.cut and not one.pause_months),
        paused=tuple(one for one in plans if not one.cut and one.pause_months),
        reduced=tuple(one for one in plans if one.cut),
    )
