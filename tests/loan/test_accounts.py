"""Where every cent of a state comes from: fold/accounts.py and reasons.py."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.loan import (
    Charged,
    Component,
    DailyRate,
    Disbursed,
    LoanTerms,
    Method,
    Paid,
    Waived,
    explain_state,
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
LATE = (
    "late interest rounded half-up once: 15.93; penalty of 50 % of the rate on the principal: 7.96"
)
DISBURSED = Disbursed(OUT, "out", TERMS.principal)


class TestExplainState:
    def test_names_the_rule_and_the_event_of_every_cent(self):
        events = (
            DISBURSED,
            Charged(date(2018, 10, 1), "fee-1", Component.FEE, Money(2_000, CNY), "notice"),
            Paid(date(2018, 10, 21), "bank-7", Money(100_000, CNY)),
            Waived(date(2018, 10, 25), "w-1", Component.PENALTY, Money(100, CNY), "hardship"),
        )

        account = explain_state(TERMS, events, on=date(2018, 10, 31))[0]

        # 2,000.00 late for 10 days: 10.00 and 5.00. The payment of 1,000.00 takes the fee of
        # 20.00, the penalty of 5.00, the interest of 160.00 and 815.00 of principal, so
        # 1,185.00 is late for 10 days more: 5.925; in all 15.925 and 7.9625.
        assert [reason.en for reason in account.reasons] == [
            "the schedule asks on 2018-10-11 for principal 2000.00, interest 150.00",
            "charge 'fee-1' of 2018-10-01: fee 20.00",
            "late from 2018-10-11 to 2018-10-21: principal 2000.00 × 10 days = 10",
            "late from 2018-10-21 to 2018-10-25: principal 1185.00 × 4 days = 2.37",
            "late from 2018-10-25 to 2018-10-31: principal 1185.00 × 6 days = 3.555",
            LATE,
            "waiver 'w-1' of 2018-10-25: penalty −1.00",
            "payment 'bank-7' of 2018-10-21: fee −20.00",
            "payment 'bank-7' of 2018-10-21: penalty −5.00",
            "payment 'bank-7' of 2018-10-21: interest −160.00",
            "payment 'bank-7' of 2018-10-21: principal −815.00",
            "left: 1192.89",
        ]

    @given(st.data())
    def test_ends_in_what_the_state_says_is_left(self, data):
        loan = data.draw(s.loans())
        events = data.draw(s.histories(loan))
        on = loan.disbursed_on + timedelta(days=data.draw(st.integers(0, 400)))

        left = [line.remaining.total.text for line in loan_state(loan, events, on).lines]

        accounts = explain_state(loan, events, on=on)
        assert [account.reasons[-1].en for account in accounts] == [f"left: {one}" for one in left]
        assert all(reason.zh for account in accounts for reason in account.reasons)

    def test_of_a_loan_not_paid_out_is_empty(self):
        assert explain_state(TERMS, (DISBURSED,), on=OUT - timedelta(days=1)) == ()

    def test_says_when_a_line_was_closed_early(self):
        paid = Paid(date(2018, 9, 20), "all", Money(1_004_500, CNY))
        flat = replace(TERMS, method=Method.EQUAL_PRINCIPAL)

        reasons = explain_state(flat, (DISBURSED, paid), on=date(2018, 9, 20))[0].reasons

        assert reasons[0].en.startswith("closed early, so it asks for no more than was earned")
