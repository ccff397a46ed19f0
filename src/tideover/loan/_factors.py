"""Interest factors and rounding as plain whole numbers, for inner loops."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm, prod
from typing import Final, NamedTuple

from tideover.dates import DayCount, Period
from tideover.loan.rates import AnnualRate, DailyRate, Rate
from tideover.money import Rounding

_DAYS_OF_YEAR: Final = {DayCount.ACT_360: 360, DayCount.ACT_364: 364, DayCount.ACT_365F: 365}


class Factors(NamedTuple):
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

    @classmethod
    def level(cls, factor: Fraction, count: int) -> "Factors":
        """Return the same factor for every line."""
        return cls((factor.numerator,) * count, factor.denominator)

    @classmethod
    def monthly(cls, rate: AnnualRate, *, months: int, count: int) -> "Factors":
        """Return so many twelfths of a simple yearly rate for every line."""
        part, whole = rate.of_year.numerator * months, rate.of_year.denominator * 12
        shared = gcd(part, whole)
        return cls((part // shared,) * count, whole // shared)

    @classmethod
    def by_days(cls, rate: Rate | None, periods: Sequence[Period]) -> "Factors | None":
        """Return the factors of a rate that only counts days, None for any other."""
        if isinstance(rate, DailyRate):
            part, whole = rate.of_day.numerator, rate.of_day.denominator
        elif isinstance(rate, AnnualRate) and rate.day_count in _DAYS_OF_YEAR:
            if rate.compounds_a_year is not None:
                return None
            part = rate.of_year.numerator
            whole = rate.of_year.denominator * _DAYS_OF_YEAR[rate.day_count]
        else:
            return None
        return cls(tuple(part * period.days for period in periods), whole)

    def annuity(self, balance: int) -> tuple[int, int]:
        """Return the exact level instalment as two whole numbers to divide.

        It is balance x prod(1+r) / f with f = 1 and then 1 + f(1+r); for equal rates both are
        powers.
        """
        whole, numerators = self.denominator, self.numerators
        rate, count = numerators[0], len(numerators)
        if rate and numerators.count(rate) == count:
            growth = (whole + rate) ** count
            return balance * growth * rate, whole * (growth - whole**count)
        scale, weight = 1, 0
        for numerator in numerators:
            weight = scale + weight * (whole + numerator)
            scale *= whole
        growth = prod(whole + numerator for numerator in numerators)
        return balance * growth, whole * weight


@dataclass(frozen=True, slots=True)
class Divider:
    """A rounding of whole numbers that are not negative, as arithmetic: no call a line.

    `parts` are bias, divisor and whether halves go to the even neighbour: n rounds to
    (n + bias) // divisor, less one where that is odd and nothing is left over.
    """

    parts: tuple[int, int, bool]

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, rounding: Rounding, denominator: int) -> "Divider":
        """Return the arithmetic of dividing by `denominator` with `rounding`."""
        match rounding:
            case Rounding.HALF_UP:
                return cls((denominator // 2, denominator, False))
            case Rounding.HALF_EVEN:
                # An odd number has no half, so there is no tie to break.
                return cls((denominator // 2, denominator, denominator % 2 == 0))
            case Rounding.HALF_DOWN:
                return cls(((denominator - 1) // 2, denominator, False))
            case Rounding.UP:
                return cls((denominator - 1, denominator, False))
            case Rounding.DOWN:
                return cls((0, denominator, False))

    def whole(self, numerator: int) -> int:
        """Return `numerator` over the denominator as a whole number."""
        bias, divisor, is_even = self.parts
        whole, rest = divmod(numerator + bias, divisor)
        return whole - 1 if is_even and not rest and whole & 1 else whole
