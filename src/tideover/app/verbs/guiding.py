"""Small sums for the guides: what being late adds, and what a flat monthly fee really costs."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.loan import (
    CostOfCredit,
    DailyRate,
    LoanTerms,
    Method,
    build_schedule,
    cost_of_credit,
)
from tideover.money import Money, Rounding
from tideover.policy import PRODUCTS, load_book


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCost:
    """What `days` late add to an overdue principal, and the rate of a day that it comes from."""

    interest: Money
    penalty: Money
    rate_of_day: Fraction
    penalty_of_day: Fraction

    @property
    def total(self) -> Money:
        """Interest that goes on and penalty together."""
        return self.interest + self.penalty


def cost_of_being_late(principal: Money, rate: DailyRate, *, days: int, on: date) -> LateCost:
    """What being late adds: principal x rate x days, and the penalty uplift of the policy on it.

    Each is rounded half up to the minor unit once. No interest is charged on interest.
    """
    parameters = load_book().on(on, product=PRODUCTS[0])
    uplift = parameters.ratio("penalty.uplift")
    exact = principal.minor * rate.of_day * days
    return LateCost(
        interest=Money(Rounding.HALF_UP(exact), principal.currency),
        penalty=Money(Rounding.HALF_UP(exact * uplift), principal.currency),
        rate_of_day=rate.of_day,
        penalty_of_day=rate.of_day * uplift,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatCost:
    """A plan with a fee each month on the whole amount: instalment, fees in all, true rates."""

    instalment: Money
    fees: Money
    cost: CostOfCredit


def cost_of_flat_fee(amount: Money, fee_rate: Fraction, *, instalments: int, on: date) -> FlatCost:
    """What a "0 interest" plan with a fee of `fee_rate` a month really costs.

    Raises:
        InvalidTerms, NoSingleRate: there is nothing to pay, or nothing it costs.
    """
    terms = LoanTerms(
        principal=amount, rate=None, method=Method.FLAT, fee_rate=fee_rate,
        instalments=instalments, disbursed_on=on,
    )  # fmt: skip
    schedule = build_schedule(terms)
    return FlatCost(
        instalment=schedule.lines[0].instalment,
        fees=schedule.total_fee,
        cost=cost_of_credit(schedule, by_month=True),
    )
