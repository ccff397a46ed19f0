"""tideover.loan.progressive (allocating, restarting, charging): which row and which component.

1,000.00 of 31 January 2026 at 9.9 %: 8.25 of interest in February, 6.90 in March.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from host_operations import OUT, START, TERMS, yuan
from tideover.dates import MONTHLY
from tideover.loan import Component, Paid
from tideover.loan.progressive import (
    Allocation,
    ChargeDue,
    Credited,
    Due,
    DueDateMoved,
    Future,
    HostRules,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedRow,
    ProjectedState,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
    projected_state,
)
from tideover.money import Rounding

FOLLOWS, STANDS = HostRules(recalculates=True), HostRules()
FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
PRINCIPAL, INTEREST = Component.PRINCIPAL, Component.INTEREST
FEE, PENALTY = Component.FEE, Component.PENALTY
#: Past due interest before principal, on the day principal before interest, then fees.
MIXED = (
    *((Due.PAST_DUE, part) for part in (INTEREST, PRINCIPAL, FEE, PENALTY)),
    *((Due.DUE, part) for part in (PRINCIPAL, INTEREST, FEE, PENALTY)),
    *((Due.IN_ADVANCE, part) for part in (FEE, PENALTY, INTEREST, PRINCIPAL)),
)


def state(
    *events: ProjectedEvent, rules: HostRules = STANDS, on: date | None = None
) -> ProjectedState:
    return projected_state(
        TERMS, (OUT, *events), rules=rules, on=on or max(one.on for one in events)
    )


def by(rules: HostRules, future: Future = Future.NEXT) -> HostRules:
    return replace(rules, allocations={Kind.PAYMENT: Allocation(MIXED, future)})


def paid(row: ProjectedRow) -> tuple[int, int, int]:
    return row.paid.principal.minor, row.paid.interest.minor, row.paid.fee.minor


class TestWhenItFalls:
    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize(
        ("day", "split"),
        [
            # On its due date a row is due: principal before interest.
            (FEBRUARY, (10_000, 0, 0)),
            # A day later it is past due: interest first.
            (date(2026, 3, 1), (10_000 - 825, 825, 0)),
        ],
    )
    def test_decides_the_order_of_components(self, rules, day, split):
        found = state(Paid(day, "01", yuan(10_000)), rules=by(rules))

        assert paid(found.rows[0]) == split

    def test_in_advance_goes_by_its_own_order(self):
        fee = ChargeDue(START, "01", FEE, yuan(300), FEBRUARY)

        found = state(fee, Paid(START, "02", yuan(10_000)), rules=by(STANDS))

        assert paid(found.rows[0]) == (10_000 - 300 - 825, 825, 300)

    def test_goes_to_past_due_rows_then_to_that_of_the_day_then_ahead(self):
        found = state(Paid(MARCH, "01", yuan(40_000)), rules=by(STANDS))

        # 171.51 of February, 171.51 of March, and 56.98 of April: 5.55 of interest first.
        assert [row.paid.total.minor for row in found.rows[:3]] == [17_151, 17_151, 5_698]
        assert paid(found.rows[2]) == (5_698 - 555, 555, 0)
        late, today, ahead = found.rows[:3]
        assert (late.paid_late.minor, today.paid_late.minor, ahead.paid_late.minor) == (
            17_151,
            0,
            0,
        )
        assert [row.paid_in_advance.minor for row in found.rows[:3]] == [0, 0, 5_698]

    def test_goes_component_by_component_through_all_rows_when_told(self):
        rules = replace(by(STANDS), by_component=True)

        found = state(Paid(MARCH, "01", yuan(10_000)), rules=rules)

        # Past due interest of February and its principal, before anything of March.
        assert [paid(row)[:2] for row in found.rows[:2]] == [(10_000 - 825, 825), (0, 0)]

    def test_component_by_component_pays_interest_ahead_of_all_rows_first(self):
        rules = replace(by(STANDS), by_component=True)

        found = state(Paid(START, "01", yuan(2_908 + 100)), rules=rules)

        # 8.25 + 6.90 + 5.55 + 4.18 + 2.80 + 1.40 = 29.08; the rest is principal of February.
        assert [paid(row)[1] for row in found.rows] == [825, 690, 555, 418, 280, 140]
        assert [paid(row)[0] for row in found.rows] == [100, 0, 0, 0, 0, 0]


class TestWhichRow:
    @pytest.mark.parametrize("rules", [FOLLOWS, STANDS])
    @pytest.mark.parametrize(
        ("future", "day", "places"),
        [
            (Future.NEXT, date(2026, 3, 10), [1]),
            (Future.LAST, date(2026, 3, 10), [5]),
            (Future.NEXT_LAST, date(2026, 3, 10), [1]),
            (Future.SHARED, date(2026, 3, 10), [1, 2, 3, 4, 5]),
            # On a due date the row that follows has begun.
            (Future.NEXT_LAST, FEBRUARY, [1]),
        ],
    )
    def test_takes_what_comes_ahead(self, rules, future, day, places):
        early = Paid(FEBRUARY, "01", yuan(17_151))
        more = Paid(day, "02", yuan(5_000))

        found = state(early, more, rules=by(rules, future))

        moved = [place for place, row in enumerate(found.rows) if row.paid_in_advance]
        assert moved == places
        assert sum(row.paid.total.minor for row in found.rows) == 17_151 + 5_000

    def test_goes_on_from_the_last_row_to_the_one_before(self):
        found = state(Paid(START, "01", yuan(20_000)), rules=by(STANDS, Future.LAST))

        assert [row.paid.total.minor for row in found.rows] == [0, 0, 0, 0, 2_847, 17_153]

    def test_goes_from_the_row_that_runs_to_the_last_one(self):
        found = state(Paid(START, "01", yuan(20_000)), rules=by(STANDS, Future.NEXT_LAST))

        assert [row.paid.total.minor for row in found.rows] == [17_151, 0, 0, 0, 0, 2_849]

    def test_shares_again_what_a_full_row_gives_back(self):
        found = state(Paid(START, "01", yuan(102_905)), rules=by(STANDS, Future.SHARED))

        # 171.51 each but the last, which asks 171.53: three cents are missing.
        assert found.outstanding.total == yuan(3)
        assert found.overpaid == yuan(0)

    @pytest.mark.parametrize(
        ("cents", "shares"), [(4, [0, 0, 0, 0, 0, 4]), (9, [1, 1, 1, 1, 1, 4])]
    )
    def test_shares_no_more_than_came_in_when_a_share_is_rounded_up(self, cents, shares):
        found = state(Paid(START, "01", yuan(cents)), rules=by(STANDS, Future.SHARED))

        # 0.67 of a cent is rounded to one and 1.5 to two: six of them are too many.
        assert [row.paid.total.minor for row in found.rows] == shares
        assert found.overpaid == yuan(0)

    def test_may_differ_by_kind_of_payment(self):
        rules = replace(STANDS, allocations={Kind.GOODWILL: Allocation(future=Future.LAST)})

        gift = state(Credited(START, "01", yuan(5_000), Kind.GOODWILL), rules=rules)
        refund = state(Credited(START, "01", yuan(5_000), Kind.MERCHANT_REFUND), rules=rules)

        assert [bool(row.paid.total) for row in gift.rows] == [False] * 5 + [True]
        assert [bool(row.paid.total) for row in refund.rows] == [True] + [False] * 5


class TestChargesOfMovedRows:
    def test_join_it_and_leave_a_row_that_was_paid_behind_it(self):
        fee = ChargeDue(START, "01", PENALTY, yuan(500), date(2026, 8, 20))
        last = Paid(START, "02", yuan(17_153))
        moved = DueDateMoved(START, "03", date(2026, 6, 30), date(2026, 8, 31))

        rules = replace(STANDS, allocations={Kind.PAYMENT: Allocation(future=Future.LAST)})
        rows = state(last, fee, moved, rules=rules).rows

        # The fifth row falls due on 31 August, and the penalty with it; the paid one follows.
        assert [row.due_date for row in rows[4:]] == [date(2026, 8, 31), date(2026, 9, 30)]
        assert (rows[4].met_on, rows[4].charged.penalty) == (None, yuan(500))
        assert (rows[5].met_on, rows[5].charged.penalty) == (START, yuan(0))

    @pytest.mark.parametrize(("due", "place"), [(FEBRUARY, 0), (date(2026, 3, 1), 1), (MARCH, 1)])
    def test_belong_to_the_row_that_their_day_ends_in(self, due: date, place: int):
        rows = state(ChargeDue(START, "01", FEE, yuan(500), due)).rows

        assert [row.charged.fee.minor for row in rows] == [500 * (n == place) for n in range(6)]

    def test_open_a_row_again_and_close_it_when_they_are_paid(self):
        on_time = Paid(FEBRUARY, "01", yuan(17_151))
        fee = ChargeDue(date(2026, 3, 5), "02", FEE, yuan(500), FEBRUARY)
        later = Paid(date(2026, 3, 9), "03", yuan(500))

        assert state(on_time, fee).rows[0].met_on is None
        assert state(on_time, fee, later).rows[0].met_on == later.on
        assert state(on_time, fee, later).rows[0].paid_late == yuan(500)

    def test_after_the_maturity_follow_rows_that_are_added(self):
        fee = ChargeDue(START, "01", PENALTY, yuan(500), date(2026, 10, 10))
        more = TermsAdded(date(2026, 2, 1), "02", date(2026, 2, 1), 1)

        row = state(fee, more, rules=FOLLOWS).rows[-1]

        assert (row.start, row.due_date) == (date(2026, 8, 31), date(2026, 10, 10))
        assert row.charged.total == yuan(500)

    def test_paid_already_join_the_row_that_is_added_once(self):
        fee = ChargeDue(START, "01", PENALTY, yuan(500), date(2026, 8, 20))
        paid = Paid(date(2026, 2, 1), "02", yuan(200))
        more = TermsAdded(date(2026, 2, 2), "03", date(2026, 2, 2), 1)
        order = tuple(sorted(MIXED, key=lambda pair: pair[1] is not PENALTY))
        rules = replace(STANDS, by_component=True, allocations={Kind.PAYMENT: Allocation(order)})

        rows = state(fee, paid, more, rules=rules).rows

        assert [row.charged.penalty.minor for row in rows if row.charged.penalty] == [500]
        assert [row.paid.penalty.minor for row in rows if row.paid.penalty] == [200]
        assert [row.due_date for row in rows[5:]] == [date(2026, 7, 31), date(2026, 8, 31)]
        assert rows[-1].paid_in_advance == yuan(200)


class TestRowsPaidAhead:
    def test_keep_what_was_paid_and_the_last_ones_to_come_ask_less(self):
        ahead = Paid(START, "01", yuan(17_151 + 17_153))
        more = TermsAdded(date(2026, 2, 1), "02", date(2026, 2, 1), 6)

        found = state(ahead, more, rules=by(STANDS, Future.LAST))

        # Two rows of the twelve were paid as of six: 168.71 and 170.13. That is more above the
        # new ones than the last row asks, so the one before it asks less as well.
        assert found.charged.principal == TERMS.principal
        assert [row.charged.principal.minor for row in found.rows[4:6]] == [16_871, 17_013]
        assert [row.charged.principal.minor for row in found.rows[-2:]] == [0, 0]


class TestOverpaid:
    @pytest.mark.parametrize(("cents", "over"), [(102_908, 0), (102_909, 1), (102_910, 2)])
    def test_is_what_found_nothing_to_pay(self, cents: int, over: int):
        assert state(Paid(START, "01", yuan(cents))).overpaid == yuan(over)

    def test_is_gone_once_a_later_payment_finds_something(self):
        fee = ChargeDue(date(2026, 2, 1), "02", FEE, yuan(300), FEBRUARY)

        found = state(Paid(START, "01", yuan(102_909)), fee, Paid(FEBRUARY, "03", yuan(299)))

        assert (found.overpaid, found.outstanding.total) == (yuan(0), yuan(0))


class TestClosing:
    """By component: what closes a loan leaves nothing owed, whatever row it went to."""

    def follows(self, parts: tuple[Component, ...], future: Future, **more: bool) -> HostRules:
        order = tuple((due, part) for due in Due for part in parts)
        rules = replace(FOLLOWS, by_component=True, **more)
        return replace(rules, allocations={Kind.PAYMENT: Allocation(order, future)})

    def test_asks_the_interest_of_the_days_since_the_only_open_row_was_due(self):
        early = [
            Paid(date(2026, 2, 5), "01", yuan(17_000)),
            Paid(date(2026, 2, 15), "02", yuan(68_604)),
        ]
        rules = self.follows((PRINCIPAL, INTEREST, PENALTY, FEE), Future.LAST)

        found = state(*early, Paid(date(2026, 4, 16), "03", yuan(20_000)), rules=rules)

        # Of the months of 0.825 %: 5/28 on 1,000.00, 10/28 on 830.00 and 13/28 on 143.96 are
        # 4.47; March and 16/30 of April on 143.96, 1.82.
        assert found.charged.interest == found.rows[0].charged.interest == yuan(447 + 182)
        assert not found.outstanding.total
        assert found.overpaid == yuan(17_000 + 68_604 + 20_000 - 100_000 - 629)

    def test_is_never_owed_and_overpaid_at_once_after_something_was_paid_back(self):
        amounts = ((3, 3, 5_000), (3, 21, 16_326), (4, 18, 5_000), (5, 26, 60_000), (6, 25, 17_000))
        paid = [Paid(date(2026, m, d), f"{m}{d}", yuan(cents)) for m, d, cents in amounts]
        back = PaidBack(date(2026, 4, 28), "04", yuan(700))
        rules = self.follows(
            (FEE, PENALTY, INTEREST, PRINCIPAL), Future.NEXT_LAST, overdue_bears_interest=False
        )

        found = state(*paid, back, rules=rules, on=date(2026, 7, 15))

        # 7.00 were paid back though nothing was overpaid, so they are owed again.
        assert found.charged.principal == yuan(100_000 + 700)
        assert not found.outstanding.total
        assert found.overpaid + found.paid.total == yuan(103_326)


class TestPaidAheadThenChanged:
    def test_re_amortises_what_an_agreed_re_age_has_left(self):
        rules = replace(by(FOLLOWS, Future.SHARED), rests_by_period=True)
        events = (
            Paid(date(2026, 2, 10), "01", yuan(68_604)),
            Paid(date(2026, 3, 12), "02", yuan(5_000)),
            ReAged(date(2026, 3, 30), "03", date(2026, 4, 9), MONTHLY, 4, ReAgeInterest.WHOLE),
            ReAmortised(date(2026, 6, 14), "06"),
        )

        found = state(*events, rules=rules)

        # Until it was overdue on the days that are no more, this could not be worked out.
        assert found.charged.principal == TERMS.principal
        assert found.paid.total == yuan(68_604 + 5_000)


class TestReAgeDays:
    def test_of_the_31st_never_drift(self):
        aged = ReAged(date(2026, 3, 15), "01", MARCH, MONTHLY, 3)

        for rules in (FOLLOWS, STANDS):
            dues = [row.due_date for row in state(aged, rules=rules).rows[-3:]]
            assert dues == [MARCH, date(2026, 4, 30), date(2026, 5, 31)]

    def test_in_multiples_leave_the_rest_to_the_last_row(self):
        tens = replace(TERMS, conventions=replace(TERMS.conventions, payment_multiple=1_000))
        aged = ReAged(date(2026, 2, 10), "01", date(2026, 3, 1), MONTHLY, 3)

        rows = projected_state(tens, (OUT, aged), rules=STANDS, on=aged.on).rows

        # 333.33 is nearest to 330.00.
        assert [row.charged.principal.minor for row in rows[-3:]] == [33_000, 33_000, 34_000]

    def test_on_a_due_date_takes_that_row_in(self):
        aged = ReAged(FEBRUARY, "01", date(2026, 3, 15), MONTHLY, 2)

        rows = state(aged).rows

        # Nothing was due before the day, so all principal is divided: 500.00 each.
        assert [(row.due_date, row.charged.principal.minor) for row in rows] == [
            (FEBRUARY, 0),
            (date(2026, 3, 15), 50_000),
            (date(2026, 4, 15), 50_000),
        ]

    @pytest.mark.parametrize("interest", [ReAgeInterest.DEFAULT, ReAgeInterest.WAIVED])
    def test_on_the_day_of_disbursement_opens_with_a_step_later(self, interest):
        aged = ReAged(START, "01", START, MONTHLY, 3, interest)

        rows = state(aged, rules=FOLLOWS).rows

        assert [row.due_date for row in rows] == [FEBRUARY, MARCH, date(2026, 4, 30)]
        # 1,000.00 at 0.825 % a month in three: 338.85.
        assert [row.charged.total.minor for row in rows[:2]] == [33_885, 33_885]

    def test_keeps_a_pause_that_goes_on(self):
        pause = InterestPaused(date(2026, 3, 1), "01", date(2026, 3, 10), date(2026, 4, 20))
        aged = ReAged(date(2026, 3, 15), "02", date(2026, 4, 1), MONTHLY, 3)

        rows = state(pause, aged, rules=FOLLOWS).rows

        # 8.25 of February, and 9 of the 28 days of a month from then on: 2.65. Nothing more
        # until the first, and eleven of the thirty days of April after it.
        assert rows[2].charged.interest.minor == 825 + 265
        opening = 100_000 - rows[2].charged.principal.minor
        bears = Rounding.HALF_EVEN(opening * Fraction(99, 12_000) * Fraction(11, 30))
        assert rows[3].charged.interest.minor == bears
