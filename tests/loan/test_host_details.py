"""tideover.loan.progressive: what only a second look shows, worked by hand.

1,000.00 of 31 January 2026 at 9.9 %, so 0.825 % a month; six instalments of 171.51.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from host_invariants import out_of_order
from host_operations import OPERATIONS, OUT, START, TERMS, re_aged, yuan
from tideover.dates import MONTHLY, DayCount
from tideover.loan import AnnualRate, Component, Disbursed, LoanTerms, Method, Paid
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    Allocation,
    ChargeDue,
    ContractEnded,
    Due,
    Future,
    GraceGiven,
    HostRules,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    Remainder,
    projected_state,
    spread_over,
)
from tideover.loan.progressive.folding import in_force
from tideover.money import Refusal

FOLLOWS, STANDS = HostRules(recalculates=True), HostRules()
BUILT = HOST_PRODUCTS["cumulative"]
FEBRUARY = date(2026, 2, 28)
#: The last payments are expected last.
FROM_THE_END = replace(FOLLOWS, allocations={Kind.PAYMENT: Allocation(future=Future.LAST)})


def state(
    *events: ProjectedEvent,
    rules: HostRules = FOLLOWS,
    on: date | None = None,
    terms: LoanTerms = TERMS,
) -> ProjectedState:
    out = replace(OUT, amount=terms.principal)
    return projected_state(
        terms, (out, *events), rules=rules, on=on or max(one.on for one in events)
    )


def cents(found: ProjectedState, component: Component) -> list[int]:
    return [row.charged.get(component).minor for row in found.rows]


class TestTrancheOfAScheduleBuiltOnce:
    EQUAL = replace(TERMS, principal=yuan(60_000), method=Method.EQUAL_PRINCIPAL)

    def test_on_a_due_date_is_shared_by_the_row_of_that_day(self):
        more = Disbursed(FEBRUARY, "01", yuan(30_000))

        found = state(more, rules=BUILT, terms=self.EQUAL)

        # 900.00 in six, from the row due on the day itself.
        assert cents(found, Component.PRINCIPAL) == [15_000] * 6

    def test_after_a_due_date_is_asked_by_the_last_row_beside_its_own(self):
        more = Disbursed(date(2026, 3, 1), "01", yuan(30_000))

        found = state(more, rules=BUILT, terms=self.EQUAL)

        # 600.00 in six by the first due date, 900.00 in six after it; the last one asks the rest.
        assert cents(found, Component.PRINCIPAL) == [10_000, *[15_000] * 4, 20_000]

    def test_joins_the_rows_of_a_re_age_in_equal_parts(self):
        day = date(2026, 2, 10)
        more = Disbursed(day, "02", yuan(50_000))

        found = state(re_aged(ReAgeInterest.DEFAULT)(day, "01"), more, rules=BUILT)

        # 1,000.00 in four on the 20th of each month, and 500.00 in four with it.
        assert [row.charged.principal for row in found.rows] == [yuan(0), *[yuan(37_500)] * 4]

    def test_is_due_at_once_when_the_contract_has_ended(self):
        day = date(2026, 3, 10)

        found = state(ContractEnded(day, "01"), Disbursed(day, "02", yuan(50_000)), rules=BUILT)

        assert found.charged.principal == yuan(150_000)
        assert found.rows[-1].due_date == day
        assert found.rows[-1].charged.total == yuan(50_000)

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_stays_in_order_after_every_operation(self, name: str):
        for passed in (0, 28, 40):
            before = OPERATIONS[name](START + timedelta(passed), "01")
            more = OPERATIONS["tranche"](START + timedelta(passed + 3), "02")
            try:
                found = state(before, more, rules=BUILT)
            except Refusal:
                continue
            assert list(out_of_order(found, [OUT, before, more])) == []


class TestRules:
    def test_a_host_does_nothing_it_is_not_told(self):
        assert HostRules() == HostRules(
            recalculates=False,
            rests_by_period=False,
            closes_at_rest=False,
            overdue_bears_interest=True,
            by_component=False,
            allocations={},
            down_payment=Fraction(0),
            pays_down_itself=False,
            tranches_run_full_term=False,
            counts_whole_steps=False,
            moves_to_step_start=False,
            levels_by_opening=False,
            keeps_excess_with_row=False,
            projects=True,
            gives_interest_back=frozenset(),
            remainder=Remainder.LAST_ROW,
            waives_on_re_age=True,
        )

    @pytest.mark.parametrize("name", ["usual", "interest-back", "interest-first"])
    def test_a_product_that_follows_the_money_keeps_interest_a_re_age_waives(self, name: str):
        rules = replace(HOST_PRODUCTS[name], recalculates=True)
        day = date(2026, 3, 10)

        kept = state(re_aged(ReAgeInterest.WAIVED)(day, "01"), rules=rules)

        # 8.25 of February and 8.25 x 10/28 = 2.95 of the month to 28 March.
        assert kept.payoff == yuan(100_000 + 825 + 295)


class TestSpreading:
    def test_of_two_rows_due_today_pays_the_one_that_began_earlier(self):
        rules = replace(FOLLOWS, down_payment=Fraction(1, 4))
        lent = (Disbursed(FEBRUARY, "01", yuan(50_000)), Paid(FEBRUARY, "02", yuan(10_000)))
        # The opening down payment, so that nothing is past due.
        paid = Paid(START, "00a", yuan(25_000))

        rows = state(paid, *lent, rules=rules).rows

        # 750.00 are in six rows; of 500.00 a quarter is due at once, beside the row of the day.
        today = [(row.start, row.paid.total) for row in rows if row.due_date == FEBRUARY]
        assert today == [(START, yuan(10_000)), (FEBRUARY, yuan(0))]

    def test_by_component_goes_on_with_rows_that_still_ask_of_it(self):
        rule = Allocation(
            tuple((due, part) for due in Due for part in (Component.INTEREST, Component.PRINCIPAL)),
            Future.SHARED,
        )
        rows = state(on=START).rows
        asked = [row.charged.interest.minor for row in rows]
        assert asked == [825, 690, 555, 418, 280, 140]

        spread = spread_over(rows, yuan(2_908), rule=rule, on=START, by_component=True)

        # Six parts of 4.84 and 4.88 pay the last three; what they leave pays all interest there is.
        assert [row.paid.interest.minor for row in spread.rows] == asked
        assert [row.paid.principal.minor for row in spread.rows] == [0] * 6
        assert spread.left == yuan(0)

    @pytest.mark.parametrize("day", [date(2026, 3, 17), date(2026, 4, 6)])
    def test_of_more_than_is_owed_leaves_nothing_open_that_is_asked_later(self, day: date):
        """Counted to the due date of the day, the last row asks interest that is paid as well."""
        rules = replace(FOLLOWS, by_component=True, closes_at_rest=True, rests_by_period=True)

        found = state(
            Paid(FEBRUARY, "01", yuan(17_151)), Paid(day, "02", yuan(200_000)), rules=rules
        )

        assert (found.payoff, found.outstanding.total) == (yuan(0), yuan(0))
        assert all(row.met_on in (FEBRUARY, day) for row in found.rows)

    def test_changes_by_agreement_come_before_the_money_of_their_day(self):
        rate = RateChanged(FEBRUARY, "02", FEBRUARY, Fraction(4, 100))
        paid = Paid(FEBRUARY, "01", yuan(17_151))

        for events in ((paid, rate), (rate, paid)):
            assert in_force(events, on=FEBRUARY, recalculates=True) == (rate, paid)


class TestPaidBackAgain:
    def test_of_rows_that_stand_is_owed_with_the_next_row_on_a_due_date(self):
        # The rows ask 1,029.08: 1,030.00 are 0.92 too much, and 2.08 are owed again.
        paid = Paid(START, "01", yuan(103_000))

        found = state(paid, PaidBack(FEBRUARY, "02", yuan(300)), rules=STANDS)

        assert [row.outstanding.total.minor for row in found.rows] == [0, 208, 0, 0, 0, 0]

    def test_after_the_maturity_joins_the_row_that_is_there(self):
        late_fee = ChargeDue(START, "01", Component.PENALTY, yuan(500), date(2026, 8, 20))
        paid = Paid(START, "02", yuan(103_408))

        found = state(late_fee, paid, PaidBack(date(2026, 9, 9), "03", yuan(700)), rules=STANDS)

        assert len(found.rows) == 7
        assert found.rows[-1].due_date == date(2026, 9, 9)
        assert found.rows[-1].charged.penalty == yuan(500)
        assert found.outstanding.total == found.outstanding.principal == yuan(700)

    def test_a_cent_after_the_maturity_stays_due_through_a_re_age(self):
        back = PaidBack(date(2026, 8, 3), "02", yuan(1))

        found = state(
            Paid(START, "01", yuan(100_000)),
            back,
            ChargeDue(date(2026, 8, 3), "03", Component.FEE, yuan(700), date(2026, 8, 3)),
            re_aged(ReAgeInterest.DEFAULT)(date(2026, 8, 3), "04"),
        )

        assert found.charged.principal == yuan(100_001)
        assert found.outstanding.principal == yuan(1)
        assert found.outstanding.fee == yuan(700)


class TestCharges:
    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    def test_of_the_last_day_and_before_it_are_asked_once_when_a_tranche_brings_rows(self, rules):
        maturity = date(2026, 7, 31)
        fees = [
            ChargeDue(START, f"0{at}", Component.FEE, yuan(amount), due)
            for at, (amount, due) in enumerate(
                [(100, FEBRUARY), (200, maturity), (400, date(2026, 8, 20))]
            )
        ]
        longer = replace(rules, tranches_run_full_term=True)

        found = state(*fees, Disbursed(date(2026, 3, 15), "9", yuan(50_000)), rules=longer)

        assert cents(found, Component.FEE) == [100, 0, 0, 0, 0, 200, 400]


class TestAgreements:
    def test_what_rows_that_stand_are_short_of_is_asked_by_no_row_after_the_maturity(self):
        fee = ChargeDue(START, "01", Component.FEE, yuan(500), date(2026, 8, 20))
        # Two rows are met, and ask the principal they asked at 9.9 %.
        ahead = Paid(START, "02", yuan(34_302))

        found = state(fee, ahead, RateChanged(FEBRUARY, "03", FEBRUARY, Fraction(0)), rules=STANDS)

        assert found.charged.principal == yuan(100_000)
        assert found.rows[-1].charged.total == found.rows[-1].charged.fee == yuan(500)

    def test_grace_over_three_rows_and_no_more_leaves_their_interest_to_the_last_one(self):
        rows = state(GraceGiven(START, "01", date(2026, 5, 1), 3), rules=STANDS).rows

        assert [row.charged.interest.minor for row in rows[-3:]] == [0, 0, 418 + 280 + 140]

    def test_grace_over_the_last_row_changes_nothing(self):
        rows = state(GraceGiven(START, "01", date(2026, 7, 1), 2), rules=STANDS).rows

        assert rows == state(rules=STANDS, on=START).rows

    def test_a_row_that_an_agreement_leaves_nothing_to_ask_is_met_on_its_day(self):
        # All but the 1.40 of interest that the last row asks.
        paid = Paid(START, "01", yuan(102_768))
        free = RateChanged(FEBRUARY, "02", FEBRUARY, Fraction(0))

        rows = state(paid, free, rules=STANDS).rows

        assert [row.outstanding.total.minor for row in rows] == [0, 0, 0, 0, 0, 0]
        assert [row.met_on for row in rows] == [START] * 5 + [FEBRUARY]

    def test_the_last_instalment_in_whole_yuan_stays_agreed_as_the_others(self):
        yuans = replace(TERMS, conventions=replace(TERMS.conventions, payment_multiple=100))

        found = state(Paid(START, "01", yuan(100_000)), rules=FROM_THE_END, terms=yuans)

        # From the end 172.00 each, and the first row takes the rest.
        assert [row.paid.total.minor for row in found.rows] == [14_000, *[17_200] * 5]

    def test_a_lower_rate_levels_what_is_left_though_some_was_paid_ahead(self):
        """500.00 of 11 February pay two rows and most of the third."""
        paid = Paid(date(2026, 2, 11), "01", yuan(50_000))
        day = date(2026, 3, 16)

        rows = state(paid, RateChanged(day, "02", day, Fraction(4, 100))).rows

        # 1,000.00 and the interest asked, less two instalments of 171.51, in four level rows.
        asked = [row.charged.total.minor for row in rows]
        assert asked[:2] == [17_151, 17_151]
        left = 100_000 + sum(row.charged.interest.minor for row in rows) - 2 * 17_151
        assert asked[2:] == [-(-left // 4)] * 3 + [left - 3 * -(-left // 4)]

    def test_interest_split_over_rows_is_asked_once_when_it_is_all_paid_from_the_end(self):
        split = ReAmortised(date(2026, 4, 2), "01", splits_interest=True)

        found = state(split, Paid(date(2026, 4, 12), "02", yuan(200_000)), rules=FROM_THE_END)

        # Two months of 8.25 in four parts, and 8.25 x 12/30 = 3.30 of April, asked with its row.
        assert cents(found, Component.INTEREST) == [0, 0, 412 + 330, 412, 412, 414]
        assert found.overpaid == yuan(200_000 - 100_000 - 1_650 - 330)

    def test_interest_agreed_once_is_owed_through_another_re_age(self):
        first = re_aged(ReAgeInterest.PAYABLE)(date(2026, 2, 5), "01")
        again = re_aged(ReAgeInterest.DEFAULT)(date(2026, 3, 15), "02")

        found = state(first, again)

        # 8.25 x 5/28 = 1.47 by the first, and nothing bears after it; of it 0.73 are to come.
        assert found.charged.interest == yuan(147)
        assert found.payoff == yuan(100_147)
        assert found.rows[3].charged.interest == yuan(147)

    @pytest.mark.parametrize("bears", [True, False])
    def test_a_pause_that_begins_on_the_day_of_a_re_age_is_no_days_of_its_stub(self, bears):
        day = date(2026, 2, 6)
        paused = InterestPaused(day, "01", day, date(2026, 2, 26))

        rules = replace(FOLLOWS, overdue_bears_interest=bears)
        found = state(paused, re_aged(ReAgeInterest.DEFAULT)(day, "02"), rules=rules)

        # 31 January to 5 February: 8.25 x 5/28; the row to 16 February bears nothing of its own.
        assert found.payoff == yuan(100_147)
        assert found.rows[1].charged.interest == yuan(147)
        # 747.26 in the row to 16 March, for the 18 of 28 days after the pause.
        assert found.rows[2].charged.interest == yuan(396)

    def test_a_pause_from_the_start_counts_in_a_re_age_from_it(self):
        anew = ReAged(START, "03", START, MONTHLY, 4, ReAgeInterest.DEFAULT)
        paused = InterestPaused(START, "01", START, date(2026, 2, 10))

        found = state(paused, PaidBack(START, "02", yuan(700)), anew)

        # 1,007.00 x 0.825 % for 18 of 28 days.
        assert found.charged.principal == yuan(100_700)
        assert found.rows[0].charged.interest == yuan(534)

    @pytest.mark.parametrize("percent", [0, 24])
    def test_nothing_bears_after_a_re_age_in_equal_parts_whatever_rate_was_agreed(self, percent):
        day = date(2026, 8, 10)
        rate = RateChanged(date(2026, 8, 1), "01", date(2026, 8, 1), Fraction(percent, 100))

        found = state(rate, re_aged(ReAgeInterest.PAYABLE)(day, "02"))

        # Nothing was paid, so six months of 8.25 are owed.
        assert found.charged.interest == yuan(6 * 825)
        assert found.payoff == found.outstanding.total == yuan(100_000 + 6 * 825)

    def test_interest_that_a_re_age_carries_on_is_owed_though_all_principal_is_paid(self):
        day = date(2026, 3, 2)
        shared = replace(FOLLOWS, allocations={Kind.PAYMENT: Allocation(future=Future.SHARED)})
        again = re_aged(ReAgeInterest.DEFAULT)(day, "01")

        found = state(again, Paid(day, "02", yuan(100_000)), rules=shared)

        # February, 8.25, and two days of the month to 28 March, 8.25 x 2/28 = 0.59.
        assert found.payoff == state(again, rules=shared).payoff - yuan(100_000) == yuan(884)

    @pytest.mark.parametrize("by_component", [True, False])
    @pytest.mark.parametrize("minor", [100_000, 112_924, 120_000])
    def test_much_interest_is_asked_once_however_much_of_it_is_paid(self, by_component, minor):
        """At 240 % by days: 20 % a month."""
        day = date(2026, 3, 2)
        terms = replace(TERMS, rate=AnnualRate.percent("240", DayCount.ACT_360))
        shared = Allocation(future=Future.SHARED)
        rules = replace(FOLLOWS, by_component=by_component, allocations={Kind.PAYMENT: shared})
        again = re_aged(ReAgeInterest.DEFAULT)(day, "01")

        found = state(again, Paid(day, "02", yuan(minor)), rules=rules, terms=terms)

        # 1,000.00 x 2.4 x 30/360 = 200.00.
        assert found.payoff == yuan(120_000 - minor)
        assert found.overpaid == yuan(0)

    def test_what_was_paid_before_a_re_age_from_the_start_stays_paid(self):
        paid = Paid(START, "01", yuan(20_000))
        anew = ReAged(START, "02", START, MONTHLY, 4, ReAgeInterest.DEFAULT)

        found = state(paid, anew)

        assert found.paid.total == yuan(20_000)
        assert found.charged.principal == yuan(100_000)
        assert found.outstanding.principal == yuan(80_000)
        # 800.00 at 0.825 % in four is 204.14 a month, the last a cent more; the first asks both.
        assert [row.charged.total.minor for row in found.rows] == [40_414, 20_414, 20_414, 20_415]
