"""Closing a loan: what it takes on a day, and what a payment that is enough for it asks.

A host may count the interest of a closing payment to the due date of the window that runs.
"""

from dataclasses import replace
from datetime import date

from tideover.loan.components import Component
from tideover.loan.progressive.book import Book, Closing
from tideover.loan.projection import corrected, outstanding_until, with_overdue


def payoff(book: Book, on: date) -> int:
    """Return what closes the loan on a day, in minor units: less leaves something open."""
    return _owed(book, on, rest=_rest_of(book, on))


def _owed(book: Book, on: date, *, rest: date | None) -> int:
    """Everything owed, with the interest up to `rest`, or up to the day itself."""
    if not book.follows_payments:
        return sum(row.outstanding for row in book.rows)
    projection = book.projection
    if book.rules.overdue_bears_interest:
        projection = with_overdue(projection, on, to_due_date=rest is not None)
    owed = outstanding_until(projection, rest or on)
    charges = sum(row.left(Component.FEE) + row.left(Component.PENALTY) for row in book.rows)
    down = sum(
        row.left(Component.PRINCIPAL) for row in book.rows if row.is_down_payment or row.is_extra
    )
    return owed.principal + owed.interest + charges + down


def _rest_of(book: Book, on: date) -> date | None:
    """The due date to which what closes the loan counts interest; None: to the day itself.

    Where nothing is open but what is late, there is nothing to close early.
    """
    if not book.rules.runs_to_due_date(closes=_is_early(book, on)):
        return None
    running = [window for window in book.projection.windows if window.start < on <= window.due]
    return running[0].due if running else None


def _is_early(book: Book, on: date) -> bool:
    return any(row.outstanding and row.due > on for row in book.rows)


def closing_of(book: Book, amount: int, *, on: date) -> Closing | None:
    """Return how a payment closes the loan early; None when it does not.

    It does when it is enough for all that is owed on its day, though it may be less than what
    the days to the due date ask as well: that is left open.
    """
    rest = _rest_of(book, on) if _is_early(book, on) else None
    return Closing(rest) if rest and amount >= _owed(book, on, rest=None) else None


def ask_to_rest(book: Book, on: date) -> None:
    """Let a closing payment ask interest to the due date of the window that runs.

    Where the window is open, all principal counts from that date. Where it is paid already, the
    interest of the days to come is asked at once, and principal counts from the day itself.
    """
    place = book.projection.place_of(on)
    if book.closing is None or place is None or not book.follows_payments:
        return
    if book.rules.by_component or not book.projection.windows[place].is_paid:
        return
    rest = book.closing.rest
    # What is late bears to that date by itself, or not at all.
    late = sum(
        figure.outstanding_principal
        for window, figure in zip(book.projection.windows, book.projection.figures, strict=True)
        if window.due < on
    )
    current = book.projection.outstanding_principal - late
    paid_now = corrected(book.projection, on, amount=-current)
    to_come = outstanding_until(book.projection, rest).interest
    to_come -= outstanding_until(paid_now, rest).interest
    if to_come:
        book.closing = replace(book.closing, is_asked=True)
        book.projection = book.projection.with_rest_interest(place, to_come)
