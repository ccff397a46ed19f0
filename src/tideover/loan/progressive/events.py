"""What can happen to a projected loan, beyond what happens to every loan.

`on` is the day it was agreed or done; a change that takes effect from another day says which.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tideover.dates import Frequency
from tideover.loan.components import Component
from tideover.loan.events import Disbursed, Paid, Reversed
from tideover.loan.progressive.rules import Kind
from tideover.money import Money


@dataclass(frozen=True, slots=True)
class Credited:
    """Money that counts as a payment but did not come from the borrower: a refund, goodwill."""

    on: date
    reference: str
    amount: Money
    kind: Kind


@dataclass(frozen=True, slots=True)
class PaidBack:
    """An overpayment was paid back to the borrower; what exceeds it is owed again."""

    on: date
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ChargeDue:
    """A fee or penalty falls due on a day, with the instalment of that day."""

    on: date
    reference: str
    component: Component
    amount: Money
    due: date


@dataclass(frozen=True, slots=True)
class RateChanged:
    """Another yearly rate from the day `since` on (调整利率)."""

    on: date
    reference: str
    since: date
    rate: Fraction


@dataclass(frozen=True, slots=True)
class InterestPaused:
    """The days from `start` to `end`, both included, bear no interest (停息)."""

    on: date
    reference: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class DueDateMoved:
    """The instalment of `due` falls due on `new`, later ones count from there (调整还款日)."""

    on: date
    reference: str
    due: date
    new: date


@dataclass(frozen=True, slots=True)
class TermsAdded:
    """`count` more instalments, level again from the day `since` on (展期)."""

    on: date
    reference: str
    since: date
    count: int


@dataclass(frozen=True, slots=True)
class GraceGiven:
    """`count` instalments from the day `since` on ask no interest; the next one asks it all."""

    on: date
    reference: str
    since: date
    count: int


class ReAgeInterest(StrEnum):
    """What becomes of interest when a loan is re-aged.

    DEFAULT: level instalments, the earliest asks the interest due. WAIVED: that interest is given
    up. PAYABLE and WHOLE: the interest due by then, or all of the schedule, in equal parts.
    """

    DEFAULT = "default"
    WAIVED = "waived"
    PAYABLE = "payable"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class ReAged:
    """Everything unpaid starts again: `count` instalments, the earliest on `start` (重新起算).

    A start before `on` takes the loan back to that day.
    """

    on: date
    reference: str
    start: date
    frequency: Frequency
    count: int
    interest: ReAgeInterest = ReAgeInterest.DEFAULT


@dataclass(frozen=True, slots=True)
class ReAmortised:
    """What is overdue is spread over the instalments still to come (重新摊还).

    With `splits_interest` overdue interest is spread in equal parts, otherwise the earliest of
    them asks it.
    """

    on: date
    reference: str
    splits_interest: bool = False


@dataclass(frozen=True, slots=True)
class ContractEnded:
    """The contract ended: everything falls due at once (提前到期)."""

    on: date
    reference: str


#: A change by agreement that takes effect from a day of its own.
Change = RateChanged | InterestPaused | DueDateMoved | TermsAdded | GraceGiven

ProjectedEvent = (
    Disbursed
    | Paid
    | Reversed
    | Credited
    | PaidBack
    | ChargeDue
    | ReAged
    | ReAmortised
    | ContractEnded
    | Change
)


def takes_effect(event: ProjectedEvent) -> date:
    """Return the day from which an event counts: the order of a fold."""
    match event:
        case RateChanged() | TermsAdded() | GraceGiven():
            return event.since
        case InterestPaused():
            return event.start
        case DueDateMoved():
            return event.due
        case ChargeDue():
            return min(event.on, event.due)
        case ReAged():
            return min(event.on, event.start)
        case _:
            return event.on
