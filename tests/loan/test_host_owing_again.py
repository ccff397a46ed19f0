"""tideover.loan.progressive: a host loan that was paid off, owes again, and is agreed anew.

1,000.00 of 1 January 2026 in six months. All of it is paid, some is paid back to the borrower, and
the rows are agreed again: every row to come is full, so that interest finds room in none of them.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from host_histories import History
from host_machine import GAPS, RATES, host_rules, paying_ahead
from host_operations import OPERATIONS, TERMS, yuan
from tideover.loan import Paid
from tideover.loan.progressive import (
    Credited,
    Future,
    Kind,
    NoRowsToCome,
    PaidBack,
    ProjectedEvent,
    RowsAreAgreed,
)

FEBRUARY, MARCH = date(2026, 2, 3), date(2026, 3, 6)
BY_DAYS, BY_360 = (
    replace(TERMS, rate=rate, disbursed_on=date(2026, 1, 1))  # 26 %, 12 %
    for rate in RATES[1:]
)


def split(back: int) -> tuple[ProjectedEvent, ...]:
    """Paid off on 3 February, so much paid back, and its interest split on 6 March."""
    return (
        Credited(FEBRUARY, "a", yuan(17_152), Kind.MERCHANT_REFUND),
        Paid(FEBRUARY, "b", yuan(84_814)),
        PaidBack(FEBRUARY, "c", yuan(back)),
        OPERATIONS["re-amortise, split"](MARCH, "d"),
    )


LATE_BEARS_NOTHING = paying_ahead(
    Future.SHARED, 1, closes_at_rest=True, overdue_bears_interest=False
)
#: Lives that what was stated did not close, each for a reason of its own.
LIVES: dict[str, tuple[History, date]] = {
    # Interest paid of the last row was agreed with the rows before it: asked again without end.
    "component by component after a split": (
        History(
            BY_360,
            paying_ahead(
                Future.SHARED, 1, by_component=True, rests_by_period=True, closes_at_rest=True
            ),
            split(700),
        ),
        MARCH,
    ),
    # The last row was met at what was agreed, and the one that runs asked its interest once more.
    "to the due date after a split": (
        History(BY_360, LATE_BEARS_NOTHING, split(17_152)),
        MARCH,
    ),
    # The days to come of the row that runs were asked on top of what it bears of them.
    "to the due date after a split of all that was lent": (
        History(BY_360, LATE_BEARS_NOTHING, split(100_000)),
        MARCH,
    ),
    # So were those of what is late, which bears to the due date by itself.
    "to the due date, with most of it late": (
        History(
            BY_DAYS,
            paying_ahead(Future.LAST, 0, closes_at_rest=True),
            (
                Paid(date(2026, 1, 2), "a", yuan(102_208)),
                PaidBack(date(2026, 1, 2), "b", yuan(100_000)),
                OPERATIONS["terms"](date(2026, 1, 30), "c"),
            ),
        ),
        date(2026, 3, 4),
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_lives_close_with_their_payoff(name: str):
    life, on = LIVES[name]

    closed = replace(life, events=(*life.events, Paid(on, "z", life.on(on).payoff)))

    assert list(closed.faults(on, on + timedelta(40))) == []
    assert closed.on(on).outstanding.total == closed.on(on).overpaid == yuan(0)


def test_interest_split_is_paid_with_what_it_was_borne_by():
    life, _ = LIVES["component by component after a split"]

    # 7.00 at 12 % bear 0.06 in the 26 days to 1 March, split among four rows, and 0.07 in the 31
    # days to 1 April, to which what closes the loan counts.
    assert life.on(MARCH).payoff == yuan(700 + 6 + 7)
    for cents in (1, 6, 13):  # All of it interest: what principal bears to 1 April stays.
        paid = replace(life, events=(*life.events, Paid(MARCH, "z", yuan(cents))))
        assert paid.on(MARCH).payoff == yuan(713 - cents)


AGREEMENTS = ("re-amortise", "re-amortise, split", "terms", "re-age, default", "re-age, payable")


@settings(max_examples=40)
@given(
    rules=host_rules,
    rate=st.sampled_from(RATES),
    gaps=st.tuples(GAPS, GAPS, GAPS),
    back=st.sampled_from([1, 700, 17_152, 100_000]) | st.integers(1, 90_000),
    name=st.sampled_from(AGREEMENTS),
)
def test_what_is_stated_closes_it_again(rules, rate, gaps, back, name):
    terms = replace(TERMS, rate=rate)
    first = terms.disbursed_on + timedelta(gaps[0])
    lent = History(terms, rules, ())
    over = (Paid(first, "a", lent.on(first).payoff), PaidBack(first, "b", yuan(back)))
    agreed = first + timedelta(gaps[1])
    life = replace(lent, events=(*over, OPERATIONS[name](agreed, "c")))
    on = agreed + timedelta(gaps[2])
    try:
        owed = life.on(on).payoff
    except (NoRowsToCome, RowsAreAgreed):  # Too late for it, or rows that were agreed stand.
        assume(False)

    closed = replace(life, events=(*life.events, Paid(on, "z", owed)))

    assert closed.on(on).outstanding.total == closed.on(on).overpaid == yuan(0)
