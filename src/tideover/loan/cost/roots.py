"""Finding where a function is zero, in decimal arithmetic of fifty digits. No binary fractions."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

DIGITS: Final = 50
_TOLERANCE: Final = Decimal(10) ** -36
_CERTAIN: Final = 34
_STEPS_MAX: Final = 400

_HALF: Final = Decimal("0.5")
_ONE: Final = Decimal(1)

Curve = Callable[[Decimal], Decimal]
#: Where, and what the curve is there.
Point = tuple[Decimal, Decimal]


def decimal_of(exact: Fraction | int) -> Decimal:
    """Return an exact number as a decimal of the digits in force."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def bracketed_root(curve: Curve, *, low: Decimal, high: Decimal) -> Decimal:
    """Return where `curve` is zero between `low` and `high`: above zero at one, not at the other.

    Chandrupatla's method: a parabola through the last three points where it can be trusted, the
    middle of the bracket where it cannot; the bracket always holds the root. The answer has as
    many digits as are certain, so that a rate of 0.0005 is found as 0.0005.

    Reference: T. Chandrupatla, Advances in Engineering Software 28 (1997), 145-149.
    """
    with localcontext(Context(prec=DIGITS)):
        last, other = high, low
        at_last, at_other = curve(last), curve(other)
        part = _HALF
        for _ in range(_STEPS_MAX):
            trial = last + part * (other - last)
            at_trial = curve(trial)
            if (at_trial > 0) == (at_last > 0):
                third, at_third = last, at_last
            else:
                third, at_third = other, at_other
                other, at_other = last, at_last
            last, at_last = trial, at_trial
            best, at_best = (last, at_last) if abs(at_last) < abs(at_other) else (other, at_other)
            width = abs(other - last)
            closest = _TOLERANCE * max(abs(best), _TOLERANCE) / width if width else _ONE
            if at_best == 0 or closest > _HALF:
                break
            part = _part((last, at_last), (other, at_other), (third, at_third), closest=closest)
    return Context(prec=_CERTAIN).plus(best)


def _part(last: Point, other: Point, third: Point, *, closest: Decimal) -> Decimal:
    """How far to go from the last point to the other: by the parabola, or half of the way."""
    (a, at_a), (b, at_b), (c, at_c) = last, other, third
    place, fall = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
    if fall * fall >= place or (1 - fall) * (1 - fall) >= 1 - place:
        return _HALF
    part = at_a / (at_b - at_a) * at_c / (at_b - at_c) + (c - a) / (b - a) * at_a / (
        at_c - at_a
    ) * at_b / (at_c - at_b)
    return min(1 - closest, max(closest, part))


def bracket_around(curve: Curve, start: Decimal, *, least: Decimal) -> tuple[Decimal, Decimal]:
    """Return two points about `start` between which `curve` changes sign, above `least`.

    The search widens by doubling; the caller knows that a change of sign exists.
    """
    with localcontext(Context(prec=DIGITS)):
        reach = (start - least) / 1024
        at_start = curve(start)
        for _ in range(_STEPS_MAX):
            high = start + reach
            low = max(start - reach, least + (start - least) / (1 + reach))
            for end in (high, low):
                if (curve(end) > 0) != (at_start > 0):
                    return min(start, end), max(start, end)
            reach *= 2
    raise NoSignChange(start)


class NoSignChange(ArithmeticError):
    """No change of sign was found: the caller's promise of one does not hold."""

    def __init__(self, start: Decimal) -> None:
        super().__init__(f"the curve does not change sign around {start}")
