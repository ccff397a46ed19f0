"""What the rules are told about a plan: plain numbers and dates, no loan and no case."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.money import Money

__all__ = ["DuePayment", "PlanFacts", "SettledFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePayment:
    """What falls due on one day of the plan, against what the household can pay that month."""

    on: date
    amount: Money
    principal: Money
    interest: Money
    capacity: Money

    @property
    def room(self) -> Money:
        """What the household keeps after paying; below zero when the payment is too high."""
        return self.capacity - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledFacts:
    """What a settlement for less is judged on besides.

    `owed` is everything owed of this debt on the day the plan starts, `paid` what settles it.
    `drawn` is what all its payments take beyond the capacity of their months, `at_hand` what the
    household can put up beside them. `value` is what the lender may expect of it, `without` of no
    agreement. `nothing_fits` says that no plan by time alone can be carried.
    """

    owed: Money
    paid: Money
    drawn: Money
    at_hand: Money
    value: Money
    without: Money
    nothing_fits: bool

    @property
    def forgiven(self) -> Money:
        """What is not asked for any more."""
        return self.owed - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """One proposed plan.

    Months count whole calendar months, a month begun being a month. `shortest_instalments` is
    the length of the shortest plan the same household could carry, or None when none is known.
    `principal` is that of the plan, with what is `capitalised` and without what is forgiven;
    `unpaid_interest` and `penalty` are what is owed of them before anything is waived, `rate_cut`
    is the share by which the plan's rate is below the one that held.
    `days_past_due` is counted on the day offers are made; `starts_on` is the day interest of the
    plan counts from. `settled` is there for a settlement alone.
    `cost_simple` is the annual cost by the simple method (单利); `cost_late` the simple yearly rate
    of what is overdue, penalty included, or None where nothing is added.
    """

    legal_form: str
    is_card: bool
    on: date
    disbursed_on: date
    original_maturity: date
    original_months: int
    latest_due: date
    extended_months: int
    months_from_disbursement: int
    months_from_start: int
    payments: tuple[DuePayment, ...]
    pause_months: int
    shortest_instalments: int | None
    cost_simple: Fraction
    principal: Money
    capitalised_interest: Money
    penalty: Money
    waived_penalty: Money
    waived_interest: Money
    unpaid_interest: Money
    forgiven_principal: Money
    capitalised: Money
    rate_cut: Fraction = Fraction(0)
    cost_late: Fraction | None = None
    starts_on: date | None = None
    days_past_due: int = 0
    settled: SettledFacts | None = None

    @property
    def tightest(self) -> DuePayment:
        """The payment that leaves the household least, the earliest of equals."""
        return min(self.payments, key=lambda one: (one.capacity.minor - one.amount.minor, one.on))
