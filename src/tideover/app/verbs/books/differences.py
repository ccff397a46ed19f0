"""Booking an event, and what it changes of days that were closed without it.

An event that arrives after its own day was closed is booked twice over: what it does on its day,
and what the closed days since would have been had it been known. The second entry is kept with the
figures of the last closed day before and after, so that somebody can see why the books moved.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from tideover.app.db.models import BusinessDay, DayDifference, Loan
from tideover.app.verbs.books.journal import Amounts, Position, book_change, position
from tideover.app.verbs.books.protecting import look_again, refuse_protected
from tideover.loan import DayFigures, Event, LoanTerms, days_ahead


@dataclass(frozen=True, slots=True)
class BookedEvent:
    """An event, the loan it is booked on, and what was known of the loan before it."""

    loan: Loan
    terms: LoanTerms
    earlier: Sequence[Event]
    event: Event
    kind: str
    log_position: int


def last_closed_day() -> date | None:
    """The newest business day that was closed, or is being closed."""
    return BusinessDay.objects.order_by("-day").values_list("day", flat=True).first()


def book_event(
    booked: BookedEvent, before: Position, after: Position, *, posted_at: datetime
) -> None:
    """Write the entry of an event, and one of its own for what it changes of closed days.

    Raises LateFeeUnderAgreement for a charge that an agreement in force does not allow.
    """
    event, closed = booked.event, last_closed_day()
    refuse_protected(booked.loan, event)
    look_again(booked.loan)
    is_late = closed is not None and booked.earlier and event.on < min(closed, before.as_of)
    whole = _change(before.transfers, after.transfers)
    own = _own_effect(booked) if is_late else whole
    _book(booked, own, as_of=after.as_of, posted_at=posted_at)
    rest = _change(own, whole)
    if closed is not None and any(rest.values()):
        _book_difference(booked, rest, through=min(closed, before.as_of), at=posted_at)


def _own_effect(booked: BookedEvent) -> Amounts:
    """What the event does on its own day."""
    on = booked.event.on
    without = position(booked.terms, booked.earlier, on)
    with_it = position(booked.terms, (*booked.earlier, booked.event), on)
    return _change(without.transfers, with_it.transfers)


def _book(booked: BookedEvent, amounts: Amounts, *, as_of: date, posted_at: datetime) -> None:
    book_change(
        booked.loan,
        Position(as_of=as_of, transfers={}),
        Position(as_of=as_of, transfers=amounts),
        kind=booked.kind,
        reference=booked.event.reference,
        effective_on=booked.event.on,
        posted_at=posted_at,
        log_position=booked.log_position,
    )


def _book_difference(booked: BookedEvent, rest: Amounts, *, through: date, at: datetime) -> None:
    entry = book_change(
        booked.loan,
        Position(as_of=through, transfers={}),
        Position(as_of=through, transfers=rest),
        kind="loan.difference",
        reference=f"difference {booked.event.reference}",
        effective_on=through,
        posted_at=at,
        log_position=booked.log_position,
    )
    known = (*booked.earlier, booked.event)
    DayDifference.objects.create(
        entry=entry,
        loan=booked.loan,
        event_reference=booked.event.reference,
        effective_on=booked.event.on,
        closed_through=through,
        before=asdict(_figures(booked.terms, booked.earlier, on=through)),
        after=asdict(_figures(booked.terms, known, on=through)),
        found_at=at,
    )


def _figures(terms: LoanTerms, events: Sequence[Event], *, on: date) -> DayFigures:
    return days_ahead(terms, events, start=on, count=1)[0]


def _change(before: Amounts, after: Amounts) -> Amounts:
    changes = {pair: after.get(pair, 0) - before.get(pair, 0) for pair in {*before, *after}}
    return {pair: amount for pair, amount in changes.items() if amount}
