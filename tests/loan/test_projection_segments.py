"""tideover.loan.projection: what changes within a window stays on its day, whatever else splits it.

100.00 at 7 % of 31 January 2026 in three months (`projected.py`): 58.33 cents a month on all of it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from projected import APRIL, FEBRUARY, MARCH, START, flat, interests, lent, levels
from tideover.dates import MONTHLY, DayCount
from tideover.loan.projection import (
    Owed,
    Projection,
    change_rate,
    credited,
    disburse,
    due_until,
    interest_until,
    outstanding_until,
    pause,
    pay_interest,
    pay_principal,
    projected,
    re_age,
    until,
    with_overdue,
)

MARCH_10, MARCH_20 = date(2026, 3, 10), date(2026, 3, 20)
few = settings(max_examples=25, deadline=None)
#: From the day after the disbursement to the last due date.
days = st.integers(1, (APRIL - START).days)


class ByDays:
    """The same at 36 % by days, nothing paid."""

    @staticmethod
    def lent(cents: int, day: date) -> Projection:
        basis = replace(lent().basis, rate=Fraction(36, 100), day_count=DayCount.ACT_365F)
        dates = [MONTHLY.after(START, step + 1) for step in range(5)]
        loan = disburse(projected(basis, dates, start=START), cents, on=START)
        return with_overdue(loan, day, to_due_date=False)


class TestSplitting:
    @few
    @given(days, days, st.sampled_from([500, 5_000]))
    @example(40, 41, 500)
    @example(28, 29, 500)
    @example(89, 89, 500)
    def test_a_window_again_moves_no_change_to_another_day(self, one, other, cents):
        changes: list[Callable[[Projection], Projection]] = [
            lambda p: credited(p, START + timedelta(one), principal=cents),
            lambda p: pay_principal(p, 2, on=START + timedelta(other), amount=cents),
        ]

        forth, back = lent(), lent()
        for change in changes:
            forth = change(forth)
        for change in reversed(changes):
            back = change(back)

        assert _moves(forth) == _moves(back)

    def test_leaves_principal_past_due_to_bear_to_the_due_date(self):
        late = with_overdue(lent(), MARCH_10, to_due_date=True)

        found = credited(late, MARCH_20, principal=500)

        # March bears on all of it, 58.33 cents, and on 5.00 for 11 of 31 days: 1.03.
        assert interests(late)[1] == 58
        assert interests(found)[1] == 59

    def test_leaves_a_tranche_on_its_day_when_the_rate_changes_before_it(self):
        more = disburse(lent(), 5_000, on=MARCH_20)

        found = change_rate(more, Fraction(7, 100), since=MARCH_10)

        # 66.86 for the month and 50.00 for 11 of its 31 days: 39.00 and 10.35 cents.
        assert interests(more)[1] == interests(found)[1] == 49

    def test_leaves_a_payment_on_its_day_when_days_before_it_are_paused(self):
        paid = pay_principal(lent(), 1, on=MARCH_20, amount=1_000)

        # 66.86 for ten days less, 12.58 cents of the 36.93 there were: 24.35.
        found = pause(paid, date(2026, 3, 1), end=MARCH_10)

        assert interests(paid)[1] == 37
        assert interests(found)[1] == 24


def _moves(projection: Projection) -> Counter[date]:
    """The days on which balances change, and by how much: at maturity two changes add up."""
    found: Counter[date] = Counter()
    for window in projection.windows:
        for segment in window.segments:
            found[segment.end] += segment.disbursed + segment.corrected
    return Counter({day: cents for day, cents in found.items() if cents})


class TestUntil:
    @pytest.mark.parametrize("day", [FEBRUARY, MARCH_10, MARCH])
    def test_counts_what_came_back_owing_on_the_day(self, day: date):
        principal = credited(lent(), day, principal=500)

        assert until(principal, day).principal_total == 10_500

    @pytest.mark.parametrize("day", [START, FEBRUARY, MARCH_10, MARCH, MARCH_20])
    def test_knows_no_later_day_and_no_change_on_one(self, day: date):
        found = until(disburse(lent(), 5_000, on=MARCH_20), day)

        ends = [segment.end for window in found.windows for segment in window.segments]
        assert max(ends) == day
        assert found.principal_total == (15_000 if day >= MARCH_20 else 10_000)

    def test_counts_interest_of_windows_begun_before_the_day_alone(self):
        back = credited(lent(), FEBRUARY, principal=500)

        # 58 cents of February; of March a day: (66.86 + 5.00) x 0.58333 % / 31 = 1.35 cents.
        assert interest_until(back, FEBRUARY) == 58
        assert interest_until(back, FEBRUARY + timedelta(1)) == 58 + 1


class TestOverdue:
    @pytest.mark.parametrize("day", [date(2026, 2, 14), FEBRUARY])
    def test_is_nothing_before_the_earliest_due_date_has_passed(self, day: date):
        loan = lent()

        assert with_overdue(loan, day, to_due_date=False) is loan

    def test_to_the_due_date_is_remembered_up_to_it(self):
        late = with_overdue(lent(), MARCH_10, to_due_date=True)
        later = with_overdue(late, date(2026, 4, 10), to_due_date=True)

        assert (late.overdue_until, later.overdue_until) == (MARCH, APRIL)
        # All of it bears for all of April: two instalments past due and the last.
        assert interests(later) == [58, 58, 58]


class TestChangeRate:
    @pytest.mark.parametrize("percent", [5, 12])
    def test_on_the_same_day_again_counts_as_changed_last(self, percent: int):
        first = change_rate(lent(), Fraction(8, 100), since=MARCH_10)

        again = change_rate(first, Fraction(percent, 100), since=MARCH_10)

        assert again.rate_on(MARCH_10) == Fraction(percent, 100)
        assert interests(again) == interests(
            change_rate(lent(), Fraction(percent, 100), since=MARCH_10)
        )


class TestLevel:
    def test_of_a_cent_is_asked_at_the_end(self):
        assert levels(lent(1)) == [0, 0, 1]

    def test_without_interest_rounds_an_even_half_down(self):
        basis = replace(lent().basis, rate=Fraction(0))
        nothing = replace(lent(count=2), basis=basis, windows=lent(0, count=2).windows)

        # 1.01 in two is 50 and a half.
        assert levels(disburse(nothing, 101, on=START)) == [50, 51]

    def test_is_agreed_anew_where_just_that_was_paid(self):
        paid = pay_principal(lent(), 2, on=START, amount=3_333)

        # Without interest 100.00 in three are 33.33.
        found = change_rate(paid, Fraction(0), since=START + timedelta(1))

        assert [window.agreed for window in found.windows] == [3_333, 3_333, 3_333]

    def test_of_a_flat_loan_is_agreed(self):
        assert [window.agreed for window in flat(10_000).windows] == [3391, 3391, 3392]


class TestAskedAhead:
    """Windows that have not begun, on 14 February."""

    DAY = date(2026, 2, 14)

    def test_is_no_more_than_is_left_of_the_loan(self):
        paid = pay_principal(lent(), 2, on=START, amount=9_000)

        assert due_until(paid, 1, on=self.DAY, by_component=False) == Owed(1_000, 0)

    def test_is_what_was_agreed_also_of_a_window_paid_while_another_is_not(self):
        paid = pay_principal(lent(), 1, on=START, amount=3_372)
        paid = pay_principal(paid, 2, on=START, amount=3_372)

        # 32.56 are left for the only window unpaid: more than the instalment lacks, nothing.
        assert [window.is_paid for window in paid.windows] == [False, True, True]
        assert due_until(paid, 1, on=self.DAY, by_component=False) == Owed(3_372, 0)

    def test_is_the_instalment_agreed_from_the_day_that_begins_it(self):
        # The last window takes what is left, 33.53 and its interest; agreed were 33.72 for all.
        assert due_until(lent(), 2, on=MARCH, by_component=False) == Owed(3_372, 0)

    def test_of_the_only_window_left_is_all_that_is_left_though_less_was_agreed(self):
        # 102.20 in three are 34.46, in whole yuan 34.00: 34.20 are left when two are paid.
        paid = pay_principal(lent(10_220, multiple=100), 1, on=START, amount=3_400)
        paid = pay_principal(paid, 0, on=START, amount=3_400)

        assert [window.is_paid for window in paid.windows] == [True, True, False]
        assert due_until(paid, 2, on=self.DAY, by_component=False).principal == 3_420

    def test_of_the_only_window_left_is_what_it_asks_by_now(self):
        paid = pay_principal(lent(), 1, on=START, amount=3_372)
        paid = pay_interest(paid, 0, on=self.DAY, amount=50)
        paid = pay_principal(paid, 0, on=self.DAY, amount=3_322)
        left = outstanding_until(paid, self.DAY)

        found = due_until(paid, 2, on=self.DAY, by_component=False)

        assert found.principal == left.principal == 10_000 - 3_372 - 3_322


class TestPause:
    def late(self) -> Projection:
        """Four instalments of 25.37: the earliest is paid, the last two ahead, March is late."""
        loan = lent(count=4)
        paid = pay_interest(loan, 0, on=FEBRUARY, amount=58)
        paid = pay_principal(paid, 0, on=FEBRUARY, amount=2_479)
        for place in (3, 2):
            paid = pay_principal(paid, place, on=FEBRUARY, amount=2_537)
        return with_overdue(paid, date(2026, 5, 10), to_due_date=False)

    def test_in_a_late_window_leaves_what_was_asked_of_the_one_before(self):
        # 100.00 - 24.79 - 2 x 25.37 = 24.47 for March and, past due, for April: 14.27 cents each.
        late = self.late()

        found = pause(late, date(2026, 5, 5), end=date(2026, 5, 20))

        assert interests(found)[1] == 14 + 14
        assert found.windows[1].advanced_interest == 14

    @pytest.mark.parametrize("end", [MARCH, date(2026, 4, 1)])
    def test_touches_no_window_but_that_of_its_days(self, end: date):
        found = pause(lent(), MARCH_20, end=end)

        def paused(place: int) -> int:
            return sum(s.days for s in found.windows[place].segments if s.is_paused)

        # From the 20th, that day included, to the end: 12 days of March.
        assert [paused(place) for place in range(3)] == [0, 12, (end - MARCH).days]
        assert interests(found)[0] == 58


class TestReAge:
    def test_moves_the_level_three_times_at_most(self):
        # Seven rows, the first of one day: the last one would lie 71.63 from the others, 6.82 and
        # -0.61 after moves of a seventh of that; the third leaves 0.08, and it stays.
        loan = ByDays.lent(224_921, date(2026, 3, 1))
        dates = [MONTHLY.after(date(2026, 3, 2), step) for step in range(7)]

        aged = re_age(loan, date(2026, 3, 1), dates=dates, start=date(2026, 2, 2), waives=True)

        assert levels(aged)[-7:] == [35_103] * 6 + [35_111]

    def test_asks_level_instalments_also_where_the_loan_had_multiples(self):
        loan = lent(multiple=100)
        dates = [APRIL, date(2026, 5, 31), date(2026, 6, 30)]

        aged = re_age(loan, MARCH, dates=dates, start=MARCH, waives=True)

        plain = re_age(lent(), MARCH, dates=dates, start=MARCH, waives=True)
        assert levels(aged)[-3:-1] == levels(plain)[-3:-1]
