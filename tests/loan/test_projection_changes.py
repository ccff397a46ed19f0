"""tideover.loan.projection: changes, on one loan worked by hand (tests/projected.py)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from projected import APRIL, FEBRUARY, MARCH, START, flat, interests, lent, levels
from tideover.dates import MONTHLY, DayCount, Frequency, Unit
from tideover.loan.projection import (
    Basis,
    Projection,
    add_terms,
    disburse,
    disburse_full_term,
    move_due_date,
    pay_interest,
    pay_principal,
    projected,
)
from tideover.money import Rounding


class TestFlat:
    def test_bears_interest_on_what_was_paid_out_in_equal_instalments(self):
        projection = flat(10_000)

        # 100.00 and three times 0.58 in three: 33.91, and the last takes the rest.
        assert (levels(projection), interests(projection)) == ([3391, 3391, 3392], [58, 58, 58])

    def test_bears_it_on_a_tranche_from_its_day_rounded_once_a_window(self):
        # 58.33 cents, and 51.62 for 21 of 31 days: 20.40. Not 58 and 20: 78.73 is 79.
        more = disburse(flat(10_000), 5_162, on=date(2026, 3, 10))

        assert interests(more) == [58, 79, 88]
        assert levels(more)[0] == 3_391
        assert sum(figure.principal for figure in more.figures) == 15_162


class TestTranche:
    def first(self, **rules: bool) -> Projection:
        """From the first of January, so that steps from any due date are on one grid."""
        start = date(2026, 1, 1)
        basis = Basis(
            Fraction(7, 100), DayCount.MONTHLY, MONTHLY, start, Rounding.HALF_EVEN, **rules
        )
        dates = [MONTHLY.after(start, step + 1) for step in range(3)]
        return disburse(projected(basis, dates, start=start), 10_000, on=start)

    def test_can_bear_interest_from_the_start_of_its_step(self):
        more = disburse(self.first(moves_to_step_start=True), 5_000, on=date(2026, 2, 10))

        # 100.00 - 33.14 and 50.00, for all of February: 68.17 cents.
        assert interests(more)[:2] == [58, 68]

    def test_on_a_due_date_it_begins_with_the_step_that_follows(self):
        more = disburse(self.first(moves_to_step_start=True), 5_000, on=date(2026, 2, 1))

        assert interests(more)[:2] == [58, 68]

    def test_can_have_the_whole_number_of_instalments_of_its_own(self):
        on, start = date(2026, 2, 10), date(2026, 2, 1)
        projection = self.first()
        basis = replace(projection.basis, start=start)
        dates = [MONTHLY.after(start, step + 1) for step in range(3)]
        alone = disburse(projected(basis, dates, start=start), 6_000, on=on)

        more = disburse_full_term(projection, 6_000, on=on, instalments=3)

        assert [window.due for window in more.windows] == [date(2026, 2, 1), *dates]
        first, second, third = levels(projection)
        assert levels(more)[:3] == [
            first,
            second + levels(alone)[0],
            third + levels(alone)[1],
        ]
        assert more.windows[1].agreed == more.windows[1].level
        # The last one absorbs what rounding leaves of both.
        assert abs(levels(more)[3] - levels(alone)[2]) <= 2
        assert sum(figure.principal for figure in more.figures) == 16_000
        assert all(one.start == two.due for two, one in pairwise(more.windows))

    def test_of_its_own_on_a_loan_of_the_31st_falls_due_with_its_instalments(self):
        more = disburse_full_term(lent(), 6_000, on=date(2026, 3, 10), instalments=3)

        # 60.00 from 10 March in three, at 0.58333 % a month, 21/31 of one at first: 20.20 each.
        assert [window.due for window in more.windows] == [
            FEBRUARY,
            MARCH,
            APRIL,
            date(2026, 5, 31),
        ]
        assert levels(more)[:3] == [3_372, 3_372 + 2_020, 3_373 + 2_020]
        # 39.00 of March, and 35.00 x 21/31.
        assert interests(more)[1] == 63

    def test_of_its_own_follows_due_dates_that_were_moved(self):
        moved = move_due_date(lent(), FEBRUARY, new=date(2026, 3, 15))

        more = disburse_full_term(moved, 6_000, on=date(2026, 3, 20), instalments=3)

        assert [window.due for window in more.windows] == [
            date(2026, 3, 15), date(2026, 4, 15), date(2026, 5, 15), date(2026, 6, 15),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "dues"),
        [
            (START, [FEBRUARY, MARCH, APRIL]),
            (FEBRUARY, [FEBRUARY, MARCH, APRIL, date(2026, 5, 31)]),
            (
                APRIL,
                [FEBRUARY, MARCH, APRIL, date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)],
            ),
        ],
    )
    def test_of_its_own_on_a_due_date_begins_with_the_window_that_follows(self, day, dues):
        more = disburse_full_term(lent(), 6_000, on=day, instalments=3)

        assert [window.due for window in more.windows] == dues
        assert sum(figure.principal for figure in more.figures) == 16_000

    def test_levels_as_if_nothing_had_been_paid(self):
        paid = pay_principal(self.first(), 1, on=date(2026, 2, 5), amount=2_000)
        paid = pay_interest(paid, 0, on=date(2026, 2, 5), amount=58)

        on = date(2026, 2, 10)
        agreed = [window.agreed for window in disburse(paid, 5_000, on=on).windows]

        assert agreed[1:] == [w.agreed for w in disburse(self.first(), 5_000, on=on).windows][1:]


class TestMoveDueDate:
    def test_lengthens_its_window_and_shifts_the_later_ones(self):
        moved = move_due_date(lent(), MARCH, new=date(2026, 4, 15))

        assert [(window.start, window.due) for window in moved.windows] == [
            (START, FEBRUARY),
            (FEBRUARY, date(2026, 4, 15)),
            (date(2026, 4, 15), date(2026, 5, 15)),
        ]
        # From 28 February a month to 28 March and 18 of the 31 days after it: 61.65 cents; then
        # 66.86 - 33.10 for a month: 19.69.
        assert interests(moved) == [58, 62, 20]
        assert levels(moved)[:2] == [3_372, 3_372]
        assert all(window.segments[-1].end == window.due for window in moved.windows)

    def test_that_is_none_changes_nothing(self):
        projection = lent()

        assert move_due_date(projection, date(2027, 1, 1), new=date(2027, 2, 1)) is projection

    def test_can_count_later_ones_by_another_frequency(self):
        weekly = Frequency(2, Unit.WEEKS)

        moved = move_due_date(lent(), FEBRUARY, new=date(2026, 3, 2), frequency=weekly)

        assert [window.due for window in moved.windows] == [
            date(2026, 3, 2),
            date(2026, 3, 16),
            date(2026, 3, 30),
        ]


class TestAddTerms:
    def test_spreads_what_is_left_over_more_windows(self):
        more = add_terms(lent(), 1, since=date(2026, 3, 10))

        # 66.86 in three months at 0.58333 %: 22.55 (22.547).
        assert [window.due for window in more.windows] == [
            FEBRUARY, MARCH, APRIL, date(2026, 5, 31),
        ]  # fmt: skip
        assert levels(more) == [3_372, 2_255, 2_255, 2_254]

    def test_can_name_its_dates(self):
        dates = [date(2026, 5, 10), date(2026, 5, 20)]

        more = add_terms(lent(), 2, since=date(2026, 3, 10), dates=dates)

        assert [window.due for window in more.windows[3:]] == dates
        assert [window.start for window in more.windows[3:]] == [APRIL, dates[0]]

    def test_before_the_loan_levels_nothing(self):
        assert levels(add_terms(lent(), 1, since=START)) == [3372, 3372, 3373, 0]
