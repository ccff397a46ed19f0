"""What a fold of a projected loan returns: rows as they stand, and what is left of each."""

from dataclasses import dataclass
from datetime import date

from tideover.loan.components import Component, Components
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.rows import Amounts, Row
from tideover.money import Currency, Money, total


@dataclass(frozen=True, slots=True)
class ProjectedRow:
    """One row of the schedule. `closing_balance` is the principal left when it is paid as asked."""

    number: int
    start: date
    due_date: date
    charged: Components
    paid: Components
    paid_in_advance: Money
    paid_late: Money
    met_on: date | None
    closing_balance: Money

    @property
    def days(self) -> int:
        """How many days the row stands for."""
        return (self.due_date - self.start).days

    @property
    def outstanding(self) -> Components:
        """What is asked and not paid."""
        return self.charged - self.paid


@dataclass(frozen=True, slots=True)
class Tranche:
    """Money paid out to the borrower on a day."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ProjectedState:
    """A projected loan on a day: tranches, rows in order, and what was overpaid.

    `dropped` is interest that was owed and is asked nowhere, because the host drops what rounding
    leaves when it splits an amount (`Remainder.DROPPED`); negative when its parts ask too much.
    The principal of the rows is what was paid out whatever was dropped.
    """

    on: date
    tranches: tuple[Tranche, ...]
    rows: tuple[ProjectedRow, ...]
    overpaid: Money
    payoff: Money
    dropped: Money

    @property
    def charged(self) -> Components:
        """Everything asked, over all rows."""
        return _sum([row.charged for row in self.rows], self.overpaid.currency)

    @property
    def paid(self) -> Components:
        """Everything paid, over all rows."""
        return _sum([row.paid for row in self.rows], self.overpaid.currency)

    @property
    def outstanding(self) -> Components:
        """Everything asked and not paid."""
        return self.charged - self.paid

    @property
    def paid_in_advance(self) -> Money:
        """What was paid before its due date."""
        return total((row.paid_in_advance for row in self.rows), self.overpaid.currency)

    @property
    def paid_late(self) -> Money:
        """What was paid after its due date."""
        return total((row.paid_late for row in self.rows), self.overpaid.currency)


def _sum(parts: list[Components], currency: Currency) -> Components:
    return sum(parts, start=Components.zero(currency))


def state_of(book: Book, on: date, *, payoff: int) -> ProjectedState:
    """Return the state of a book on a day."""
    currency = book.terms.currency
    return ProjectedState(
        on=on,
        tranches=tuple(Tranche(day, Money(amount, currency)) for day, amount in book.disbursed),
        rows=tuple(_rows(book, currency)),
        overpaid=Money(book.overpaid, currency),
        payoff=Money(payoff, currency),
        dropped=Money(book.dropped, currency),
    )


def _rows(book: Book, currency: Currency) -> list[ProjectedRow]:
    found, repaid = [], 0
    for number, row in enumerate(book.rows, start=1):
        is_last = number == len(book.rows)
        out = sum(
            amount for day, amount in book.disbursed if is_last or day < row.due or day <= row.start
        )
        credited = sum(one.credited_principal for one in book.rows[:number])
        repaid += row.charged[Component.PRINCIPAL]
        found.append(_row(row, number, max(out + credited - repaid, 0), currency))
    return found


def _row(row: Row, number: int, balance: int, currency: Currency) -> ProjectedRow:
    return ProjectedRow(
        number=number,
        start=row.start,
        due_date=row.due,
        charged=components_of(row.charged, currency),
        paid=components_of(row.paid, currency),
        paid_in_advance=Money(row.in_advance, currency),
        paid_late=Money(row.late, currency),
        met_on=row.met_on,
        closing_balance=Money(balance, currency),
    )


def components_of(amounts: Amounts, currency: Currency) -> Components:
    """Return minor units by component as components of money."""
    return Components(
        principal=Money(amounts[Component.PRINCIPAL], currency),
        interest=Money(amounts[Component.INTEREST], currency),
        penalty=Money(amounts[Component.PENALTY], currency),
        fee=Money(amounts[Component.FEE], currency),
    )
