"""Comparing one figure at a time."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tideover.money import Money


def exact(figure: Any) -> Fraction:
    """Return a figure of a case file, text or number, as an exact number."""
    return Fraction(str(figure))


def differs(name: str, ours: Fraction | Money | int, theirs: Any, within: Any = 0) -> str | None:
    """Return how a cell differs, None when it agrees to within an absolute tolerance."""
    mine = exact(ours.text) if isinstance(ours, Money) else Fraction(ours)
    if abs(mine - exact(theirs)) <= exact(within):
        return None
    return f"{name}: {shown(mine)} here, {theirs} there"


def differs_relatively(name: str, ours: Fraction, theirs: Any, within: Any) -> str | None:
    """The same with a tolerance relative to the figure."""
    return differs(name, ours, theirs, abs(exact(theirs)) * exact(within))


def shown(figure: Fraction) -> str:
    """Return an exact number as people read it in a list of differences."""
    return f"{Decimal(figure.numerator) / Decimal(figure.denominator):.12g}"


def earliest(*differences: str | None) -> str | None:
    """Return the earliest difference of several cells."""
    return next((difference for difference in differences if difference), None)
