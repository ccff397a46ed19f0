"""Due dates of many loans at once against the scalar grid."""

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from books import EPOCH, column, days_since_epoch
from strategies import days
from tideover.dates import add_months
from tideover.kernels import due_days, month_of, period_days


class TestDueDays:
    @given(st.lists(days, min_size=1, max_size=6), st.integers(1, 40))
    def test_count_from_the_anchor_and_never_drift(self, anchors, lines):
        earliest = [add_months(anchor, 1) for anchor in anchors]

        found = due_days(
            column(map(days_since_epoch, earliest)), column(day.day for day in anchors), lines=lines
        )

        for place, anchor in enumerate(anchors):
            mine = [EPOCH + timedelta(days=int(day)) for day in found[:, place]]
            assert mine == [add_months(anchor, step) for step in range(1, lines + 1)]

    @given(days)
    def test_are_so_many_days_apart(self, start):
        due = due_days(
            column([days_since_epoch(add_months(start, 1))]), column([start.day]), lines=9
        )

        found = period_days(column([days_since_epoch(start)]), due)

        assert found.sum() == due[-1, 0] - days_since_epoch(start)
        assert ((found >= 28) & (found <= 31)).all()

    @given(days)
    def test_are_in_the_month_of_their_day(self, day):
        (month,) = month_of(np.array([days_since_epoch(day)]))

        assert month == 12 * (day.year - 1970) + day.month - 1
