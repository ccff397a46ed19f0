"""The working account of one projected loan: its projection, its rows, and what was overpaid."""

from dataclasses import dataclass, field
from datetime import date

from tideover.dates import Frequency
from tideover.loan.components import Component
from tideover.loan.progressive.events import ReAged
from tideover.loan.progressive.grace import interest_asked
from tideover.loan.progressive.rows import Row
from tideover.loan.progressive.rules import HostRules, Kind
from tideover.loan.projection import Figures, Projection, Window, with_overdue
from tideover.loan.terms import LoanTerms


@dataclass(frozen=True, slots=True)
class Closing:
    """How the payment under way closes the loan early.

    Its interest counts to `rest`, the due date of the window that runs. When `is_asked`, that
    interest is asked already, and principal counts from the day of the payment.
    """

    rest: date
    is_asked: bool = False


@dataclass(slots=True)
class Book:
    """Everything a fold works on. Minor units.

    `disbursed` holds day and amount of every tranche, `overpaid_lots` day, kind and amount of
    payments that found nothing to pay and were not paid back. `rows_stand_alone` once rows were
    divided without the projection; `interest_is_agreed` once interest was agreed as amounts.
    `dropped` is what the host asks nobody for, because rounding left it of an amount it split.
    """

    terms: LoanTerms
    rules: HostRules
    projection: Projection
    rows: list[Row]
    disbursed: list[tuple[date, int]] = field(default_factory=list)
    charges: list[tuple[Component, int, date]] = field(default_factory=list)
    pauses: list[tuple[date, date]] = field(default_factory=list)
    overpaid_lots: list[tuple[date, Kind, int]] = field(default_factory=list)
    gets_a_rate: bool = False
    interest_given_back: int = 0
    closing: Closing | None = None
    has_ended: bool = False
    rows_stand_alone: bool = False
    interest_is_agreed: bool = False
    dropped: int = 0
    reaged: ReAged | None = None

    @property
    def overpaid(self) -> int:
        """What was paid, found nothing to pay, and was not paid back."""
        return sum(amount for _, _, amount in self.overpaid_lots)

    def take_overpaid(self, amount: int) -> None:
        """Take an amount out of what was overpaid, what came last first."""
        left = self.overpaid - amount
        lots, self.overpaid_lots = self.overpaid_lots, []
        for on, kind, lot in lots:
            self.overpaid_lots.append((on, kind, min(lot, left)))
            left -= min(lot, left)

    @property
    def bears_interest(self) -> bool:
        """Whether there is a rate at all, from the start or by agreement."""
        return self.projection.basis.rate > 0 or self.gets_a_rate

    @property
    def frequency(self) -> Frequency:
        """How far due dates are apart: as agreed, or as the re-age says."""
        return self.reaged.frequency if self.reaged else self.projection.basis.frequency

    @property
    def follows_payments(self) -> bool:
        """Whether a payment changes interest to come: never that on what was paid out at first."""
        is_told = self.rules.recalculates and self.rules.projects
        is_told = is_told and not self.projection.basis.is_flat
        return is_told and self.bears_interest and not self.has_ended

    @property
    def maturity(self) -> date:
        """The last due date of the rows that are not extra."""
        return max(row.due for row in self.rows if not row.is_extra)

    def catch_up(self, day: date) -> None:
        """Let overdue principal bear interest up to `day`, and ask what follows."""
        if not self.follows_payments or not self.rules.overdue_bears_interest:
            return
        to_due_date = self.rules.runs_to_due_date(closes=self.closing is not None)
        self.projection = with_overdue(self.projection, day, to_due_date=to_due_date)
        self._ask()

    def ask_by_window(self, row: Row, figure: Figures) -> None:
        """Ask in a row what its window asks, and never less than was paid of it.

        Of rows that stand the projection knows neither payments nor what came back owing.
        """
        back = 0 if self.follows_payments else row.credited_principal
        interest = interest_asked(row, self.rows, own=self._own_interest)
        row.ask(
            principal=max(figure.principal + back, row.paid[Component.PRINCIPAL]),
            interest=max(interest, row.paid[Component.INTEREST]),
        )

    def _own_interest(self, row: Row) -> int:
        place = self.projection.place_between(row.start, row.due)
        return 0 if place is None else self.projection.figures[place].interest

    def settle(self) -> None:
        """Let rows ask the principal paid out, in all: the last unpaid ones take the difference."""
        asked = sum(row.charged[Component.PRINCIPAL] - row.credited_principal for row in self.rows)
        over = asked - sum(amount for _, amount in self.disbursed)
        plain = [row for row in self.rows if not (row.is_down_payment or row.is_extra)]
        for row in reversed([row for row in plain if not row.is_met]):
            less = min(over, row.left(Component.PRINCIPAL))
            row.charged[Component.PRINCIPAL] -= less
            over -= less

    def sync(self, on: date) -> None:
        """Ask in every row what its window of the projection asks, and note what is met by it."""
        for row, window in self._ask():
            row.credited_principal = window.credited_principal
            row.note_met(on)

    def _ask(self) -> list[tuple[Row, Window]]:
        """Ask in every row what the window of its days asks; return the two."""
        asked = zip(self.projection.windows, self.projection.figures, strict=True)
        by_days = {(window.start, window.due): (window, figure) for window, figure in asked}
        found = []
        for row in self.rows:
            days = row.start, row.due
            if days in by_days and not (row.is_down_payment or row.is_extra):
                window, figure = by_days[days]
                row.ask(principal=figure.principal, interest=figure.interest)
                found.append((row, window))
        return found
