"""An offer as the borrower, the agent and the agreement see it: one object, one set of figures."""

from dataclasses import dataclass
from datetime import date

from tideover.affordability import MonthCapacity
from tideover.loan import Components, CostOfCredit, Schedule
from tideover.money import Money
from tideover.options import LegalForm, Proposal
from tideover.policy import Verdict, Words

__all__ = ["OFFERS_MAX", "Offer", "OfferSet", "Refused", "TightestMonth"]

CAPACITY_RULE = "payment.within-capacity"
#: Cards that a person can still compare.
OFFERS_MAX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TightestMonth:
    """The payment that leaves the household least."""

    on: date
    amount: Money
    capacity: Money

    @property
    def room(self) -> Money:
        """What is left of that month's capacity."""
        return self.capacity - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One plan that could be signed as it stands.

    `payment` is the usual instalment, what is carried included; no later one is higher. `total`
    and `total_interest` include what is carried. `extra_interest` is the interest and instalment
    fees of the plan less those of the present schedule still unpaid, and may be below zero.
    """

    key: str
    label: Words
    why: Words
    proposal: Proposal
    payment: Money
    instalments: int
    earliest_due: date
    latest_due: date
    total: Money
    total_interest: Money
    extra_interest: Money
    annual_cost: CostOfCredit
    waived: Components
    credit_record: Words
    credit_code: str | None
    verdicts: tuple[Verdict, ...]
    needs_approval: bool
    approval_because: tuple[Words, ...]
    is_recommended: bool
    tightest_month: TightestMonth

    @property
    def schedule(self) -> Schedule:
        """The schedule that becomes the active one."""
        return self.proposal.schedule

    @property
    def pause_months(self) -> int:
        """How many of the loan's own due dates pass before the earliest instalment."""
        return self.proposal.pause_months

    @property
    def is_settlement(self) -> bool:
        """Whether the debt is settled for less, from what is at hand and not month by month."""
        return self.proposal.legal_form is LegalForm.SETTLEMENT

    @property
    def affordable(self) -> bool:
        """Whether every instalment is within the capacity of its month."""
        return all(verdict.passed for verdict in self.verdicts if verdict.rule == CAPACITY_RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What could not be offered: a stable code, why with numbers, and what would change it."""

    code: str
    words: Words
    would_change: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSet:
    """At most three offers, what was refused, and what both were judged on.

    `next_steps` is where to go when nothing fits: a pause to talk about, another person's look,
    free advice. It is empty when there are offers. `combinations` is how many were priced and
    judged to find the offers; nought where the contract itself fits, or nobody wrote it down.
    """

    on: date
    loan_reference: str
    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...]
    capacity: tuple[MonthCapacity, ...]
    next_steps: tuple[Words, ...]
    policy_digest: str
    combinations: int = 0

    def offer(self, key: str) -> Offer | None:
        """Return the offer called `key`, or None."""
        return next((offer for offer in self.offers if offer.key == key), None)

    @property
    def recommended(self) -> Offer | None:
        """The offer that fits the budget best, or None when there is none."""
        return next((offer for offer in self.offers if offer.is_recommended), None)
