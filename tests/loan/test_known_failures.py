"""Failures that other loan systems really had, each with the test that would have found it.

The list is of public issue trackers; a name says what went wrong there.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

import pytest

from tideover.dates import DayCount
from tideover.loan import (
    AnnualRate,
    Charged,
    Component,
    Components,
    DailyRate,
    Disbursed,
    LineStatus,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    Reversed,
    Waived,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money

OUT = date(2018, 9, 11)
TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=OUT,
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
DISBURSED = Disbursed(OUT, "out", TERMS.principal)
NONE = Components.zero(CNY)


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def on(day: str) -> date:
    return date.fromisoformat(day)


def state(*events, day: str, terms: LoanTerms = TERMS):
    return loan_state(terms, (DISBURSED, *events), on(day))


class TestBackDating:
    def test_a_payment_entered_late_is_allocated_as_if_it_had_been_known(self):
        # Allocated against balances that a later payment had already cut.
        payments = [
            Paid(on("2018-10-11"), "a", yuan("2150")),
            Paid(on("2018-11-11"), "b", yuan("1000")),
            Paid(on("2018-11-20"), "c", yuan("1500")),
        ]

        states = {state(*order, day="2018-12-01").payoff for order in permutations(payments)}
        lines = {state(*order, day="2018-12-01").allocations for order in permutations(payments)}

        assert len(states) == len(lines) == 1

    def test_asking_twice_for_a_day_accrues_it_once(self):
        # Interest accrued twice when the nightly job overlapped itself.
        assert state(day="2018-10-31") == state(day="2018-10-31")

    def test_a_closed_loan_accrues_nothing(self):
        paid = Paid(on("2018-09-20"), "all", yuan("10045"))

        assert state(paid, day="2019-09-20").payoff == Money(0, CNY)


class TestInstalments:
    @pytest.mark.parametrize("principal", ["100.00", "999.99", "0.07"])
    def test_twelve_stay_twelve_however_the_payment_is_rounded(self, principal):
        # Rounded up, twelve instalments had become eleven.
        terms = replace(TERMS, principal=yuan(principal), method=Method.LEVEL, instalments=12)
        schedule = build_schedule(terms)

        assert len(schedule.lines) == 12
        assert sum(line.principal.minor for line in schedule.lines) == terms.principal.minor

    def test_a_part_payment_is_not_a_paid_instalment(self):
        found = state(Paid(on("2018-10-11"), "part", yuan("2149.99")), day="2018-10-11")

        assert found.lines[0].status is LineStatus.PART_PAID
        assert found.due_today.total.text == "0.01"

    def test_principal_and_interest_are_the_instalment(self):
        for line in build_schedule(replace(TERMS, method=Method.LEVEL)).lines:
            assert line.principal + line.interest + line.fee == line.instalment


class TestConventions:
    def test_a_year_of_360_is_not_a_year_of_365(self):
        # 365 was written into the code: 1,013.89 became 1,000.00.
        terms = replace(
            TERMS,
            principal=yuan("100000"),
            rate=AnnualRate.percent("1", DayCount.ACT_360),
            method=Method.INTEREST_ONLY,
            instalments=1,
            disbursed_on=on("2026-01-01"),
            earliest_due=on("2027-01-01"),
        )

        # 100,000 × 1 % × 365 / 360 = 1,013.888…
        assert build_schedule(terms).total_interest.text == "1013.89"

    def test_a_leap_day_over_new_year_counts(self):
        terms = replace(
            TERMS,
            principal=yuan("100000"),
            rate=AnnualRate.percent("12", DayCount.ACT_ACT_ISDA),
            method=Method.INTEREST_ONLY,
            instalments=1,
            disbursed_on=on("2023-12-01"),
            earliest_due=on("2024-03-01"),
        )

        # 31 days of 2023 and 60 of 2024: 100,000 × 0.12 × (31/365 + 60/366) = 2,986.391…
        assert build_schedule(terms).total_interest.text == "2986.39"

    def test_the_31st_comes_back_after_february(self):
        terms = replace(TERMS, disbursed_on=on("2023-12-31"), instalments=4)

        assert [day.day for day in terms.due_dates()] == [31, 29, 31, 30]


def agreed(before, *, waived=NONE, capitalised=NONE, carried=NONE) -> Restructured:
    principal = before.outstanding.principal + capitalised.total
    terms = replace(
        TERMS, principal=principal, method=Method.LEVEL, instalments=10, disbursed_on=before.on
    )
    return Restructured(
        before.on, "agreed", build_schedule(terms), None, waived, capitalised, carried, "extension"
    )


class TestRestructures:
    DAY = "2018-10-31"

    def test_the_old_principal_is_not_still_due(self):
        before = state(day=self.DAY)
        rest = replace(before.outstanding, principal=Money(0, CNY))

        after = state(agreed(before, capitalised=rest), day="2018-11-01")

        assert not after.past_due
        assert after.days_past_due == 0
        assert after.worst_days_past_due == 20

    def test_what_is_waived_is_not_added_to_the_new_loan(self):
        before = state(day=self.DAY)
        waived = replace(NONE, penalty=before.outstanding.penalty)
        carried = replace(NONE, interest=before.outstanding.interest)

        after = state(agreed(before, waived=waived, carried=carried), day=self.DAY)

        assert after.payoff == before.payoff - waived.total

    def test_a_waiver_after_capitalisation_gives_nothing_twice(self):
        before = state(day=self.DAY)
        rest = replace(before.outstanding, principal=Money(0, CNY))
        late = Waived(on("2018-11-01"), "w", Component.PENALTY, yuan("10"), "late")

        with_waiver = state(agreed(before, capitalised=rest), late, day="2018-11-01")

        assert (
            with_waiver.payoff == state(agreed(before, capitalised=rest), day="2018-11-01").payoff
        )

    def test_no_interest_is_forgiven_in_silence(self):
        before = state(day=self.DAY)

        # An agreement that says nothing of the interest owed leaves it owing.
        after = state(agreed(before), day=self.DAY)

        assert after.payoff == before.payoff

    def test_one_schedule_is_active_and_its_lines_are_on_days_of_their_own(self):
        before = state(day=self.DAY)
        after = state(agreed(before), day=self.DAY)

        days = [line.due_date for line in after.lines]
        assert len(set(days)) == len(days) == 10
        assert after.schedule == agreed(before).schedule

    def test_penalties_do_not_stand_in_the_way(self):
        # Help was refused to exactly those who were overdue.
        assert state(agreed(state(day=self.DAY)), day=self.DAY).restructured_on == on(self.DAY)


class TestReversals:
    def test_a_loan_opens_again_when_the_payment_that_closed_it_bounces(self):
        paid = Paid(on("2018-09-20"), "all", yuan("10045"))
        bounced = Reversed(on("2018-09-25"), "bounced", of="all")

        assert state(paid, day="2018-09-24").is_settled
        assert state(paid, bounced, day="2018-09-25") == state(day="2018-09-25")

    def test_a_waiver_taken_back_is_owed_again(self):
        waived = Waived(on("2018-10-31"), "w", Component.INTEREST, yuan("100"), "x")
        undone = Reversed(on("2018-11-01"), "undo", of="w")

        assert state(waived, undone, day="2018-11-01") == state(day="2018-11-01")

    def test_reversing_and_paying_again_is_the_payment(self):
        first = Paid(on("2018-10-11"), "a", yuan("2150"))
        undone = Reversed(on("2018-10-12"), "undo", of="a")
        again = Paid(on("2018-10-11"), "b", yuan("2150"))

        assert state(first, undone, again, day="2018-11-01").payoff == (
            state(first, day="2018-11-01").payoff
        )


class TestOverpayment:
    def test_credit_and_debt_never_stand_side_by_side(self):
        paid = Paid(on("2018-09-20"), "much", yuan("12000"))
        fee = Charged(on("2018-10-01"), "fee", Component.FEE, yuan("3000"), "x")

        found = state(paid, fee, day="2018-10-01")

        # 1,955.00 was over; the fee takes it, and 1,045.00 stays owed.
        assert found.in_advance_credit.text == "0.00"
        assert found.outstanding.total.text == "1045.00"


class TestAwkwardDays:
    """The day of disbursement, a due date, the last day, after the end, and 29 February."""

    def test_on_the_day_of_disbursement_a_loan_is_closed_for_its_principal(self):
        assert state(Paid(OUT, "back", yuan("10000")), day="2018-09-11").is_settled

    def test_on_a_due_date_a_payment_is_neither_late_nor_early(self):
        found = state(Paid(on("2018-10-11"), "p", yuan("2150")), day="2018-10-11")

        assert found.lines[0].status is LineStatus.PAID
        assert found.worst_days_past_due == 0

    def test_on_the_last_day_the_payoff_is_what_is_due(self):
        events = [
            Paid(line.due_date, f"{line.number}", line.instalment)
            for line in build_schedule(TERMS).lines[:-1]
        ]
        last = build_schedule(TERMS).lines[-1]

        found = loan_state(TERMS, (DISBURSED, *events), last.due_date)

        assert found.payoff == last.instalment == found.due_today.total

    def test_after_the_end_overdue_principal_goes_on(self):
        ended = build_schedule(TERMS).maturity_date

        early = loan_state(TERMS, (DISBURSED,), ended + timedelta(days=30)).payoff
        late = loan_state(TERMS, (DISBURSED,), ended + timedelta(days=40)).payoff

        # 10,000.00 × (0.0005 + 0.00025) × 10.
        assert (late - early).text == "75.00"

    def test_a_loan_of_29_february_falls_due_on_the_29th(self):
        terms = replace(TERMS, disbursed_on=on("2024-02-29"), instalments=13)

        assert [day.isoformat() for day in terms.due_dates()][-2:] == ["2025-02-28", "2025-03-29"]

    def test_two_payments_of_one_day_are_one_sum(self):
        one = Paid(on("2018-10-20"), "a", yuan("1000"))
        other = Paid(on("2018-10-20"), "b", yuan("1200"))
        both = Paid(on("2018-10-20"), "ab", yuan("2200"))

        assert state(one, other, day="2018-11-01").payoff == state(both, day="2018-11-01").payoff
        assert state(other, one, day="2018-11-01") == state(one, other, day="2018-11-01")
