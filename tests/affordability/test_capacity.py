from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TODAY, household, policy, steady, yuan
from tideover.affordability import (
    Household,
    Income,
    IncomeKind,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
    capacity_by_month,
    income_in_month,
    months_ahead,
)
from tideover.money import CNY, Money

NOVEMBER = date(2026, 11, 1)
amounts = st.integers(0, 3_000_000).map(lambda minor: Money(minor, CNY))


def income(monthly="6000", **changes):
    usual = Income(name="工资", kind=IncomeKind.WAGE, monthly=yuan(monthly))
    return replace(usual, **changes)


def debt(monthly, *, priority=False):
    return OtherDebt(creditor="某消费金融", monthly=yuan(monthly), is_priority=priority)


def november(home, **more):
    return capacity_by_month(home, months=(NOVEMBER,), parameters=policy(), **more)[0]


def home_of(earned, spent, owed, priority) -> Household:
    return Household(
        incomes=(Income(name="工资", kind=IncomeKind.WAGE, monthly=earned),),
        outgoings=(Outgoing(category=OutgoingCategory.FOOD, monthly=spent),),
        other_debts=(
            OtherDebt(creditor="a", monthly=owed),
            OtherDebt(creditor="b", monthly=priority, is_priority=True),
        ),
    )


class TestCapacity:
    @steady
    @given(amounts, amounts, amounts, amounts, amounts)
    def test_adds_up_and_is_never_below_zero(self, earned, spent, owed, priority, own):
        month = november(home_of(earned, spent, owed, priority), own_monthly=own)

        left = month.income - month.outgoings - month.other_debts - month.buffer
        assert month.capacity.minor >= 0
        assert month.capacity == max(left, yuan("0"))
        assert not (month.capacity and month.shortfall)

    @steady
    @given(amounts, amounts, amounts, amounts, amounts, st.integers(1, 500_000))
    def test_never_falls_when_income_rises(self, earned, spent, owed, priority, own, more):
        before = home_of(earned, spent, owed, priority)
        after = home_of(earned + Money(more, CNY), spent, owed, priority)

        assert (
            november(after, own_monthly=own).capacity >= november(before, own_monthly=own).capacity
        )

    def test_matches_a_month_worked_by_hand(self):
        home = Household(
            incomes=(income("6000"),),
            outgoings=(Outgoing(category=OutgoingCategory.HOUSING, monthly=yuan("3200")),),
            other_debts=(debt("500", priority=True), debt("700")),
        )

        month = november(home)

        # 6,000 − 3,200 − 500 = 2,300 left; a tenth is 230, above the cap of 200, so 200 is kept;
        # 2,100 for lenders, 700 to the other one: 1,400.
        assert month.buffer == yuan("200")
        assert month.other_debts == yuan("1200")
        assert month.capacity == yuan("1400")

    def test_is_zero_with_the_shortfall_named_when_income_does_not_reach(self):
        home = household(able="0", outgoings="3000", incomes=(income("2200"),))

        month = november(home)

        assert month.capacity == yuan("0")
        assert month.shortfall == yuan("800")
        assert month.buffer == yuan("0")

    def test_shares_pro_rata_when_there_is_not_enough_for_every_lender(self):
        home = Household(incomes=(income("1000"),), other_debts=(debt("600"),))

        month = november(home, own_monthly=yuan("1200"))

        # 1,000 less a buffer of 100 is 900 for lenders who ask for 1,800: 900 × 1200/1800 = 600.
        assert month.capacity == yuan("600")
        assert month.other_debts == yuan("300")

    def test_gives_the_factory_household_exactly_what_it_is_able_to_pay(self):
        assert november(household(able="680.00")).capacity == yuan("680")
        assert november(household(able="2500")).capacity == yuan("2500")


class TestIncomeOverTime:
    def test_follows_a_job_that_ends_and_a_benefit_that_starts(self):
        home = Household(
            incomes=(
                income("6000", until=date(2026, 12, 31)),
                income("2000", name="失业金", since=date(2027, 1, 1), until=date(2027, 2, 28)),
            )
        )
        months = months_ahead(TODAY, count=5)

        earned = [
            month.income.text
            for month in capacity_by_month(home, months=months, parameters=policy())
        ]

        assert earned == ["6000.00", "6000.00", "2000.00", "2000.00", "0.00"]

    @pytest.mark.parametrize(
        ("since", "until", "text"),
        [
            (None, date(2026, 11, 15), "3000.00"),  # 15 of 30 days
            (date(2026, 11, 30), None, "200.00"),  # one day, both ends included
            (date(2026, 12, 1), None, "0.00"),
            (None, date(2026, 10, 31), "0.00"),
            (date(2026, 11, 1), date(2026, 11, 30), "6000.00"),
        ],
    )
    def test_counts_a_month_covered_in_part_by_its_days(self, since, until, text):
        assert income_in_month(income(since=since, until=until), NOVEMBER).text == text

    def test_walks_months_over_the_end_of_the_year(self):
        assert months_ahead(date(2026, 12, 31), count=2) == (date(2026, 12, 1), date(2027, 1, 1))
