"""What happens to a loan: dated events, each with a reference unique within the loan.

The amounts of events are never negative. `on` is the effective day; when an event arrived does
not matter.
"""

from dataclasses import dataclass
from datetime import date

from tideover.loan.components import Component, Components
from tideover.loan.rates import Rate
from tideover.loan.schedule import Schedule
from tideover.money import Money


@dataclass(frozen=True, slots=True)
class Disbursed:
    """The money was paid out to the borrower (放款)."""

    on: date
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Paid:
    """Money came in (还款)."""

    on: date
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Reversed:
    """An earlier event is taken back as if it had never been (冲正). `of` is its reference."""

    on: date
    reference: str
    of: str


@dataclass(frozen=True, slots=True)
class Charged:
    """A fee or penalty was added; it falls due with the next instalment."""

    on: date
    reference: str
    component: Component
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Part of what is due was given up (减免), oldest first, never more than is owed."""

    on: date
    reference: str
    component: Component
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Restructured:
    """A signed agreement closed the old schedule and opened a new one (重组).

    `waived` was given up; `capitalised` is interest, penalty and fees that joined the new
    principal; `carried` stays owing without interest and falls due in even parts with the lines of
    the new schedule (`carried_by_line`). `schedule.opening_balance` is the old principal plus
    `capitalised`, less principal waived or carried. `rate` is the contract rate from now on, None
    when it does not change.
    """

    on: date
    reference: str
    schedule: Schedule
    rate: Rate | None
    waived: Components
    capitalised: Components
    carried: Components
    legal_form: str


Event = Disbursed | Paid | Reversed | Charged | Waived | Restructured
