"""Combinations as columns: how long, after which pause, with what granted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tideover.kernels import Int, Mask, order_by_count
from tideover.offers.grid.calendar import Calendar

__all__ = ["Plans", "Ways", "ways_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Plans of one loan by what they ask for. `grants` are places among those of the grid."""

    counts: Int
    pauses: Int
    grants: Int

    def picked(self, chosen: Mask | Int) -> "Plans":
        """Return the plans that are chosen, by mask or by place."""
        return Plans(
            counts=self.counts[chosen], pauses=self.pauses[chosen], grants=self.grants[chosen]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Combinations as columns: `asked` instalments after `pauses` steps, with a grant.

    With several loans a plan of so many instalments gives each loan as many, or the most it may
    have: `counts` (loans, ways). The longest come first.
    """

    asked: Int
    pauses: Int
    grants: Int
    counts: Int

    def picked(self, chosen: Mask | Int) -> "Ways":
        """Return the ways that are chosen, by mask or by place."""
        return Ways(
            asked=self.asked[chosen],
            pauses=self.pauses[chosen],
            grants=self.grants[chosen],
            counts=self.counts[:, chosen],
        )

    def of_loan(self, loan: int) -> Plans:
        """Return the ways as plans of one of the loans."""
        return Plans(counts=self.counts[loan], pauses=self.pauses, grants=self.grants)

    def thinned(self, *, kinds: int, each: int, longest: bool, paused: bool) -> "Ways":
        """Return all ways of time alone, and few of those that grant something.

        Of the first `kinds` pairs of grant and pause, `each` ways: the longest, or the shortest. A
        grant gives no more than is needed, so the later ones are not. With `paused` the shortest
        few after every pause are all that is kept of those that pause.
        """
        plain = self.grants == 0
        chosen = plain & (self.pauses == 0) if paused else plain
        if chosen.all():
            return self
        pairs = self.grants * (1 + int(self.pauses.max())) + self.pauses
        given = np.unique(pairs[~plain])[:kinds].tolist()
        for pair in given:
            places = np.flatnonzero(pairs == pair)
            chosen[places[:each] if longest else places[-each:]] = True
        for pair in np.unique(pairs[plain & ~chosen]).tolist():
            chosen[np.flatnonzero(pairs == pair)[-each:]] = True
        return self.picked(chosen)


def ways_of(calendars: Sequence[Calendar], *, asked: Int, pauses: Int, grants: Int) -> Ways:
    """Return the ways of these lengths after these pauses, the longest first."""
    order = order_by_count(asked)
    asked, pauses, grants = asked[order], pauses[order], grants[order]
    most = [
        [calendar.longest_after(pause) for pause in range(1 + int(pauses.max(initial=0)))]
        for calendar in calendars
    ]
    counts = np.minimum(asked, np.array(most, dtype=np.int64)[:, pauses])
    return Ways(asked=asked, pauses=pauses, grants=grants, counts=counts)
