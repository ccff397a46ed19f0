"""The state of a loan on a day: what it is made of, line by line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tideover.loan.components import Component, Components
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.money import Money


class LineStatus(StrEnum):
    """Where a line of the schedule stands on a day."""

    PAID = "paid"
    PART_PAID = "part-paid"
    PAST_DUE = "past-due"
    DUE = "due"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One part of one payment, and the line and component it went to."""

    payment_reference: str
    on: date
    line_number: int
    component: Component
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """One line of the schedule with what has happened to it.

    `remaining` is what it still asks for, late interest and penalty of the day included.
    """

    line: ScheduleLine
    paid: Components
    waived: Components
    remaining: Components
    status: LineStatus
    days_past_due: int

    @property
    def number(self) -> int:
        """The number of the line."""
        return self.line.number

    @property
    def due_date(self) -> date:
        """The day the line falls due."""
        return self.line.due_date


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanState:
    """What is owed on a loan on the day `on`, and how it came about.

    `outstanding` is everything owed to close the loan by component: past due, due today, the
    principal still to come and the interest earned to the day. `payoff` is the same less money
    already paid in advance for interest not yet earned. `in_advance_credit` is overpayment, and
    is zero while anything is outstanding.

    `penalty_from` is the due date from which penalty is being counted, `grace_until` the last day
    on which paying what is late costs nothing. `capitalised` is interest, penalty and fees that
    joined the principal, `refunded` what was paid back to the borrower, `refunded_beyond_credit`
    what of it no overpayment covered, so that it is owed again. `without_effect` names the changes
    that found nothing left to change, and the waivers that found nothing owed. `closed_lines` are
    the lines that changes closed; `days_past_due_before_restructure` and `worst_days_past_due` keep
    the history.
    """

    on: date
    schedule: Schedule
    outstanding: Components
    past_due: Components
    due_today: Components
    in_advance_credit: Money
    accrued_interest: Money
    payoff: Money
    days_past_due: int
    worst_days_past_due: int
    days_past_due_before_restructure: int
    penalty_from: date | None
    grace_until: date | None
    restructured_on: date | None
    capitalised: Components
    refunded: Money
    refunded_beyond_credit: Money
    without_effect: tuple[str, ...]
    lines: tuple[LineState, ...]
    closed_lines: tuple[LineState, ...]
    allocations: tuple[Allocation, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed any more."""
        is_paid = all(line.status is LineStatus.PAID for line in self.lines)
        return bool(self.lines) and is_paid and not self.outstanding

    @property
    def next_due(self) -> LineState | None:
        """The earliest line due on the day or later that still asks for something."""
        for line in self.lines:
            if line.due_date >= self.on and line.remaining:
                return line
        return None
