"""Every ordered pair of operations (changing.py, rescheduling.py, rebuilding.py, basis.py).

Each ends in a state or in a refusal (refusals.py) that the page of events names.

The first operation takes effect on one day and the second on a later one, or on the same day. A
refusal must be one of those a page names; a state must keep every invariant.
"""

from datetime import date
from itertools import product
from typing import get_args

import pytest

from invariants import check_state
from operations import LOANS, OPERATIONS, disbursements
from tideover.loan import (
    Event,
    LoanState,
    LoanTerms,
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
            check_state(on_the_day, events)
            check_state(later, events)
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
