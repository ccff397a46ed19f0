"""tideover.loan.progressive: while nothing happens, what pays a loan off grows by its interest.

1,000.00 in six months, interest by days on the principal that is open, late or not; interest bears
none. Whatever was paid, agreed or lent before, no day bears twice, and none is forgotten.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from host_histories import History
from host_machine import CENTS, GAPS, ORDERS, RATES
from host_operations import OPERATIONS, TERMS, yuan
from tideover.loan import Paid
from tideover.loan.progressive import Allocation, Future, HostRules, Kind, ProjectedEvent
from tideover.money import Refusal

#: 26 % by the days of the year, and 12 % by 360.
YEARS = {RATES[1]: 365, RATES[2]: 360}
#: What leaves interest to be counted by days at the rate of the loan.
NAMES = (
    "charge",
    "due date",
    "pay back",
    "re-age, default",
    "re-amortise",
    "re-amortise, split",
    "refund",
    "terms",
    "tranche",
)


def grown(life: History, since: date, until: date) -> Fraction:
    """The cents by which the payoff has grown above the interest of what was open."""
    before = life.on(since)
    a_year = before.outstanding.principal.minor * life.terms.rate.of_year
    borne = a_year * (until - since).days / YEARS[life.terms.rate]
    return (life.on(until).payoff - before.payoff).minor - borne


def happened(start: date, steps: list[tuple[int, int | str]]) -> Iterator[ProjectedEvent]:
    on = start
    for number, (gap, what) in enumerate(steps):
        on += timedelta(gap)
        named = isinstance(what, str)
        yield OPERATIONS[what](on, f"{number}") if named else Paid(on, f"{number}", yuan(what))


@settings(max_examples=60)
@given(
    order=st.sampled_from(ORDERS),
    future=st.sampled_from(Future),
    by_component=st.booleans(),
    rate=st.sampled_from(list(YEARS)),
    steps=st.lists(st.tuples(GAPS, CENTS | st.sampled_from(NAMES)), max_size=4),
    passed=GAPS,
    more=st.integers(1, 60),
)
def test_no_day_bears_twice_or_is_forgotten(order, future, by_component, rate, steps, passed, more):
    rules = HostRules(
        recalculates=True,
        by_component=by_component,
        overdue_bears_interest=True,
        allocations={Kind.PAYMENT: Allocation(order, future)},
    )
    life = History(replace(TERMS, rate=rate), rules, tuple(happened(TERMS.disbursed_on, steps)))
    since = TERMS.disbursed_on + timedelta(sum(gap for gap, _ in steps) + passed)
    until = since + timedelta(more)
    try:
        maturity = life.on(until).rows[-1].due_date
    except Refusal:
        assume(False)
    assume(until <= maturity)

    # Rounded once a row, on both days.
    assert abs(grown(life, since, until)) <= 3


class TestPaidBackOnADueDate:
    """700.00 of January paid back on 28 February, when the loan is re-aged: 1,700.00 bear once."""

    RULES = HostRules(recalculates=True, overdue_bears_interest=True)
    DAY = date(2026, 2, 28)

    @pytest.mark.parametrize("name", ["re-age, default", "re-amortise", "terms"])
    def test_bears_interest_once(self, name: str):
        back = replace(OPERATIONS["pay back"](self.DAY, "a"), amount=yuan(70_000))
        life = History(
            replace(TERMS, rate=RATES[2]), self.RULES, (back, OPERATIONS[name](self.DAY, "b"))
        )

        # 1000.00 × 0.12 × 28/360 = 9.33 by the day; 1700.00 × 0.12 × 30/360 = 17.00 in 30.
        assert life.on(self.DAY).payoff == yuan(170_000 + 933)
        assert life.on(self.DAY + timedelta(30)).payoff == yuan(170_000 + 933 + 1_700)
