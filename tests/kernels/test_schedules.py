"""Schedules as arrays against the scalar engine, loan by loan and line by line."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import ARRAY_METHODS, Kind, as_columns, column, random_book
from tideover.kernels import Factors, Loans, NotAsArrays, NotOrdered, schedules
from tideover.loan import DailyRate, LoanTerms, Method
from tideover.loan.building import schedule_parts
from tideover.money import CNY, Money, Rounding


def differences(book: list[LoanTerms]) -> list[tuple[int, int]]:
    """The (loan, line) of every line that is not the scalar engine's."""
    arrays = schedules(as_columns(book))
    rows = np.stack([arrays.principal, arrays.interest, arrays.fee, arrays.carried], axis=2)
    found = []
    for loan, terms in enumerate(book):
        exact = np.array(schedule_parts(terms), dtype=np.int64)
        mine = rows[: len(exact), loan]
        found += [(loan, int(line)) for line in np.flatnonzero((mine != exact).any(axis=1))]
        if rows[len(exact) :, loan].any():
            found.append((loan, len(exact)))
    return found


class TestSchedules:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 2**32))
    def test_are_those_of_the_scalar_engine_to_the_fen(self, seed):
        assert differences(random_book(seed, loans=60)) == []

    @pytest.mark.soak
    def test_are_those_of_the_scalar_engine_for_a_million_loans(self):
        for seed in range(500):
            assert differences(random_book(seed, loans=2_000)) == [], seed

    @pytest.mark.parametrize("method", ARRAY_METHODS)
    @pytest.mark.parametrize("rounding", Rounding)
    def test_of_every_method_and_rounding(self, method, rounding):
        kind = Kind(method=method, rounding=rounding)

        assert differences(random_book(11, loans=60, kind=kind)) == []

    def test_carry_interest_that_is_above_the_instalment(self):
        # 900 days at 0.09 % a day before the earliest due date: 81 % of interest in 36 instalments.
        terms = LoanTerms(
            principal=Money(1_000_000, CNY), rate=DailyRate.parse("0.0009"), method=Method.LEVEL,
            instalments=36, disbursed_on=date(2024, 1, 1), earliest_due=date(2026, 6, 19),
        )  # fmt: skip
        arrays = schedules(as_columns([terms]))

        assert arrays.carried[0, 0] > 0
        assert not arrays.amortises[0]
        assert differences([terms]) == []

    def test_match_a_line_worked_by_hand(self):
        # 1,000.00 at 0.06 % a day, 31, 28 and 31 days: 18.60; 672.93 left and 11.31; and 6.31.
        principal = column([100_000])
        factors = Factors.of(
            np.array([[31 * 6], [28 * 6], [31 * 6]]), column([10_000]), principal=principal
        )
        arrays = schedules(
            Loans(method=Method.LEVEL, principal=principal, counts=column([3]), factors=factors,
                  fee=column([0]))
        )  # fmt: skip

        assert arrays.interest[:, 0].tolist() == [1860, 1131, 631]
        assert arrays.instalment[:, 0].tolist() == [34541, 34541, 34540]
        assert arrays.total_interest.tolist() == [3622]

    def test_refuse_a_method_they_do_not_know_by_name(self):
        with pytest.raises(NotAsArrays, match="bullet"):
            schedules(as_columns(random_book(1, loans=2, kind=Kind(method=Method.BULLET))))

    def test_refuse_loans_in_another_order(self):
        with pytest.raises(NotOrdered, match="order_by_count"):
            schedules(as_columns(random_book(1, loans=9)[::-1]))
