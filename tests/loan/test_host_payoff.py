"""tideover.loan.progressive and projection: what would pay a host loan off moves by money alone.

1,000.00 of 31 January 2026 at 9.9 % by days, in six months. An agreement about dates or rows
changes what falls due when, and not a cent of what is owed on its day.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from host_histories import History, paid_by
from host_machine import CENTS, GAPS, RATES, host_rules, paying_ahead
from host_operations import OPERATIONS, OUT, TERMS, yuan
from tideover.dates import DayCount
from tideover.loan import AnnualRate, Paid
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    Credited,
    Future,
    HostRules,
    Kind,
    ProjectedEvent,
    ProjectedState,
    projected_state,
)

BY_DAYS = replace(TERMS, rate=AnnualRate.percent("9.9", DayCount.ACT_365F))
FEBRUARY = date(2026, 2, 28)
EARLY = date(2026, 2, 10)
BEGINNINGS: dict[str, tuple[ProjectedEvent, ...]] = {
    "late": (),
    "on time": (Paid(FEBRUARY, "0a", yuan(17_151)),),
    "paid in part": (Paid(EARLY, "0a", yuan(9_000)),),
    "refunded": (
        Paid(EARLY, "0a", yuan(9_000)),
        Credited(EARLY, "0b", yuan(30_000), Kind.MERCHANT_REFUND),
    ),
}
#: What some operations add to what is owed, in cents.
MORE = {"charge": 1_234, "pay back": 700, "tranche": 50_000}
#: A due date, a day within a row, and the last day.
DAYS = (FEBRUARY, date(2026, 3, 17), date(2026, 7, 31))


def state(events: tuple[ProjectedEvent, ...], on: date) -> ProjectedState:
    return projected_state(BY_DAYS, (OUT, *events), rules=HostRules(recalculates=True), on=on)


@pytest.mark.parametrize("beginning", BEGINNINGS)
class TestPayoff:
    @pytest.mark.parametrize(
        "name", ["terms", "re-age, default", "re-age, payable", "re-amortise", "re-amortise, split"]
    )
    def test_stays_when_only_rows_change(self, beginning: str, name: str):
        begun = BEGINNINGS[beginning]

        for day in (*DAYS[:-1], date(2026, 4, 30)):
            changed = state((*begun, OPERATIONS[name](day, "1")), day)
            assert (day, changed.payoff) == (day, state(begun, day).payoff)

    @pytest.mark.parametrize(
        ("name", "more"),
        [
            ("charge", 1_234),
            ("charge after maturity", 321),
            ("pay", -17_152),
            ("refund", -30_000),
            ("pay back", 700),
            ("tranche", 50_000),
        ],
    )
    def test_moves_by_the_money(self, beginning: str, name: str, more: int):
        begun = BEGINNINGS[beginning]

        for day in DAYS:
            changed = state((*begun, OPERATIONS[name](day, "1")), day)
            assert (day, changed.payoff) == (day, state(begun, day).payoff + yuan(more))


@settings(max_examples=40)
@given(
    rules=host_rules,
    rate=st.sampled_from(RATES),
    payments=st.lists(st.tuples(GAPS, CENTS), max_size=3),
    passed=GAPS,
    cents=CENTS,
)
def test_a_payment_lowers_it_by_itself(rules, rate, payments, passed, cents):
    # Where what closes a loan bears to the due date, principal that is paid before does not.
    plain = replace(rules, closes_at_rest=False)
    life, on = paid_by(replace(TERMS, rate=rate), plain, payments, passed=passed)
    before = life.on(on)
    assume(before.payoff.minor > cents)

    after = replace(life, events=(*life.events, Paid(on, "z", yuan(cents)))).on(on)

    # A cent more or less where interest is rounded otherwise on what is left.
    assert abs((before.payoff - after.payoff).minor - cents) <= 1
    assert after.overpaid == before.overpaid


BY_360 = replace(TERMS, rate=RATES[2], disbursed_on=date(2026, 1, 1))  # 12 %
#: Lives whose payoff rose by more than the money: interest was asked again that was paid.
LIVES: dict[str, tuple[History, str, date]] = {
    # Of a later row, two rows ahead, while those before it had no room for it.
    "lent more after a later row was paid of": (
        History(
            BY_360,
            paying_ahead(Future.NEXT),
            (
                Paid(date(2026, 2, 6), "a", yuan(60_000)),
                Paid(date(2026, 2, 11), "b", yuan(17_151)),
            ),
        ),
        "tranche",
        date(2026, 2, 21),
    ),
    "paid back after a later row was paid of": (
        History(
            replace(BY_360, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.NEXT, 2),
            (
                Paid(date(2026, 2, 10), "a", yuan(34_302)),
                Paid(date(2026, 3, 10), "b", yuan(34_302)),
            ),
        ),
        "pay back",
        date(2026, 3, 15),
    ),
    # Early, with the last open row, of rows that were paid and are open again.
    "lent more after interest was asked early": (
        History(
            replace(TERMS, disbursed_on=date(2026, 1, 1)),
            paying_ahead(Future.LAST, 2, by_component=True, overdue_bears_interest=True),
            (
                Paid(date(2026, 2, 3), "a", yuan(60_000)),
                Paid(date(2026, 6, 4), "b", yuan(17_151)),
            ),
        ),
        "tranche",
        date(2026, 6, 9),
    ),
    "paid back after interest was asked early": (
        History(
            replace(BY_360, rate=RATES[1]),
            paying_ahead(Future.LAST, 1, by_component=True, overdue_bears_interest=True),
            (
                Paid(date(2026, 1, 1), "a", yuan(34_302)),
                Paid(date(2026, 5, 4), "b", yuan(16_326)),
            ),
        ),
        "pay back",
        date(2026, 5, 4),
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_lives_owe_the_money_more_and_no_interest_again(name: str):
    life, moves, on = LIVES[name]

    moved = replace(life, events=(*life.events, OPERATIONS[moves](on, "z")))

    assert moved.on(on).payoff == life.on(on).payoff + yuan(MORE[moves])


@settings(max_examples=40)
@given(
    rules=host_rules,
    rate=st.sampled_from(RATES),
    payments=st.lists(st.tuples(GAPS, CENTS), max_size=4),
    passed=GAPS,
    moves=st.sampled_from(sorted(MORE)),
)
def test_money_moves_it_by_itself_in_drawn_lives(rules, rate, payments, passed, moves):
    plain = replace(rules, recalculates=True, closes_at_rest=False)
    life, on = paid_by(replace(TERMS, rate=rate), plain, payments, passed=passed)
    before = life.on(on)
    assume(not before.overpaid)

    after = replace(life, events=(*life.events, OPERATIONS[moves](on, "z"))).on(on)

    assert after.payoff == before.payoff + yuan(MORE[moves])


class TestEnd:
    # A row met before it is due asks nothing more, so a refund that meets it is left out: in a
    # published case the host gives its later days up.
    @pytest.mark.parametrize("beginning", ["late", "on time", "paid in part"])
    @pytest.mark.parametrize(
        "name", ["pay", "pay back", "re-amortise", "re-amortise, split", "pause"]
    )
    @pytest.mark.parametrize("passed", [0, 44])
    def test_is_what_an_ended_contract_owes(self, beginning: str, name: str, passed: int):
        day = date(2026, 3, 17)
        begun = (*BEGINNINGS[beginning], OPERATIONS[name](day, "1"))
        on = day + timedelta(passed)

        ended = state((*begun, OPERATIONS["end"](on, "2")), on)

        assert ended.outstanding.total == ended.payoff == state(begun, on).payoff


class TestAgain:
    """One agreement about rows after another, of a loan of which nothing was paid."""

    AGAIN = ("re-amortise", "re-amortise, split", "re-age, default", "re-age, payable", "end")

    @pytest.mark.parametrize("again", AGAIN)
    @pytest.mark.parametrize("name", ["re-amortise", "re-amortise, split", "re-age, payable"])
    @pytest.mark.parametrize("passed", [0, 28])
    def test_moves_no_cent_of_what_is_owed(self, name: str, again: str, passed: int):
        before = (OPERATIONS[name](date(2026, 3, 3), "1"),)
        on = date(2026, 3, 3) + timedelta(passed)

        changed = state((*before, OPERATIONS[again](on, "2")), on)

        assert changed.payoff == state(before, on).payoff

    @pytest.mark.parametrize("name", ["re-age, default", "re-age, payable"])
    @pytest.mark.parametrize("day", [TERMS.disbursed_on, FEBRUARY, date(2026, 3, 17)])
    def test_counts_what_came_back_owing_on_the_day_once(self, name: str, day: date):
        found = state((OPERATIONS["pay back"](day, "1"), OPERATIONS[name](day, "2")), day)

        assert found.outstanding.principal == yuan(100_700)
        assert found.payoff == state((), day).payoff + yuan(700)


class TestRefund:
    def test_of_all_that_was_lent_leaves_its_interest_owed(self):
        terms = replace(
            TERMS,
            rate=AnnualRate.percent("36", DayCount.ACT_365F),
            disbursed_on=date(2026, 1, 1),
            instalments=4,
        )
        out = replace(OUT, on=date(2026, 1, 1))
        refund = Credited(FEBRUARY, "1", TERMS.principal, Kind.MERCHANT_REFUND)

        def owed(on: date) -> int:
            rules = replace(HOST_PRODUCTS["usual"], recalculates=True)
            return projected_state(terms, (out, refund), rules=rules, on=on).payoff.minor

        # 1000.00 at 36 % for the 31 days of January, 30.58, and for 27 of February, 26.63.
        assert owed(FEBRUARY) == 3_058 + 2_663
        # In the 32 days to 1 April the 57.21 bear 1.81 at the most, and nothing is forgiven.
        assert 5_721 <= owed(date(2026, 4, 1)) <= 5_721 + 181
