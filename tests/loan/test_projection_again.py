"""tideover.loan.projection.restarting: twice, after payments, and after the end; by hand.

100.00 at 7 % in three months (tests/projected.py): 33.14, 33.33 and 33.53 of principal.
"""

from datetime import date
from fractions import Fraction

import pytest

from projected import APRIL, FEBRUARY, MARCH, START, interests, lent, levels
from tideover.dates import MONTHLY
from tideover.loan.projection import (
    Projection,
    change_rate,
    credited,
    end_contract,
    equal_parts,
    outstanding_until,
    parts_of,
    pay_interest,
    pay_principal,
    re_age,
    re_age_equally,
    re_amortise,
    re_amortise_splitting,
    with_overdue,
)

MAY = date(2026, 5, 31)


def paid_once(count: int = 3) -> Projection:
    """The earliest instalment paid on its due date."""
    projection = lent(count=count)
    figure = projection.figures[0]
    paid = pay_interest(projection, 0, on=FEBRUARY, amount=figure.interest)
    return pay_principal(paid, 0, on=FEBRUARY, amount=figure.principal)


def late(projection: Projection, day: date) -> Projection:
    return with_overdue(projection, day, to_due_date=False)


class TestParts:
    @pytest.mark.parametrize(
        ("whole", "count", "parts"),
        [
            (10, 3, [3, 3, 4]),
            (11, 3, [4, 4, 3]),
            # A part is nearer to one than to none, and five ones are all there is.
            (5, 8, [1, 1, 1, 1, 1, 0, 0, 0]),
            (1, 2, [0, 1]),
            (0, 2, [0, 0]),
            (7, 1, [7]),
            (7, 0, []),
        ],
    )
    def test_add_up(self, whole: int, count: int, parts: list[int]):
        assert equal_parts(whole, count) == parts

    @pytest.mark.parametrize(
        ("whole", "part", "parts"), [(10, 4, [4, 4, 2]), (8, 4, [4, 4, 0]), (7, 4, [4, 3, 0])]
    )
    def test_of_a_size_are_never_below_zero(self, whole: int, part: int, parts: list[int]):
        assert parts_of(whole, part, count=3) == parts


class TestReAmortiseAfterPayments:
    def test_spreads_only_what_is_left(self):
        spread = re_amortise(late(paid_once(), MARCH), MARCH)

        # March asks nothing more; 66.86 for April, 0.39 of interest of each month.
        assert levels(spread) == [3_372, 0, 6_686 + 39 + 39]
        assert interests(spread) == [58, 0, 78]

    def test_of_a_part_paid_asks_what_was_paid(self):
        loan = pay_principal(paid_once(), 1, on=date(2026, 3, 20), amount=1_000)

        spread = re_amortise(late(loan, MARCH), MARCH)

        # 56.86 x 0.58333 % = 33.17 cents in April; in March 39.00, less 2.07 on 10.00 for 11 days.
        assert levels(spread) == [3_372, 1_000, 5_686 + 33 + 37]
        assert [figure.principal for figure in spread.figures] == [3_314, 1_000, 5_686]

    def test_can_split_the_interest_over_the_months_left(self):
        loan = late(paid_once(count=4), MARCH)
        overdue = loan.figures[1].interest

        spread, dropped = re_amortise_splitting(loan, MARCH)

        # 75.22 at 0.58333 %: 43.88 in March, split 22 and 22; then 43.88 and half of it.
        assert (overdue, dropped) == (44, 0)
        assert interests(spread) == [58, 0, 44 + 22, 22 + 22]
        assert [w.fixed_interest for w in spread.windows] == [0, 0, 22, 22]
        assert spread.windows[1].is_closed
        assert sum(figure.principal for figure in spread.figures) == 10_000

    def test_splits_what_is_left_when_a_part_was_paid(self):
        loan = pay_principal(late(paid_once(count=4), MARCH), 1, on=MARCH, amount=1_000)
        loan = pay_interest(loan, 1, on=MARCH, amount=20)

        spread, _ = re_amortise_splitting(loan, MARCH)

        # 24 cents of March are left: 12 and 12. 65.22 in April: 38.05.
        assert [w.fixed_interest for w in spread.windows[2:]] == [12, 12]
        assert (levels(spread)[1], interests(spread)[1]) == (1_020, 20)
        assert interests(spread)[2] == 38 + 12
        assert sum(figure.principal for figure in spread.figures) == 10_000

    def test_of_nothing_overdue_changes_nothing(self):
        loan = paid_once()

        assert levels(re_amortise(loan, FEBRUARY)) == levels(loan)
        assert levels(re_amortise_splitting(loan, FEBRUARY)[0]) == levels(loan)


class TestReAgeAgain:
    DATES = (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1))

    def aged(self, projection: Projection, day: date) -> Projection:
        return re_age(projection, day, dates=self.DATES, start=date(2026, 3, 1))

    def test_leaves_one_row_that_asks_nothing(self):
        once = self.aged(late(lent(), date(2026, 3, 10)), date(2026, 3, 10))

        twice = self.aged(once, date(2026, 3, 20))

        assert [(window.start, window.due) for window in twice.windows[:3]] == [
            (START, FEBRUARY),
            (FEBRUARY, date(2026, 3, 20)),
            (date(2026, 3, 20), self.DATES[0]),
        ]
        assert levels(twice)[:2] == [0, 0]
        assert sum(figure.principal for figure in twice.figures) == 10_000

    def test_keeps_what_was_paid_before(self):
        aged = self.aged(late(paid_once(), date(2026, 3, 10)), date(2026, 3, 10))

        assert levels(aged)[:2] == [3_372, 0]
        assert [figure.principal for figure in aged.figures[:2]] == [3_314, 0]
        assert sum(figure.principal for figure in aged.figures[2:]) == 6_686

    def test_on_a_due_date_ends_that_row(self):
        aged = self.aged(late(paid_once(), MARCH), MARCH)

        assert [window.due for window in aged.windows] == [FEBRUARY, MARCH, *self.DATES]
        # March bore 39 cents on 66.86, and one day of April 6686 x 0.58333 % / 31: 1.26.
        assert interests(aged)[1] == 0
        assert interests(aged)[2] == 39 + 1

    @pytest.mark.parametrize("day", [date(2026, 3, 5), date(2026, 4, 10)])
    def test_counts_what_came_back_owing_before_and_comes_later(self, day: date):
        loan = credited(paid_once(), day, principal=500)

        aged = self.aged(loan, date(2026, 3, 10))

        assert aged.principal_total == 10_500
        assert sum(figure.principal for figure in aged.figures) == 10_500
        assert not any(figure.principal for figure in aged.figures[1:-3])


class TestReAgeEqually:
    def test_bears_no_interest_from_the_day_on_whatever_was_agreed_before(self):
        loan = change_rate(lent(), Fraction(9, 100), since=date(2026, 2, 15))
        day = date(2026, 3, 10)

        aged = re_age_equally(late(loan, day), day, dates=[APRIL], amounts=[(10_050, 50)])

        assert aged.rate_on(day) == 0
        assert aged.rate_on(date(2026, 3, 9)) == Fraction(9, 100)
        assert aged.rate_on(date(2026, 2, 10)) == Fraction(7, 100)
        assert list(aged.rates) == sorted(aged.rates, reverse=True)

    @pytest.mark.parametrize("day", [APRIL, date(2026, 5, 10)])
    def test_on_or_after_the_last_day_starts_everything_again(self, day: date):
        aged = re_age_equally(late(lent(), APRIL), day, dates=[MAY], amounts=[(10_050, 50)])

        assert sum(figure.principal for figure in aged.figures) == 10_000
        assert levels(aged)[-1] == 10_050
        assert not any(levels(aged)[:-1])

    def test_keeps_what_was_paid_in_advance(self):
        loan = pay_principal(paid_once(), 2, on=date(2026, 3, 5), amount=1_000)
        day = date(2026, 3, 10)

        aged = re_age_equally(loan, day, dates=[APRIL], amounts=[(5_686 + 50, 50)])

        held = [window for window in aged.windows if window.is_holder]
        assert [(w.due, w.paid_principal, w.level) for w in held] == [(day, 1_000, 1_000)]
        assert held[0].is_reaged
        assert sum(figure.principal for figure in aged.figures) == 10_000


class TestEndAfterChanges:
    def test_asks_agreed_interest_whole(self):
        day = date(2026, 3, 10)
        dates = [date(2026, 4, 1), date(2026, 5, 1)]
        aged = re_age_equally(
            late(lent(), day), day, dates=dates, amounts=[(5_040, 40), (5_040, 40)]
        )

        ended = end_contract(aged, date(2026, 3, 20))

        assert ended.maturity == date(2026, 3, 20)
        assert outstanding_until(ended, ended.maturity).principal == 10_000
        assert ended.windows[-1].fixed_interest == 80
        assert levels(ended)[-1] == 10_080

    def test_in_a_window_with_a_payment_asks_the_days_before_it_and_after_it(self):
        loan = pay_principal(paid_once(), 1, on=date(2026, 3, 10), amount=1_000)

        ended = end_contract(loan, date(2026, 3, 20))

        # 66.86 for 10 of 31 days: 12.58; 56.86 for 10 more: 10.70. 23.28 cents.
        assert ended.windows[-1].due == date(2026, 3, 20)
        assert outstanding_until(loan, date(2026, 3, 20)).interest == 23
        assert sum(figure.principal for figure in ended.figures) == 10_000

    def test_on_the_day_it_was_lent_asks_all_of_it_that_day(self):
        ended = end_contract(lent(), START)

        assert [(window.start, window.due) for window in ended.windows] == [(START, START)]
        assert [(f.principal, f.interest) for f in ended.figures] == [(10_000, 0)]

    def test_later_payments_level_nothing(self):
        ended = end_contract(late(lent(), date(2026, 3, 20)), date(2026, 3, 20))

        paid = pay_principal(ended, 1, on=date(2026, 3, 20), amount=5_000)

        assert levels(paid) == levels(ended)
        assert ended.basis.frequency == MONTHLY
