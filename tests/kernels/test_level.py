"""The level instalment: ties constructed, brackets, and the slope that proves one trial enough."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import as_columns, column, random_book
from tideover.kernels import Factors, left_after, rounded_level, smallest_clearing
from tideover.money import Rounding


def exact_annuity(principal: int, rate: Fraction, count: int) -> Fraction:
    discounts = sum((1 / (1 + rate)) ** line for line in range(1, count + 1))
    return principal / Fraction(discounts)


class TestRoundedLevel:
    @pytest.mark.parametrize("rounding", Rounding)
    def test_is_decided_in_whole_numbers_at_ties_and_beside_them(self, rounding):
        # Two instalments of an odd principal at no interest are a tie. At a rate of 10^-15 the
        # annuity is above it by less than a ten-thousandth, which a double does not hold.
        cases = list(product((10**11 - 1, 10**11 - 3, 99, 1), (0, 1, 3), (10**15, 10**18)))
        principal = column(case[0] for case in cases)
        factors = Factors.of(
            np.array([[case[1] for case in cases]] * 2), column(case[2] for case in cases),
            principal=principal,
        )  # fmt: skip

        found = rounded_level(principal, np.full(len(cases), 2), factors=factors, rounding=rounding)

        assert found.tolist() == [
            rounding(exact_annuity(minor, Fraction(part, whole), 2)) for minor, part, whole in cases
        ]


class TestSmallestClearing:
    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 2**32))
    def test_clears_where_one_fen_less_does_not(self, seed):
        loans = as_columns(random_book(seed, loans=40))
        level = smallest_clearing(loans.principal, loans.counts, factors=loans.factors)

        def left(instalment):
            return left_after(
                loans.principal, loans.counts, factors=loans.factors, instalment=instalment
            )

        assert (left(level) <= 0).all()
        assert (left(level - 1) > 0).all()

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 2**32), st.integers(1, 1000))
    def test_one_fen_more_leaves_at_least_one_a_line_less(self, seed, more):
        loans = as_columns(random_book(seed, loans=40))
        level = smallest_clearing(loans.principal, loans.counts, factors=loans.factors)
        some = np.maximum(level - more, 0)

        before, after = (
            left_after(loans.principal, loans.counts, factors=loans.factors, instalment=instalment)
            for instalment in (some, some + 1)
        )

        assert (before - after >= loans.counts).all()
