"""Flows that may have several internal rates: find them all, and say which one is meant.

A flow that changes sign more than once can be worth nothing at several rates. `xirr` refuses such
flows. These functions list the rates, and choose one by a stated rule: the rate nearest to zero,
because it asks for the least reinvestment that nobody promised.
"""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tideover.loan.cost.roots import DIGITS, bracketed_root, decimal_of

#: When it happens, in years or periods, and how much; any exact numbers.
TimedAmount = tuple[Fraction, Fraction]

# Logarithms of 1 + rate that are searched: rates from -99.99999 % to 100,000,000 %.
_LOWEST: Final = Decimal(-12)
_HIGHEST: Final = Decimal(14)
_STEPS: Final = 520


def worth_at(flows: Sequence[TimedAmount], *, rate: Fraction) -> Fraction:
    """Return what `flows` are worth at time zero at a rate above -100 % (NPV, XNPV)."""
    with localcontext(Context(prec=DIGITS)):
        return Fraction(_worth(_decimals(flows), decimal_of(1 + rate).ln()))


def all_rates(flows: Sequence[TimedAmount]) -> tuple[Fraction, ...]:
    """Return every rate at which `flows` are worth nothing, the lowest first.

    Two rates closer than a twentieth of each other's growth may be missed; flows that a loan can
    have are not that close.
    """
    with localcontext(Context(prec=DIGITS)):
        exact = _decimals(flows)
        rates = []
        for (low, at_low), (high, at_high) in pairwise(_scan(exact)):
            # Nothing is no gain: a worth that touches zero here turns on one side of it.
            if (at_low > 0) != (at_high > 0):
                found = bracketed_root(lambda log: _worth(exact, log), low=low, high=high)
                rates.append(found.exp() - 1)
        return tuple(Fraction(rate) for rate in rates)


def _scan(flows: Sequence[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """The worth at evenly spaced logarithms; each step multiplies every flow by its own factor."""
    step = (_HIGHEST - _LOWEST) / _STEPS
    values = [amount * (-_LOWEST * at).exp() for at, amount in flows]
    factors = [(-step * at).exp() for at, _ in flows]
    points = []
    for place in range(_STEPS + 1):
        points.append((_LOWEST + step * place, sum(values, start=Decimal(0))))
        values = [value * factor for value, factor in zip(values, factors, strict=True)]
    return points


def nearest_rate(flows: Sequence[TimedAmount]) -> Fraction | None:
    """Return the rate nearest to zero at which `flows` are worth nothing, None when none is."""
    return min(all_rates(flows), key=abs, default=None)


def sign_changes(flows: Sequence[TimedAmount]) -> int:
    """Return how often the sign of `flows` turns in time; once means one rate at most."""
    signs = [amount > 0 for _, amount in sorted(flows) if amount]
    return sum(before != after for before, after in pairwise(signs))


def _decimals(flows: Sequence[TimedAmount]) -> list[tuple[Decimal, Decimal]]:
    return [(decimal_of(at), decimal_of(amount)) for at, amount in flows]


def _worth(flows: Sequence[tuple[Decimal, Decimal]], log: Decimal) -> Decimal:
    return sum((amount * (-log * at).exp() for at, amount in flows), start=Decimal(0))
