from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.loan import NeverAmortises, clearing_run
from tideover.money import CNY, Money

BALANCE = Money(1_000_000, CNY)
MONTHLY = Fraction(15, 1000)


class TestClearingRun:
    @given(st.integers(15_001, 2_000_000), st.integers(0, 1000))
    def test_takes_fewer_payments_when_they_are_higher(self, minor, more):
        run = clearing_run(BALANCE, factor=MONTHLY, instalment=Money(minor + 100, CNY))
        faster = clearing_run(BALANCE, factor=MONTHLY, instalment=Money(minor + 100 + more, CNY))

        assert faster.instalments <= run.instalments
        assert run.last.minor <= minor + 100

    @pytest.mark.parametrize(("monthly", "terms"), [(1000, 11), (500, 24), (200, 94), (155, 231)])
    def test_matches_the_closed_formula(self, monthly, terms):
        # n = ⌈−ln(1 − P·r/c) / ln(1 + r)⌉ with P 10,000 and r 1.5 %.
        run = clearing_run(BALANCE, factor=MONTHLY, instalment=Money(monthly * 100, CNY))

        assert run.instalments == terms

    def test_never_ends_when_the_payment_is_the_interest(self):
        # 10,000.00 × 1.5 % = 150.00.
        with pytest.raises(NeverAmortises, match=r"interest of one period is ¥150\.00") as never:
            clearing_run(BALANCE, factor=MONTHLY, instalment=Money(15_000, CNY))

        assert "每期利息" in never.value.zh

    def test_matches_three_payments_worked_by_hand(self):
        # 100.00 at 1.5 % and 40.00 a time: 1.50, 0.92 and 0.34 of interest, and 22.76 at the end.
        run = clearing_run(Money(10_000, CNY), factor=MONTHLY, instalment=Money(4_000, CNY))

        assert (run.instalments, run.last.minor, run.total_interest.minor) == (3, 2_276, 276)

    def test_of_one_fen_takes_one_payment(self):
        run = clearing_run(Money(1, CNY), factor=Fraction(0), instalment=Money(1, CNY))

        assert (run.instalments, run.last.minor, run.total_interest.minor) == (1, 1, 0)

    def test_may_take_1200_payments_and_no_more(self):
        given = {"factor": Fraction(0), "instalment": Money(1, CNY)}

        assert clearing_run(Money(1200, CNY), **given).instalments == 1200
        with pytest.raises(NeverAmortises, match=r"never clears ¥12\.01"):
            clearing_run(Money(1201, CNY), **given)

    def test_of_nothing_takes_nothing(self):
        run = clearing_run(Money(0, CNY), factor=MONTHLY, instalment=Money(1, CNY))

        assert (run.instalments, run.last.minor) == (0, 0)
