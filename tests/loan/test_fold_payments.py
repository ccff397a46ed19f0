"""Payments, charges and waivers in the fold (book.py), through loan_state."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from folded import paid, split, state, yuan
from strategies import histories, loans
from tideover.loan import (
    Charged,
    Component,
    LineStatus,
    PrincipalForgiven,
    Waived,
    loan_state,
)
from tideover.money import CNY, Money


class TestPayment:
    def test_goes_to_the_oldest_past_due_first(self):
        # On 20 November lines 1 and 2 are late; costs, penalty, interest, principal of line 1.
        found = state(paid("2018-11-20", "2300"), on="2018-11-20")

        # Line 1: 40 days late: interest 150 + 2,000 × 0.0005 × 40 = 190.00, penalty 20.00.
        took = [(p.line_number, p.component.value, p.amount.text) for p in found.allocations]
        assert took == [
            (1, "penalty", "20.00"),
            (1, "interest", "190.00"),
            (1, "principal", "2000.00"),
            (2, "penalty", "4.50"),
            (2, "interest", "85.50"),
        ]

    def test_in_advance_is_held_for_the_next_instalments(self):
        found = state(paid("2018-09-20", "2150"), on="2018-10-20")

        assert found.lines[0].status is LineStatus.PAID
        assert not found.past_due

    def test_that_covers_the_payoff_settles_on_the_actual_day(self):
        # Nine days: 10,000.00 + 45.00.
        found = state(paid("2018-09-20", "10050"), on="2018-12-31")

        assert found.is_settled
        assert found.in_advance_credit.text == "5.00"
        assert found.payoff.text == "0.00"

    def test_in_advance_comes_back_from_unearned_interest_when_the_loan_is_settled(self):
        # 2,150.00 on day 9 was held for line 1, 150.00 of it for its interest; on day 14 the loan
        # costs 10,000.00 + 70.00 in all.
        found = state(paid("2018-09-20", "2150"), paid("2018-09-25", "7920"), on="2018-09-25")

        assert found.is_settled
        assert found.in_advance_credit.text == "0.00"
        interest = [p.amount.minor for p in found.allocations if p.component is Component.INTEREST]
        assert sum(interest) == 7_000

    def test_after_the_end_becomes_credit(self):
        found = state(paid("2018-09-20", "10045"), paid("2018-10-01", "9.99"), on="2018-10-02")

        assert (found.is_settled, found.in_advance_credit.text) == (True, "9.99")

    def test_that_is_back_dated_gives_the_same_as_one_on_time(self):
        on_time = paid("2018-10-11", "2150", "a")
        later = paid("2018-11-11", "2124", "b")

        known_late = state(later, on_time, on="2018-11-20")

        assert known_late == state(on_time, later, on="2018-11-20")
        assert not known_late.past_due

    def test_of_all_but_a_cent_leaves_the_line_late(self):
        found = state(paid("2018-10-11", "2149.99"), on="2018-10-20")

        assert (found.days_past_due, found.past_due.principal.text) == (9, "0.01")


class TestChargesAndWaivers:
    def test_a_charge_falls_due_with_the_next_instalment(self):
        fee = Charged(date(2018, 10, 1), "fee", Component.FEE, yuan("20"), "notice")
        found = state(fee, on="2018-10-11")

        assert split(found.due_today) == ("2000.00", "150.00", "0.00", "20.00")

    def test_a_charge_after_settlement_is_taken_from_the_credit(self):
        fee = Charged(date(2018, 10, 1), "fee", Component.FEE, yuan("3"), "notice")
        found = state(paid("2018-09-20", "10050"), fee, on="2018-10-02")

        assert (found.is_settled, found.in_advance_credit.text) == (True, "2.00")

    def test_a_waiver_never_gives_more_than_is_owed(self):
        waiver = Waived(date(2018, 10, 31), "w", Component.PENALTY, yuan("99"), "hardship")
        before, after = state(on="2018-10-31"), state(waiver, on="2018-10-31")

        # 2,000.00 × 0.00025 × 20 = 10.00.
        assert (before.past_due.penalty.text, after.past_due.penalty.text) == ("10.00", "0.00")
        assert after.lines[0].waived.penalty.text == "10.00"
        assert after.in_advance_credit.text == "0.00"

    def test_principal_is_given_up_oldest_first_and_bears_no_interest_any_more(self):
        waiver = Waived(date(2018, 10, 31), "w", Component.PRINCIPAL, yuan("5000"), "forgiven")
        found = state(waiver, on="2018-10-31")

        # Line 1 is late with 2,000.00; of the 8,000.00 to come 5,000.00 are left, in four lines.
        left = [line.remaining.principal.text for line in found.lines]
        assert left == ["0.00", "1250.00", "1250.00", "1250.00", "1250.00"]
        # At 0.05 % a day: 20 days on 8,000.00, 11 on 5,000.00, then 30 days on 3,750.00.
        interest = [line.line.interest.text for line in found.lines]
        assert interest[1:3] == ["107.50", "56.25"]
        assert found.accrued_interest.text == "80.00"

    @given(st.data())
    def test_principal_waived_is_principal_forgiven(self, data):
        loan = data.draw(loans())
        events = data.draw(histories(loan, size_max=4))
        on = loan.disbursed_on + timedelta(days=data.draw(st.integers(0, 300)))
        amount = Money(data.draw(st.integers(0, loan.principal.minor)), CNY)

        waived = Waived(on, "gift", Component.PRINCIPAL, amount, "hardship")
        forgiven = PrincipalForgiven(on, "gift", amount, "hardship")

        later = loan.disbursed_on + timedelta(days=310)
        assert loan_state(loan, (*events, waived), later) == loan_state(
            loan, (*events, forgiven), later
        )
