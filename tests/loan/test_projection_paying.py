"""tideover.loan.projection: paying, closing, levelling and asof, on one loan worked by hand.

100.00 at 7 % in three months: 0.58333 % a month. Level: 33.72; interest 0.58, 0.39 and 0.20.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from projected import APRIL, FEBRUARY, MARCH, START, interests, lent, levels
from tideover.loan.projection import (
    Owed,
    Projection,
    Segment,
    Window,
    add_terms,
    corrected,
    credited,
    disburse,
    due_until,
    outstanding_until,
    pay_excess,
    pay_interest,
    pay_principal,
    projected,
    until,
    window_interest_until,
    with_overdue,
)


def paid_on_time(projection: Projection) -> Projection:
    """The earliest instalment paid on its due date."""
    paid = pay_interest(projection, 0, on=FEBRUARY, amount=58)
    return pay_principal(paid, 0, on=FEBRUARY, amount=3_314)


class TestLevel:
    def test_is_worked_by_hand(self):
        assert (levels(lent()), interests(lent())) == ([3372, 3372, 3373], [58, 39, 20])

    def test_is_a_multiple_and_the_last_takes_the_rest(self):
        # 33.72 is nearest to 34.00; 100.00 - 33.42 - 33.61 = 32.97, and 0.19 of interest.
        assert levels(lent(multiple=100)) == [3400, 3400, 3316]

    def test_too_small_for_the_multiple_stays_as_it_is(self):
        # 1.00 in three is 0.34, nearer to nothing than to a whole 1.00.
        assert levels(lent(100, multiple=100)) == [34, 34, 33]

    def test_nearest_to_one_multiple_is_it(self):
        # 2.00 in three is 0.67: a whole 1.00, twice; the rest of the interest is 0.02.
        assert levels(lent(200, multiple=100)) == [100, 100, 2]


class TestPayInterest:
    def test_never_pays_more_than_there_is(self):
        assert pay_interest(lent(), 0, on=FEBRUARY, amount=500).paid_interest_total == 117

    def test_never_pays_more_than_is_left_of_it(self):
        begun = pay_interest(lent(), 0, on=FEBRUARY, amount=20)

        assert pay_interest(begun, 0, on=FEBRUARY, amount=500).paid_interest_total == 117

    def test_pays_no_principal(self):
        paid = pay_interest(lent(), 0, on=FEBRUARY, amount=58)

        assert (paid.figures[0].outstanding_interest, paid.outstanding_principal) == (0, 10_000)
        assert not paid.windows[0].is_paid


class TestPayPrincipal:
    def test_of_nothing_is_nothing(self):
        projection = lent()

        assert pay_principal(projection, 0, on=FEBRUARY, amount=0) is projection

    def test_on_time_leaves_everything_as_agreed(self):
        paid = paid_on_time(lent())

        assert (levels(paid), interests(paid)) == ([3372, 3372, 3373], [58, 39, 20])
        assert [window.is_paid for window in paid.windows] == [True, False, False]
        assert paid.unpaid_count == 2

    def test_late_counts_from_the_due_date(self):
        late = pay_principal(lent(), 0, on=date(2026, 3, 10), amount=3_314)

        assert interests(late) == interests(pay_principal(lent(), 0, on=FEBRUARY, amount=3_314))

    def test_early_lowers_the_interest_of_the_days_left(self):
        # 14 of 28 days on: 33.14 less for half a month, 9.67 cents of 58.33.
        paid = pay_principal(lent(), 0, on=date(2026, 2, 14), amount=3_314)

        assert interests(paid)[0] == 49

    @pytest.mark.parametrize(
        ("amount", "level"), [(5_000, 5_000), (3_372, 3_372), (3_373, 3_373), (3_000, 3_372)]
    )
    def test_before_a_window_began_makes_it_ask_what_was_paid(self, amount: int, level: int):
        paid = pay_principal(lent(), 1, on=date(2026, 2, 5), amount=amount)

        assert paid.windows[1].level == level
        assert sum(figure.principal for figure in paid.figures) == 10_000

    def test_before_it_began_makes_it_ask_that_with_one_more_window_to_come(self):
        early = pay_interest(lent(), 0, on=date(2026, 2, 10), amount=21)
        early = pay_principal(early, 0, on=date(2026, 2, 10), amount=3_372 - 21)

        paid = pay_principal(early, 1, on=date(2026, 2, 14), amount=5_000)

        # 58.33 cents x 10/28 = 20.83 are 21. Of 100.00 are 33.51 and 50.00 paid: 16.49 are left.
        assert [window.is_paid for window in paid.windows] == [True, True, False]
        assert levels(paid)[:2] == [3_372, 5_000]
        assert paid.figures[2].principal == 1_649

    def test_above_everything_pays_everything_and_no_more(self):
        paid = pay_principal(lent(), 0, on=FEBRUARY, amount=12_000)

        assert (paid.paid_principal_total, paid.outstanding_principal) == (10_000, 0)

    def test_outside_of_all_windows_moves_no_balance(self):
        paid = pay_principal(lent(), 2, on=date(2026, 5, 9), amount=3_353)

        # It counts from the due date, the last day of the loan.
        assert interests(paid) == [58, 39, 20]


class TestPayExcess:
    def test_stays_with_its_window_and_levels_the_later_ones(self):
        # 100.00 - 33.14 - 20.00 = 46.86 in two months: 23.64; interest 0.27, then 0.14.
        paid = pay_excess(paid_on_time(lent()), 0, on=FEBRUARY, amount=2_000)

        assert levels(paid) == [5_372, 2_364, 2_363]
        assert interests(paid) == [58, 27, 14]
        assert paid.windows[0].is_paid


class TestCredited:
    @pytest.mark.parametrize(
        ("day", "place", "interest"),
        [
            # 66.86 x 0.58333 % = 39.00 cents in March; 5.00 for 21 of its 31 days: 1.98.
            (date(2026, 3, 10), 1, 41),
            # From the due date of February, which opens March: the whole month, 2.92.
            (FEBRUARY, 1, 42),
            # 5.00 for 20 of the 30 days of April: 1.94 on top of 19.56.
            (date(2026, 4, 10), 2, 22),
            # On the last day it bears nothing any more.
            (APRIL, 2, 20),
        ],
    )
    def test_principal_is_owed_with_the_window_of_its_day(self, day, place, interest):
        back = credited(lent(), day, principal=500)

        assert back.principal_total == 10_500
        assert back.credited_principal_total == 500
        assert back.windows[place].credited_principal == 500
        assert back.figures[place].interest == interest
        assert sum(figure.principal for figure in back.figures) == 10_500

    def test_after_the_last_day_changes_nothing(self):
        assert credited(lent(), date(2026, 5, 1), principal=500) == lent()


class TestByADay:
    def test_before_the_loan_there_is_nothing(self):
        as_of = until(lent(), START - timedelta(days=1))

        assert (as_of.interest_total, as_of.principal_total) == (0, 0)

    def test_from_the_last_day_on_there_is_everything(self):
        projection = lent()

        assert until(projection, APRIL) is projection
        assert until(projection, date(2027, 1, 1)) is projection

    @pytest.mark.parametrize(
        ("day", "owed"),
        [
            (START, Owed(3_372, 0)),
            # 14 of 28 days: 29.17 cents, and the rest of the instalment is principal.
            (date(2026, 2, 14), Owed(3_372 - 29, 29)),
            (FEBRUARY, Owed(3_314, 58)),
        ],
    )
    def test_the_window_that_runs_asks_its_interest_so_far(self, day: date, owed: Owed):
        assert due_until(lent(), 0, on=day, by_component=False) == owed

    @pytest.mark.parametrize("by_component", [True, False])
    def test_a_window_that_has_not_begun_asks_its_instalment(self, by_component: bool):
        found = due_until(lent(), 1, on=date(2026, 2, 14), by_component=by_component)

        assert found == Owed(3_372, 0)

    def test_by_component_a_window_that_runs_asks_its_instalment_and_its_interest(self):
        found = due_until(lent(), 0, on=date(2026, 2, 14), by_component=True)

        assert found == Owed(3_372, 29)

    def test_by_component_no_more_than_is_left_of_the_loan(self):
        paid = pay_principal(lent(), 0, on=START, amount=9_000)

        found = due_until(paid, 2, on=date(2026, 2, 14), by_component=True)

        assert found.principal == 1_000

    def test_the_only_window_left_asks_what_is_left(self):
        paid = pay_principal(paid_on_time(lent()), 1, on=date(2026, 3, 1), amount=6_000)
        left = outstanding_until(paid, date(2026, 3, 1))

        assert left.principal == 686

    def test_a_window_re_aged_asks_what_was_agreed_for_it(self):
        projection = lent()
        window = replace(projection.windows[1], is_reaged=True, level=3_000)

        found = due_until(
            projection.with_window(1, window), 1, on=date(2026, 2, 14), by_component=False
        )

        assert found == Owed(3_000, 0)


class TestUntil:
    def test_counts_the_days_by_then(self):
        # 66.86 x 0.58333 % x 10/31 = 12.58 cents.
        assert window_interest_until(lent(), 1, on=date(2026, 3, 10)) == 13

    def test_counts_what_was_paid_out_on_the_last_day_when_there_are_more_days_now(self):
        loan = disburse(disburse(lent(), 2_000, on=APRIL), 500, on=APRIL)
        longer = add_terms(loan, 1, since=date(2026, 5, 10))

        assert until(longer, APRIL).principal_total == 12_500


class TestPlaceBetween:
    def test_is_the_window_of_two_days_before_one_that_encompasses_them(self):
        basis, dates = lent().basis, [FEBRUARY, FEBRUARY, MARCH]
        windows = projected(basis, dates, start=START)

        assert windows.place_between(FEBRUARY, FEBRUARY) == 1
        assert windows.place_between(date(2026, 3, 5), date(2026, 3, 9)) == 2
        assert windows.place_between(MARCH, APRIL) is None


class TestWindow:
    WINDOW = Window(FEBRUARY, MARCH, (Segment(FEBRUARY, MARCH),), level=3_372, agreed=3_372)

    @pytest.mark.parametrize(
        ("day", "is_earliest", "holds"),
        [
            (FEBRUARY, False, False),
            (FEBRUARY, True, True),
            (FEBRUARY + timedelta(days=1), False, True),
            (MARCH, False, True),
            (MARCH, True, True),
            (MARCH + timedelta(days=1), True, False),
            (FEBRUARY - timedelta(days=1), True, False),
        ],
    )
    def test_holds_the_day_it_ends_on_and_the_first_one_of_all(self, day, is_earliest, holds):
        assert self.WINDOW.holds(day, is_earliest=is_earliest) is holds

    def test_asks_what_came_back_owing_unless_it_is_asked_elsewhere(self):
        back = Segment(FEBRUARY, MARCH, credited_principal=500)
        window = replace(self.WINDOW, segments=(back,))

        assert (window.credited, window.asked) == (500, 3_872)
        moved = replace(window, moved_principal=200)
        assert (moved.credited, moved.asked) == (300, 3_672)

    def test_gives_back_interest_asked_early_when_a_later_one_is_open(self):
        # 39 of its own and 50 early in an instalment of 10: 60 are asked, and none is paid.
        early = replace(lent().windows[1], level=10, advanced_interest=50)

        found = corrected(lent().with_window(1, early), FEBRUARY, amount=0)

        assert (found.windows[1].advanced_interest, found.windows[1].asked) == (0, 10)

    def test_asks_interest_of_days_to_come_when_it_is_told(self):
        projection = lent().with_rest_interest(1, 7)

        assert projection.figures[1].interest_borne == 39 + 7
        assert projection.windows[1].asked == 3_379
        assert projection.figures[1].principal == 3_333


class TestCarriedInterest:
    def test_has_no_room_in_an_instalment_and_goes_on_to_the_next(self):
        # 58 cents are borne, 40 asked; the other 18 bear none themselves.
        projection = lent(10_000)
        window = replace(projection.windows[0], level=40)
        projection = projection.with_window(0, window)

        assert interests(projection)[:2] == [40, 39 + 18]
        assert projection.figures[0].interest_left == 18
        assert projection.figures[0].principal == 0


class TestLastOneUnpaid:
    """April is paid ahead, so March is the last window unpaid: 33.14 of principal."""

    def late(self, day: date) -> Projection:
        paid = pay_principal(paid_on_time(lent()), 2, on=FEBRUARY, amount=3_372)
        return with_overdue(paid, day, to_due_date=False)

    def test_takes_everything_that_is_left(self):
        # 100.00 - 33.14 - 33.72 = 33.14, for a month: 19.33 cents.
        projection = self.late(MARCH)

        assert levels(projection) == [3_372, 3_333, 3_372]
        assert interests(projection) == [58, 19, 0]
        assert [window.is_paid for window in projection.windows] == [True, False, True]

    @pytest.mark.parametrize(("day", "more"), [(10, 6), (20, 13), (30, 19)])
    def test_asks_what_it_bears_overdue_while_later_ones_are_paid(self, day: int, more: int):
        on = date(2026, 4, day)
        projection = self.late(on)

        # 19.33 cents a month: 6.44, 12.89 and 19.33 in 10, 20 and 30 of the 30 days of April.
        assert projection.windows[1].advanced_interest == more
        assert interests(projection) == [58, 19 + more, 0]
        assert projection.windows[2].is_lifted
        assert outstanding_until(projection, on) == Owed(3_314, 19 + more)
        assert projection.windows[2].is_paid

    def test_paid_with_it_owes_nothing_more(self):
        on = date(2026, 4, 10)
        projection = pay_interest(self.late(on), 1, on=on, amount=25)
        projection = pay_principal(projection, 1, on=on, amount=3_314)

        assert outstanding_until(projection, on) == Owed(0, 0)
        assert all(window.is_paid for window in projection.windows)
        assert projection.interest_total == 58 + 25
        assert outstanding_until(projection, APRIL) == Owed(0, 0)

    def test_paid_in_part_bears_on_what_is_left(self):
        on = date(2026, 4, 10)
        projection = pay_principal(self.late(on), 1, on=on, amount=2_000)
        projection = with_overdue(projection, date(2026, 4, 20), to_due_date=False)

        # 6.44 cents on all of it to the 10th, and 2.56 on 13.14 in the ten days after it.
        assert outstanding_until(projection, date(2026, 4, 20)) == Owed(1_314, 19 + 9)
