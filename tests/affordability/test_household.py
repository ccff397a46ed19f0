"""Households: what cannot be, remarks, shares, and records."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TODAY, household, policy, steady, yuan
from tideover.affordability import (
    CATEGORY_WORDS,
    INCOME_WORDS,
    Household,
    Income,
    IncomeEndsBeforeItStarts,
    IncomeKind,
    NobodyAtHome,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
    allowance,
    capacity_by_month,
    capacity_from_record,
    capacity_to_record,
    fair_shares,
    household_from_record,
    household_to_record,
    months_ahead,
    remarks,
)
from tideover.money import CNY, Money, NegativeAmount, total


def wages(monthly="6000", **more):
    return Income(name="工资", kind=IncomeKind.WAGE, monthly=yuan(monthly), **more)


def spending(category, monthly):
    return Outgoing(category=category, monthly=yuan(monthly))


class TestHousehold:
    def test_refuses_an_income_that_ends_before_it_starts(self):
        with pytest.raises(IncomeEndsBeforeItStarts, match="ends on 2026-01-01"):
            wages(since=date(2026, 2, 1), until=date(2026, 1, 1))

    def test_refuses_amounts_below_zero(self):
        with pytest.raises(NegativeAmount):
            wages("-1")
        with pytest.raises(NegativeAmount):
            spending(OutgoingCategory.FOOD, "-0.01")
        with pytest.raises(NegativeAmount):
            OtherDebt(creditor="a", monthly=yuan("-5"))

    def test_refuses_a_household_without_an_adult(self):
        with pytest.raises(NobodyAtHome, match="count yourself"):
            Household(adults=0)

    def test_has_words_for_every_category_and_kind(self):
        assert set(CATEGORY_WORDS) == set(OutgoingCategory)
        assert set(INCOME_WORDS) == set(IncomeKind)


class TestRemarks:
    def test_ask_nothing_of_a_household_whose_figures_are_usual(self):
        home = Household(
            incomes=(wages(),),
            outgoings=(
                spending(OutgoingCategory.HOUSING, "1800"),
                spending(OutgoingCategory.FOOD, "1500"),
            ),
        )

        assert remarks(home, policy()) == ()

    def test_ask_about_everything_an_agent_should_look_at(self):
        home = Household(
            incomes=(wages("3000", until=date(2026, 12, 31)),),
            outgoings=(spending(OutgoingCategory.FOOD, "3500"),),
            other_debts=(OtherDebt(creditor="a", monthly=yuan("1300")),),
        )

        codes = [remark.code for remark in remarks(home, policy())]

        assert codes == [
            "deficit", "income-ends", "nothing-for-housing", "above-usual-food", "heavy-debts",
        ]  # fmt: skip

    def test_never_blame(self):
        said = " ".join(remark.words.zh for remark in remarks(Household(), policy()))

        assert "没有收入" in said
        assert not any(word in said for word in ("逾期户", "失信", "恶意", "必须"))

    def test_know_what_such_a_household_usually_spends(self):
        family = household(adults=2, children=1)

        # 1,500 for one adult and 800 for each of the two others.
        assert allowance(OutgoingCategory.FOOD, household=family, parameters=policy()) == yuan(
            "3100"
        )
        assert allowance(OutgoingCategory.HOUSING, household=family, parameters=policy()) is None


class TestFairShares:
    def test_add_up_to_160_where_rounding_each_share_gives_159_99(self):
        # Vector D1: £160 over 4,550 / 6,700 / 1,200. Exact: 58.4739…, 86.1044…, 15.4216….
        # Rounded down 58.47, 86.10, 15.42 add to 159.99; the largest remainder is the second's.
        shares = fair_shares(yuan("160"), (yuan("4550"), yuan("6700"), yuan("1200")))

        assert [share.text for share in shares] == ["58.47", "86.11", "15.42"]

    @steady
    @given(
        st.integers(0, 10**7), st.lists(st.integers(1, 10**8), min_size=1, max_size=8)
    )  # fmt: skip
    def test_add_back_and_give_nobody_more_than_a_minor_unit_too_much(self, available, debts):
        owed = [Money(minor, CNY) for minor in debts]

        shares = fair_shares(Money(available, CNY), owed)

        assert total(shares, CNY).minor == available
        for share, minor in zip(shares, debts, strict=True):
            assert abs(share.minor * sum(debts) - available * minor) < sum(debts)

    def test_are_all_zero_when_nothing_is_available_or_owed(self):
        assert fair_shares(yuan("0"), (yuan("1"),)) == (yuan("0"),)
        assert fair_shares(yuan("5"), (yuan("0"), yuan("0"))) == (yuan("0"), yuan("0"))


class TestRecords:
    def test_bring_a_household_back_as_it_was(self):
        home = Household(
            adults=2,
            children=1,
            incomes=(wages(since=date(2026, 1, 1), until=date(2027, 1, 1)), wages("1.05")),
            outgoings=(spending(OutgoingCategory.MEDICAL, "88.80"),),
            other_debts=(OtherDebt(creditor="某银行", monthly=yuan("300"), is_priority=True),),
        )

        record = json.loads(json.dumps(household_to_record(home)))

        assert household_from_record(record) == home

    def test_bring_a_month_back_as_it_was(self):
        month = capacity_by_month(
            household(), months=months_ahead(TODAY, count=1), parameters=policy()
        )[0]

        record = json.loads(json.dumps(capacity_to_record(month)))

        assert capacity_from_record(record, unit=CNY) == month
