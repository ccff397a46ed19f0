"""Time value of money: level payments at a rate a period, exact.

Signs are those of spreadsheets: money received positive, money paid negative. `is_advance` says
that payments come at the start of each period. Everything but the number of periods and the rate
is exact; those two are correct to far more digits than any spreadsheet shows.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from tideover.loan.cost.flows import NoSingleRate
from tideover.loan.cost.roots import (
    DIGITS,
    NoSignChange,
    bracket_around,
    bracketed_root,
    decimal_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annuity:
    """A present value, a level payment and a future value at one rate a period."""

    rate: Fraction
    periods: int
    present: Fraction = Fraction(0)
    future: Fraction = Fraction(0)
    is_advance: bool = False

    @property
    def payment(self) -> Fraction:
        """The level payment of one period (PMT)."""
        growth = (1 + self.rate) ** self.periods
        return -(self.present * growth + self.future) / self._weight()

    def interest(self, period: int) -> Fraction:
        """Return the interest part of the payment of `period`, counted from 1 (IPMT)."""
        if self.is_advance and period == 1:
            return Fraction(0)
        interest = self._value_after(period - 1) * self.rate
        return interest / (1 + self.rate) if self.is_advance else interest

    def principal(self, period: int) -> Fraction:
        """Return the principal part of the payment of `period` (PPMT)."""
        return self.payment - self.interest(period)

    def _value_after(self, period: int) -> Fraction:
        return future_value(
            self.rate,
            periods=period,
            payment=self.payment,
            present=self.present,
            is_advance=self.is_advance,
        )

    def _weight(self) -> Fraction:
        return _weight(self.rate, self.periods, is_advance=self.is_advance)


def future_value(
    rate: Fraction,
    *,
    periods: int,
    payment: Fraction,
    present: Fraction = Fraction(0),
    is_advance: bool = False,
) -> Fraction:
    """Return what is there after `periods` (FV), with the sign turned as spreadsheets do."""
    growth = (1 + rate) ** periods
    return -(present * growth + payment * _weight(rate, periods, is_advance=is_advance))


def present_value(
    rate: Fraction,
    *,
    periods: int,
    payment: Fraction,
    future: Fraction = Fraction(0),
    is_advance: bool = False,
) -> Fraction:
    """Return what payments and a future value are worth at the start (PV)."""
    weight = _weight(rate, periods, is_advance=is_advance)
    return -(future + payment * weight) / (1 + rate) ** periods


def periods_needed(
    rate: Fraction,
    *,
    payment: Fraction,
    present: Fraction,
    future: Fraction = Fraction(0),
    is_advance: bool = False,
) -> Fraction | None:
    """Return how many periods it takes (NPER), None when it never ends."""
    if rate == 0:
        return -(present + future) / payment if payment else None
    at_once = payment * (1 + rate if is_advance else 1) / rate
    start, end = present + at_once, at_once - future
    if start * end <= 0:
        return None
    with localcontext(Context(prec=DIGITS)):
        return Fraction(decimal_of(end / start).ln() / decimal_of(1 + rate).ln())


def rate_of(
    *,
    periods: int,
    payment: Fraction,
    present: Fraction,
    future: Fraction = Fraction(0),
    is_advance: bool = False,
) -> Fraction:
    """Return the rate a period at which everything balances (RATE).

    Raises:
        NoSingleRate: no rate above -100 % does.
    """
    pay, start, end = decimal_of(payment), decimal_of(present), decimal_of(future)

    def left_over(rate: Decimal) -> Decimal:
        growth = (1 + rate) ** periods
        weight = Decimal(periods) if rate == 0 else (growth - 1) / rate
        return start * growth + pay * (1 + rate if is_advance else 1) * weight + end

    with localcontext(Context(prec=DIGITS)):
        try:
            low, high = bracket_around(left_over, Decimal(0), least=Decimal(-1))
        except NoSignChange:
            raise NoSingleRate(()) from None
        return Fraction(bracketed_root(left_over, low=low, high=high))


def _weight(rate: Fraction, periods: int, *, is_advance: bool) -> Fraction:
    """What one unit paid every period is worth at the end."""
    if rate == 0:
        return Fraction(periods)
    weight = ((1 + rate) ** periods - 1) / rate
    return weight * (1 + rate) if is_advance else weight
