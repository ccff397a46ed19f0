"""Interest of a period on many balances at once, exact and rounded by name.

    interest = round(balance x numerator / denominator)

Where every product fits into 63 bits it is one whole division (narrow). Elsewhere the quotient is
estimated in double precision and put right by the remainder: the remainder is taken in wrapping
64-bit arithmetic, which is exact because the true one is below twice the denominator whenever the
estimate is within one, and the estimate is within one for every quotient below 2**50 (wide).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels.arrays import BeyondExact, Int, Real
from tideover.money import Rounding

__all__ = ["DENOMINATOR_LIMIT", "WORTH_LIMIT", "Factors", "rounding_bias"]

#: Principal with all its interest, times the number of lines: below it doubles hold every balance.
WORTH_LIMIT: Final = 2**52
#: Twice the denominator must be a 64-bit number.
DENOMINATOR_LIMIT: Final = 2**61
NARROW_LIMIT: Final = 2**62


@dataclass(frozen=True, slots=True)
class Factors:
    """The interest factors of loans: `numerators` (lines, loans) over `denominator` (loans,).

    A width of one loan stands for all loans. `bias` makes the rounding a division rounded down,
    `is_even` sends a half to the even neighbour. Made by `of`, which checks the limits.
    """

    numerators: Int
    denominator: Int
    bias: Int
    is_even: bool
    is_narrow: bool
    estimates: Real
    shift: Real

    @classmethod
    def of(
        cls,
        numerators: Int,
        denominator: Int,
        *,
        principal: Int,
        rounding: Rounding = Rounding.HALF_UP,
    ) -> "Factors":
        """Return the factors of loans of these principals.

        Raises:
            BeyondExact: a principal, a factor or a denominator is outside the exact range.
        """
        estimates = numerators / denominator
        _refuse_beyond(numerators, denominator, principal=principal, estimates=estimates)
        bias = rounding_bias(denominator, rounding)
        worth = np.max(principal * (1 + estimates.sum(axis=0)) * len(numerators))
        largest = int(worth) * int(numerators.max(initial=0)) + int(denominator.max())
        return cls(
            numerators=numerators,
            denominator=denominator,
            bias=bias,
            is_even=rounding is Rounding.HALF_EVEN,
            is_narrow=largest < NARROW_LIMIT,
            estimates=estimates,
            shift=bias / denominator,
        )

    @property
    def lines(self) -> int:
        """How many lines there are factors for."""
        return len(self.numerators)

    def picked(self, loans: Int) -> "Factors":
        """Return the factors of the loans at these places, in that order."""
        one_each = self.numerators.shape[1] > 1
        wide = len(self.denominator) > 1
        return Factors(
            numerators=self.numerators[:, loans] if one_each else self.numerators,
            denominator=self.denominator[loans] if wide else self.denominator,
            bias=self.bias[loans] if wide else self.bias,
            is_even=self.is_even,
            is_narrow=self.is_narrow,
            estimates=self.estimates[:, loans] if self.estimates.shape[1] > 1 else self.estimates,
            shift=self.shift[loans] if wide else self.shift,
        )

    @property
    def is_plain(self) -> bool:
        """Whether every product fits into 63 bits, over one denominator, no half going to even."""
        return self.is_narrow and not self.is_even and len(self.denominator) == 1

    def interest(self, line: int, balance: Int) -> Int:
        """Return the interest of `line` on the balances of the first so many loans."""
        many = len(balance)
        denominator, bias = self.denominator[:many], self.bias[:many]
        product = balance * self.numerators[line, :many]
        product += bias
        if self.is_narrow:
            # One divisor for all is several times as fast as one each.
            quotient = product // (int(denominator[0]) if len(denominator) == 1 else denominator)
        else:
            guess = np.floor(balance * self.estimates[line, :many] + self.shift[:many])
            quotient = guess.astype(np.int64)
            rest = product - quotient * denominator
            quotient += rest >= denominator
            quotient -= rest < 0
        if self.is_even:
            is_tie = (product - quotient * denominator == 0) & (denominator % 2 == 0)
            quotient -= is_tie & (quotient % 2 != 0)
        return quotient

    def column(self, loan: int, *, lines: int) -> tuple[Sequence[int], int]:
        """Return the factors of one loan as whole numbers of Python, for exact arithmetic."""
        place = loan if self.numerators.shape[1] > 1 else 0
        divisor = self.denominator[loan if len(self.denominator) > 1 else 0]
        return [int(one) for one in self.numerators[:lines, place]], int(divisor)


def rounding_bias(denominator: Int, rounding: Rounding) -> Int:
    """Return what is added to a product so that a division rounded down rounds by name."""
    match rounding:
        case Rounding.HALF_UP | Rounding.HALF_EVEN:
            return denominator // 2
        case Rounding.HALF_DOWN:
            return (denominator - 1) // 2
        case Rounding.UP:
            return denominator - 1
        case Rounding.DOWN:
            return np.zeros_like(denominator)


def _refuse_beyond(numerators: Int, denominator: Int, *, principal: Int, estimates: Real) -> None:
    worth = principal * (1 + estimates.sum(axis=0)) * len(numerators)
    for what, values, limit in (
        ("principal with interest, times its lines,", np.atleast_1d(worth), WORTH_LIMIT),
        ("the denominator of the rate", denominator, DENOMINATOR_LIMIT),
        ("one less than the principal", 1 - principal, 1),
        ("a negative factor, its sign turned,", -numerators.min(axis=0), 1),
    ):
        # The other way round, not a number is refused too.
        beyond = ~(values < limit)
        if beyond.any():
            raise BeyondExact(what, limit=limit, place=int(np.argmax(beyond)))
