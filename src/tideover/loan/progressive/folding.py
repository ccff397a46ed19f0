"""The fold of a projected loan: terms, rules and dated events in, rows on a day out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from tideover.loan.components import Component
from tideover.loan.events import Disbursed, Paid, Reversed
from tideover.loan.fold import NotDisbursed
from tideover.loan.progressive import changing
from tideover.loan.progressive.allocating import allocate
from tideover.loan.progressive.book import Book
from tideover.loan.progressive.charging import charge
from tideover.loan.progressive.closing import ask_to_rest, closing_of, payoff
from tideover.loan.progressive.disbursing import pay_out, pay_out_as_built
from tideover.loan.progressive.events import (
    Change,
    ChargeDue,
    ContractEnded,
    Credited,
    PaidBack,
    ProjectedEvent,
    RateChanged,
    ReAged,
    ReAmortised,
    takes_effect,
)
from tideover.loan.progressive.refunding import as_if_never_lent, interest_by
from tideover.loan.progressive.refusals import NotProjected
from tideover.loan.progressive.restarting import restart
from tideover.loan.progressive.rows import Row
from tideover.loan.progressive.rules import Allocation, Due, HostRules, Kind
from tideover.loan.progressive.state import ProjectedState, state_of
from tideover.loan.projection import basis_of, pay_excess, projected
from tideover.loan.terms import LoanTerms, Method


def projected_state(
    terms: LoanTerms, events: Sequence[ProjectedEvent], *, rules: HostRules, on: date
) -> ProjectedState:
    """Return the schedule at the end of the day `on`, as payments and changes have made it.

    Events known after `on` are left out; a change that takes effect later counts already.
    Overdue principal bears interest up to `on`.

    Raises:
        NotDisbursed: nothing was paid out by then.
        NotProjected: its method is neither level nor flat, and its schedule is not built once.
    """
    known = in_force(events, on=on, recalculates=rules.recalculates)
    book = _folded(terms, rules, known)
    closed_by = payoff(book, on)
    book.catch_up(on)
    for row in book.rows:
        if row.outstanding:
            row.met_on = None
    if book.rows[-1].is_extra and not book.rows[-1].asked:
        book.rows.pop()
    return state_of(book, on, payoff=closed_by)


def _folded(terms: LoanTerms, rules: HostRules, counted: Sequence[ProjectedEvent]) -> Book:
    book = _opened(terms, rules, counted)
    for place, event in enumerate(counted):
        _apply(book, event)
        if isinstance(event, Credited) and event.kind in rules.gives_interest_back:
            _give_interest_back(book, counted[: place + 1], event.on)
    return book


def _give_interest_back(book: Book, known: Sequence[ProjectedEvent], on: date) -> None:
    """Pay with the interest that what was refunded has borne."""
    if not book.follows_payments:
        return
    plain = replace(book.rules, gives_interest_back=frozenset())
    changed = as_if_never_lent(known, book.rules.gives_interest_back)
    other = _folded(book.terms, plain, changed)
    other.catch_up(on)
    given = interest_by(book.projection, on) - interest_by(other.projection, on)
    amount = max(given - book.interest_given_back, 0)
    book.interest_given_back += amount
    _pay(book, Kind.INTEREST_REFUND, amount, on)


def in_force(
    events: Sequence[ProjectedEvent], *, on: date, recalculates: bool
) -> tuple[ProjectedEvent, ...]:
    """Return the events known by `on`, in the order they take effect, without those taken back.

    On one day changes by agreement come before everything else; payments that follow each other
    are taken by reference, so that the order of their arrival makes no difference. Rows that stand
    bear nothing by days: a change of later rows is theirs from the day it was agreed, after what
    came before it on that day.
    """
    known = [event for event in events if event.on <= on]
    taken_back = {event.of for event in known if isinstance(event, Reversed)}
    left = [
        event
        for event in known
        if not isinstance(event, Reversed) and event.reference not in taken_back
    ]

    def is_of_later_rows(event: ProjectedEvent) -> bool:
        return not recalculates and isinstance(event, Change) and event.on < takes_effect(event)

    def counts_from(event: ProjectedEvent) -> date:
        return event.on if is_of_later_rows(event) else takes_effect(event)

    def comes_before_all(event: ProjectedEvent) -> bool:
        return isinstance(event, Change) and not is_of_later_rows(event)

    left.sort(key=lambda event: (counts_from(event), not comes_before_all(event)))
    ordered: list[ProjectedEvent] = []
    for (_, is_payment), run in groupby(
        left, key=lambda event: (counts_from(event), isinstance(event, Paid))
    ):
        same_day = list(run)
        ordered += sorted(same_day, key=lambda e: e.reference) if is_payment else same_day
    return tuple(ordered)


def _opened(terms: LoanTerms, rules: HostRules, events: Sequence[ProjectedEvent]) -> Book:
    earliest = next((event for event in events if isinstance(event, Disbursed)), None)
    if earliest is None:
        raise NotDisbursed(None)
    if rules.projects and terms.method not in (Method.LEVEL, Method.FLAT):
        raise NotProjected(terms.method)
    terms = replace(terms, disbursed_on=earliest.on)
    basis = basis_of(
        terms,
        counts_whole_steps=rules.counts_whole_steps,
        moves_to_step_start=rules.moves_to_step_start,
        levels_by_opening=rules.levels_by_opening,
    )
    dates = terms.due_dates()
    projection = projected(basis, dates, start=earliest.on)
    rows = [Row(start=window.start, due=window.due) for window in projection.windows]
    gets_a_rate = any(isinstance(event, RateChanged) and event.rate > 0 for event in events)
    return Book(terms=terms, rules=rules, projection=projection, rows=rows, gets_a_rate=gets_a_rate)


def _apply(book: Book, event: ProjectedEvent) -> None:
    match event:
        case Disbursed():
            _disburse(book, event)
        case Paid():
            _pay(book, Kind.PAYMENT, event.amount.minor, event.on)
        case Credited():
            _pay(book, event.kind, event.amount.minor, event.on)
        case ChargeDue():
            charge(book, event.component, amount=event.amount.minor, due=event.due)
        case PaidBack():
            changing.pay_back(book, event.amount.minor, on=event.on)
        case ReAged() | ReAmortised() | ContractEnded():
            book.catch_up(takes_effect(event))
            restart(book, event)
        case Reversed():
            return
        case _:
            changing.change(book, event)


def _disburse(book: Book, event: Disbursed) -> None:
    book.catch_up(event.on)
    # Rows made anew by agreement are not those that were built: a tranche joins them as they are.
    if not (book.rules.projects or book.rows_stand_alone or book.has_ended):
        pay_out_as_built(book, event.amount.minor, on=event.on)
        return
    down = pay_out(book, event.amount.minor, on=event.on)
    if down and book.rules.pays_down_itself:
        _pay(book, Kind.DOWN_PAYMENT, down, event.on)


def _pay(book: Book, kind: Kind, amount: int, on: date) -> None:
    book.closing = closing_of(book, amount, on=on)
    book.catch_up(on)
    ask_to_rest(book, on)
    rule = book.rules.allocation(kind)
    if book.rules.keeps_excess_with_row and book.follows_payments:
        amount = _keep_excess(book, amount, rule, on)
    left = allocate(book, amount, rule=rule, on=on)
    book.overpaid_lots.append((on, kind, left))
    book.closing = None


def _keep_excess(book: Book, amount: int, rule: Allocation, on: date) -> int:
    """Pay what is due by now, and add the rest to the row due today, if there is one."""
    now = tuple(pair for pair in rule.order if pair[0] is not Due.IN_ADVANCE)
    amount = allocate(book, amount, rule=replace(rule, order=now), on=on)
    row = next((r for r in book.rows if r.due == on and not r.is_down_payment), None)
    place = book.projection.place_between(row.start, row.due) if row else None
    excess = min(amount, book.projection.outstanding_principal)
    if row is None or place is None or not excess:
        return amount
    book.projection = pay_excess(book.projection, place, on=on, amount=excess)
    row.charged[Component.PRINCIPAL] += excess
    row.pay(Component.PRINCIPAL, excess, on=on)
    book.sync(on)
    return amount - excess
