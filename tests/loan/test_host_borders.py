"""tideover.loan.progressive: what happens on the border of two rules, worked by hand.

1,000.00 of 31 January 2026 at 9.9 %, so 0.825 % a month; six instalments of 171.51.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from host_operations import OUT, START, TERMS, re_aged, yuan
from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    ChargeDue,
    ContractEnded,
    Credited,
    DueDateMoved,
    GraceGiven,
    HostRules,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
    projected_state,
)
from tideover.money import Refusal

FOLLOWS, STANDS = HostRules(recalculates=True), HostRules()
BUILT = HOST_PRODUCTS["cumulative"]
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)

NONE_LATER = "needs instalments that fall due later, and the last one was due on 2026-07-31"


def state(
    *events: ProjectedEvent, rules: HostRules = FOLLOWS, on: date | None = None
) -> ProjectedState:
    return projected_state(
        TERMS, (OUT, *events), rules=rules, on=on or max(one.on for one in events)
    )


class TestOverpaid:
    """5.00 too much on the day of disbursement, and 2.00 more on the next one."""

    LOTS = (Paid(START, "01", yuan(100_500)), Paid(date(2026, 2, 1), "02", yuan(200)))

    def fee(self, day: date, cents: int) -> ChargeDue:
        return ChargeDue(day, f"fee {day}", Component.FEE, yuan(cents), FEBRUARY)

    def test_is_paid_back_from_what_came_last(self):
        back = PaidBack(date(2026, 2, 3), "03", yuan(200))
        found = state(*self.LOTS, back, self.fee(date(2026, 2, 5), 600))

        # 5.00 of the first day are left; the fee takes them as of that day.
        assert (found.overpaid, found.paid.fee, found.outstanding.fee) == (
            yuan(0),
            yuan(500),
            yuan(100),
        )
        assert found.rows[0].met_on is None

    def test_that_was_paid_back_pays_no_charge_any_more(self):
        back = PaidBack(date(2026, 2, 3), "03", yuan(700))
        fees = self.fee(date(2026, 2, 5), 300), self.fee(date(2026, 2, 7), 400)

        found = state(*self.LOTS, back, *fees)

        assert (found.overpaid, found.outstanding.total) == (yuan(0), yuan(700))

    def test_counts_from_the_day_it_came_though_more_was_paid_back_before(self):
        back = PaidBack(date(2026, 2, 3), "03", yuan(300))
        used = self.fee(date(2026, 2, 5), 400)
        again = Paid(date(2026, 2, 20), "04", yuan(100))

        found = state(*self.LOTS, back, used, again, self.fee(date(2026, 2, 22), 100))

        # 7.00 less 3.00 paid back and 4.00 used: the last fee is paid by what came on the 20th.
        assert (found.overpaid, found.outstanding.total) == (yuan(0), yuan(0))
        assert found.rows[0].met_on == again.on

    def test_goes_to_each_charge_as_far_as_it_reaches(self):
        fees = self.fee(date(2026, 2, 5), 300), self.fee(date(2026, 2, 7), 300)

        found = state(*self.LOTS, *fees)

        assert (found.overpaid, found.paid.fee) == (yuan(100), yuan(600))
        # 2.00 and 3.00 came on the first day, 1.00 a day later.
        assert found.rows[0].met_on == date(2026, 2, 1)

    def test_that_a_tranche_has_used_pays_no_charge(self):
        more = Disbursed(date(2026, 2, 10), "03", yuan(50_000))
        found = state(*self.LOTS, more, self.fee(date(2026, 2, 12), 300))

        assert (found.overpaid, found.paid.fee) == (yuan(0), yuan(0))
        assert found.paid.principal == yuan(100_700)


class TestOwedAgain:
    def test_is_a_cent_that_was_paid_back_too_much(self):
        paid, back = Paid(START, "01", yuan(100_500)), PaidBack(date(2026, 2, 10), "02", yuan(501))

        assert state(paid, back).outstanding.principal == yuan(1)

    LENT = (Paid(START, "01", yuan(100_500)), PaidBack(date(2026, 2, 10), "02", yuan(700)))

    @pytest.mark.parametrize(
        "change",
        [
            RateChanged(date(2026, 2, 20), "03", date(2026, 2, 20), Fraction(12, 100)),
            TermsAdded(date(2026, 2, 20), "03", date(2026, 2, 20), 2),
            DueDateMoved(date(2026, 2, 20), "03", FEBRUARY, date(2026, 3, 5)),
        ],
    )
    def test_stays_owed_through_a_change_by_agreement(self, change: ProjectedEvent):
        found = state(*self.LENT, change)

        # 1,000.00 were lent, 5.00 over and 7.00 paid back: 2.00 are owed again, 5.00 repaid.
        assert found.charged.principal == yuan(100_700)
        assert found.outstanding.principal == yuan(200)

    def test_stays_owed_when_a_schedule_built_once_lends_more(self):
        # 1,030.00 are 0.92 more than the rows ask, so 6.08 are owed again.
        paid, back = Paid(START, "01", yuan(103_000)), PaidBack(date(2026, 2, 10), "02", yuan(700))
        more = Disbursed(date(2026, 2, 20), "03", yuan(50_000))

        found = state(paid, back, more, rules=BUILT)

        assert found.charged.principal == yuan(100_000 + 700 + 50_000)
        assert found.rows[-1].closing_balance == yuan(0)


class TestRests:
    """Interest of an early payment counts to the due date; on the day a row starts, none of it."""

    RULES = replace(FOLLOWS, rests_by_period=True, closes_at_rest=True)

    def test_count_nothing_of_the_day_the_loan_was_paid_out(self):
        rows = state(Paid(START, "01", yuan(50_000)), rules=self.RULES).rows

        # Two rows are met by principal alone; the third asks three months of 500.00: 4.12 each.
        assert [row.charged.interest.minor for row in rows[:3]] == [0, 0, 3 * 412]

    def test_count_nothing_of_the_row_that_starts_on_a_due_date(self):
        rows = state(Paid(FEBRUARY, "01", yuan(17_151 + 30_000)), rules=self.RULES).rows

        # 836.74 less 300.00 bear 4.43 a month: the second row is met, the third asks two months.
        assert [row.charged.interest.minor for row in rows[:3]] == [825, 0, 2 * 443]

    def test_count_the_whole_row_of_a_day_inside_it(self):
        rows = state(Paid(date(2026, 2, 14), "01", yuan(17_151 + 30_000)), rules=self.RULES).rows

        # As if it had been paid on 28 February, but all of February is borne.
        assert [row.charged.interest.minor for row in rows[:3]] == [825, 0, 2 * 443]


class TestDownPayment:
    @pytest.mark.parametrize(
        ("lent", "down"), [(100_002, 25_000), (100_006, 25_002), (100_003, 25_001)]
    )
    def test_is_rounded_as_the_terms_say(self, lent: int, down: int):
        # A quarter: 250.005 and 250.015 half-even, and 250.0075.
        rules = replace(FOLLOWS, down_payment=Fraction(1, 4))
        out = Disbursed(START, "00", yuan(lent))

        rows = projected_state(TERMS, (out,), rules=rules, on=START).rows

        assert rows[0].charged.principal == yuan(down)
        assert sum(row.charged.principal.minor for row in rows) == lent

    def test_in_multiples_is_the_nearest_of_them(self):
        tens = replace(TERMS, conventions=replace(TERMS.conventions, payment_multiple=1_000))
        rules = replace(FOLLOWS, down_payment=Fraction(1, 4))
        out = Disbursed(START, "00", yuan(94_000))

        rows = projected_state(tens, (out,), rules=rules, on=START).rows

        # 235.00 lies between 230.00 and 240.00: up.
        assert rows[0].charged.principal == yuan(24_000)

    def test_of_a_later_tranche_stands_at_its_day_among_rows_divided_by_agreement(self):
        on = date(2026, 2, 10)
        aged = re_aged(ReAgeInterest.DEFAULT)(on, "01")
        more = Disbursed(date(2026, 3, 1), "02", yuan(20_000))
        rules = replace(STANDS, down_payment=Fraction(1, 4))

        rows = state(aged, more, rules=rules).rows

        assert [row.due_date for row in rows] == sorted(row.due_date for row in rows)
        assert [row.number for row in rows if row.start == row.due_date == more.on] == [4]


class TestChargeOfADay:
    def test_that_is_the_first_falls_due_with_the_first_instalment_and_no_down_payment(self):
        rules = replace(FOLLOWS, down_payment=Fraction(1, 4))
        fee = ChargeDue(START, "fee", Component.FEE, yuan(700), START)

        rows = state(fee, rules=rules).rows

        assert [row.charged.fee.minor for row in rows[:3]] == [0, 700, 0]

    def test_after_the_maturity_falls_due_with_the_row_that_a_tranche_brings(self):
        fee = ChargeDue(FEBRUARY, "fee", Component.FEE, yuan(700), date(2026, 8, 20))
        more = Disbursed(date(2026, 3, 15), "more", yuan(50_000))

        rows = state(fee, more, rules=replace(FOLLOWS, tranches_run_full_term=True)).rows

        # Six instalments of the tranche: the last on 31 August.
        assert [row.charged.fee.minor for row in rows] == [0, 0, 0, 0, 0, 0, 700]

    def test_after_the_maturity_falls_due_with_its_row_once_the_term_is_longer(self):
        fee = ChargeDue(FEBRUARY, "fee", Component.FEE, yuan(700), date(2026, 8, 20))
        longer = TermsAdded(MARCH, "longer", MARCH, 2)

        rows = state(fee, longer).rows

        # Seven and eight are the added ones, of 31 August and 30 September; no row stands beside.
        assert [row.charged.fee.minor for row in rows] == [0, 0, 0, 0, 0, 0, 700, 0]


class TestTrancheOverRowsThatStand:
    def test_leaves_owed_what_was_refunded_before_it(self):
        # 1,000.00 lent, a cent paid back that nobody had overpaid, 500.00 lent the same day.
        back, more = PaidBack(START, "01", yuan(1)), Disbursed(START, "02", yuan(50_000))

        rows = state(back, more, rules=STANDS).rows

        assert sum(row.charged.principal.minor for row in rows) == 150_001

    def test_opens_rows_that_were_paid_ahead_for_the_next_payment(self):
        # Divided by agreement and paid ahead in full; then 50.00 more over the rows to come.
        aged = re_aged(ReAgeInterest.DEFAULT)(date(2026, 2, 10), "01")
        ahead = Paid(date(2026, 2, 11), "02", state(aged, rules=STANDS).payoff)
        more = Disbursed(date(2026, 2, 12), "03", yuan(5_000))

        found = state(aged, ahead, more, Paid(more.on, "04", yuan(5_000)), rules=STANDS)

        assert (found.outstanding.total, found.overpaid) == (yuan(0), yuan(0))


class TestContractEnded:
    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS], ids=["follows", "stands"])
    def test_in_a_row_that_was_paid_ahead_asks_the_rest_and_is_paid_off(self, rules: HostRules):
        ahead = Paid(date(2026, 2, 10), "01", yuan(17_151))
        ended = ContractEnded(date(2026, 2, 20), "02")
        owed = state(ahead, ended, rules=rules).payoff

        found = state(ahead, ended, Paid(ended.on, "03", owed), rules=rules)

        assert owed > yuan(100_000 - 17_151)
        assert (found.outstanding.total, found.overpaid) == (yuan(0), yuan(0))


class TestReAmortisedOnADueDate:
    def test_interest_is_not_split_unless_it_was_agreed(self):
        assert ReAmortised(FEBRUARY, "01") == ReAmortised(FEBRUARY, "01", splits_interest=False)

    def test_the_row_of_that_day_is_overdue_and_asks_no_principal_any_more(self):
        rows = state(ReAmortised(FEBRUARY, "01"), rules=STANDS).rows

        # 171.51 less 8.25 of interest are 163.26, in five parts: 32.65 each and 32.66 at last.
        before = state(rules=STANDS, on=START).rows
        more = [
            a.charged.principal - b.charged.principal for a, b in zip(rows, before, strict=True)
        ]
        assert before[0].charged.principal == yuan(16_326)
        assert sum(one.minor for one in more[1:]) == 16_326
        assert more[0] == yuan(-16_326)
        assert {one.minor for one in more[1:]} <= {3_265, 3_266}


class TestRefusals:
    """Each says which agreement it refuses, and the days and numbers of it."""

    @pytest.mark.parametrize(
        ("event", "rules", "words"),
        [
            (
                RateChanged(START, "R-7", date(2026, 2, 1), Fraction(1, 100)),
                BUILT,
                "'R-7' needs a schedule that is computed anew",
            ),
            (
                GraceGiven(START, "G-7", date(2026, 3, 1), 2),
                FOLLOWS,
                "grace 'G-7' of 2 instalments from 2026-03-01",
            ),
            (
                GraceGiven(START, "G-7", date(2026, 8, 1), 2),
                STANDS,
                f"'G-7' of 2026-08-01 {NONE_LATER}",
            ),
            (
                DueDateMoved(START, "D-7", date(2026, 3, 30), date(2026, 4, 15)),
                STANDS,
                "'D-7' moves the instalment of 2026-03-30",
            ),
            (
                ReAmortised(date(2026, 8, 9), "A-7"),
                FOLLOWS,
                f"'A-7' of 2026-08-09 {NONE_LATER}",
            ),
        ],
    )
    def test_name_what_they_refuse(self, event: ProjectedEvent, rules: HostRules, words: str):
        with pytest.raises(Refusal) as refused:
            state(event, rules=rules)

        assert str(refused.value).startswith(words)

    def test_name_the_change_to_rows_divided_by_agreement(self):
        on = date(2026, 3, 15)
        aged = re_aged(ReAgeInterest.DEFAULT)(on, "01")

        with pytest.raises(Refusal, match="'T-7' needs a schedule to compute anew"):
            state(aged, TermsAdded(MARCH, "T-7", MARCH, 2), rules=STANDS)

    def test_name_the_method_that_cannot_follow_the_money(self):
        with pytest.raises(Refusal, match="a schedule of method 'equal-principal' cannot"):
            projected_state(
                replace(TERMS, method="equal-principal"), (OUT,), rules=FOLLOWS, on=START
            )


class TestInterestGivenBack:
    RULES = replace(FOLLOWS, gives_interest_back=frozenset({Kind.MERCHANT_REFUND}))

    def refund(self, day: date, cents: int) -> Credited:
        return Credited(day, f"refund {day}", yuan(cents), Kind.MERCHANT_REFUND)

    def test_of_two_refunds_is_that_of_both(self):
        # February bore 8.25; on 700.00 it would have been 5.78 and on 500.00 4.12 (half-even).
        first, second = self.refund(FEBRUARY, 30_000), self.refund(FEBRUARY, 20_000)

        one = state(first, rules=self.RULES)
        both = state(first, replace(second, reference="second"), rules=self.RULES)

        assert one.paid.total == yuan(30_000 + 825 - 578)
        assert both.paid.total == yuan(50_000 + 825 - 412)

    def test_of_what_a_first_tranche_covers_leaves_the_second_as_it_was_lent(self):
        # 500.00 more the same day: February bears 12.38 on 1,500.00, and would 9.90 on 1,200.00.
        more = Disbursed(START, "more", yuan(50_000))

        found = state(more, self.refund(FEBRUARY, 30_000), rules=self.RULES)

        assert found.paid.total == yuan(30_000 + 1_238 - 990)


@pytest.mark.parametrize(
    "change",
    [
        RateChanged(FEBRUARY, "02", FEBRUARY, Fraction(24, 100)),
        TermsAdded(FEBRUARY, "02", FEBRUARY, 2),
        DueDateMoved(FEBRUARY, "02", MARCH, date(2026, 4, 15)),
        GraceGiven(FEBRUARY, "02", MARCH, 2),
    ],
)
def test_a_change_to_rows_that_stand_and_are_all_paid_changes_nothing(change):
    paid = Paid(START, "01", yuan(102_908))

    assert state(paid, change, rules=STANDS) == state(paid, rules=STANDS, on=FEBRUARY)


def test_grace_over_all_rows_to_come_leaves_the_interest_to_the_last_one():
    rows = state(GraceGiven(START, "01", date(2026, 6, 1), 9), rules=STANDS).rows

    # Of the last two rows, 2.80 and 1.40.
    assert [row.charged.interest.minor for row in rows[-2:]] == [0, 280 + 140]
