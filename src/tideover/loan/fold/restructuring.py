"""Closing the old lines and opening the new ones when an agreement takes effect.

What the agreement stated was true when it was signed. A payment or a reversal that arrives later
but took effect earlier changes what was really owed that day. Nothing of the difference is lost:
what was owed beyond the stated amounts stays owing as carried; what the statement was too high by
is paid toward the new schedule. A waiver never gives more than was owed.
"""

from tideover.loan.components import Component
from tideover.loan.events import Restructured
from tideover.loan.fold.book import Book
from tideover.loan.fold.bucket import Amounts, no_amounts
from tideover.loan.fold.lines import components_of
from tideover.loan.fold.rescheduling import carry, close
from tideover.loan.reasons import Reason


def restructure(book: Book, event: Restructured) -> None:
    """Apply the agreement to the book on its day."""
    on = event.on
    book.days_before_restructure = book.days_past_due(on)
    # Money held for interest not yet earned goes back to its payments, and into the new lines.
    released = book.take_back_unearned(on)
    shortfall, excess = _differences(book, event)
    close(book, book.buckets, on=on)
    book.basis = book.basis.restated(event.schedule, rate=event.rate)
    book.open_lines(event.schedule, made_by=_why(event))
    for component in Component:
        book.capitalised[component] += event.capitalised.get(component).minor
    carry(book, event.carried + components_of(shortfall, event.schedule.currency))
    book.restructured_on = on
    book.credit += [*released, (event.reference, excess)]
    book.use_credit(on)


def _differences(book: Book, event: Restructured) -> tuple[Amounts, int]:
    """What was owed beyond the statement by component, and what the statement was too high by."""
    owed = book.owed(event.on)
    principal = event.schedule.opening_balance - event.capitalised.total
    shortfall, excess = no_amounts(), 0
    for component, amount in owed.items():
        stated = event.capitalised.get(component) + event.carried.get(component)
        if component is Component.PRINCIPAL:
            stated = principal + event.carried.principal
        rest = amount - stated.minor
        excess += max(-rest, 0)
        shortfall[component] = max(rest - event.waived.get(component).minor, 0)
    return _netted(book, shortfall, excess)


def _netted(book: Book, shortfall: Amounts, excess: int) -> tuple[Amounts, int]:
    for component in book.terms.allocation_order:
        used = min(shortfall[component], excess)
        shortfall[component] -= used
        excess -= used
    return shortfall, excess


def _why(event: Restructured) -> Reason:
    return Reason(
        f"made by agreement {event.reference!r} of {event.on}",
        f"由 {event.on} 的协议 {event.reference!r} 制定",
    )
