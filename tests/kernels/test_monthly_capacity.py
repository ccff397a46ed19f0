"""Dues by month against what a household can pay."""

import numpy as np

from books import column
from tideover.kernels import by_month, fits_every_month


class TestByMonth:
    def test_adds_what_falls_due_in_one_month(self):
        amounts = np.array([[1, 10], [2, 20], [3, 30]])

        assert by_month(amounts, column([0, 0, 2])[:, None], months=4).tolist() == [
            [3, 30], [0, 0], [3, 30], [0, 0],
        ]  # fmt: skip

    def test_leaves_distinct_months_as_they_are(self):
        amounts = np.array([[1], [2]])

        assert by_month(amounts, column([1, 2])[:, None], months=3).tolist() == [[0], [1], [2]]

    def test_takes_other_months_for_every_loan(self):
        month = np.array([[0, 1], [1, 2]])

        assert by_month(np.array([[1, 5], [2, 6]]), month, months=3).tolist() == [
            [1, 0], [2, 5], [0, 6],
        ]  # fmt: skip


class TestFitsEveryMonth:
    def test_looks_at_every_month_and_not_at_the_average(self):
        dues = np.array([[100, 150, 100], [100, 50, 101]])

        assert fits_every_month(dues, column([100, 100])).tolist() == [True, False, False]
