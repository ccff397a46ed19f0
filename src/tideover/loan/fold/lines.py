"""From the book to what a reader sees: line states and allocations."""

from collections.abc import Iterable, Sequence
from datetime import date

from tideover.loan.components import Component, Components
from tideover.loan.fold.book import Book
from tideover.loan.fold.bucket import PARTS, Amounts, Bucket
from tideover.loan.fold.state import Allocation, LineState, LineStatus
from tideover.money import Currency, Money


def components_of(amounts: Amounts, currency: Currency) -> Components:
    """Return minor units by component as money."""
    return Components(
        principal=Money(amounts[Component.PRINCIPAL], currency),
        interest=Money(amounts[Component.INTEREST], currency),
        penalty=Money(amounts[Component.PENALTY], currency),
        fee=Money(amounts[Component.FEE], currency),
    )


def line_states(
    buckets: Iterable[Bucket], on: date, *, currency: Currency
) -> tuple[LineState, ...]:
    """Return every line of the buckets as it stands on the day.

    Amounts carried over a restructure belong to the line they fall due with.
    """
    by_number: dict[int, list[Bucket]] = {}
    for bucket in buckets:
        by_number.setdefault(bucket.line.number, []).append(bucket)
    return tuple(_line_state(parts, on, currency) for parts in by_number.values())


def allocations(book: Book) -> tuple[Allocation, ...]:
    """Return where every payment went, in the order it was allocated."""
    currency = book.terms.currency
    return tuple(
        Allocation(
            payment_reference=entry.reference,
            on=entry.on,
            line_number=entry.bucket.line.number,
            component=entry.component,
            amount=Money(entry.amount, currency),
        )
        for entry in (*book.closed_entries, *book.entries)
        if entry.amount
    )


def _line_state(buckets: list[Bucket], on: date, currency: Currency) -> LineState:
    line = buckets[0].line
    left = _summed([{part: bucket.left(part) for part in PARTS} for bucket in buckets])
    paid = _summed([bucket.paid for bucket in buckets])
    status = _status(left, paid, due=line.due_date, on=on)
    return LineState(
        line=line,
        paid=components_of(paid, currency),
        waived=components_of(_summed([bucket.waived for bucket in buckets]), currency),
        remaining=components_of(left, currency),
        status=status,
        days_past_due=(on - line.due_date).days if status is LineStatus.PAST_DUE else 0,
    )


def _status(left: Amounts, paid: Amounts, *, due: date, on: date) -> LineStatus:
    if not any(left.values()):
        return LineStatus.PAID
    if due < on:
        return LineStatus.PAST_DUE
    if any(paid.values()):
        return LineStatus.PART_PAID
    return LineStatus.DUE if due == on else LineStatus.FUTURE


def _summed(parts: Sequence[Amounts]) -> Amounts:
    if len(parts) == 1:
        return parts[0]
    return {part: sum(amounts[part] for amounts in parts) for part in PARTS}
