"""The level instalment, by whole numbers only.

Interest factors arrive as numerators over one common denominator, so a trial run of a schedule
is a multiplication and a division a line. The readable form of the same search is the oracle in
the tests.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod

from tideover.money import Rounding


@dataclass(frozen=True, slots=True)
class Factors:
    """The interest factor of every line, as `numerators` over one `denominator`."""

    numerators: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, factors: Sequence[Fraction]) -> "Factors":
        """Return `factors` over their common denominator."""
        denominator = lcm(*(factor.denominator for factor in factors))
        return cls(
            tuple(factor.numerator * (denominator // factor.denominator) for factor in factors),
            denominator,
        )

    def annuity(self, balance: int) -> Fraction:
        """Return the exact level instalment: balance x prod(1+r) / f, f = 1 + f(1+r)."""
        scale, weight = 1, 0
        for numerator in self.numerators:
            weight = scale + weight * (self.denominator + numerator)
            scale *= self.denominator
        growth = prod(self.denominator + numerator for numerator in self.numerators)
        return Fraction(balance * growth, self.denominator * weight)


def smallest_clearing(balance: int, factors: Factors, *, rounding: Rounding) -> int:
    """Return the smallest instalment that leaves nothing after the last line.

    Sound because rounding never reverses an order: a higher instalment never leaves more. The
    annuity formula says where to look; a first period so long that its interest is above the
    instalment can put it off, so the search widens until it has the answer between two trials.
    """
    guess = factors.annuity(balance)
    low = high = Rounding.UP(guess)
    step = 1
    while left_after(balance, factors, instalment=high, rounding=rounding) > 0:
        low, high, step = high + 1, high + step, step * 2
    step = 1
    while low > 0 and left_after(balance, factors, instalment=low, rounding=rounding) <= 0:
        high, low, step = low, low - step, step * 2
    return bisect_left(
        range(high),
        0,
        lo=max(low, 0),
        key=lambda minor: (
            -max(left_after(balance, factors, instalment=minor, rounding=rounding), 0)
        ),
    )


def left_after(balance: int, factors: Factors, *, instalment: int, rounding: Rounding) -> int:
    """Return what is left after paying `instalment` on every line, below zero when too much.

    Interest above the instalment is carried to the next line and bears none itself.
    """
    denominator = factors.denominator
    carried = 0
    for numerator in factors.numerators:
        due = carried + rounding.of(balance * numerator, denominator)
        if due > instalment:
            carried = due - instalment
            continue
        carried = 0
        balance -= instalment - due
        if balance <= 0:
            return min(balance, 0)
    return balance + carried
