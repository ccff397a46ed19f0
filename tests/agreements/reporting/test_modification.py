from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.agreements.reporting import modification_effect
from tideover.agreements.reporting.modification import NothingCarried
from tideover.dates import add_months
from tideover.loan import CashFlow, EffectiveRate
from tideover.money import CNY, Money
from tideover.policy import load_book

DAY = date(2026, 1, 31)
CARRIED = Money(1_000_000, CNY)
RULES = load_book().pack_on(DAY, pack="accounting/ifrs")
#: 18 % nominal by month: (1 + 0.18 / 12) ** 12 - 1.
ORIGINAL = EffectiveRate(Fraction(1015, 1000) ** 12 - 1)


def monthly(amount, count):
    return [CashFlow(add_months(DAY, k), Money(amount, CNY)) for k in range(1, count + 1)]


def effect(flows):
    return modification_effect(flows, carrying=CARRIED, rate=ORIGINAL, on=DAY, parameters=RULES)


class TestModificationEffect:
    @given(st.integers(1, 2_000_000), st.integers(1, 2_000))
    def test_is_nothing_when_what_is_owed_is_paid_at_once(self, amount, days):
        paid = modification_effect(
            [CashFlow(DAY, Money(amount, CNY))],
            carrying=Money(amount, CNY),
            rate=ORIGINAL,
            on=DAY,
            parameters=RULES,
        )

        assert paid.gain.minor == 0
        assert not paid.is_substantial

    @pytest.mark.parametrize(
        ("payment", "published", "is_substantial"),
        # 10,000 at 18 %: in 24 parts without interest worth 8,346; at 9 % (456.85) worth 9,151.
        [(41_667, 834_600, True), (45_685, 915_100, False)],
    )
    def test_comes_near_the_worked_illustration(self, payment, published, is_substantial):
        made = effect(monthly(payment, 24))

        # The illustration has twelve equal months; here time is actual days over 365.
        assert abs(made.after.minor - published) < 900
        assert made.gain == made.after - CARRIED
        assert made.is_substantial is is_substantial

    def test_refuses_a_loan_that_is_carried_at_nothing(self):
        with pytest.raises(NothingCarried):
            modification_effect([], carrying=Money(0, CNY), rate=ORIGINAL, on=DAY, parameters=RULES)
