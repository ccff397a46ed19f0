"""Yearly rates of many loans at once, against fifty digits."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import column
from tideover.kernels import Engine, NoRate, xirr
from tideover.loan import CashFlow
from tideover.loan import xirr as exact_xirr
from tideover.money import CNY, Money

START = date(2026, 1, 1)


class TestXirr:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 2**32), st.integers(1, 60), st.sampled_from(Engine))
    def test_is_that_of_fifty_digits_to_eleven(self, seed, lines, engine):
        draw = Random(seed)
        days = np.cumsum([[draw.choice([1, 28, 30, 31, 365])] for _ in range(lines)], axis=0)
        payments = np.array(
            [[draw.choice([0, 1, draw.randrange(10**9)]) for _ in range(5)] for _ in range(lines)]
        )
        payments[-1] += 1
        owed = column(draw.randrange(1, 10**10) for _ in range(5))

        found = xirr(owed, payments, days=days, engine=engine)

        for loan in range(5):
            flows = [CashFlow(START, Money(-int(owed[loan]), CNY))] + [
                CashFlow(START + timedelta(days=int(day)), Money(int(amount), CNY))
                for (day,), amount in zip(days, payments[:, loan], strict=True)
                if amount
            ]
            exact = 1 + float(exact_xirr(flows).of_year)
            assert 1 + found[loan] == pytest.approx(exact, rel=1e-11)

    def test_of_one_payment_a_year_later_is_what_was_added(self):
        found = xirr(
            column([100_000, 100_000]), np.array([[112_000, 90_000]]), days=np.array([[365]])
        )

        assert found.tolist() == pytest.approx([0.12, -0.1], abs=1e-13)

    def test_takes_other_days_for_every_loan(self):
        days = np.array([[365, 730]])

        found = xirr(column([100, 100]), np.array([[121, 121]]), days=days)

        assert found.tolist() == pytest.approx([0.21, 0.1], abs=1e-13)

    @pytest.mark.parametrize(("owed", "payment"), [(0, 5), (5, 0), (5, -1)])
    def test_refuses_what_has_no_rate(self, owed, payment):
        with pytest.raises(NoRate, match="loan 1"):
            xirr(column([5, owed]), np.array([[6, payment]]), days=np.array([[30]]))
