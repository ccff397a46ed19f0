"""Which lengths each loan may have, and what they would ask for, before anything is built."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from tideover.loan import Rate
from tideover.offers.joint.standing import Standing
from tideover.offers.search import Length, lengths, reduced_rates
from tideover.offers.situation import Situation

__all__ = ["Reach", "reach_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What lengths each loan may have after one pause, and what they would ask for.

    `rates` replace the contract rates where they are not None.
    """

    pause_months: int
    standing: Standing
    permitted: tuple[tuple[Length, ...], ...]
    rates: tuple[Rate | None, ...]

    @property
    def longest(self) -> int:
        """The longest length any loan may have."""
        return max((len(one) for one in self.permitted), default=0)

    def estimates(self, asked: int) -> tuple[tuple[int, int], ...]:
        """Return the instalments and the estimated payment of each loan for a joint length."""
        return tuple((length.instalments, length.estimate.minor) for length in self._picked(asked))

    def could_fit(self, asked: int, *, slack: int = 3) -> bool:
        """Whether a joint plan of this length is worth building."""
        picked = self._picked(asked)
        if any(length.is_idle for length in picked):
            return False
        dues: dict[date, int] = {}
        for length, all_lengths in zip(picked, self.permitted, strict=True):
            for one in all_lengths[: length.instalments]:
                month = one.due_date.replace(day=1)
                dues[month] = dues.get(month, 0) + length.estimate.minor - slack
        return all(minor <= self.standing.limit_on(month).minor for month, minor in dues.items())

    def _picked(self, asked: int) -> tuple[Length, ...]:
        return tuple(one[min(asked, len(one)) - 1] for one in self.permitted)


def reach_of(standing: Standing, *, pause_months: int = 0, cut: int = 0) -> Reach | None:
    """Return what every loan may have after a pause, or None where one may have nothing.

    `cut` is which of the rate cuts of the policy applies, counted from one; none with nought.
    """
    rates = tuple(_cut_rate(situation, cut) for _, situation in standing.loans)
    permitted = tuple(
        lengths(situation, pause_months=pause_months, rate=rate)
        for (_, situation), rate in zip(standing.loans, rates, strict=True)
    )
    if not permitted or not all(permitted):
        return None
    return Reach(pause_months=pause_months, standing=standing, permitted=permitted, rates=rates)


def _cut_rate(situation: Situation, cut: int) -> Rate | None:
    return next(islice(reduced_rates(situation), cut - 1, None), None) if cut else None
