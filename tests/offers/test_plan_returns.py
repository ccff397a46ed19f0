"""Rates of plans (`offers.returns`) to ten decimals: those of the searches of the loan engine."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories import steady
from tideover.dates import add_months
from tideover.loan import CashFlow, periodic_irr, simple_daily_rate, xirr
from tideover.money import CNY, Money
from tideover.offers.returns import effective_rate, monthly_rate, simple_rate

START = date(2026, 11, 23)


@st.composite
def plans(draw: st.DrawFn) -> tuple[int, list[tuple[date, int]]]:
    """Level dues a month apart after a wait, worth a little less than owed or up to thrice it."""
    owed, count = draw(st.integers(100, 10_000_000)), draw(st.integers(1, 60))
    earliest = START + timedelta(days=draw(st.integers(1, 250)))
    level = max(1, owed * draw(st.integers(98, 300)) // 100 // count)
    last = max(1, level - draw(st.integers(0, 5)))
    amounts = [*[level] * (count - 1), last]
    return owed, [(add_months(earliest, place), one) for place, one in enumerate(amounts)]


def flows(owed: int, dues: list[tuple[date, int]]) -> list[CashFlow]:
    paid = (CashFlow(day, Money(amount, CNY)) for day, amount in dues)
    return [CashFlow(START, Money(-owed, CNY)), *paid]


def kept(rate: Fraction) -> Fraction:
    return Fraction(round(rate * 10**10), 10**10)


class TestRates:
    @steady
    @given(plans())
    def test_are_those_of_the_loan_engine(self, plan):
        owed, dues = plan
        stream = flows(owed, dues)
        compounded = xirr(stream).of_year
        # Ten decimals of a number with more digits than this are not in the engine's fifty either.
        assume(compounded < 10**18)

        assert simple_rate(owed, dues, start=START) == kept(365 * simple_daily_rate(stream))
        assert effective_rate(owed, dues, start=START) == kept(compounded)
        assert monthly_rate(owed, dues) == kept(12 * periodic_irr([one.amount for one in stream]))

    def test_are_exact_where_a_year_of_compounding_blows_errors_up(self):
        dues = [(START + timedelta(days=1), 111)]

        assert effective_rate(100, dues, start=START) == kept(Fraction(111, 100) ** 365 - 1)

    def test_of_one_due_are_worked_out_by_hand(self):
        dues = [(START + timedelta(days=73), 102_00)]

        # 2.00 on 100.00 in a fifth of a year; compounded 1.02 to the fifth.
        assert simple_rate(100_00, dues, start=START) == Fraction(1, 10)
        assert effective_rate(100_00, dues, start=START) == kept(Fraction(102, 100) ** 5 - 1)
        assert monthly_rate(100_00, dues) == Fraction(24, 100)

    @pytest.mark.parametrize("days", [0, 1])
    def test_add_up_what_falls_due_on_one_day(self, days):
        day = START + timedelta(days=73)
        other = day + timedelta(days=days)

        together = effective_rate(100_00, [(day, 51_00), (other, 51_00)], start=START)

        assert together == kept(xirr(flows(100_00, [(day, 51_00), (other, 51_00)])).of_year)
