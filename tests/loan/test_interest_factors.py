"""_factors.py by itself: the quick ways give what the plain sentence gives."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount, Period
from tideover.loan import AnnualRate, DailyRate
from tideover.loan._factors import Divider, Factors
from tideover.money import Rounding

START = date(2026, 1, 15)
PERIODS = tuple(
    Period(START + timedelta(days=30 * place), START + timedelta(days=30 * place + 30))
    for place in range(3)
)
yearly = st.fractions(min_value=0, max_value=Fraction(2), max_denominator=400)


def exactly(factors: Factors) -> list[Fraction]:
    return [Fraction(one, factors.denominator) for one in factors.numerators]


class TestFactors:
    def test_of_a_quarter_are_three_twelfths(self):
        factors = Factors.monthly(AnnualRate.percent("12"), months=3, count=2)

        assert exactly(factors) == [Fraction(3, 100)] * 2
        assert (factors.numerators[0], factors.denominator) == (3, 100)

    @pytest.mark.parametrize(
        "rate",
        [
            DailyRate.parse("0.0005"),
            *[
                AnnualRate.percent("18", day_count)
                for day_count in (DayCount.ACT_360, DayCount.ACT_364, DayCount.ACT_365F)
            ],
        ],
    )
    def test_of_a_rate_that_counts_days_need_no_common_denominator(self, rate):
        factors = Factors.by_days(rate, PERIODS)

        assert factors is not None
        assert exactly(factors) == [rate.over(period) for period in PERIODS]

    @pytest.mark.parametrize(
        "rate",
        [
            None,
            AnnualRate.percent("18"),
            AnnualRate.percent("18", DayCount.THIRTY_360),
            AnnualRate(Fraction(18, 100), DayCount.ACT_365F, 2),
        ],
    )
    def test_of_any_other_rate_are_not_made_by_days(self, rate):
        assert Factors.by_days(rate, PERIODS) is None


class TestAnnuity:
    @given(st.integers(1, 10**9), st.lists(yearly, min_size=1, max_size=6))
    @example(1200, [Fraction(0)] * 12)
    @example(1000, [Fraction(0), Fraction(1, 10)])
    @example(1000, [Fraction(1, 10)] * 3)
    def test_is_the_balance_over_the_worth_of_one_a_line(self, balance, rates):
        worth, discount = Fraction(0), Fraction(1)
        for rate in rates:
            discount /= 1 + rate
            worth += discount

        assert Fraction(*Factors.of(rates).annuity(balance)) == balance / worth


class TestDivider:
    @pytest.mark.parametrize("denominator", [*range(1, 9), 360, 365])
    @pytest.mark.parametrize("rounding", list(Rounding))
    def test_agrees_with_the_rounding_on_every_remainder(self, rounding, denominator):
        divider = Divider.of(rounding, denominator)

        for numerator in range(4 * denominator + 1):
            assert divider.whole(numerator) == rounding.of(numerator, denominator)

    @given(st.integers(1, 10**6), s.roundings)
    def test_breaks_ties_only_where_there_are_any(self, half, rounding):
        is_even = Divider.of(rounding, 2 * half).parts[2]

        assert is_even is (rounding is Rounding.HALF_EVEN)
        assert not Divider.of(rounding, 2 * half + 1).parts[2]
