"""tideover.loan.projection: asof, basis, changes, closing, levelling, overdue, paying, pieces,
projection and restarting.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount
from tideover.loan.projection import (
    Basis,
    Projection,
    add_terms,
    change_rate,
    disburse,
    due_until,
    move_due_date,
    outstanding_until,
    pause,
    pay_interest,
    pay_principal,
    projected,
    re_age,
    re_amortise,
    re_amortise_splitting,
    with_overdue,
)
from tideover.money import Rounding

START = date(2026, 1, 31)


def basis(percent: str = "7", *, start: date = START, multiple: int = 1) -> Basis:
    return Basis(
        rate=Fraction(percent) / 100,
        day_count=DayCount.MONTHLY,
        frequency=MONTHLY,
        start=start,
        rounding=Rounding.HALF_EVEN,
        multiple=multiple,
    )


def lent(
    cents: int = 10_000, *, percent: str = "7", count: int = 6, start: date = START
) -> Projection:
    dates = [MONTHLY.after(start, step + 1) for step in range(count)]
    return disburse(projected(basis(percent, start=start), dates, start=start), cents, on=start)


def principals(projection: Projection) -> int:
    return sum(figure.principal for figure in projection.figures)


#: Each example projects many schedules.
few = settings(max_examples=25, deadline=None)

amounts = st.integers(1_000, 5_000_000)
percents = st.sampled_from(["0", "3.5", "7", "12.25", "35.99"])
counts = st.integers(1, 24)
starts = st.dates(date(2024, 1, 1), date(2029, 12, 31))


class TestDisburse:
    @few
    @given(amounts, percents, counts, starts)
    def test_projects_instalments_that_pay_everything_back(self, cents, percent, count, start):
        projection = lent(cents, percent=percent, count=count, start=start)

        assert principals(projection) == cents
        assert projection.figures[-1].closing_balance == 0

    @few
    @given(amounts, percents, counts)
    def test_makes_all_instalments_level_but_the_last(self, cents, percent, count):
        levels = {window.level for window in lent(cents, percent=percent, count=count).windows[:-1]}

        assert len(levels) <= 1

    def test_agrees_with_a_schedule_worked_by_hand(self):
        projection = lent(10_000, percent="7", count=3)

        # 0.07/12 a month. Level: 100.00 x 0.0058333 / (1 - 1.0058333^-3) = 33.7228, so 33.72.
        # Interest 58.33 -> 58, then (100.00 - 33.14) x 0.0058333 = 39.00, then 19.56 -> 20 cents.
        assert [figure.interest for figure in projection.figures] == [58, 39, 20]
        assert [window.level for window in projection.windows] == [3372, 3372, 3373]

    @few
    @given(amounts, amounts, st.integers(0, 150))
    def test_adds_a_tranche_to_what_is_paid_back(self, cents, more, days):
        projection = disburse(lent(cents), more, on=START + timedelta(days=days))

        assert principals(projection) == cents + more


class TestPayments:
    @few
    @given(amounts, percents, st.integers(1, 30))
    def test_in_advance_lower_the_interest_and_never_the_principal(self, cents, percent, days):
        projection = lent(cents, percent=percent)
        early = START + timedelta(days=min(days, 27))
        owed = due_until(projection, 0, on=early, by_component=False)

        paid = pay_interest(projection, 0, on=early, amount=owed.interest)
        paid = pay_principal(paid, 0, on=early, amount=owed.principal)

        assert principals(paid) == cents
        assert paid.interest_total <= projection.interest_total

    @few
    @given(amounts, percents, st.integers(0, 170))
    def test_of_everything_owed_on_a_day_leave_nothing(self, cents, percent, days):
        owed = outstanding_until(lent(cents, percent=percent), START + timedelta(days=days))

        assert owed.principal == cents
        assert owed.interest >= 0


class TestOverdue:
    def test_principal_bears_interest_until_the_day_and_no_longer(self):
        # Nothing was paid of 100.00 at 7 %; the earliest instalment was due on 28 February with
        # 16.43 of principal. The projection had 83.57 x 0.07/12 = 48.75 cents for March; by the
        # 15th, 15 of 31 days on, the overdue 16.43 x 0.07/12 x 15/31 = 4.64 come to it: 53.39.
        projection = lent(10_000)

        late = with_overdue(projection, date(2026, 3, 15), to_due_date=False)

        assert (projection.figures[1].interest, late.figures[1].interest) == (49, 53)
        assert [w.level for w in late.windows[:-1]] == [w.level for w in projection.windows[:-1]]
        assert principals(late) == 10_000

    def test_told_twice_for_one_day_counts_once(self):
        once = with_overdue(lent(), date(2026, 3, 15), to_due_date=False)
        twice = with_overdue(once, date(2026, 3, 15), to_due_date=False)

        assert twice == once

    @few
    @given(st.integers(1, 80), st.integers(1, 80))
    def test_day_by_day_is_the_same_as_at_once(self, earlier, more):
        step, end = START + timedelta(days=earlier), START + timedelta(days=earlier + more)
        at_once = with_overdue(lent(), end, to_due_date=False)

        in_steps = with_overdue(lent(), step, to_due_date=False)
        in_steps = with_overdue(in_steps, end, to_due_date=False)

        assert [f.interest for f in in_steps.figures] == [f.interest for f in at_once.figures]


class TestChanges:
    @pytest.mark.parametrize(
        "change",
        [
            lambda p: change_rate(p, Fraction(12, 100), since=date(2026, 3, 10)),
            lambda p: add_terms(p, 2, since=date(2026, 3, 10)),
            lambda p: move_due_date(p, date(2026, 3, 31), new=date(2026, 4, 20)),
            lambda p: pause(p, date(2026, 3, 5), end=date(2026, 4, 20)),
            lambda p: re_amortise(p, date(2026, 3, 31)),
            lambda p: re_amortise_splitting(p, date(2026, 3, 31))[0],
            lambda p: re_amortise_splitting(p, date(2026, 3, 31), conserves=False)[0],
        ],
        ids=[
            "rate",
            "terms",
            "due date",
            "pause",
            "re-amortise",
            "split interest",
            "dropped remainder",
        ],
    )
    @few
    @given(cents=amounts, percent=percents)
    def test_keep_the_principal(self, change, cents, percent):
        projection = with_overdue(
            lent(cents, percent=percent), date(2026, 3, 31), to_due_date=False
        )

        changed = change(projection)

        assert principals(changed) == cents
        assert changed.figures[-1].closing_balance == 0

    def test_of_the_rate_to_nothing_end_the_interest(self):
        changed = change_rate(lent(), Fraction(0), since=START + timedelta(days=1))

        assert changed.interest_total == 0

    def test_of_the_rate_to_itself_change_nothing_that_falls_due(self):
        same = change_rate(lent(), Fraction(7, 100), since=date(2026, 3, 1))

        assert same.interest_total == lent().interest_total

    @few
    @given(st.integers(2, 20))
    def test_of_a_due_date_to_the_31st_never_drift(self, count):
        moved = move_due_date(
            lent(count=count, start=date(2026, 1, 28)), date(2026, 2, 28), new=date(2026, 3, 31)
        )

        dues = [window.due for window in moved.windows]
        assert dues == [MONTHLY.after(date(2026, 3, 31), step) for step in range(count)]

    def test_a_pause_takes_the_interest_of_its_days_both_included(self):
        # 10 to 19 March are ten days: 83.57 x 0.07/12 x 10/31 is 15.7 cents of the 48.7 there were.
        whole = lent()

        paused = pause(whole, date(2026, 3, 10), end=date(2026, 3, 19))

        assert whole.figures[1].interest == 49
        assert paused.figures[1].interest == 33
        assert [w.level for w in paused.windows[:-1]] == [w.level for w in whole.windows[:-1]]

    def test_a_pause_of_everything_leaves_no_interest(self):
        assert pause(lent(), START, end=date(2027, 1, 1)).interest_total == 0


class TestReAge:
    def dates(self, start: date, count: int) -> list[date]:
        return [MONTHLY.after(start, step) for step in range(count)]

    @few
    @given(amounts, percents, st.integers(1, 12))
    def test_owes_the_same_principal_on_new_dates(self, cents, percent, count):
        on, start = date(2026, 3, 15), date(2026, 4, 1)
        overdue = with_overdue(lent(cents, percent=percent), on, to_due_date=False)

        aged = re_age(overdue, on, dates=self.dates(start, count), start=date(2026, 3, 1))

        assert principals(aged) == cents
        assert [w.due for w in aged.windows[-count:]] == self.dates(start, count)
        assert aged.figures[-1].closing_balance == 0

    def test_asks_the_interest_given_up_with_the_earliest_unless_it_waives_it(self):
        on, dates = date(2026, 3, 15), self.dates(date(2026, 4, 1), 6)
        overdue = with_overdue(lent(), on, to_due_date=False)

        kept = re_age(overdue, on, dates=dates, start=date(2026, 3, 1))
        waived = re_age(overdue, on, dates=dates, start=date(2026, 3, 1), waives=True)

        assert kept.interest_total > waived.interest_total
