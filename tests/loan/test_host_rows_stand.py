"""tideover.loan.progressive (grace and the rest): a host loan whose rows stand, whatever is paid.

1,000.00 at 9.9 or 12 % in six months. Rows ask as principal what was lent, and never less than was
paid of them.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from host_histories import History
from host_machine import ORDERS
from host_operations import TERMS, going_to, yuan
from tideover.dates import DayCount
from tideover.loan import AnnualRate, Disbursed, Paid
from tideover.loan.progressive import (
    Allocation,
    ContractEnded,
    DueDateMoved,
    Future,
    GraceGiven,
    HostRules,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAmortised,
    RowsAreAgreed,
    TermsAdded,
)

BY_360 = replace(TERMS, rate=AnnualRate.percent("12", DayCount.ACT_360))
STANDS = HostRules(recalculates=False)
PRINCIPAL_FIRST = Allocation(ORDERS[0], Future.LAST)

#: What went wrong once.
HISTORIES = {
    # Rows that stand: the row that was met, and asked the cent since, could not be paid.
    "a cent owed again where rows stand, re-amortised and paid": History(
        TERMS,
        STANDS,
        (
            Paid(date(2026, 2, 5), "a", yuan(102_908)),
            PaidBack(date(2026, 2, 5), "b", yuan(1)),
            ReAmortised(date(2026, 3, 7), "c", splits_interest=True),
            Paid(date(2026, 3, 7), "d", yuan(1)),
        ),
    ),
    # Rows that stand, paid but for a cent: the row of the tranche asked what was paid again.
    "terms added, and a tranche, where rows stand": History(
        TERMS,
        STANDS,
        (
            Paid(date(2026, 4, 1), "a", yuan(102_907)),
            TermsAdded(date(2026, 5, 1), "b", date(2026, 5, 1), 2),
            Disbursed(date(2026, 9, 9), "c", yuan(50_000)),
        ),
    ),
    # What had come back owing was asked nowhere once a due date had moved and more was lent.
    "owed again, moved and lent more, where rows stand": History(
        TERMS,
        STANDS,
        (
            PaidBack(date(2026, 3, 2), "a", yuan(1_466)),
            Disbursed(date(2026, 5, 31), "b", yuan(50_000)),
            DueDateMoved(date(2026, 10, 24), "c", date(2026, 3, 31), date(2026, 4, 15)),
        ),
    ),
    # A rate that was lower and a tranche: rows paid ahead asked less interest than was paid.
    "paid ahead, lent more and at another rate": History(
        BY_360,
        replace(going_to(Future.NEXT_LAST), recalculates=False),
        (
            Paid(date(2026, 1, 31), "a", yuan(60_000)),
            Disbursed(date(2026, 2, 10), "b", yuan(50_000)),
            RateChanged(date(2026, 2, 10), "c", date(2026, 2, 10), Fraction(4, 100)),
        ),
    ),
    # The row that carried the interest of a grace was paid, and more was lent.
    "paid after a grace, and lent more": History(
        TERMS,
        replace(going_to(Future.NEXT), recalculates=False),
        (
            GraceGiven(date(2026, 2, 10), "a", date(2026, 2, 10), 2),
            Paid(date(2026, 3, 10), "b", yuan(102_908)),
            Disbursed(date(2026, 4, 22), "c", yuan(50_000)),
        ),
    ),
}


def after(name: str, on: date) -> ProjectedState:
    return HISTORIES[name].on(on)


@pytest.mark.parametrize("name", HISTORIES)
class TestHistories:
    def test_are_in_order_on_every_day_of_an_event_and_at_the_end(self, name: str):
        assert list(HISTORIES[name].faults(date(2026, 8, 2), date(2027, 8, 2))) == []


class TestWhereRowsStand:
    def test_a_tranche_is_asked_once_whatever_was_paid(self):
        found = after("terms added, and a tranche, where rows stand", date(2026, 9, 9))

        # All but a cent of interest was paid of what was lent before.
        assert found.outstanding.principal == yuan(50_000)

    def test_what_came_back_owing_stays_in_its_row(self):
        found = after("owed again, moved and lent more, where rows stand", date(2026, 10, 24))

        assert found.charged.principal == yuan(100_000 + 50_000 + 1_466)
        # 836.74 × 0.825 % for the month to 28 March and 18 of the 31 days to 28 April: 10.9113.
        assert found.rows[1].charged.interest == yuan(1_091)
        assert found.rows[1].charged.total == yuan(17_151 + 1_466)


class TestOwedAgainAndReAmortised:
    def test_is_paid_by_the_row_it_fell_to_when_rows_stand(self):
        found = after("a cent owed again where rows stand, re-amortised and paid", date(2026, 3, 7))

        # 8.25, 6.90, 5.55, 4.18, 2.80 and 1.40 of interest; a cent in five parts is in the last.
        assert found.paid.total == yuan(100_000 + 2_908 + 1)
        assert found.rows[-1].paid.principal == yuan(17_013 + 1)
        assert found.rows[-1].met_on == date(2026, 3, 7)
        assert not found.overpaid


class TestRowsThatWereAgreed:
    def test_are_levelled_by_no_later_rate(self):
        events = (
            ReAmortised(date(2026, 3, 7), "a"),
            RateChanged(date(2026, 4, 1), "b", date(2026, 4, 1), Fraction(4, 100)),
        )

        with pytest.raises(RowsAreAgreed):
            History(TERMS, STANDS, events).on(date(2026, 4, 1))


class TestAGrace:
    GRACE = GraceGiven(date(2026, 2, 10), "grace", date(2026, 2, 10), 2)
    TRANCHE = Disbursed(date(2026, 4, 22), "tranche", yuan(50_000))
    LOWER = RateChanged(date(2026, 3, 1), "rate", date(2026, 3, 1), Fraction(4, 100))

    def interest(self, *events: ProjectedEvent, rules: HostRules = STANDS) -> list[int]:
        rows = History(TERMS, rules, events).on(date(2026, 5, 1)).rows
        return [row.charged.interest.minor for row in rows]

    @pytest.mark.parametrize("rules", [STANDS, HostRules(projects=False)])
    def test_is_asked_with_the_row_after_it_when_more_is_lent(self, rules: HostRules):
        before = self.interest(self.TRANCHE, rules=rules)
        after = self.interest(self.GRACE, self.TRANCHE, rules=rules)

        assert after == [0, 0, sum(before[:3]), *before[3:]]

    def test_is_that_of_a_rate_changed_since(self):
        before = self.interest(self.LOWER)

        assert self.interest(self.GRACE, self.LOWER) == [0, 0, sum(before[:3]), *before[3:]]

    def test_given_twice_is_carried_on(self):
        again = GraceGiven(date(2026, 4, 5), "again", date(2026, 4, 5), 1)

        before = self.interest(self.TRANCHE)

        after = self.interest(self.GRACE, again, self.TRANCHE)

        assert after == [0, 0, 0, sum(before[:4]), *before[4:]]


class TestEnded:
    """Principal is paid first, and then interest from the last row on; what is left is of row 1."""

    def test_meets_the_row_that_is_left_with_nothing_open(self):
        rate = AnnualRate.percent("26", DayCount.ACT_ACT_YEAR_END)
        start, on = date(2026, 1, 1), date(2026, 1, 12)
        life = History(
            replace(TERMS, rate=rate, disbursed_on=start),
            replace(STANDS, by_component=True, allocations={Kind.PAYMENT: PRINCIPAL_FIRST}),
            (Paid(date(2026, 1, 11), "a", yuan(107_129)), ContractEnded(on, "b")),
        )

        before, ended = life.on(date(2026, 1, 11)), life.on(on)

        assert before.outstanding.total > yuan(0)
        assert [(row.outstanding.total, row.met_on) for row in ended.rows] == [(yuan(0), on)]


AGREED, PAID_ON, LATER = date(2026, 2, 11), date(2026, 3, 23), date(2026, 5, 5)


class TestChangesOfLaterRows:
    """Agreed on 11 February for later days, they are in the rows and in the payoff from then on."""

    @pytest.mark.parametrize(
        "change",
        [
            DueDateMoved(AGREED, "a", date(2026, 3, 31), date(2026, 4, 15)),
            RateChanged(AGREED, "a", LATER, Fraction(4, 100)),
            InterestPaused(AGREED, "a", LATER, date(2026, 5, 25)),
            TermsAdded(AGREED, "a", LATER, 2),
            GraceGiven(AGREED, "a", LATER, 2),
        ],
        ids=lambda change: type(change).__name__,
    )
    def test_are_closed_by_what_is_stated(self, change: ProjectedEvent):
        life = History(BY_360, STANDS, (change,))
        before = life.on(PAID_ON)
        plain = History(BY_360, STANDS, ()).on(PAID_ON)
        assert [row.charged for row in before.rows] != [row.charged for row in plain.rows]

        closed = replace(life, events=(change, Paid(PAID_ON, "b", before.payoff)))

        after = closed.on(PAID_ON)
        assert after.outstanding.total == after.overpaid == yuan(0)
        assert [row.due_date for row in after.rows] == [row.due_date for row in before.rows]
        assert list(closed.faults(PAID_ON, date(2026, 9, 30))) == []

    def test_find_nothing_to_change_once_all_is_paid_that_day(self):
        paid = Paid(AGREED, "a", yuan(103_511))
        moved = DueDateMoved(AGREED, "b", date(2026, 3, 31), date(2026, 4, 15))

        found = History(BY_360, STANDS, (paid, moved)).on(AGREED)

        # 1,000.00 at 12 % for 28, 31, 30, 31, 30 and 31 days: interest of 35.11 in all.
        assert found.outstanding.total == found.overpaid == yuan(0)
        assert found.rows[1].due_date == date(2026, 3, 31)
