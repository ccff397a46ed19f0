"""What the one builder (options/restructuring.py) takes from the loan, and what it is told."""

from datetime import date, timedelta

import pytest

from factories import TODAY, in_arrears, paid_until, weilidai, yuan
from tideover.dates import format_date_zh
from tideover.loan import Conventions, DailyRate, Disbursed, LevelRule, Paid, loan_state
from tideover.options import NothingOwed, StateOfAnotherDay, plan_terms, reamortise, restructure


class TestPlanTerms:
    def test_return_to_the_31st_though_the_plan_begins_in_february(self):
        terms = weilidai(disbursed_on=date(2026, 1, 31))

        again = plan_terms(
            terms, principal=yuan("5000"), starts_on=date(2027, 2, 3),
            earliest_due=date(2027, 2, 28), instalments=3,
        )  # fmt: skip

        assert [due.day for due in again.due_dates()] == [28, 31, 30]

    def test_clear_the_balance_by_the_smallest_instalment_however_the_contract_rounds(self):
        terms = weilidai(conventions=Conventions(level=LevelRule.ROUNDED, is_equalised=True))

        again = plan_terms(
            terms, principal=yuan("5000"), starts_on=TODAY, earliest_due=date(2026, 12, 3),
            instalments=3,
        )  # fmt: skip

        assert again.conventions == Conventions()

    def test_take_another_rate_where_it_is_given(self):
        lower = DailyRate.parse("0.0001")

        cheaper = restructure(
            weilidai(), in_arrears(), starts_on=TODAY, instalments=1,
            earliest_due=date(2026, 12, 3), rate=lower,
        )  # fmt: skip

        # 8,000.00 over ten days at 0.01 % a day: 8.00.
        assert cheaper.schedule.lines[0].interest == yuan("8.00")
        assert cheaper.restructured.rate == lower


class TestRestructure:
    def test_is_named_as_it_is_told_or_after_its_day(self):
        named = restructure(
            weilidai(), in_arrears(), starts_on=TODAY, instalments=8,
            earliest_due=date(2026, 12, 3), reference="HP-7",
        )  # fmt: skip

        assert named.restructured.reference == "HP-7"
        assert named.pause_months == 0
        unnamed = reamortise(weilidai(), in_arrears(), on=TODAY)
        assert unnamed.restructured.reference == "plan-2026-11-23"

    def test_refuses_a_state_of_another_day_by_both_days(self):
        with pytest.raises(StateOfAnotherDay, match="starts on 2026-11-24 and the state is of 2"):
            reamortise(weilidai(), in_arrears(), on=TODAY + timedelta(days=1))

    def test_says_what_is_still_owed_where_no_principal_is(self):
        terms = weilidai()
        events = (*paid_until(terms, instalments=2), Paid(TODAY, "all", yuan("20000")))
        state = loan_state(terms, events, TODAY)

        with pytest.raises(NothingOwed, match=r"2026-11-23; ¥0\.00 is owed in all") as refused:
            reamortise(weilidai(), state, on=TODAY)

        assert format_date_zh(TODAY) in refused.value.zh

    def test_plans_the_last_fen(self):
        terms = weilidai(principal=yuan("0.01"), instalments=1)
        day = terms.disbursed_on
        state = loan_state(terms, (Disbursed(day, "out", terms.principal),), day)

        plan = restructure(
            terms, state, starts_on=day, instalments=1, earliest_due=date(2026, 9, 3)
        )

        assert plan.schedule.total == yuan("0.01")
