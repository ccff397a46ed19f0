"""What changing a loan's terms does to the lender's accounts (IFRS 9, 5.4.3).

The new cash flows are valued at the loan's original effective rate; the difference to the carrying
amount is a gain or a loss of the day. A change of a tenth or more asks whether the old asset ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from tideover.loan import CashFlow, EffectiveRate, present_value_of
from tideover.money import Money, Refusal, Rounding
from tideover.policy import Parameters


class NothingCarried(Refusal):
    """An effect was asked for a loan that is carried at nothing."""

    code: ClassVar[str] = "nothing-carried"

    def __init__(self, carrying: Money) -> None:
        super().__init__(
            f"a loan carried at {carrying.display} has no modification gain; give the gross "
            f"carrying amount before the change",
            f"账面余额为 {carrying.display}，无法计算修改损益；请填写修改前的账面余额",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationEffect:
    """Carrying amounts before and after, and the gain between them (negative: a loss).

    `change` is the gain over the amount before. `is_substantial` says that the change reaches the
    share at which derecognition must be looked at; for assets that share is only an analogy.
    """

    on: date
    before: Money
    after: Money
    gain: Money
    change: Fraction
    is_substantial: bool


def modification_effect(
    flows: Sequence[CashFlow],
    *,
    carrying: Money,
    rate: EffectiveRate,
    on: date,
    parameters: Parameters,
) -> ModificationEffect:
    """Return the effect on the day `on` of exchanging `carrying` for the later `flows`.

    `rate` is the effective rate of the original contract (`xirr` of its flows). The new amount is
    rounded half up to the minor unit once.

    Raises:
        NothingCarried: the carrying amount is not above zero.
    """
    if carrying.minor <= 0:
        raise NothingCarried(carrying)
    worth = present_value_of(flows, rate=rate, on=on)
    after = Money(Rounding.HALF_UP(worth), carrying.currency)
    change = Fraction(after.minor - carrying.minor, carrying.minor)
    return ModificationEffect(
        on=on,
        before=carrying,
        after=after,
        gain=after - carrying,
        change=change,
        is_substantial=abs(change) >= parameters.ratio("modification.substantial_share"),
    )
