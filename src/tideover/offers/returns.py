"""The yearly rates a plan costs, to ten decimals, by Newton's method.

The same numbers as `tideover.loan.simple_daily_rate`, `periodic_irr` and `xirr`, which search in a
bracket and to fifty digits. A plan has one stream of dues after one amount owed: from the rate to
first order a few steps do.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

__all__ = ["effective_rate", "monthly_rate", "simple_rate"]

#: Rates are kept to ten decimals, a hundred-millionth of a percent, so that they can be told again.
RATE_DIGITS: Final = 10
DAYS_OF_YEAR: Final = 365
MONTHS_OF_YEAR: Final = 12
DIGITS: Final = 28
#: A step this small leaves an error of its square, far beyond the digits that are kept.
NEAR: Final = Decimal(10) ** -11
#: From this rate a day a year of compounding blows an error up beyond them: more digits then.
STEEP: Final = Decimal("0.01")
STEEP_DIGITS: Final = 80
STEEP_NEAR: Final = Decimal(10) ** -35
STEPS_MAX: Final = 60
HALF_A_MONTH: Final = 15

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)

#: What falls due, in minor units, and how many steps after the one before.
Due = tuple[int, int]
#: From a rate and a number of steps: the discount over them, and how fast it falls with the rate.
Discount = Callable[[Decimal, int], tuple[Decimal, Decimal]]


def simple_rate(owed: int, dues: Sequence[tuple[date, int]], *, start: date) -> Fraction:
    """Return the simple yearly rate at which dues repay `owed`, interest settled at every due."""
    return _kept(_rate(owed, _by_gap(dues, start), discount=_simple), DAYS_OF_YEAR)


def monthly_rate(owed: int, dues: Sequence[tuple[date, int]]) -> Fraction:
    """Return twelve times the rate of a month at which equally spaced dues repay `owed`."""
    return _kept(_rate(owed, [(amount, 1) for _, amount in dues], discount=_simple), MONTHS_OF_YEAR)


def effective_rate(
    owed: int, dues: Sequence[tuple[date, int]], *, start: date, simple: Fraction | None = None
) -> Fraction:
    """Return the effective yearly rate (XIRR, actual days over 365) at which dues repay `owed`.

    The simple rate of the same dues, where it is known, tells where to begin.
    """
    gaps = _by_gap(dues, start)
    guess = _beside(simple) if simple is not None else None
    daily, digits = _rate(owed, gaps, discount=_compound, guess=guess), DIGITS
    if daily > STEEP:
        digits = STEEP_DIGITS
        daily = _rate(owed, gaps, discount=_compound, digits=digits, near=STEEP_NEAR)
    with localcontext(Context(prec=digits)):
        return _kept((ONE + daily) ** DAYS_OF_YEAR - ONE, 1, digits=digits)


def _by_gap(dues: Sequence[tuple[date, int]], start: date) -> list[Due]:
    """What falls due on each day, and the days since the due before; nothing falls due for free."""
    by_day: dict[date, int] = {}
    for day, amount in dues:
        by_day[day] = by_day.get(day, 0) + amount
    gaps, before = [], start
    for day, amount in by_day.items():
        if amount:
            gaps.append((amount, (day - before).days))
            before = day
    return gaps


def _simple(rate: Decimal, steps: int) -> tuple[Decimal, Decimal]:
    factor = ONE / (ONE + rate * steps)
    return factor, -steps * factor * factor


def _compound(rate: Decimal, steps: int) -> tuple[Decimal, Decimal]:
    factor = (ONE + rate) ** -steps
    return factor, -steps * factor / (ONE + rate)


def _rate(
    owed: int,
    dues: Sequence[Due],
    *,
    discount: Discount,
    digits: int = DIGITS,
    near: Decimal = NEAR,
    guess: Decimal | None = None,
) -> Decimal:
    """Return the rate of one step. The worth of dues falls ever slower as the rate rises.

    So Newton's steps from below the root never pass it, and one from above leads below.
    """
    kinds = {steps for _, steps in dues}
    later = [(Decimal(amount), steps) for amount, steps in reversed(dues)]
    whole = Decimal(owed)
    least = -ONE / max(kinds)
    with localcontext(Context(prec=digits)):
        rate = _first_guess(owed, dues) if guess is None else guess
        for _ in range(STEPS_MAX):
            factors = {steps: discount(rate, steps) for steps in kinds}
            worth, slope = ZERO, ZERO
            for amount, steps in later:
                factor, falls = factors[steps]
                worth += amount
                slope = slope * factor + worth * falls
                worth *= factor
            step = (whole - worth) / slope
            # Half of the way where a step from above would lead past the least rate there is.
            rate = max(rate + step, (rate + least) / 2)
            if abs(step) < near * least.copy_abs():
                break
    return rate


def _beside(simple: Fraction) -> Decimal | None:
    """The compounding rate of a day beside a simple yearly one, to second order over a month.

    None where the rate is so high, or below nought, that it would lead astray.
    """
    daily = Decimal(simple.numerator) / (simple.denominator * DAYS_OF_YEAR)
    return daily - HALF_A_MONTH * daily * daily if ZERO <= daily < STEEP / 4 else None


def _first_guess(owed: int, dues: Sequence[Due]) -> Decimal:
    """To first order: what is earned, over the amounts times their time."""
    weight, since = 0, 0
    for amount, steps in dues:
        since += steps
        weight += amount * since
    earned = sum(amount for amount, _ in dues) - owed
    return Decimal(earned) / weight


def _kept(rate: Decimal, times: int, *, digits: int = DIGITS) -> Fraction:
    with localcontext(Context(prec=digits)):
        whole = int((rate * times).scaleb(RATE_DIGITS).to_integral_value())
    return Fraction(whole, 10**RATE_DIGITS)
