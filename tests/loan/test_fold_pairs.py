"""Every ordered pair of operations (changing.py, rescheduling.py, rebuilding.py, basis.py).

Each ends in a state or in a refusal (refusals.py) that the page of events names.

The first operation takes effect on one day and the second on a later one, or on the same day. A
refusal must be one of those a page names; a state must keep every invariant.
"""

from datetime import date
from itertools import product
from typing import get_args

import pytest

from operations import LOANS, OPERATIONS, disbursements
from tideover.loan import (
    Component,
    Disbursed,
    Event,
    LoanState,
    LoanTerms,
    Paid,
    Restructured,
    Reversed,
    loan_state,
)
from tideover.money import Refusal

#: What a pair may be refused for: each says what to do next.
NAMED = {
    "disbursed-too-late",
    "disbursed-twice",
    "due-date-too-early",
    "grace-too-long",
    "no-rate-to-change",
    "not-ended",
    "nothing-due-then",
}
#: Twenty days late, and so late that every due date has passed.
FIRST, SECOND, LATER = date(2024, 3, 20), date(2024, 4, 12), date(2024, 9, 9)
#: What changes when the debt falls due, and not what it is worth on the day.
KEEP_VALUE = {
    "pause", "rate", "move-due-date", "add-terms", "grace", "re-age", "re-amortise", "capitalise",
    "accelerate", "reinstate",
}  # fmt: skip
PAIRS = list(product(OPERATIONS, OPERATIONS))
DAYS = {
    "later": (FIRST, SECOND),
    "same-day": (SECOND, SECOND),
    "due-date": (FIRST, date(2024, 3, 31)),
}


def states(terms: LoanTerms, events: tuple[Event, ...], on: date) -> LoanState | str:
    """The state, or the code of the refusal."""
    try:
        return loan_state(terms, events, on)
    except Refusal as refused:
        return refused.code


def minor(state: LoanState) -> int:
    return sum(part.amount.minor for part in state.allocations)


def check_invariants(state: LoanState, events: tuple[Event, ...]) -> None:
    schedule = state.schedule
    assert sum(line.principal.minor for line in schedule.lines) == schedule.opening_balance.minor
    balance = schedule.opening_balance.minor
    for line in schedule.lines:
        balance -= line.principal.minor
        assert line.closing_balance.minor == balance
        assert min(line.principal.minor, line.interest.minor, line.fee.minor) >= 0
    assert not balance
    assert not (state.outstanding and state.in_advance_credit)
    assert state.payoff <= state.outstanding.total
    assert state.worst_days_past_due >= state.days_past_due
    for line in state.lines:
        assert all(line.remaining.get(part).minor >= 0 for part in Component)
    dates = [line.due_date for line in state.lines]
    assert dates == sorted(dates)
    numbers = [line.number for line in state.lines]
    assert len(set(numbers)) == len(numbers)
    if not any(isinstance(event, Restructured) for event in events):
        check_money(state, events)
        check_principal(state, events)


def check_money(state: LoanState, events: tuple[Event, ...]) -> None:
    """Every cent that came in is allocated, held, or was paid back."""
    undone = {event.of for event in events if isinstance(event, Reversed)}
    received = sum(
        event.amount.minor
        for event in events
        if isinstance(event, Paid) and event.reference not in undone and event.on <= state.on
    )
    paid_back = state.refunded.minor - state.refunded_beyond_credit.minor
    assert minor(state) + state.in_advance_credit.minor + paid_back == received


def check_principal(state: LoanState, events: tuple[Event, ...]) -> None:
    """Principal lent, owed again or capitalised is owed, was paid, or was given up."""
    lent = sum(event.amount.minor for event in events if isinstance(event, Disbursed))
    lines = (*state.lines, *state.closed_lines)
    gone = sum(line.waived.principal.minor for line in lines)
    gone += sum(
        part.amount.minor for part in state.allocations if part.component is Component.PRINCIPAL
    )
    came = lent + state.refunded_beyond_credit.minor + state.capitalised.total.minor
    assert state.outstanding.principal.minor == came - gone


@pytest.mark.parametrize("loan", LOANS)
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=["-then-".join(pair) for pair in PAIRS])
class TestEveryOrderedPair:
    def test_ends_in_a_state_or_a_named_refusal(self, first, second, loan):
        terms = LOANS[loan]
        start = disbursements(terms)
        for day_of_first, day_of_second in DAYS.values():
            one = OPERATIONS[first](terms, day_of_first, "one")
            other = OPERATIONS[second](terms, day_of_second, "other")
            events = (*start, one, other)
            on_the_day, later = (states(terms, events, on) for on in (day_of_second, LATER))
            if isinstance(later, str):
                assert on_the_day == later
                assert later in NAMED
                continue
            check_invariants(on_the_day, events)
            check_invariants(later, events)
            if second in KEEP_VALUE:
                # Nothing is forgiven and nothing added in silence.
                before = loan_state(terms, (*start, one), day_of_second)
                assert on_the_day.payoff == before.payoff
            if day_of_first != day_of_second:
                # What takes effect on another day may arrive in any order.
                assert states(terms, (other, one, *start), LATER) == later
            check_undoing(terms, events, later)


def check_undoing(terms: LoanTerms, events: tuple[Event, ...], both: LoanState) -> None:
    """Undone, either is as if it had never been; done again, as it was."""
    *start, one, other = events
    undo_one = Reversed(SECOND, "undo-one", of="one")
    redo = Reversed(SECOND, "redo", of="undo-one")
    undo_other = Reversed(SECOND, "undo-other", of="other")

    assert states(terms, (*events, undo_other), LATER) == states(terms, (*start, one), LATER)
    assert states(terms, (*events, undo_one), LATER) == states(terms, (*start, other), LATER)
    assert states(terms, (*events, undo_one, redo), LATER) == both


def test_covers_every_kind_of_event():
    """An event that the table does not have would be tested by nobody."""
    made = {type(make(LOANS["by-day"], FIRST, "x")) for make in OPERATIONS.values()}

    assert made | {Reversed} == set(get_args(Event))
