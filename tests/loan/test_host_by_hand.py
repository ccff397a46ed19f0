"""tideover.loan.progressive (changing, charging, disbursing, restarting): loans worked by hand.

1,000.00 of 31 January 2026 at 9.9 %, so 0.825 % a month; six instalments of 171.51.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from host_operations import OUT, START, TERMS, yuan
from tideover.dates import MONTHLY
from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import (
    ChargeDue,
    ContractEnded,
    DueDateMoved,
    HostRules,
    PaidBack,
    ProjectedEvent,
    ProjectedRow,
    ProjectedState,
    ReAged,
    ReAgeInterest,
    TermsAdded,
    projected_state,
)

FOLLOWS = HostRules(recalculates=True)
STANDS = HostRules()
#: More than is owed on the day of disbursement: 5.00 of it is over.
TOO_MUCH = Paid(START, "01", yuan(100_500))


def state(
    *events: ProjectedEvent, on: date | None = None, rules: HostRules = FOLLOWS
) -> ProjectedState:
    return projected_state(
        TERMS, (OUT, *events), rules=rules, on=on or max(one.on for one in events)
    )


def asked(row: ProjectedRow) -> tuple[int, int]:
    return row.charged.principal.minor, row.charged.interest.minor


class TestPaidBack:
    def test_after_the_maturity_what_exceeds_the_credit_is_owed_in_a_row_of_its_own(self):
        day = date(2026, 9, 9)

        found = state(TOO_MUCH, PaidBack(day, "02", yuan(700)))

        row = found.rows[-1]
        assert (row.start, row.due_date, row.number) == (date(2026, 7, 31), day, 7)
        assert (row.charged.total, row.paid.total) == (yuan(700), yuan(500))
        assert (found.overpaid, found.outstanding.total) == (yuan(0), yuan(200))
        assert found.rows[-1].closing_balance == yuan(0)

    def test_on_the_last_day_it_is_owed_with_the_last_row(self):
        found = state(TOO_MUCH, PaidBack(date(2026, 7, 31), "02", yuan(700)))

        assert len(found.rows) == 6
        assert found.rows[-1].outstanding.principal == yuan(200)

    def test_before_it_is_owed_with_the_row_that_runs_and_bears_interest(self):
        found = state(TOO_MUCH, PaidBack(date(2026, 2, 10), "02", yuan(700)))

        # 2.00 x 0.825 % x 18/28 is one cent by the 28th, and nothing yet on the 10th.
        assert [row.outstanding.total.minor for row in found.rows] == [201, 0, 0, 0, 0, 0]
        assert found.rows[0].outstanding.interest == yuan(1)
        assert found.payoff == yuan(200)

    def test_on_a_due_date_it_is_owed_with_the_next_row(self):
        found = state(TOO_MUCH, PaidBack(date(2026, 2, 28), "02", yuan(700)))

        assert [row.outstanding.principal.minor for row in found.rows] == [0, 200, 0, 0, 0, 0]

    def test_of_what_is_there_owes_nothing(self):
        found = state(TOO_MUCH, PaidBack(date(2026, 2, 10), "02", yuan(300)))

        assert (found.overpaid, found.outstanding.total) == (yuan(200), yuan(0))

    def test_of_rows_that_stand_is_owed_as_principal(self):
        # The rows ask 1,029.08 whatever comes early: 1,030.00 are 0.92 too much.
        paid = Paid(START, "01", yuan(103_000))

        found = state(paid, PaidBack(date(2026, 2, 10), "02", yuan(300)), rules=STANDS)

        row = found.rows[0]
        assert row.charged.principal - row.paid.principal == yuan(208)
        assert row.charged.interest == yuan(825)
        assert row.closing_balance == yuan(83_674)


class TestCharges:
    LATE_FEE = ChargeDue(date(2026, 2, 1), "03", Component.PENALTY, yuan(500), date(2026, 8, 20))

    def moved(self, new: date) -> DueDateMoved:
        return DueDateMoved(date(2026, 2, 1), "04", date(2026, 7, 31), new)

    def test_after_the_maturity_join_a_last_row_that_is_moved_beyond_them(self):
        rows = state(self.LATE_FEE, self.moved(date(2026, 8, 31))).rows

        # 170.13 x 0.825 % a month: 1.40 to 31 July, and as much again to 31 August less a cent's
        # rounding: 170.13 x 0.825 % x (1 + 31/30 months) = 2.85.
        assert len(rows) == 6
        assert asked(rows[-1]) == (17_013, 285)
        assert rows[-1].charged.penalty == yuan(500)

    def test_after_the_maturity_follow_a_last_row_that_is_moved_before_them(self):
        rows = state(self.LATE_FEE, self.moved(date(2026, 8, 15))).rows

        assert [(row.start, row.due_date) for row in rows[-2:]] == [
            (date(2026, 6, 30), date(2026, 8, 15)),
            (date(2026, 8, 15), date(2026, 8, 20)),
        ]
        assert rows[-1].charged.total == rows[-1].charged.penalty == yuan(500)

    def test_take_what_was_paid_of_them_along(self):
        # Component by component, so that the penalty is paid before anything else.
        rules = replace(STANDS, by_component=True)
        paid = Paid(date(2026, 2, 10), "05", yuan(300))

        rows = state(self.LATE_FEE, paid, self.moved(date(2026, 8, 31)), rules=rules).rows

        assert len(rows) == 6
        assert (rows[-1].charged.penalty, rows[-1].paid.penalty) == (yuan(500), yuan(300))
        assert rows[-1].paid_in_advance == yuan(300)
        assert rows[-1].met_on is None

    def test_join_rows_that_are_added_on_their_days(self):
        rows = state(self.LATE_FEE, TermsAdded(date(2026, 2, 1), "04", date(2026, 2, 1), 1)).rows

        assert len(rows) == 7
        assert rows[-1].charged.penalty == yuan(500)
        assert rows[-1].due_date == date(2026, 8, 31)

    def test_before_the_loan_began_fall_due_with_the_opening_row(self):
        early = ChargeDue(START, "03", Component.FEE, yuan(500), date(2026, 1, 10))

        assert [row.charged.fee.minor for row in state(early).rows] == [500, 0, 0, 0, 0, 0]

    def test_on_the_day_of_disbursement_fall_due_with_the_opening_row(self):
        early = ChargeDue(START, "03", Component.FEE, yuan(500), START)

        assert [row.charged.fee.minor for row in state(early).rows] == [500, 0, 0, 0, 0, 0]

    def test_are_paid_out_of_what_was_over_by_the_kind_it_was(self):
        again = Paid(START, "02", yuan(200))
        fee = ChargeDue(date(2026, 2, 1), "03", Component.FEE, yuan(600), date(2026, 3, 1))

        found = state(TOO_MUCH, again, fee)

        assert (found.overpaid, found.paid.fee) == (yuan(100), yuan(600))


class TestContractEnded:
    def test_asks_everything_with_the_interest_by_the_day(self):
        rows = state(ContractEnded(date(2026, 3, 10), "04")).rows

        # 836.74 x 0.825 % x 10/31 is 2.23, and the overdue 163.26 bore 0.43 in the same days.
        assert [asked(row) for row in rows] == [(16_326, 825), (83_674, 266)]
        assert rows[-1].due_date == date(2026, 3, 10)

    def test_keeps_charges_of_later_days_due_on_their_days(self):
        fee = ChargeDue(date(2026, 2, 1), "03", Component.FEE, yuan(500), date(2026, 5, 1))
        late = ChargeDue(date(2026, 2, 1), "05", Component.PENALTY, yuan(70), date(2026, 6, 1))

        row = state(fee, late, ContractEnded(date(2026, 3, 10), "04")).rows[-1]

        assert (row.start, row.due_date) == (date(2026, 3, 10), date(2026, 6, 1))
        assert (row.charged.fee, row.charged.penalty) == (yuan(500), yuan(70))
        assert row.charged.principal == yuan(0)

    def test_takes_over_what_was_paid_of_later_rows(self):
        # 171.51 each: the third row gets 57.00, all of it before its day.
        paid = Paid(date(2026, 2, 10), "01", yuan(40_002))

        found = state(paid, ContractEnded(date(2026, 3, 10), "04"), rules=STANDS)

        assert found.paid.total == yuan(40_002)
        assert found.rows[-1].paid_in_advance == yuan(17_151 + 5_700)
        assert found.charged.principal == TERMS.principal

    def test_on_the_day_of_disbursement_asks_what_was_lent(self):
        rows = state(ContractEnded(START, "04")).rows

        assert [(row.due_date, row.charged.total.minor) for row in rows] == [(START, 100_000)]

    @pytest.mark.parametrize("day", [date(2026, 7, 31), date(2026, 9, 10)])
    def test_at_or_after_the_maturity_changes_no_row(self, day: date):
        ended = ContractEnded(day, "04")

        unchanged = state(on=day).rows
        assert [asked(row) for row in state(ended).rows] == [asked(row) for row in unchanged]
        assert state(ended).payoff == state(on=day).outstanding.total

    @pytest.mark.parametrize("day", [date(2026, 7, 31), date(2026, 8, 5)])
    def test_at_or_after_the_maturity_bears_no_interest_when_it_is_re_aged(self, day: date):
        aged = ReAged(date(2026, 8, 10), "05", date(2026, 9, 1), MONTHLY, 3)

        rows = state(ContractEnded(day, "04"), aged).rows

        # All of it was owed all the time: 8.25 of each of the six months.
        assert [asked(row) for row in rows] == [
            *[(0, 825)] * 6,
            (33_333, 0),
            (33_333, 0),
            (33_334, 0),
        ]

    def test_asks_all_the_interest_that_a_re_age_agreed(self):
        aged = ReAged(date(2026, 3, 15), "05", date(2026, 4, 1), MONTHLY, 3, ReAgeInterest.PAYABLE)

        rows = state(aged, ContractEnded(date(2026, 3, 20), "06")).rows

        # 8.25 of February and 15 of 31 days of March, 3.99: agreed, so no more by the 20th.
        assert asked(rows[-1]) == (100_000, 825 + 399)

    def test_makes_payments_change_no_interest_any_more(self):
        ended = ContractEnded(date(2026, 3, 10), "04")
        paid = Paid(date(2026, 3, 10), "05", yuan(50_000))

        alone, both = state(ended, on=date(2026, 4, 1)), state(ended, paid, on=date(2026, 4, 1))

        assert both.charged == alone.charged
        assert both.outstanding.total == alone.outstanding.total - yuan(50_000)


class TestTranche:
    MORE = Disbursed(date(2026, 2, 10), "06", yuan(50_000))

    def test_is_paid_out_of_what_was_over(self):
        found = state(TOO_MUCH, self.MORE)

        assert (found.overpaid, found.payoff) == (yuan(0), yuan(49_500))
        assert found.paid.total == yuan(100_500)

    def test_joins_rows_divided_by_agreement_in_equal_parts(self):
        aged = ReAged(date(2026, 2, 10), "05", date(2026, 3, 1), MONTHLY, 3)
        more = Disbursed(date(2026, 3, 10), "06", yuan(10_001))

        rows = state(aged, more, rules=STANDS).rows

        # 1,000.00 in three, and 100.01 in the two rows to come: 50.00 (half-even) and 50.01.
        assert [row.charged.principal.minor for row in rows[-3:]] == [
            33_333,
            33_333 + 5_000,
            33_334 + 5_001,
        ]

    def test_after_the_last_of_such_rows_is_due_at_once(self):
        aged = ReAged(date(2026, 2, 10), "05", date(2026, 3, 1), MONTHLY, 3)
        more = Disbursed(date(2026, 6, 10), "06", yuan(10_001))

        row = state(aged, more, rules=STANDS).rows[-1]

        assert (row.start, row.due_date) == (date(2026, 6, 10), date(2026, 6, 10))
        assert row.charged.total == yuan(10_001)


class TestReAge:
    ON = date(2026, 3, 15)

    def aged(self, interest: ReAgeInterest) -> ReAged:
        return ReAged(self.ON, "05", date(2026, 4, 1), MONTHLY, 3, interest)

    def test_that_waives_asks_no_interest_of_the_rows_given_up(self):
        waived = state(self.aged(ReAgeInterest.WAIVED))

        # 17 of 31 days of March: 1,000.00 x 0.825 % x 17/31 = 4.52, and nothing from before.
        assert asked(waived.rows[2])[1] == 452
        assert waived.payoff == yuan(100_000)

    def test_that_does_not_asks_it_with_the_earliest_row(self):
        kept, waived = state(self.aged(ReAgeInterest.DEFAULT)), self.aged(ReAgeInterest.WAIVED)

        # 8.25 of February and 15/28 of a month from the 28th on: 4.42.
        assert asked(kept.rows[2])[1] == 825 + 442 + 452
        assert kept.payoff == yuan(100_000 + 825 + 442)
        honoured = state(waived, rules=replace(FOLLOWS, waives_on_re_age=False))
        assert honoured.charged == kept.charged

    def test_on_the_day_of_disbursement_keeps_what_was_paid_on_it(self):
        paid, aged = Paid(START, "01", yuan(10_000)), ReAged(START, "02", START, MONTHLY, 3)

        found = state(paid, aged)

        # 900.00 in three at 0.825 %: 304.96 each, 7.42 of it interest at first.
        assert [asked(row) for row in found.rows[:2]] == [(10_000 + 29_754, 742), (29_999, 497)]
        assert found.rows[0].paid.principal == found.rows[0].paid_in_advance == yuan(10_000)
        assert (found.charged.principal, found.payoff) == (TERMS.principal, yuan(90_000))

    def test_of_rows_that_stand_divides_the_principal_alone(self):
        rows = state(self.aged(ReAgeInterest.DEFAULT), rules=STANDS).rows

        # The interest of 28 February stays with its row; what was to come is given up.
        assert [asked(row) for row in rows] == [
            (0, 825),
            (0, 0),
            (33_333, 0),
            (33_333, 0),
            (33_334, 0),
        ]
        assert [row.due_date for row in rows[1:3]] == [self.ON, date(2026, 4, 1)]

    def test_of_the_whole_interest_divides_what_the_rows_ask(self):
        rows = state(self.aged(ReAgeInterest.WHOLE), rules=STANDS).rows

        # 1,029.08 in three: 343.03 and the rest; the interest of 29.08 in three: 9.69, 9.69, 9.70.
        assert [asked(row) for row in rows[-3:]] == [
            (34_303 - 969, 969),
            (34_303 - 969, 969),
            (100_000 - 2 * (34_303 - 969), 970),
        ]


class TestExcess:
    RULES = replace(FOLLOWS, keeps_excess_with_row=True)

    def test_on_a_due_date_stays_with_its_row_and_lowers_the_later_ones(self):
        rows = state(Paid(date(2026, 2, 28), "01", yuan(37_152)), rules=self.RULES).rows

        # 8.25 of interest, 363.27 of principal; 636.73 in five at 0.825 %: 130.52 each.
        assert asked(rows[0]) == (36_327, 825)
        assert rows[0].met_on == date(2026, 2, 28)
        assert {sum(asked(row)) for row in rows[1:-1]} == {13_052}
        # 636.73 x 0.825 % = 5.25.
        assert asked(rows[1]) == (12_527, 525)

    def test_on_another_day_goes_in_advance(self):
        paid = Paid(date(2026, 2, 20), "01", yuan(37_152))

        assert state(paid, rules=self.RULES) == state(paid)

    def test_never_exceeds_what_was_lent(self):
        found = state(Paid(date(2026, 2, 28), "01", yuan(200_000)), rules=self.RULES)

        assert found.overpaid == yuan(200_000 - 100_000 - 825)
        assert not found.outstanding.total


class TestDownPayment:
    def test_is_due_at_once_in_a_row_of_its_own(self):
        found = state(on=START, rules=replace(FOLLOWS, down_payment=Fraction(1, 4)))

        down = found.rows[0]
        assert (down.start, down.due_date) == (START, START)
        assert asked(down) == (25_000, 0)
        # 750.00 x 0.825 % = 6.19.
        assert found.rows[1].charged.interest == yuan(619)
        assert found.payoff == yuan(100_000)

    def test_can_pay_itself(self):
        rules = replace(FOLLOWS, down_payment=Fraction(1, 4), pays_down_itself=True)

        found = state(on=START, rules=rules)

        assert found.rows[0].met_on == START
        assert found.payoff == yuan(75_000)
