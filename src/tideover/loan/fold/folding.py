"""The fold: terms and dated events in, the state on a day out.

A back-dated or reversed event is simply a different list of events, so it ends in the same state
as if it had always been known. Reading a state changes nothing.

Early payment: money paid in advance is held for the next instalments and counts on their due
dates, so it does not change their interest; when it is enough to close the loan on that day, the
loan is settled and interest stops on the actual day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tideover.loan.building import build_schedule
from tideover.loan.components import Component, Components
from tideover.loan.events import (
    Charged,
    Disbursed,
    Event,
    Paid,
    PrincipalForgiven,
    Refunded,
    Restructured,
    Waived,
)
from tideover.loan.fold.book import Book
from tideover.loan.fold.changing import change, disburse
from tideover.loan.fold.lines import allocations, components_of, line_states
from tideover.loan.fold.ordering import Counted, events_in_force
from tideover.loan.fold.refusals import NotDisbursed
from tideover.loan.fold.restructuring import restructure
from tideover.loan.fold.state import LineState, LoanState
from tideover.loan.schedule import Schedule
from tideover.loan.terms import LoanTerms
from tideover.money import Money, total


def loan_state(terms: LoanTerms, events: Sequence[Event], on: date) -> LoanState:
    """Return what is owed at the end of the day `on`, payments of that day included.

    Events later than `on` are left out. Interest counts the day of disbursement and not the
    day of payment. Amounts are rounded once a line and component, by `terms.rounding`.

    Raises:
        NotDisbursed: no disbursement at all, or something happened before it.
        DisbursedTwice, DuplicateReference, NothingToReverse, NotEnded: the events contradict each
            other.
        DisbursedTooLate, DueDateTooEarly, GraceTooLong, NoInstalments, NoRateToChange,
            NothingDueThen, PauseEndsTooEarly: a change does not fit the schedule of its day.
        NegativeAmount, CurrencyMismatch: an event has an impossible amount.
    """
    book = folded(terms, events, on=on)
    return _not_yet(terms, on) if book is None else _state(book, on)


def folded(terms: LoanTerms, events: Sequence[Event], *, on: date) -> Book | None:
    """Return the book of the loan at the end of the day, None before its disbursement."""
    counted = events_in_force(events, on=on, currency=terms.currency)
    if not any(isinstance(event, Disbursed) for event in events):
        raise NotDisbursed(None)
    if not counted:
        return None
    book = _opened(terms, counted[0])
    for event in counted[1:]:
        book.accrue(event.on)
        _apply(book, event, agreed=terms.principal.minor)
    book.accrue(on)
    return book


def _opened(terms: LoanTerms, event: Counted) -> Book:
    if not isinstance(event, Disbursed):
        raise NotDisbursed(event)
    if (event.amount, event.on) == (terms.principal, terms.disbursed_on):
        return Book.opened(terms, build_schedule(terms))
    changed = replace(terms, principal=event.amount, disbursed_on=event.on)
    return Book.opened(changed, build_schedule(changed))


def _apply(book: Book, event: Counted, *, agreed: int) -> None:
    match event:
        case Paid():
            book.pay(event.reference, event.amount.minor, on=event.on)
        case Charged():
            book.charge(event.component, event.amount.minor, on=event.on, reference=event.reference)
            book.use_credit(event.on)
        case Waived():
            _waive(book, event)
        case Restructured():
            restructure(book, event)
        case Refunded():
            book.refund(event.amount.minor, on=event.on, reference=event.reference)
        case Disbursed():
            disburse(book, event, agreed=agreed)
        case _:
            change(book, event)


def _waive(book: Book, event: Waived) -> None:
    on, name, amount = event.on, event.reference, event.amount
    if event.component is Component.PRINCIPAL:
        # What is given up bears no interest from the day on, so lines to come are made anew.
        change(book, PrincipalForgiven(on, name, amount, event.reason))
    elif not book.waive(event.component, amount.minor, on=on, reference=name):
        book.without_effect.append(name)
    book.use_credit(event.on)


def _state(book: Book, on: date) -> LoanState:
    currency = book.terms.currency
    lines = line_states(book.buckets, on, currency=currency)
    none = Components.zero(currency)
    late = [line for line in lines if line.due_date < on and line.remaining]
    return LoanState(
        on=on,
        schedule=book.schedule,
        outstanding=components_of(book.owed(on), currency),
        past_due=sum((line.remaining for line in late), start=none),
        due_today=sum((line.remaining for line in lines if line.due_date == on), start=none),
        in_advance_credit=Money(sum(amount for _, amount in book.credit), currency),
        accrued_interest=_accrued(book, on),
        payoff=Money(max(book.payoff(on), 0), currency),
        days_past_due=book.days_past_due(on),
        worst_days_past_due=book.worst_days,
        days_past_due_before_restructure=book.days_before_restructure,
        penalty_from=_penalty_from(book, on),
        grace_until=_grace_until(book, on),
        restructured_on=book.restructured_on,
        capitalised=components_of(book.capitalised, currency),
        refunded=Money(book.refunded, currency),
        refunded_beyond_credit=Money(book.refunded_beyond, currency),
        without_effect=tuple(book.without_effect),
        lines=lines,
        closed_lines=tuple(book.closed),
        allocations=allocations(book),
    )


def _accrued(book: Book, on: date) -> Money:
    currency = book.terms.currency
    return total((Money(amount, currency) for amount in book.accrued(on)), currency)


def _penalty_from(book: Book, on: date) -> date | None:
    if not book.terms.penalty_uplift:
        return None
    counting = (
        bucket.due
        for bucket in book.due_by(on)
        if bucket.late_units and bucket.has_unpaid_principal
    )
    return next(counting, None)


def _grace_until(book: Book, on: date) -> date | None:
    in_grace = (
        bucket.grace_until
        for bucket in book.due_by(on)
        if bucket.left_in_all() > 0 and bucket.grace_until >= on
    )
    return next(in_grace, None)


def _not_yet(terms: LoanTerms, on: date) -> LoanState:
    none, nothing = Components.zero(terms.currency), Money.zero(terms.currency)
    lines: tuple[LineState, ...] = ()
    return LoanState(
        on=on,
        schedule=Schedule(nothing, terms.disbursed_on, ()),
        outstanding=none,
        past_due=none,
        due_today=none,
        in_advance_credit=nothing,
        accrued_interest=nothing,
        payoff=nothing,
        days_past_due=0,
        worst_days_past_due=0,
        days_past_due_before_restructure=0,
        penalty_from=None,
        grace_until=None,
        restructured_on=None,
        capitalised=none,
        refunded=nothing,
        refunded_beyond_credit=nothing,
        without_effect=(),
        lines=lines,
        closed_lines=lines,
        allocations=(),
    )
