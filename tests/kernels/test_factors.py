"""Exact interest: estimates put right, in both widths, and the limits at the door."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import column
from tideover.kernels import BeyondExact, Factors
from tideover.money import Rounding

wholes = st.integers(10**9, 2**61 - 1)


@st.composite
def divisions(draw: st.DrawFn) -> tuple[int, int, int]:
    """A balance and a factor below nine; half of them made to land on or beside a tie."""
    whole, balance = draw(wholes), draw(st.integers(1, 2**46))
    part = draw(st.integers(0, 8 * whole))
    if draw(st.booleans()):
        half = draw(st.integers(0, 8 * balance)) * whole + whole // 2
        part = half // balance
    # A numerator is one entry of an array.
    return balance, min(part, 2**63 - 1), whole


class TestInterest:
    @given(divisions(), st.sampled_from(Rounding))
    def test_is_the_exact_quotient_rounded_by_name(self, division, rounding):
        balance, part, whole = division
        principal = column([balance])
        factors = Factors.of(
            np.array([[part]]), column([whole]), principal=principal, rounding=rounding
        )

        assert not factors.is_narrow or balance * part < 2**62
        assert factors.interest(0, principal).tolist() == [rounding.of(balance * part, whole)]

    @pytest.mark.parametrize("rounding", Rounding)
    @pytest.mark.parametrize("whole", [2, 3, 2**60])
    def test_breaks_exact_ties_by_name(self, rounding, whole):
        balances = [1, 3, 5, 2**46 + 1]
        principal = column(balances)
        part = whole // 2
        factors = Factors.of(
            np.array([[part]]), column([whole]), principal=principal, rounding=rounding
        )

        assert factors.interest(0, principal).tolist() == [
            rounding.of(balance * part, whole) for balance in balances
        ]


class TestLimits:
    @pytest.mark.parametrize(
        ("balance", "part", "whole", "words"),
        [
            (2**52, 1, 100, "principal with interest"),
            (2**40, 2**53, 2**40, "principal with interest"),
            (100, 1, 2**61, "denominator"),
            (0, 1, 100, "less than the principal"),
            (-5, 1, 100, "less than the principal"),
            (100, -1, 100, "negative factor"),
        ],
    )
    def test_are_refused_by_name_with_the_place(self, balance, part, whole, words):
        with pytest.raises(BeyondExact, match=f"loan 1 .*{words}"):
            Factors.of(
                np.array([[1, part]]), column([100, whole]), principal=column([100, balance])
            )
