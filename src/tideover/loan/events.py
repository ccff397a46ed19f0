"""What happens to a loan: dated events, each with a reference unique within the loan.

The amounts of events are never negative. `on` is the effective day; when an event arrived does
not matter. Each is undone by a `Reversed` of its reference. What each of them does, and what it
does on awkward days, is the page docs/explanation/events.md.
"""

from dataclasses import dataclass
from datetime import date

from tideover.dates import Frequency
from tideover.loan.components import Component, Components
from tideover.loan.rates import Rate
from tideover.loan.schedule import Schedule
from tideover.money import Money


@dataclass(frozen=True, slots=True)
class Disbursed:
    """Money was paid out to the borrower (放款), the principal of the terms at once or in tranches.

    A later tranche joins the lines still to come, which are made anew.
    """

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
class Refunded:
    """An overpayment was paid back to the borrower (退款); what exceeds it is owed again."""

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
    """Part of what is owed was given up (减免), oldest first, never more than is owed.

    Principal is given up as `PrincipalForgiven` does it: of it nothing bears interest any more.
    """

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


@dataclass(frozen=True, slots=True)
class InterestPaused:
    """The days from `on` to `until`, which itself counts again, bear no interest (停息)."""

    on: date
    reference: str
    until: date


@dataclass(frozen=True, slots=True)
class RateChanged:
    """Another contract rate from `on` on (调整利率). Lines already due keep theirs."""

    on: date
    reference: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class DueDateMoved:
    """The instalment of `due` falls due on `new`; later ones count from there (调整还款日)."""

    on: date
    reference: str
    due: date
    new: date


@dataclass(frozen=True, slots=True)
class TermsAdded:
    """So many instalments more (展期); the principal still to come is spread over all of them."""

    on: date
    reference: str
    count: int


@dataclass(frozen=True, slots=True)
class GraceGiven:
    """The next instalments ask for no principal, or no interest, as in the terms (宽限期)."""

    on: date
    reference: str
    grace_on_principal: int
    grace_on_interest: int = 0


@dataclass(frozen=True, slots=True)
class ReAged:
    """Everything unpaid starts again (重新起算): so many instalments from `earliest_due` on.

    Overdue principal is principal again; unpaid interest, penalty and fees are carried without
    interest, in even parts. `frequency` is the loan's own unless given.
    """

    on: date
    reference: str
    instalments: int
    earliest_due: date
    frequency: Frequency | None = None


@dataclass(frozen=True, slots=True)
class ReAmortised:
    """What is due and unpaid is spread over the instalments still to come (重新摊还)."""

    on: date
    reference: str


@dataclass(frozen=True, slots=True)
class ArrearsCapitalised:
    """What is due and unpaid joins the principal to come and bears interest (逾期并入本金)."""

    on: date
    reference: str


@dataclass(frozen=True, slots=True)
class PrincipalForgiven:
    """Principal was given up for good (本金减免): due first, then of the lines to come."""

    on: date
    reference: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Accelerated:
    """The contract was ended after a breach: everything falls due on the day (提前到期)."""

    on: date
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reinstated:
    """An ended contract goes on (恢复原合同), on those of its due dates that are still to come.

    Unpaid interest, penalty and fees of the ended contract are carried without interest.
    """

    on: date
    reference: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The loan is closed for less (减免结清): all falls due, and up to `waived` is given up."""

    on: date
    reference: str
    waived: Components
    reason: str


#: What makes the lines still to come anew, by the terms as they then are.
Change = (
    InterestPaused
    | RateChanged
    | DueDateMoved
    | TermsAdded
    | GraceGiven
    | ReAged
    | ReAmortised
    | ArrearsCapitalised
    | PrincipalForgiven
    | Accelerated
    | Reinstated
    | Settled
)

Event = Disbursed | Paid | Refunded | Reversed | Charged | Waived | Restructured | Change
