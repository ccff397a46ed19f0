"""The Flex Modification ladder: steps in a fixed order until the payment has fallen far enough.

Hit policy FIRST: capitalise the arrears, set the rate, extend the term month by month, and let a
part of the principal wait without interest. Each step is taken only as far as the target needs,
and the ladder may end before the target is reached.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tideover.money import Money, Rounding
from tideover.policy import Parameters

__all__ = ["LadderStep", "Modification", "flex_modification", "level_payment"]

MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One step: its glossary name, and the payment after it."""

    kind: str
    payment: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """Where the ladder ends.

    `forborne` is principal that bears no interest and falls due at the end; `is_met` says whether
    the target was reached.
    """

    principal: Money
    forborne: Money
    rate: Fraction
    months: int
    payment: Money
    target: Money
    steps: tuple[LadderStep, ...]

    @property
    def is_met(self) -> bool:
        """Whether the payment is at or below the target."""
        return self.payment <= self.target


def level_payment(principal: Money, *, rate: Fraction, months: int) -> Money:
    """Return the level monthly payment at one twelfth of `rate` a month, rounded half up."""
    monthly = rate / MONTHS_OF_YEAR
    if not monthly:
        return Money(Rounding.HALF_UP(Fraction(principal.minor, months)), principal.currency)
    grown = (1 + monthly) ** months
    return Money(
        Rounding.HALF_UP(principal.minor * monthly * grown / (grown - 1)), principal.currency
    )


def flex_modification(
    *,
    principal: Money,
    arrears: Money,
    payment: Money,
    rate: Fraction,
    modified_rate: Fraction,
    months: int,
    parameters: Parameters,
) -> Modification:
    """Return the modification of a loan that asks for `payment` over `months` more months.

    `modified_rate` is the rate published for modifications; it is taken only where it is lower.

    Reference: Fannie Mae Servicing Guide D2-3.2-06.
    """
    reduction = parameters.ratio("flex.payment_reduction_target")
    target = Money(Rounding.DOWN(payment.minor * (1 - reduction)), payment.currency)
    whole = principal + arrears
    forborne = Money.zero(principal.currency)
    steps = [_step("capitalisation", whole, rate=rate, months=months)]
    if steps[-1].payment > target and modified_rate < rate:
        rate = modified_rate
        steps.append(_step("rate_reduction", whole, rate=rate, months=months))
    longest = parameters.integer("flex.term_months_max")
    if steps[-1].payment > target and months < longest:
        months = _months_needed(whole, rate=rate, months=months, longest=longest, target=target)
        steps.append(_step("term_extension", whole, rate=rate, months=months))
    if steps[-1].payment > target:
        most = parameters.ratio("flex.forbearance_share_max")
        forborne = _forborne(whole, rate=rate, months=months, target=target, most=most)
        steps.append(_step("forbearance", whole - forborne, rate=rate, months=months))
    return Modification(
        principal=whole,
        forborne=forborne,
        rate=rate,
        months=months,
        payment=steps[-1].payment,
        target=target,
        steps=tuple(steps),
    )


def _step(kind: str, principal: Money, *, rate: Fraction, months: int) -> LadderStep:
    return LadderStep(kind=kind, payment=level_payment(principal, rate=rate, months=months))


def _months_needed(
    principal: Money, *, rate: Fraction, months: int, longest: int, target: Money
) -> int:
    """Return the fewest months at which the payment is at the target, or the longest."""
    low, high = months, longest
    while low < high:
        middle = (low + high) // 2
        if level_payment(principal, rate=rate, months=middle) <= target:
            high = middle
        else:
            low = middle + 1
    return low


def _forborne(
    principal: Money, *, rate: Fraction, months: int, target: Money, most: Fraction
) -> Money:
    """Return the least principal that must wait for the target, at most its share."""
    low, high = 0, int(principal.minor * most)
    while low < high:
        middle = (low + high) // 2
        left = Money(principal.minor - middle, principal.currency)
        if level_payment(left, rate=rate, months=months) <= target:
            high = middle
        else:
            low = middle + 1
    return Money(low, principal.currency)
