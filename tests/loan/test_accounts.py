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
    InterestPaused,
    LoanTerms,
    Method,
    Paid,
    PenaltyBase,
    RateChanged,
    ReAmortised,
    Refunded,
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
            "late from 2018-10-11 to 2018-10-21: principal 2000.00 × 0.0005 a day × 10 days = 10",
            "late from 2018-10-21 to 2018-10-25: principal 1185.00 × 0.0005 a day × 4 days = 2.37",
            "late from 2018-10-25 to 2018-10-31: principal 1185.00 × 0.0005 a day × 6 days = 3.555",
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
        assert reasons[0].zh.startswith("提前结清，仅收取已产生部分：本金 2000.00")


def told(terms, *events, on, line=1):
    """Both languages of every reason of the lines with this number."""
    accounts = explain_state(terms, (DISBURSED, *events), on=on)
    reasons = [reason for one in accounts if one.number == line for reason in one.reasons]
    return [reason.en for reason in reasons], [reason.zh for reason in reasons]


class TestWords:
    EVENTS = (
        Charged(date(2018, 10, 20), "fee-2", Component.FEE, Money(2_000, CNY), "notice"),
        Charged(date(2018, 9, 20), "fee-1", Component.FEE, Money(500, CNY), "notice"),
        Waived(date(2018, 10, 1), "kind", Component.INTEREST, Money(1_000, CNY), "hardship"),
        Paid(date(2018, 10, 10), "a", Money(214_500, CNY)),
        Paid(date(2018, 10, 15), "b", Money(10_000, CNY)),
        Waived(date(2018, 10, 16), "w", Component.INTEREST, Money(1_000, CNY), "hardship"),
    )

    def test_tell_each_line_what_happened_to_it_alone(self):
        first = told(TERMS, *self.EVENTS, on=date(2018, 10, 20))
        second = told(TERMS, *self.EVENTS, on=date(2018, 10, 20), line=2)

        assert first[1] == [
            "还款计划 2018-10-11 应还：本金 2000.00、利息 150.00",
            "2018-09-20 计收 'fee-1'：费用 5.00",
            "2018-10-01 减免 'kind'：利息 −10.00",
            "2018-10-10 还款 'a'：费用 −5.00",
            "2018-10-10 还款 'a'：利息 −140.00",
            "2018-10-10 还款 'a'：本金 −2000.00",
            "尚欠：0.00",
        ]
        # On the 16th, 5 × 4.00 of interest were earned and 100.00 paid: nothing was owed to waive.
        assert second[0] == [
            "the schedule asks on 2018-11-11 for principal 2000.00, interest 124.00",
            "charge 'fee-2' of 2018-10-20: fee 20.00",
            "payment 'b' of 2018-10-15: interest −100.00",
            "left: 2044.00",
        ]

    def test_tell_of_a_refund_and_of_what_penalty_counts_on(self):
        terms = replace(TERMS, penalty_base=PenaltyBase.INSTALMENT)
        refund = Refunded(date(2018, 9, 20), "back", Money(5_000, CNY))

        en, zh = told(terms, refund, on=date(2018, 10, 21))

        # 2,050.00 × 0.0005 × 10 = 10.25; half of it on 2,200.00 of instalment: 5.50.
        assert en[1:] == [
            "refund 'back' of 2018-09-20, 50.00 beyond the credit, is owed again",
            (
                "late from 2018-10-11 to 2018-10-21: "
                "principal 2050.00 × 0.0005 a day × 10 days = 10.25"
            ),
            (
                "late interest rounded half-up once: 10.25; penalty of 50 % of the rate on the "
                "instalment: 5.50"
            ),
            "left: 2215.75",
        ]
        assert zh[1:] == [
            "2018-09-20 退款 'back' 超出溢缴款 50.00，重新计入应还",
            "逾期 2018-10-11 至 2018-10-21：本金 2050.00 × 日利率 0.0005 × 10 天 = 10.25",
            "逾期利息一次舍入（四舍五入）：10.25；罚息按利率的 50% 计于当期应还额：5.50",
            "尚欠：2215.75",
        ]

    def test_tell_of_the_principal_that_penalty_counts_on(self):
        en, zh = told(TERMS, on=date(2018, 10, 21))

        assert en[2].endswith("penalty of 50 % of the rate on the principal: 5.00")
        assert zh[2].endswith("罚息按利率的 50% 计于本金：5.00")

    def test_tell_what_is_carried_beside_the_lines_and_since_when(self):
        pause = InterestPaused(date(2018, 9, 20), "p", date(2018, 9, 30))
        again = ReAmortised(date(2018, 10, 21), "ra")

        en, zh = told(TERMS, pause, again, on=date(2018, 10, 21))

        # 20 of 30 days bear 5.00, ten late days 10.00: 110.00 and 5.00 over four lines.
        assert en == [
            "made anew by 'ra' of 2018-10-21: re-amortised",
            "the schedule asks on 2018-11-11 for principal 2500.00, interest 145.00",
            "in it 40.00 of interest earned before 2018-10-21, which bears none itself",
            "left: 2645.00",
            (
                "carried without interest since 2018-10-21, due 2018-11-11: "
                "interest 27.50, penalty 1.25"
            ),
            "left: 28.75",
        ]
        assert zh[2] == "其中 40.00 为 2018-10-21 前已产生的利息，不再计息"
        assert zh[4] == "2018-10-21 起结转（不计息），2018-11-11 到期：利息 27.50、罚息 1.25"

    def test_tell_since_when_something_is_carried_though_lines_were_made_again(self):
        again = ReAmortised(date(2018, 10, 21), "ra")
        cheaper = RateChanged(date(2018, 10, 25), "r", DailyRate.parse("0.0002"))

        en, _ = told(TERMS, again, cheaper, on=date(2018, 10, 25))

        assert "carried without interest since 2018-10-21, due 2018-11-11: " in en[-2]

    def test_tell_the_fee_of_a_line_from_what_was_charged_to_it(self):
        terms = replace(TERMS, fee_rate=Fraction("0.003"))

        en, _ = told(terms, *self.EVENTS[:2], on=date(2018, 10, 11))

        assert en[0].endswith("principal 2000.00, interest 150.00, fee 30.00")
        assert en[1] == "charge 'fee-1' of 2018-09-20: fee 5.00"

    def test_tell_what_a_line_brought_forward_and_no_other(self):
        cheaper = RateChanged(date(2018, 9, 20), "r", DailyRate.parse("0.0002"))

        en, _ = told(TERMS, cheaper, on=date(2018, 9, 30))
        later, _ = told(TERMS, cheaper, on=date(2018, 9, 30), line=2)

        assert en[2].startswith("in it 45.00 of interest earned before 2018-09-20")
        assert [one for one in later if one.startswith("in it")] == []

    def test_tell_the_days_of_a_pause(self):
        pause = InterestPaused(date(2018, 9, 20), "p", date(2018, 9, 30))

        _, zh = told(TERMS, pause, on=date(2018, 9, 30))

        assert "计息期内有 10 天停息，不计利息" in zh

    def test_say_nothing_where_a_line_asks_for_nothing(self):
        agreed = replace(TERMS, method=Method.INTEREST_ONLY, rate=DailyRate(Fraction(0)))

        en, zh = told(agreed, on=date(2018, 9, 20))

        assert en[0] == "the schedule asks on 2018-10-11 for nothing"
        assert zh[0] == "还款计划 2018-10-11 应还：无"

    def test_say_nothing_of_a_line_closed_before_it_earned_anything(self):
        agreed = replace(TERMS, method=Method.INTEREST_ONLY)
        paid_back = Paid(date(2018, 9, 20), "all", Money(1_004_500, CNY))

        en, zh = told(agreed, paid_back, on=date(2018, 9, 20), line=2)

        assert en[0] == "closed early, so it asks for no more than was earned: nothing"
        assert zh[0] == "提前结清，仅收取已产生部分：无"
