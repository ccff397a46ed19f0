"""What happened to a loan, from the log and into it.

The events of a loan are in the log's stream `loan:<reference>`. Recording one writes the log, the
journal and, when it changes, the active schedule, in the caller's transaction.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Loan, LoanSchedule
from tideover.app.verbs.books.differences import BookedEvent, book_event
from tideover.app.verbs.books.journal import Position, book_change, position
from tideover.app.verbs.books.stored_fold import keep_folds, ledger_day, made_fold
from tideover.app.verbs.refusals import NotFound
from tideover.loan import (
    Event,
    LoanState,
    LoanTerms,
    Schedule,
    event_from_record,
    event_to_record,
    kind_of,
    loan_state,
    schedule_to_record,
    terms_from_record,
)


def terms(loan: Loan) -> LoanTerms:
    """The contract terms of a loan."""
    return terms_from_record(loan.terms)


def events(loan: Loan) -> tuple[Event, ...]:
    """Every event of a loan, in the order in which it was recorded."""
    return tuple(event_from_record(logged.body) for logged in log.read(loan.stream))


def state(loan: Loan, on: date) -> LoanState:
    """What is owed on a loan on a day."""
    return loan_state(terms(loan), events(loan), on)


def record_event(loan: Loan, event: Event, *, actor: str, at: datetime) -> LoanState:
    """Record an event of a loan and return the state after it, on the day the ledger now counts to.

    That day is the business day of `at`, or the event's own where that is later. Call it inside
    `atomic()`; it locks the loan. The event is folded first, so whatever the fold refuses
    (DuplicateReference, NothingToReverse, NotDisbursed …) is refused here and writes nothing.
    Raises NotFound when the loan is gone.
    """
    return record_events(loan, [event], actor=actor, at=at)


def record_events(
    loan: Loan,
    new_events: Sequence[Event],
    *,
    actor: str,
    at: datetime,
    until: date | None = None,
) -> LoanState:
    """Record several events of one loan in their order; see `record_event`.

    `until` is the day the ledger counts to afterwards, the business day of `at` unless given.
    """
    locked = lock_loan(loan.reference)
    if locked is None:
        raise NotFound("loan")
    known_terms, known = terms(locked), events(locked)
    as_of = ledger_day(locked)
    before = position(known_terms, known, as_of) if as_of else _nothing(new_events[0].on)
    for event in new_events:
        earlier, known = known, (*known, event)
        loan_state(known_terms, known, event.on)
        after = position(known_terms, known, max(before.as_of, event.on))
        kind = f"loan.{kind_of(event)}"
        row = log.append(locked.stream, kind=kind, body=event_to_record(event), at=at, actor=actor)
        book_event(
            BookedEvent(locked, known_terms, earlier, event, kind=kind, log_position=row.position),
            before,
            after,
            posted_at=at,
        )
        crash_point(f"{kind}.booked")
        before = after
    counted = _accrued(
        locked, known_terms, known, since=before, on=until or clock.day_of(at), at=at
    )
    keep_folds([made_fold(locked, known_terms, known, as_of=counted)])
    reached = loan_state(known_terms, known, counted)
    _keep_schedule(locked, reached.schedule, reference=new_events[-1].reference, at=at)
    return reached


def accrue(loan: Loan, on: date, *, at: datetime) -> bool:
    """Recognise interest and penalty earned up to a day; True when an entry was written.

    Call it inside `atomic()`. A day the ledger already counts to changes nothing.
    """
    locked = lock_loan(loan.reference)
    as_of = ledger_day(locked) if locked is not None else None
    if locked is None or as_of is None or as_of >= on:
        return False
    known_terms, known = terms(locked), events(locked)
    _accrued(locked, known_terms, known, since=position(known_terms, known, as_of), on=on, at=at)
    keep_folds([made_fold(locked, known_terms, known, as_of=on)])
    return True


def _accrued(
    loan: Loan,
    known_terms: LoanTerms,
    known: Sequence[Event],
    *,
    since: Position,
    on: date,
    at: datetime,
) -> date:
    """Book what was earned since a position up to a day; return the day the ledger counts to."""
    if since.as_of >= on:
        return since.as_of
    book_change(
        loan,
        since,
        position(known_terms, known, on),
        kind="loan.accrued",
        reference=f"accrued {on.isoformat()}",
        effective_on=on,
        posted_at=at,
        log_position=None,
    )
    return on


def schedule_digest(schedule: Schedule) -> str:
    """The SHA-256 of a schedule's record."""
    return record_digest(schedule_to_record(schedule))


def record_digest(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record as canonical JSON."""
    return hashlib.sha256(log.canonical(record)).hexdigest()


def _nothing(day: date) -> Position:
    return Position(as_of=day, transfers={})


def _keep_schedule(loan: Loan, schedule: Schedule, *, reference: str, at: datetime) -> None:
    """Make the fold's schedule the one active schedule, unless it is already."""
    active = LoanSchedule.objects.filter(loan=loan, is_active=True).first()
    digest = schedule_digest(schedule)
    if active is not None and active.digest == digest:
        return
    version = 1
    if active is not None:
        version = active.version + 1
        active.is_active, active.replaced_at = False, at
        active.save(update_fields=["is_active", "replaced_at"])
    LoanSchedule.objects.create(
        loan=loan,
        version=version,
        record=schedule_to_record(schedule),
        digest=digest,
        event_reference=reference,
        made_at=at,
    )
