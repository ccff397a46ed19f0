"""tideover.loan.progressive (restarting, charging): rows taken away, and those that stand beside.

1,000.00 of 31 January 2026 at 9.9 %, so 0.825 % a month; six instalments of 171.51.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from host_invariants import out_of_order
from host_operations import OUT, START, TERMS, re_aged, yuan
from tideover.dates import MONTHLY
from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import (
    Allocation,
    ChargeDue,
    ContractEnded,
    Due,
    DueDateMoved,
    HostRules,
    Kind,
    NoRowsToCome,
    NotADueDate,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
    projected_state,
)
from tideover.money import Rounding

FOLLOWS, STANDS = HostRules(recalculates=True), HostRules()
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)


def state(
    *events: ProjectedEvent, rules: HostRules = FOLLOWS, on: date | None = None
) -> ProjectedState:
    return projected_state(
        TERMS, (OUT, *events), rules=rules, on=on or max(one.on for one in events)
    )


class TestRowsAfterTheMaturity:
    """A penalty of 6.00 due on 10 October stands alone, whatever becomes of the instalments."""

    LATE = ChargeDue(START, "01", Component.PENALTY, yuan(600), date(2026, 10, 10))

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("splits", [True, False])
    def test_take_nothing_that_is_spread_over_the_rows_to_come(self, rules, splits):
        spread = ReAmortised(date(2026, 3, 10), "02", splits_interest=splits)

        row = state(self.LATE, spread, rules=rules).rows[-1]

        assert (row.due_date, row.charged.total) == (self.LATE.due, yuan(600))

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_are_no_rows_to_come(self, rules):
        with pytest.raises(NoRowsToCome):
            state(self.LATE, ReAmortised(date(2026, 8, 10), "02"), rules=rules)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_follow_the_last_row_of_a_re_age(self, rules):
        aged = re_aged(ReAgeInterest.DEFAULT)(date(2026, 3, 15), "02")

        rows = state(self.LATE, aged, rules=rules).rows

        assert (rows[-1].start, rows[-1].due_date) == (rows[-2].due_date, self.LATE.due)
        assert rows[-2].due_date == date(2026, 6, 25)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_stay_due_on_their_day_when_the_contract_ends_before(self, rules):
        row = state(self.LATE, ContractEnded(date(2026, 9, 9), "02"), rules=rules).rows[-1]

        assert (row.due_date, row.charged.total) == (self.LATE.due, yuan(600))

    def test_take_no_charge_of_a_day_before_the_loan_began(self):
        early = ChargeDue(START, "02", Component.FEE, yuan(500), date(2026, 1, 10))

        rows = state(self.LATE, early).rows

        assert (rows[0].charged.fee, rows[-1].charged.fee) == (yuan(500), yuan(0))


class TestChargesPaidAhead:
    """A fee of 6.00, 3.00 of it paid before anything else, then its row is taken away."""

    ORDER = tuple((due, part) for due in Due for part in (Component.FEE, Component.PRINCIPAL))
    ON, LATE = date(2026, 3, 15), date(2026, 9, 1)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("due", [START, date(2026, 3, 20), date(2026, 4, 10), date(2026, 8, 9)])
    @pytest.mark.parametrize("count", [1, 7])
    @pytest.mark.parametrize("interest", ReAgeInterest)
    @pytest.mark.parametrize("on", [ON, LATE])
    def test_stay_paid_through_a_re_age(self, rules, due, count, interest, on):
        aged = ReAged(on, "03", on + timedelta(10), MONTHLY, count, interest)

        self.is_kept(self.events(due, aged), rules=rules)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("due", [date(2026, 3, 20), date(2026, 4, 10), date(2026, 8, 9)])
    def test_stay_paid_when_the_contract_ends(self, rules, due):
        self.is_kept(self.events(due, ContractEnded(self.ON, "03")), rules=rules)

    def events(self, due: date, last: ProjectedEvent) -> tuple[ProjectedEvent, ...]:
        fee = ChargeDue(START, "01", Component.FEE, yuan(600), due)
        return fee, Paid(date(2026, 2, 10), "02", yuan(300)), last

    def is_kept(self, events: tuple[ProjectedEvent, ...], *, rules: HostRules) -> None:
        allocations = {Kind.PAYMENT: Allocation(self.ORDER)}
        rules = replace(rules, by_component=True, allocations=allocations)

        found = state(*events, rules=rules)

        assert list(out_of_order(found, (OUT, *events))) == []
        assert (found.charged.fee, found.paid.fee) == (yuan(600), yuan(300))
        assert found.paid_in_advance == yuan(300)
        assert all(row.paid_in_advance <= row.paid.total for row in found.rows)


class TestReAge:
    ON = date(2026, 3, 15)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("interest", [ReAgeInterest.DEFAULT, ReAgeInterest.WAIVED])
    def test_leaves_charges_of_rows_that_stay_as_they_are(self, interest, rules):
        early = ChargeDue(START, "01", Component.FEE, yuan(500), date(2026, 2, 10))
        later = ChargeDue(START, "02", Component.FEE, yuan(70), date(2026, 4, 20))

        rows = state(early, later, re_aged(interest)(self.ON, "03"), rules=rules).rows

        # The rows after the day start on 25 March; the next ends on 25 April.
        fees = {row.due_date: row.charged.fee.minor for row in rows if row.charged.fee}
        assert fees == {FEBRUARY: 500, date(2026, 4, 25): 70}

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_leaves_each_kind_of_charge_on_its_own_day(self, rules):
        penalty = ChargeDue(START, "01", Component.PENALTY, yuan(70), date(2026, 5, 20))
        fee = ChargeDue(START, "02", Component.FEE, yuan(500), date(2026, 4, 10))

        rows = state(penalty, fee, re_aged(ReAgeInterest.DEFAULT)(self.ON, "03"), rules=rules).rows

        fees = {row.due_date: row.charged.fee.minor for row in rows if row.charged.fee}
        penalties = {row.due_date: row.charged.penalty.minor for row in rows if row.charged.penalty}
        assert (fees, penalties) == ({date(2026, 4, 25): 500}, {date(2026, 5, 25): 70})

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("interest", ReAgeInterest)
    def test_into_one_row_asks_all_of_it_there(self, interest, rules):
        fee = ChargeDue(START, "01", Component.FEE, yuan(501), date(2026, 2, 10))
        aged = ReAged(self.ON, "02", date(2026, 4, 1), MONTHLY, 1, interest)

        found = state(fee, aged, rules=rules)

        row = found.rows[-1]
        assert (row.due_date, row.charged.principal) == (date(2026, 4, 1), yuan(100_000))
        assert found.charged.principal == yuan(100_000)
        assert found.charged.fee == yuan(501)

    @pytest.mark.parametrize("interest", [ReAgeInterest.PAYABLE, ReAgeInterest.WHOLE])
    def test_with_interest_agreed_does_not_mind_another_rate(self, interest):
        aged = re_aged(interest)(self.ON, "01")
        dearer = RateChanged(MARCH, "02", MARCH, Fraction(24, 100))

        assert state(aged, dearer).rows == state(aged, on=MARCH).rows

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize("interest", ReAgeInterest)
    def test_leaves_down_payments_on_their_day(self, interest, rules):
        rules = replace(rules, down_payment=Fraction(1, 4))
        more = Disbursed(date(2026, 3, 10), "01", yuan(20_000))

        rows = state(more, re_aged(interest)(self.ON, "02"), rules=rules).rows

        assert [row.start for row in rows if row.due_date in (START, more.on)] == [START, more.on]

    def test_in_two_equal_parts_divides_the_interest_by_the_day(self):
        # 8.25 of February and 3.99 of 15 days of March are 12.24.
        self.divides(ReAgeInterest.PAYABLE, 825 + 399)

    def test_in_two_equal_parts_divides_the_interest_of_the_schedule(self):
        self.divides(ReAgeInterest.WHOLE, state(on=self.ON).charged.interest.minor)

    def divides(self, interest: ReAgeInterest, whole: int) -> None:
        aged = ReAged(self.ON, "02", date(2026, 4, 1), MONTHLY, 2, interest)
        fee = ChargeDue(START, "01", Component.FEE, yuan(501), date(2026, 2, 10))

        earlier, later = state(fee, aged).rows[-2:]

        half = Rounding.HALF_EVEN.of(whole, 2)
        assert (earlier.charged.interest.minor, later.charged.interest.minor) == (
            half,
            whole - half,
        )
        # 5.01 in two: 2.50 (half-even) and the rest.
        assert (earlier.charged.fee.minor, later.charged.fee.minor) == (250, 251)
        # The instalment is half of everything: what is left of it is principal.
        everything = 100_000 + 501 + whole
        assert earlier.charged.total.minor == Rounding.HALF_EVEN.of(everything, 2)
        assert earlier.charged.total.minor + later.charged.total.minor == everything


class TestMovedDueDates:
    AGED = re_aged(ReAgeInterest.DEFAULT)(date(2026, 3, 15), "01")

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_agreed_by_the_day_of_a_re_age_are_overtaken_by_it(self, rules):
        moved = DueDateMoved(self.AGED.on, "02", MARCH, date(2026, 4, 15))

        assert state(self.AGED, moved, rules=rules) == state(self.AGED, rules=rules)

    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_agreed_later_must_be_of_a_row_there_is(self, rules):
        moved = DueDateMoved(date(2026, 3, 16), "02", MARCH, date(2026, 4, 15))

        with pytest.raises(NotADueDate):
            state(self.AGED, moved, rules=rules)


@pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
def test_a_contract_that_ends_on_a_due_date_ends_with_that_row(rules):
    rows = state(ContractEnded(FEBRUARY, "01"), rules=rules).rows

    assert [(row.start, row.due_date) for row in rows] == [(START, FEBRUARY)]
    assert (rows[0].charged.principal, rows[0].charged.interest) == (yuan(100_000), yuan(825))


@pytest.mark.parametrize("interest", [ReAgeInterest.PAYABLE, ReAgeInterest.WHOLE])
def test_a_charge_after_the_maturity_joins_a_re_age_and_leaves_no_empty_row(interest):
    fee = ChargeDue(START, "01", Component.PENALTY, yuan(600), date(2026, 10, 10))

    rows = state(fee, re_aged(interest)(date(2026, 3, 15), "02")).rows

    # 6.00 in the four rows from 25 March on.
    assert [row.charged.penalty.minor for row in rows[-4:]] == [150] * 4
    assert rows[-1].due_date == date(2026, 6, 25)


def test_dates_of_more_terms_after_a_re_age_go_on_from_its_own():
    on = date(2026, 3, 15)
    aged = re_aged(ReAgeInterest.DEFAULT)(on, "01")

    rows = state(aged, TermsAdded(MARCH, "02", MARCH, 2)).rows

    # Four from 25 March, then two more of the same day.
    assert [row.due_date for row in rows[-6:]] == [
        MONTHLY.after(date(2026, 3, 25), step) for step in range(6)
    ]


class TestReAmortised:
    @pytest.mark.parametrize("splits", [True, False])
    def test_moves_nothing_where_nothing_is_overdue(self, splits: bool):
        spread = ReAmortised(date(2026, 2, 10), "01", splits_interest=splits)

        assert state(spread).rows == state(on=date(2026, 2, 10)).rows

    def test_leaves_rows_that_stand_as_they_were_built_where_nothing_is_overdue(self):
        spread = ReAmortised(date(2026, 2, 10), "01")
        longer = TermsAdded(date(2026, 2, 11), "02", MARCH, 2)

        # More terms are refused of rows that were agreed instead.
        assert len(state(spread, longer, rules=STANDS).rows) == 6 + 2

    def test_moves_interest_though_no_principal_is_overdue(self):
        paid = Paid(FEBRUARY, "01", yuan(16_326))

        rows = state(paid, ReAmortised(date(2026, 3, 10), "02")).rows

        # The principal was paid; 8.25 of February and 836.74 × 0.825 % = 6.90 of March are asked.
        assert rows[0].charged.interest == yuan(0)
        assert rows[1].charged.interest == yuan(825 + 690)


class TestReAgedInEqualParts:
    def test_leaves_a_down_payment_as_it_was_asked(self):
        rules = HostRules(recalculates=True, down_payment=Fraction(1, 4))

        row = state(re_aged(ReAgeInterest.PAYABLE)(date(2026, 3, 10), "01"), rules=rules).rows[0]

        assert (row.due_date, row.outstanding.total) == (START, yuan(25_000))
