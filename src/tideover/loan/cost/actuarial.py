"""The actuarial rate of equally spaced payments with an odd first period."""

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from tideover.loan.cost.roots import DIGITS, bracket_around, bracketed_root, decimal_of
from tideover.money import Money


def unit_period_rate(
    advanced: Money,
    *,
    payments: Sequence[Money],
    whole_periods: int = 1,
    odd_fraction: Fraction = Fraction(0),
) -> Fraction:
    """Return the rate of one unit period at which `payments` repay `advanced`.

    The earliest payment comes `whole_periods` and `odd_fraction` of a period after the advance,
    each other one a period later; the odd fraction bears simple interest. Times the number of
    unit periods in a year it is the annual percentage rate.

    Reference: Regulation Z, 12 CFR part 1026, appendix J, paragraph (b)(8), general equation.
    """
    amounts = [Decimal(payment.minor) for payment in payments]
    out = Decimal(advanced.minor)

    def left_over(rate: Decimal) -> Decimal:
        growth = 1 + rate
        value = Decimal(0)
        for amount in reversed(amounts):
            value = value / growth + amount
        return value / growth**whole_periods / (1 + decimal_of(odd_fraction) * rate) - out

    with localcontext(Context(prec=DIGITS)):
        low, high = bracket_around(left_over, Decimal(0), least=Decimal(-1))
        return Fraction(bracketed_root(left_over, low=low, high=high))
