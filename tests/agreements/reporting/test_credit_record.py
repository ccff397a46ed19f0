from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported_loans import LENT, TERMS, paid_until, paid_up_on, policy, restructured

from tideover.agreements.reporting import credit_record
from tideover.agreements.reporting.months import last_day
from tideover.loan import Paid, PrincipalForgiven, build_schedule, loan_state
from tideover.money import CNY, Money
from tideover.policy import Parameters


def record(events, on):
    return credit_record(TERMS, events, on=on, parameters=policy())


class TestCreditRecord:
    @given(count=st.integers(0, 11), delay=st.integers(0, 60))
    def test_has_one_known_mark_for_every_complete_month(self, count, delay):
        on = date(2025, 12, 31)
        made = record(paid_until(count), on)

        assert [mark.month.month for mark in made.months] == list(range(1, 13))
        assert set(made.line) <= set("*N1234567C")

    def test_of_a_loan_paid_on_every_day_is_clean_and_ends_settled(self):
        # Lent on 10 January: nothing due that month, then twelve months, the last one settles.
        made = record(paid_until(12), date(2026, 3, 1))

        assert made.line == "*NNNNNNNNNNNC"
        assert made.adverse_until is None

    def test_counts_thirty_days_a_mark_while_nothing_is_paid(self):
        # Due 10 February; past due at the months' ends: 18, 49, 79, 110, 140, 171, 202 days.
        assert record([LENT], date(2025, 8, 31)).line == "*1234567"

    def test_tells_late_within_the_month_from_late(self):
        late = {2: date(2025, 3, 20), 3: date(2025, 4, 10)}

        assert record(paid_until(4, late=late), date(2025, 5, 31)).line == "*NMNN"

    def test_leaves_a_day_of_grace_unmarked(self):
        assert record(paid_until(1, late={1: date(2025, 2, 11)}), date(2025, 2, 28)).line == "*N"

    def test_keeps_earlier_marks_and_stops_new_ones_while_a_plan_is_kept(self):
        events = restructured(paid_until(2), date(2025, 6, 20), form="term_extension")
        plan = events[-1].schedule
        kept = [
            Paid(line.due_date, f"plan-paid-{line.number}", line.instalment) for line in plan.lines
        ]

        made = record([*events, *kept], date(2025, 12, 31))

        # Due 10 April not paid: 20 and 51 days late at the ends of April and May. What fell due on
        # 10 June was late until the plan of the 20th took it in: M. The plan is kept from July.
        assert made.line == "*NN12MNNNNNN"
        assert [(entry.code, entry.on) for entry in made.special] == [("1", date(2025, 6, 20))]

    @pytest.mark.parametrize(("lacking", "mark"), [(1, "N"), (4, "N"), (6, "1")])
    def test_takes_a_small_rest_under_a_plan_for_a_part_payment(self, lacking, mark):
        # Hundredths of the first instalment of the plan that are not paid: five are let pass
        # (breach.shortfall_share of the demo lender), late interest on them included.
        events = restructured(paid_until(2), date(2025, 6, 20), form="term_extension")
        first = events[-1].schedule.lines[0]
        part = Money(first.instalment.minor * (100 - lacking) // 100, CNY)
        short = Paid(first.due_date, "short", part)

        made = record([*events, short], last_day(first.due_date.replace(day=1)))

        assert made.line[-1] == mark

    def test_shows_adverse_marks_for_five_years_from_the_end_of_the_arrears(self):
        events = paid_until(3, late={2: date(2025, 4, 5)})

        # Late at the end of March, paid on 5 April 2025.
        assert record(events, date(2025, 5, 9)).adverse_until == date(2030, 4, 5)

    def test_counts_the_years_of_arrears_that_a_plan_took_in_from_the_settlement(self):
        events = restructured(paid_until(2), date(2025, 6, 20), form="term_extension")
        lines = events[-1].schedule.lines
        kept = [Paid(line.due_date, f"plan-paid-{line.number}", line.instalment) for line in lines]

        # Marked in April and May; the plan of 20 June pays none of it off, its last line does.
        assert record([*events, *kept], date(2025, 12, 31)).adverse_until is None
        settled = record([*events, *kept], date(2026, 7, 31))
        assert settled.line[-1] == "C"
        assert settled.adverse_until == date(2031, 6, 20) == lines[-1].due_date.replace(year=2031)

    def test_counts_the_years_of_arrears_paid_before_the_plan_from_their_payment(self):
        # What was due on 10 April came on 6 May; the plan begins with nothing late.
        days = [date(2025, month, 10) for month in (2, 3)]
        late = paid_up_on(*days, date(2025, 5, 6), date(2025, 5, 10))
        events = restructured(late, date(2025, 6, 5), form="term_extension")

        assert record(events, date(2025, 6, 30)).line == "*NN1NN"
        assert record(events, date(2025, 6, 30)).adverse_until == date(2030, 5, 6)

    def test_counts_no_years_while_the_arrears_last(self):
        assert record([LENT], date(2025, 5, 31)).adverse_until is None


class TestSpecialTransactions:
    @pytest.mark.parametrize(
        ("form", "codes"),
        [
            ("term_extension", ["1"]),
            ("deferral", ["1"]),
            ("personalised_instalments", ["14"]),
            ("restructure", []),
        ],
    )
    def test_follow_the_legal_form(self, form, codes):
        events = restructured(paid_until(2), date(2025, 4, 1), form=form)

        assert [entry.code for entry in record(events, date(2025, 4, 30)).special] == codes

    def test_of_a_deferral_under_relief_policy_is_told_by_the_day_it_was_agreed_on(self):
        events = restructured(paid_until(2), date(2025, 4, 1), form="deferral")
        name = "relief.defers_by_policy"
        ruled = policy()
        values = ((date(2020, 1, 1), True), (date(2025, 12, 31), False))
        relief = replace(ruled.dated[name], values=values)
        relieved = Parameters.gather({**ruled.dated, name: relief}, on=ruled.on, product="weilidai")

        made = credit_record(TERMS, events, on=date(2026, 3, 31), parameters=relieved)

        # 16: 落实金融纾困等政策银行主动延期. The report is read when the policy is long over.
        assert [entry.code for entry in made.special] == ["16"]

    def test_call_a_waiver_that_closes_the_loan_a_reduction_and_no_early_settlement(self):
        day = date(2025, 4, 1)
        owed = loan_state(TERMS, paid_until(2), day).outstanding.principal
        given = PrincipalForgiven(day, "gift", owed, "hardship")
        rest = loan_state(TERMS, [*paid_until(2), given], day).payoff
        events = [*paid_until(2), given, *([Paid(day, "rest", rest)] if rest.minor else [])]

        made = record(events, date(2025, 4, 30))

        assert [entry.code for entry in made.special] == ["11"]

    def test_name_a_reduction_of_debt(self):
        given = PrincipalForgiven(date(2025, 3, 15), "gift", Money(10_000, CNY), "hardship")
        events = [*paid_until(2), given]

        assert [entry.code for entry in record(events, date(2025, 3, 31)).special] == ["11"]

    def test_name_an_early_settlement(self):
        day = date(2025, 4, 1)
        events = paid_until(2)
        events.append(Paid(day, "all", loan_state(TERMS, events, day).payoff))

        made = record(events, date(2025, 4, 30))

        assert made.line == "*NNC"
        assert [entry.code for entry in made.special] == ["5"]
        assert build_schedule(TERMS).maturity_date > day
