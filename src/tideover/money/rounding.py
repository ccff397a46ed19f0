"""Rounding by name: the only ways an exact number becomes whole minor units."""

from enum import Enum
from fractions import Fraction
from typing import Final


class Rounding(Enum):
    """A way of rounding. Call it with an exact number and it returns a whole one.

    UP and DOWN go away from zero and toward zero. HALF_UP takes a half away from zero,
    HALF_EVEN to the even neighbour, HALF_DOWN toward zero.

    >>> Rounding.HALF_UP(Fraction(5, 2)), Rounding.HALF_EVEN(Fraction(5, 2))
    (3, 2)
    """

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    HALF_DOWN = "half-down"
    UP = "up"
    DOWN = "down"

    @property
    def zh(self) -> str:
        """The name of this way of rounding in Chinese."""
        return _NAMES_ZH[self]

    def __call__(self, exact: Fraction | int) -> int:
        """Return `exact` as a whole number."""
        return self.of(exact.numerator, exact.denominator)

    def of(self, numerator: int, denominator: int) -> int:
        """Return `numerator / denominator` (a positive denominator) as a whole number.

        The integer form of calling it, for inner loops: no fraction is made.
        """
        whole, rest = divmod(abs(numerator), denominator)
        if rest and self._goes_away(whole, rest, denominator):
            whole += 1
        return whole if numerator >= 0 else -whole

    def to_multiple(self, exact: Fraction | int, multiple: int) -> int:
        """Return `exact` as a whole multiple of `multiple`, rounded once."""
        return self.of(exact.numerator, exact.denominator * multiple) * multiple

    def _goes_away(self, whole: int, rest: int, denominator: int) -> bool:
        # The most common first: looking a member up costs more than the arithmetic.
        match self:
            case Rounding.HALF_UP:
                return 2 * rest >= denominator
            case Rounding.UP:
                return True
            case Rounding.DOWN:
                return False
            case Rounding.HALF_DOWN:
                return 2 * rest > denominator
            case Rounding.HALF_EVEN:
                return 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)


_NAMES_ZH: Final = {
    Rounding.HALF_UP: "四舍五入",
    Rounding.HALF_EVEN: "四舍六入五成双",
    Rounding.HALF_DOWN: "五舍六入",
    Rounding.UP: "向上进位",
    Rounding.DOWN: "舍去尾数",
}
