"""The second count of what a loan has earned, against the fold's own figures and by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from strategies import histories
from strategies import loans as loan_terms
from tideover.app.verbs.books.journal import in_force, position
from tideover.app.verbs.ledger.recounting import Earned, earned
from tideover.loan import (
    AnnualRate,
    Charged,
    Component,
    Components,
    DailyRate,
    Disbursed,
    Event,
    InterestPaused,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money
from tideover.options import ArrearsTreatment, restructure

START = date(2026, 1, 1)
EARNED = (Component.INTEREST, Component.PENALTY)


def counted(terms: LoanTerms, events: tuple[Event, ...], on: date) -> Earned | None:
    return earned(terms, in_force(events, on), loan_state(terms, events, on))


def booked(terms: LoanTerms, events: tuple[Event, ...], on: date) -> Earned:
    """What the ledger books as income by a day, charges left out."""
    income = dict.fromkeys(EARNED, 0)
    for (_, credit), minor in position(terms, events, on).transfers.items():
        for component in EARNED:
            income[component] += minor if credit == f"income.{component.value}" else 0
    for event in in_force(events, on):
        if isinstance(event, Charged) and event.component in income:
            income[event.component] -= event.amount.minor
    return Earned(income[Component.INTEREST], income[Component.PENALTY])


def agreement(terms: LoanTerms, events: tuple[Event, ...], on: date, drawn) -> Restructured:
    state = loan_state(terms, events, on)
    assume(state.outstanding.principal.minor > 20_000 and state.payoff == state.outstanding.total)
    return restructure(
        terms,
        state,
        starts_on=on,
        earliest_due=on + timedelta(days=30),
        instalments=drawn.draw(st.integers(1, 24)),
        arrears=drawn.draw(st.sampled_from(ArrearsTreatment)),
        waive=Components.of({Component.PENALTY: state.outstanding.penalty}, CNY),
    ).restructured


class TestEarned:
    @settings(max_examples=120, deadline=None)
    @given(drawn=st.data(), days=st.integers(0, 900))
    def test_is_what_is_booked_for_any_history(self, drawn, days):
        terms = drawn.draw(loan_terms())
        events = drawn.draw(histories(terms))
        on = max(event.on for event in events) + timedelta(days=days)

        found = counted(terms, events, on)

        assert found is None or found == booked(terms, events, on)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(drawn=st.data(), days=st.integers(0, 200), later=st.integers(0, 300))
    def test_is_what_is_booked_across_an_agreement(self, drawn, days, later):
        terms = drawn.draw(loan_terms())
        events = drawn.draw(histories(terms))
        on = max(event.on for event in events) + timedelta(days=days)
        signed = agreement(terms, events, on, drawn)
        paid = Paid(
            on + timedelta(days=later), "later", Money(drawn.draw(st.integers(0, 9_999)), CNY)
        )
        events = (*events, signed, paid)
        on = paid.on + timedelta(days=days)

        found = counted(terms, events, on)

        assert found is None or found == booked(terms, events, on)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(drawn=st.data(), days=st.integers(0, 200), later=st.integers(0, 300))
    def test_is_what_is_booked_when_an_agreement_is_paid_out(self, drawn, days, later):
        terms = drawn.draw(loan_terms())
        events = drawn.draw(histories(terms))
        on = max(event.on for event in events) + timedelta(days=days)
        events = (*events, agreement(terms, events, on, drawn))
        on = drawn.draw(
            st.sampled_from([on + timedelta(days=later), events[-1].schedule.lines[0].due_date])
        )
        paid = Paid(on, "paid-out", loan_state(terms, events, on).payoff)

        for day in (on, on + timedelta(days=1)):
            found = counted(terms, (*events, paid), day)
            assert found is None or found == booked(terms, (*events, paid), day)

    def test_of_an_agreement_that_is_paid_out_by_hand(self):
        """1,000.00 at 0.05 % a day in two instalments; nothing comes, an agreement on 11 February.

        January 15.50 and ten days of the other 500 to 11 February, 2.50, and ten of the overdue
        500, 2.50: 20.50 are carried into four new lines. On 13 March the first of them falls due:
        thirty days of 1,000.00 are 15.00. All is paid on that day, so 35.50 were earned, and what
        is carried in the lines to come was not earned again.
        """
        terms = LoanTerms(
            principal=Money(100_000, CNY), rate=DailyRate(Fraction(1, 2000)), instalments=2,
            method=Method.EQUAL_PRINCIPAL, disbursed_on=START,
        )  # fmt: skip
        events: tuple[Event, ...] = (Disbursed(START, "out", terms.principal),)
        signed = restructure(
            terms, loan_state(terms, events, date(2026, 2, 11)), starts_on=date(2026, 2, 11),
            earliest_due=date(2026, 3, 13), instalments=4, arrears=ArrearsTreatment.CARRY,
            waive=Components.zero(CNY),
        ).restructured  # fmt: skip
        events = (*events, signed)
        due = date(2026, 3, 13)
        events = (*events, Paid(due, "all", loan_state(terms, events, due).payoff))

        assert counted(terms, events, due) == Earned(interest=3_550, penalty=0)
        assert counted(terms, events, due) == booked(terms, events, due)

    def test_of_a_line_that_is_paid_late_by_hand(self):
        """1,000.00 at 0.05 % a day in two instalments, the first paid half, twenty days late.

        January: 31 days of 1,000 = 15.50. By 10 February nothing is paid: nine days of the overdue
        500 = 2.25, and half of it as penalty. 200 come in on the 10th, fees and interest first:
        1.13 of penalty, 17.75 of interest, so 181.12 of principal. By 21 February eleven days more
        of 318.88 = 1.75384, so 4.00384 late interest in all, rounded 4.00, penalty 2.00. The other
        500 bears twenty days: 5.00.
        """
        terms = LoanTerms(
            principal=Money(100_000, CNY), rate=DailyRate(Fraction(1, 2000)), instalments=2,
            method=Method.EQUAL_PRINCIPAL, disbursed_on=START, penalty_uplift=Fraction(1, 2),
        )  # fmt: skip
        events = (
            Disbursed(START, "out", terms.principal),
            Paid(date(2026, 2, 10), "part", Money(20_000, CNY)),
        )

        found = counted(terms, events, date(2026, 2, 21))

        assert found == Earned(interest=1_550 + 400 + 500, penalty=200)
        assert found == booked(terms, events, date(2026, 2, 21))

    def test_of_months_by_a_monthly_rate(self):
        """12 % a year by months on 1,000.00, interest only: 10.00 a month, two months."""
        terms = LoanTerms(
            principal=Money(100_000, CNY), rate=AnnualRate.percent("12"), instalments=6,
            method=Method.INTEREST_ONLY, disbursed_on=START,
        )  # fmt: skip
        lines = build_schedule(terms).lines
        paid = tuple(Paid(one.due_date, f"p{one.number}", one.instalment) for one in lines[:2])
        events = (Disbursed(START, "out", terms.principal), *paid)

        assert counted(terms, events, date(2026, 3, 1)) == Earned(interest=2_000, penalty=0)

    def test_says_that_it_does_not_reach_a_pause(self):
        terms = LoanTerms(
            principal=Money(100_000, CNY), rate=DailyRate(Fraction(1, 2000)), instalments=2,
            method=Method.EQUAL_PRINCIPAL, disbursed_on=START,
        )  # fmt: skip
        pause = InterestPaused(date(2026, 1, 5), "pause", date(2026, 1, 10))
        events = (Disbursed(START, "out", terms.principal), pause)

        assert counted(terms, events, date(2026, 1, 20)) is None


@pytest.mark.parametrize("days", [0, 1])
def test_nothing_is_earned_before_the_first_night(days):
    terms = LoanTerms(
        principal=Money(100_000, CNY), rate=DailyRate(Fraction(1, 2000)), instalments=2,
        method=Method.LEVEL, disbursed_on=START,
    )  # fmt: skip
    events = (Disbursed(START, "out", terms.principal),)

    assert counted(terms, events, START + timedelta(days)) == Earned(50 * days, 0)
