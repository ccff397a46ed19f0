"""tideover.loan.progressive: what is agreed, lent and asked of a host loan after its last due date.

1,000.00 at 9.9 % in six months. Nothing bears interest past the maturity until more is agreed.
"""

from dataclasses import replace
from datetime import date

import pytest

from host_histories import History
from host_operations import TERMS, going_to, yuan
from tideover.dates import MONTHLY
from tideover.loan import Component, Disbursed, Paid
from tideover.loan.progressive import (
    ChargeDue,
    ContractEnded,
    Future,
    ProjectedEvent,
    ProjectedState,
    ReAged,
    ReAgeInterest,
    TermsAdded,
    projected_state,
)

#: Terms, rules and events, by what went wrong.
HISTORIES = {
    # The row of what was lent after the maturity asked nothing any more.
    "lent after the maturity, terms added and all of it paid": History(
        TERMS,
        going_to(Future.NEXT),
        (
            Disbursed(date(2026, 8, 19), "a", yuan(50_000)),
            TermsAdded(date(2026, 9, 1), "b", date(2026, 9, 1), 2),
            Paid(date(2026, 9, 13), "c", yuan(154_950 + 330)),
        ),
    ),
    # What was owed of the charge fell due before the rows it was in, and they ended.
    "a charge re-aged after its day, and the contract ended": History(
        TERMS,
        going_to(Future.LAST),
        (
            ChargeDue(date(2026, 12, 17), "a", Component.PENALTY, yuan(1_234), date(2026, 12, 17)),
            ReAged(
                *(date(2027, 4, 11), "b", date(2027, 4, 21), MONTHLY, 4),
                ReAgeInterest.PAYABLE,
            ),
            ContractEnded(date(2027, 5, 12), "c"),
        ),
    ),
    # The last row asked interest to the day of the payment and no further, as time went on.
    "paid late where interest counts to the due date": History(
        replace(TERMS, disbursed_on=date(2026, 1, 1)),
        going_to(Future.NEXT, closes_at_rest=True, rests_by_period=True),
        (
            TermsAdded(date(2026, 8, 16), "a", date(2026, 8, 16), 2),
            Paid(date(2026, 8, 26), "b", yuan(17_151)),
        ),
    ),
}


def after(name: str, on: date) -> ProjectedState:
    return HISTORIES[name].on(on)


@pytest.mark.parametrize("name", HISTORIES)
class TestHistories:
    def test_are_in_order_on_every_day_of_an_event_and_at_the_end(self, name: str):
        assert list(HISTORIES[name].faults(date(2027, 8, 2))) == []


class TestLentAfterTheMaturity:
    def test_is_due_at_once_and_stays_so_with_more_terms(self):
        found = after("lent after the maturity, terms added and all of it paid", date(2026, 9, 12))

        assert [row.charged.principal.minor for row in found.rows[6:]] == [50_000, 0, 0]
        assert found.rows[6].due_date == date(2026, 8, 19)
        # Six months of 8.25 by the maturity, and 11 days of 30 in September.
        assert found.payoff == yuan(150_000 + 6 * 825 + 302)

    def test_is_paid_like_other_rows(self):
        found = after("lent after the maturity, terms added and all of it paid", date(2026, 9, 13))

        assert not found.outstanding.total
        assert not found.overpaid


class TestAChargeOfAnEndedContract:
    def test_is_due_at_the_end_when_its_own_day_has_passed(self):
        found = after("a charge re-aged after its day, and the contract ended", date(2027, 5, 12))

        # A quarter, 3.08 or 3.10, is in the row before.
        assert [row.charged.penalty.minor for row in found.rows[-2:]] == [308, 1_234 - 308]
        assert found.rows[-1].due_date == date(2027, 5, 12)


class TestAChargeDueBeforeAReAge:
    def test_leaves_no_row_of_its_own_once_it_is_in_equal_parts(self):
        fee = ChargeDue(date(2026, 8, 10), "a", Component.FEE, yuan(1_234), date(2026, 8, 10))
        aged = ReAged(
            *(date(2026, 8, 20), "b", date(2026, 8, 30), MONTHLY, 4), ReAgeInterest.PAYABLE
        )

        found = History(TERMS, going_to(Future.NEXT), (fee, aged)).on(date(2026, 8, 20))

        # A quarter of 12.34 rounds half to the even cent, and the last takes the rest.
        assert [row.charged.fee.minor for row in found.rows[6:]] == [308, 308, 308, 310]


class TestLentOnTheDayOfAReAge:
    def test_stays_due_in_its_row_though_it_is_paid(self):
        day = date(2026, 8, 20)
        events = (
            Paid(date(2026, 7, 31), "a", yuan(104_950)),
            Disbursed(day, "b", yuan(50_000)),
            Paid(day, "c", yuan(40_000)),
            ReAged(day, "d", date(2026, 8, 30), MONTHLY, 2),
        )

        found = History(TERMS, going_to(Future.NEXT), events).on(day)

        assert found.charged.principal == yuan(150_000)
        assert found.outstanding.total == found.payoff == yuan(10_000)


class TestInterestToTheDueDate:
    def test_is_asked_whole_however_late_it_is_asked(self):
        name = "paid late where interest counts to the due date"

        # 1,000.00 × 0.825 % × 16/31 from 16 August to 1 September = 4.2581, after six of 8.25.
        for day in (date(2026, 8, 26), date(2026, 9, 1), date(2027, 3, 14)):
            assert after(name, day).charged.interest == yuan(6 * 825 + 426)


class TestReAgedAfterTheMaturity:
    def test_bears_interest_on_all_of_it_from_the_day_alone(self):
        out = Disbursed(TERMS.disbursed_on, "out", TERMS.principal)
        aged = ReAged(date(2026, 8, 10), "a", date(2026, 8, 31), MONTHLY, 2)

        found = projected_state(TERMS, (out, aged), rules=going_to(Future.NEXT), on=aged.on)

        # Six months of 8.25 by the maturity; none of the ten days since, as long as nothing was
        # agreed. 1,000.00 × 0.825 % × 21/31 = 5.59 of the rest of August, and half in September.
        assert found.payoff == yuan(100_000 + 6 * 825)
        assert found.rows[6].charged.interest == yuan(6 * 825 + 559)
        left = 100_000 - found.rows[6].charged.principal.minor
        assert found.rows[7].charged.interest.minor == round(left * 0.00825)


class TestTermsAddedAfterTheMaturity:
    OUT = Disbursed(TERMS.disbursed_on, "out", TERMS.principal)

    def payoff(self, on: date, *events: ProjectedEvent) -> int:
        rules = going_to(Future.NEXT)
        return projected_state(TERMS, (self.OUT, *events), rules=rules, on=on).payoff.minor

    def test_move_no_payoff_of_their_day_and_bear_interest_from_the_next_one(self):
        added = TermsAdded(date(2026, 8, 10), "a", date(2026, 8, 10), 2)

        # Six months of 8.25 by the maturity, 31 July; from the 10th to the 31st 5.59 of 8.25.
        assert self.payoff(date(2026, 8, 10)) == 100_000 + 6 * 825
        assert self.payoff(date(2026, 8, 10), added) == 100_000 + 6 * 825
        assert self.payoff(date(2026, 8, 31), added) == 100_000 + 6 * 825 + 559

    def test_that_count_from_a_later_day_leave_the_days_before_as_they_were(self):
        added = TermsAdded(date(2026, 3, 10), "a", date(2026, 8, 10), 2)

        assert self.payoff(date(2026, 5, 15), added) == self.payoff(date(2026, 5, 15))
        assert self.payoff(date(2026, 8, 10), added) == 100_000 + 6 * 825

    def test_on_the_last_day_bear_interest_since_it(self):
        added = TermsAdded(date(2026, 7, 31), "a", date(2026, 7, 31), 2)

        assert self.payoff(date(2026, 7, 31), added) == self.payoff(date(2026, 7, 31))
        assert self.payoff(date(2026, 8, 31), added) == 100_000 + 7 * 825
