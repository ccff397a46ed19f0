"""A repayment schedule: frozen lines that add up.

Guarantees, tested as properties: the principal of the lines adds up to the opening balance;
every closing balance is the one before less the line's principal; the last is zero; due dates
rise; no part of a line is negative.
"""

from dataclasses import dataclass
from datetime import date

from tideover.dates import Period
from tideover.money import Currency, Money, total


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One line of a schedule: what falls due on `due_date` for `period`.

    `closing_balance` is the principal still to come after this line. `carried_interest` is
    interest earned by then that was above a level instalment and is left to the lines after
    this one; it bears none itself, and is None nearly always.
    """

    number: int
    period: Period
    due_date: date
    principal: Money
    interest: Money
    fee: Money
    closing_balance: Money
    carried_interest: Money | None = None

    @property
    def instalment(self) -> Money:
        """What the line asks for in all (每期应还额)."""
        return self.principal + self.interest + self.fee


@dataclass(frozen=True, slots=True)
class Schedule:
    """The lines that clear `opening_balance`, on which interest counts from `start`."""

    opening_balance: Money
    start: date
    lines: tuple[ScheduleLine, ...]

    @property
    def currency(self) -> Currency:
        """The currency of all its amounts."""
        return self.opening_balance.currency

    @property
    def total_interest(self) -> Money:
        """The interest of all lines."""
        return total((line.interest for line in self.lines), self.currency)

    @property
    def total_fee(self) -> Money:
        """The fees of all lines."""
        return total((line.fee for line in self.lines), self.currency)

    @property
    def total(self) -> Money:
        """Everything the schedule asks for: the sum of the instalments."""
        return total((line.instalment for line in self.lines), self.currency)

    @property
    def maturity_date(self) -> date:
        """The last due date (到期日)."""
        return self.lines[-1].due_date
