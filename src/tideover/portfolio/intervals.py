"""How far a figure may be off by chance: 19 times in 20 the truth is within the margin.

Both policies meet the same fortunes loan by loan, so differences are taken loan by loan and what
both share cancels. Loans are taken as drawn from all loans like them, each with one draw of its
fortunes. Sums: the variance of a sum of independent parts. Shares: a ratio of two sums, put
straight by its first derivative (Cochran, Sampling Techniques, 3rd edition, 6.4).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from tideover.portfolio.tallies import ARMS, Tally

__all__ = ["ShareInterval", "SumInterval", "broken_difference", "share_margin", "sum_difference"]

#: Standard errors on each side of a mean that hold it 95 times in 100.
SURE: Final = 1.96


@dataclass(frozen=True, slots=True)
class SumInterval:
    """A difference of sums between the policies, B less A, and its margin; minor units or loans."""

    middle: int
    margin: int

    @property
    def is_clear(self) -> bool:
        """Whether the sign of the difference is known."""
        return abs(self.middle) > self.margin


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A difference of shares between the policies, B less A, and its margin; both of one."""

    middle: float
    margin: float


def sum_difference(tally: Tally, name: str) -> SumInterval:
    """Return the sum over the book of a paired difference."""
    loans = tally["loans"]
    middle, squares = tally[f"paired/{name}"], tally[f"paired_squares/{name}"]
    spread = max(squares - middle * middle / max(loans, 1), 0)
    return SumInterval(middle, round(SURE * sqrt(spread)))


def broken_difference(tally: Tally, age: int) -> ShareInterval | None:
    """Return by how much the share of plans broken within `age` months differs.

    Nothing where a policy has no plan of that age.
    """
    seen = [tally[f"{arm}/seen/{age}"] for arm in ARMS]
    failed = [tally[f"{arm}/failed/{age}"] for arm in ARMS]
    if not all(seen):
        return None
    shares = [part / whole for part, whole in zip(failed, seen, strict=True)]
    alone = sum(
        (part - 2 * share * part + share * share * whole) / whole**2
        for part, whole, share in zip(failed, seen, shares, strict=True)
    )
    both = {
        pair: tally[f"both/{pair}/{age}"]
        for pair in ("failed_failed", "failed_seen", "seen_failed", "seen_seen")
    }
    shared = (
        both["failed_failed"]
        - shares[1] * both["failed_seen"]
        - shares[0] * both["seen_failed"]
        + shares[0] * shares[1] * both["seen_seen"]
    ) / (seen[0] * seen[1])
    return ShareInterval(shares[1] - shares[0], SURE * sqrt(max(alone - 2 * shared, 0)))


def share_margin(part: int, whole: int) -> float:
    """Return how far a share of independent households may be off."""
    share = part / whole
    return SURE * sqrt(share * (1 - share) / whole)
