"""Fees and penalties that fall due on a day, with the row that day belongs to."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tideover.loan.components import Component
from tideover.loan.progressive.allocating import allocate
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.rows import Row

#: What falls due by itself, and is no part of a schedule.
CHARGES: Final = (Component.FEE, Component.PENALTY)


def charge(book: Book, component: Component, *, amount: int, due: date) -> None:
    """Ask a fee or penalty with the row of its due date; after the maturity in a row of its own.

    What was overpaid before goes to it.
    """
    book.charges.append((component, amount, due))
    row_of(book, due).charge(component, amount)
    _use_overpaid(book)


def place_again(book: Book, *, on: date) -> None:
    """Ask charges of extra rows with the rows of their days, once there are such rows."""
    extras = [row for row in book.rows if row.is_extra and not row.paid_in_all]
    if any(row.charged[Component.PRINCIPAL] for row in extras):
        return
    book.rows = [row for row in book.rows if not any(row is extra for extra in extras)]
    ask_again(book, charges_of(book, extras), on=on)


def row_of(book: Book, due: date) -> Row:
    """Return the row that a day belongs to; after the maturity an extra one."""
    rows = [row for row in book.rows if not row.is_down_payment]
    if due <= rows[0].start:
        return rows[0]
    for row in rows:
        if row.start < due <= row.due:
            return row
    last = rows[-1]
    if last.is_extra:
        last.due = max(last.due, due)
        return last
    extra = Row(start=last.due, due=due, is_extra=True)
    book.rows.append(extra)
    return extra


@dataclass(frozen=True, slots=True)
class TakenCharge:
    """A fee or penalty of a row taken away, and what was paid of it, `ahead` of its day."""

    component: Component
    due: date
    amount: int
    paid: int
    ahead: int


def charges_of(book: Book, taken: list[Row]) -> list[TakenCharge]:
    """Take the fees and penalties out of rows that are taken away.

    What is of none of their days is due with the earliest.
    """
    days, found = {(row.start, row.due) for row in taken}, []
    for component in CHARGES:
        asked, paid, ahead = 0, 0, 0
        for row in taken:
            early = min(row.in_advance, row.paid[component])
            asked, paid = asked + row.charged[component], paid + row.paid[component]
            ahead, row.in_advance = ahead + early, row.in_advance - early
            row.charged[component] = row.paid[component] = 0
        its = [(due, amount) for kind, amount, due in book.charges if kind is component]
        inside = [one for one in its if any(start < one[0] <= end for start, end in days)]
        for due, amount in (*inside, *((row.due, asked) for row in taken[:1])):
            again = min(amount, asked)
            one = TakenCharge(component, due, again, min(again, paid), min(again, paid, ahead))
            asked, paid, ahead = asked - one.amount, paid - one.paid, ahead - one.ahead
            found.append(one)
    return [one for one in found if one.amount]


def ask_again(book: Book, charges: list[TakenCharge], *, on: date) -> None:
    """Ask fees and penalties with the rows of their days; what was paid of them stays paid."""
    for one in charges:
        row = row_of(book, one.due)
        row.charged[one.component] += one.amount
        row.paid[one.component] += one.paid
        row.in_advance += one.ahead
        row.note_met(on)


def _use_overpaid(book: Book) -> None:
    lots, book.overpaid_lots = book.overpaid_lots, []
    for on, kind, amount in lots:
        left = allocate(book, amount, rule=book.rules.allocation(kind), on=on)
        book.overpaid_lots.append((on, kind, left))
