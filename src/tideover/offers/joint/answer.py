"""What a household is answered: offers, the frontier, the alternatives, and what was declined."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.affordability import MonthCapacity
from tideover.money import Money
from tideover.offers.joint.plans import JointPlan
from tideover.offers.joint.sharing import CreditorShare
from tideover.offers.offer import Refused
from tideover.policy import Words

__all__ = [
    "Alternative", "DebtStanding", "FrontierPoint", "JointAnswer", "JointOffer", "ShorterPlan",
    "StressCase",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShorterPlan:
    """The plan with one instalment less after the same pause, whether or not it fits."""

    instalments: int
    monthly: Money
    total_interest: Money
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOffer:
    """A joint plan with its reason and what it changes for both sides.

    `extra_interest` is against the unpaid interest of the present schedules. `lender_value` is
    what the lender may expect of the plan by the assumed curve, `lender_value_change` what that is
    above no agreement. `shorter` is None where one instalment is all there is. `from_savings` is
    what a settlement takes of what is at hand, None for every other plan.
    """

    key: str
    label: Words
    why: Words
    plan: JointPlan
    annual_cost: Fraction
    extra_interest: Money
    lender_value: Money
    lender_value_change: Money
    shorter: ShorterPlan | None
    from_savings: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """A plan that no other beats on total cost, monthly burden and the lender's value at once.

    `total_cost` is interest and fees.
    """

    instalments: int
    pause_months: int
    monthly: Money
    total_interest: Money
    total_cost: Money
    lender_value_change: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A way outside the offers. `annual_cost` is an effective rate, None where there is none."""

    name: str
    words: Words
    total_cost: Money
    annual_cost: Fraction | None
    monthly: Money
    risk: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtStanding:
    """A contract as it is; a flat fee is shown as the true rate it is."""

    name: str
    outstanding_principal: Money
    days_past_due: int
    annual_cost: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class StressCase:
    """The recommended plan under a worse income: the months in which it would not fit."""

    words: Words
    income_change: Fraction
    delay_months: int
    months_short: tuple[date, ...]

    @property
    def holds(self) -> bool:
        """Whether every month still fits."""
        return not self.months_short


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAnswer:
    """Everything `tideover plan` says.

    `rejected` are the best plans that were not offered, each with the rule that stopped it;
    `looked_at` is how many combinations were looked at to find the offers.
    """

    on: date
    capacity: tuple[MonthCapacity, ...]
    contract_dues: tuple[tuple[date, Money], ...]
    offers: tuple[JointOffer, ...]
    frontier: tuple[FrontierPoint, ...]
    alternatives: tuple[Alternative, ...]
    declined: tuple[Refused, ...]
    rejected: tuple[Refused, ...]
    looked_at: int
    debts: tuple[DebtStanding, ...]
    stress: tuple[StressCase, ...]
    break_even_fall: Fraction | None
    next_steps: tuple[Words, ...]
    shares: tuple[CreditorShare, ...]
    policy_digest: str
