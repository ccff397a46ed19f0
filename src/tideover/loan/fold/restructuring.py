"""Closing the old lines and opening the new ones when an agreement takes effect.

What the agreement stated was true when it was signed. A payment or a reversal that arrives later
but took effect earlier changes what was really owed that day. Nothing of the difference is lost:
what was owed beyond the stated amounts stays owing as carried; what the statement was too high by
is paid toward the new schedule. A waiver never gives more than was owed.
"""

from tideover.loan.carrying import carried_by_line
from tideover.loan.components import Component
from tideover.loan.events import Restructured
from tideover.loan.fold.book import Book
from tideover.loan.fold.bucket import Amounts, Bucket, no_amounts
from tideover.loan.fold.lines import components_of, line_states


def restructure(book: Book, event: Restructured) -> None:
    """Apply the agreement to the book on its day."""
    on = event.on
    book.days_before_restructure = book.days_past_due(on)
    # Money held for interest not yet earned goes back to its payments, and toward the old lines.
    released = book.take_back_unearned(on)
    for reference, amount in released:
        book.pay(reference, amount, on=on)
    shortfall, excess = _differences(book, event)
    book.closed += line_states(book, on)
    book.closed_entries += book.entries
    book.entries = []
    book.rate = event.rate or book.rate
    book.is_flat = False if event.rate is not None else book.is_flat
    book.open_lines(event.schedule, event.rate or book.terms.late_rate)
    _carry(book, event, shortfall)
    book.restructured_on = on
    if excess:
        book.credit.append((event.reference, excess))
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


def _carry(book: Book, event: Restructured, shortfall: Amounts) -> None:
    """Put what is carried beside the lines it falls due with; it bears no interest."""
    currency = event.schedule.currency
    carried = event.carried + components_of(shortfall, currency)
    if not carried:
        return
    parts = carried_by_line(event.schedule, carried)
    buckets: list[Bucket] = []
    for bucket, part in zip(book.buckets, parts, strict=True):
        asked = {component: part.get(component).minor for component in Component}
        buckets.append(bucket)
        if part:
            buckets.append(Bucket(bucket.line, asked, bucket.rules, bears_interest=False))
    book.buckets = buckets
