"""A ladder of steps in a fixed order, until the payment has fallen far enough.

Capitalise the arrears, set the rate, extend the term month by month, and let a part of the
principal wait without interest. Each step is taken only as far as the target needs, and the
ladder may end before the target is reached. The numbers are those of a pack: `us/flex-modification`
(Fannie Mae and Freddie Mac) or `us/fha-hamp` (FHA, 2009).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tideover.money import Money, Rounding
from tideover.policy import Parameters

__all__ = [
    "LadderStep", "Modification", "flex_modification", "income_target", "level_payment",
    "modification",
]  # fmt: skip

MONTHS_OF_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One step: its glossary name, and the payment after it."""

    kind: str
    payment: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """Where the ladder ends.

    `forborne` bears no interest and falls due at the end: principal, and arrears that wait with
    it; `is_met` says whether the target was reached.
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
    return Money(
        Rounding.HALF_UP(principal.minor * _unit_payment(rate, months)), principal.currency
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
    reduction = parameters.ratio("ladder.payment_reduction_target")
    target = Money(Rounding.DOWN(payment.minor * (1 - reduction)), payment.currency)
    return modification(
        principal=principal, arrears=arrears, target=target, rate=rate,
        modified_rate=modified_rate, months=months, parameters=parameters,
    )  # fmt: skip


def income_target(income: Money, *, escrow: Money, parameters: Parameters) -> Money:
    """Return the payment that is the pack's share of gross `income`, less taxes and insurance."""
    share = parameters.ratio("ladder.income_share_target")
    return Money(Rounding.DOWN(income.minor * share), income.currency) - escrow


def modification(
    *,
    principal: Money,
    arrears: Money,
    target: Money,
    rate: Fraction,
    modified_rate: Fraction,
    months: int,
    parameters: Parameters,
) -> Modification:
    """Return where the ladder of a pack ends for a loan whose payment should be `target`.

    A pack that does not capitalise the arrears lets them wait with the forborne principal, and
    counts them against the most that may wait.
    """
    joins = parameters.flag("ladder.capitalise_arrears")
    none = Money.zero(principal.currency)
    whole, waiting = (principal + arrears, none) if joins else (principal, arrears)
    steps = [_step("capitalisation" if joins else "arrears_wait", whole, rate=rate, months=months)]
    if steps[-1].payment > target and modified_rate < rate:
        rate = modified_rate
        steps.append(_step("rate_reduction", whole, rate=rate, months=months))
    longest = parameters.integer("ladder.term_months_max")
    if steps[-1].payment > target and months < longest:
        months = _months_needed(whole, rate=rate, months=months, longest=longest, target=target)
        steps.append(_step("term_extension", whole, rate=rate, months=months))
    deferred = none
    if steps[-1].payment > target:
        share = parameters.ratio("ladder.forbearance_share_max")
        most = Money(int(whole.minor * share), whole.currency) - waiting
        needed = whole - _carried(target, rate=rate, months=months)
        deferred = max(none, min(needed, most))
        steps.append(_step("forbearance", whole - deferred, rate=rate, months=months))
    return Modification(
        principal=whole,
        forborne=waiting + deferred,
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


def _carried(target: Money, *, rate: Fraction, months: int) -> Money:
    """Return the principal that `target` a month repays, rounded down: nothing is rounded twice."""
    return Money(Rounding.DOWN(target.minor / _unit_payment(rate, months)), target.currency)


def _unit_payment(rate: Fraction, months: int) -> Fraction:
    """Return the exact level payment for one unit of principal."""
    monthly = rate / MONTHS_OF_YEAR
    if not monthly:
        return Fraction(1, months)
    grown = (1 + monthly) ** months
    return monthly * grown / (grown - 1)
