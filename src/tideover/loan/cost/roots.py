"""Finding where a function is zero, in decimal arithmetic of fifty digits. No binary fractions."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

DIGITS: Final = 50
_TOLERANCE: Final = Decimal(10) ** -36
_STEPS_MAX: Final = 400

Curve = Callable[[Decimal], Decimal]


def decimal_of(exact: Fraction | int) -> Decimal:
    """Return an exact number as a decimal of the digits in force."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def bracketed_root(curve: Curve, *, low: Decimal, high: Decimal) -> Decimal:
    """Return where `curve` is zero between `low` and `high`, at which its signs differ.

    Regula falsi with the Illinois weighting, and a bisection whenever the bracket does not
    shrink by half in two steps.
    """
    with localcontext(Context(prec=DIGITS)):
        at_low, at_high = curve(low), curve(high)
        width, side = high - low, 0
        for step in range(_STEPS_MAX):
            if at_low == 0:
                return low
            if at_high == 0:
                return high
            if abs(high - low) <= _TOLERANCE * max(abs(low), abs(high), _TOLERANCE):
                break
            middle = (low * at_high - high * at_low) / (at_high - at_low)
            if step % 3 == 2:
                middle = middle if abs(high - low) * 2 < width else (low + high) / 2
                width = abs(high - low)
            at_middle = curve(middle)
            if (at_middle > 0) == (at_high > 0):
                high, at_high = middle, at_middle
                at_low = at_low / 2 if side == 1 else at_low
                side = 1
            else:
                low, at_low = middle, at_middle
                at_high = at_high / 2 if side == -1 else at_high
                side = -1
        return (low + high) / 2


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
