"""How long a fixed payment takes to clear a balance, and whether it ever does."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tideover.loan.terms import INSTALMENTS_MAX
from tideover.money import Money, Refusal, Rounding


class NeverAmortises(Refusal):
    """A payment is not above the interest of a period, so the balance never falls."""

    code: ClassVar[str] = "never-amortises"

    def __init__(self, balance: Money, instalment: Money, interest: Money) -> None:
        super().__init__(
            f"{instalment.display} a period never clears {balance.display}: the interest of one "
            f"period is {interest.display}. Pay more than that, or lower the rate",
            f"每期还款 {instalment.display} 无法还清 {balance.display}：每期利息为 "
            f"{interest.display}，还款须高于利息，或降低利率",
        )


@dataclass(frozen=True, slots=True)
class ClearingRun:
    """How a fixed payment clears a balance: the last payment is the rest."""

    instalments: int
    last: Money
    total_interest: Money


def clearing_run(
    balance: Money,
    *,
    factor: Fraction,
    instalment: Money,
    rounding: Rounding = Rounding.HALF_UP,
) -> ClearingRun:
    """Return how many payments of `instalment` clear `balance` at `factor` a period.

    Interest is rounded once a period.

    Raises:
        NeverAmortises: the payment is not above the interest of a period, or clears nothing
            within 1200 periods.
    """
    left, interest_sum, count = balance.minor, 0, 0
    while left > 0:
        interest = rounding.of(left * factor.numerator, factor.denominator)
        if instalment.minor <= interest or count >= INSTALMENTS_MAX:
            raise NeverAmortises(balance, instalment, Money(interest, balance.currency))
        interest_sum += interest
        count += 1
        last = min(instalment.minor, left + interest)
        left += interest - last
    return ClearingRun(
        count,
        Money(last if count else 0, balance.currency),
        Money(interest_sum, balance.currency),
    )
