"""A week's wage and a year's bill as a month's amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.affordability import PayFrequency, a_month, workings
from tideover.money import CNY, Money

amounts = st.integers(0, 10**12).map(lambda minor: Money(minor, CNY))
frequencies = st.sampled_from(PayFrequency)


class TestAMonth:
    @given(amounts)
    def test_leaves_a_monthly_amount_as_it_is(self, amount):
        assert a_month(amount, PayFrequency.MONTHLY) == amount

    @given(amounts, amounts, frequencies)
    def test_never_falls_when_the_amount_rises(self, one, other, frequency):
        less, more = sorted((one, other))

        assert a_month(less, frequency) <= a_month(more, frequency)

    @given(amounts)
    def test_twelve_months_are_a_year_within_half_a_fen_each(self, amount):
        months = a_month(amount, PayFrequency.YEARLY).minor * 12

        assert abs(months - amount.minor) <= 6

    @pytest.mark.parametrize(
        ("amount", "frequency", "month"),
        [
            (65_000, PayFrequency.WEEKLY, 281_667),  # 65000 x 52 / 12 = 281,666.67
            (130_000, PayFrequency.FORTNIGHTLY, 281_667),  # 130000 x 26 / 12 = 281,666.67
            (30_000, PayFrequency.QUARTERLY, 10_000),  # 30000 x 4 / 12
            (120_006, PayFrequency.YEARLY, 10_001),  # 120006 / 12 = 10,000.5, half goes up
        ],
    )
    def test_matches_what_was_worked_by_hand(self, amount, frequency, month):
        assert a_month(Money(amount, CNY), frequency).minor == month


class TestWorkings:
    @given(amounts, frequencies)
    def test_end_with_the_month_amount(self, amount, frequency):
        shown = workings(amount, frequency)

        is_monthly = frequency is PayFrequency.MONTHLY
        assert shown.endswith("" if is_monthly else f"= {a_month(amount, frequency).display}")
        assert bool(shown) != is_monthly
