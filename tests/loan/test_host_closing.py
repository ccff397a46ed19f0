"""tideover.loan.progressive: what is stated as the payoff closes a host loan, and no less does.

1,000.00 in six months. A host may count the interest of a payment that closes the loan to the due
date of the row that runs (`closes_at_rest`).
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_histories import History, paid_by
from host_machine import CENTS, GAPS, RATES, host_rules, paying_ahead
from host_operations import OPERATIONS, TERMS, yuan
from tideover.loan import Paid
from tideover.loan.progressive import (
    Credited,
    Future,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
)

JANUARY = date(2026, 1, 1)
MONTHLY, BY_DAYS, BY_360 = (
    replace(TERMS, rate=rate, disbursed_on=JANUARY)  # 9.9 %, 26 %, 12 %
    for rate in RATES
)


def paid_off(life: History, on: date, *, less: int = 0) -> ProjectedState:
    """The state after the payoff that is stated on a day was paid, less so many cents."""
    payoff = life.on(on).payoff
    last = Paid(on, "last", payoff - yuan(less))
    return replace(life, events=(*life.events, last)).on(on)


@settings(max_examples=60)
@given(
    rules=host_rules,
    rate=st.sampled_from(RATES),
    payments=st.lists(st.tuples(GAPS, CENTS), max_size=4),
    passed=GAPS,
)
def test_the_payoff_closes_and_no_less_does(rules, rate, payments, passed):
    terms = replace(TERMS, rate=rate, disbursed_on=JANUARY)
    life, on = paid_by(terms, rules, payments, passed=passed)
    before = life.on(on)

    if before.payoff > yuan(1):
        found = paid_off(life, on)
        assert (found.outstanding.total, found.overpaid) == (yuan(0), before.overpaid)
        # A cent more where interest is rounded otherwise once that little is open.
        assert yuan(1) <= paid_off(life, on, less=1).outstanding.total <= yuan(2)


def operation(name: str, on: date) -> ProjectedEvent:
    return OPERATIONS[name](on, "z")


#: Lives in which the payoff left something open or overpaid, each for a reason of its own.
LIVES: dict[str, tuple[History, date]] = {
    # The last row was full at what was agreed, and those before it were not asked any more.
    "of three late rows, to the last one first": (
        History(MONTHLY, paying_ahead(Future.LAST, closes_at_rest=True), ()),
        date(2026, 4, 29),
    ),
    # The interest agreed with a row was paid as principal, and asked once more.
    "component by component after a re-age that agrees interest": (
        History(
            BY_DAYS,
            paying_ahead(Future.NEXT_LAST, by_component=True),
            (operation("re-age, payable", date(2026, 2, 10)),),
        ),
        date(2026, 2, 12),
    ),
    # Interest asked early with one row after another was counted in each of them.
    "component by component after interest was split": (
        History(
            replace(BY_360, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.NEXT_LAST, by_component=True),
            (operation("re-amortise, split", date(2026, 2, 28)),),
        ),
        date(2026, 4, 1),
    ),
    # A row that asks less than was paid of it, with what came back owing, asked interest again.
    "after a refund in the row that is paid": (
        History(
            MONTHLY,
            paying_ahead(Future.NEXT, 1, by_component=True),
            (
                PaidBack(date(2026, 1, 11), "a", yuan(700)),
                Paid(date(2026, 1, 12), "b", yuan(17_939)),
            ),
        ),
        date(2026, 1, 23),
    ),
    # Interest to come, of a row already paid, found no row to be asked with.
    "one row left while the one that runs is paid": (
        History(
            MONTHLY,
            paying_ahead(Future.NEXT, closes_at_rest=True),
            (
                Paid(date(2026, 1, 29), "a", yuan(57_299)),
                Paid(date(2026, 2, 26), "b", yuan(34_302)),
            ),
        ),
        date(2026, 2, 26),
    ),
    # What counts to the due date already was counted once more with the interest to come.
    "a running row of which some counts to the due date": (
        History(
            replace(BY_DAYS, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.NEXT, closes_at_rest=True, rests_by_period=True),
            (
                Paid(date(2026, 2, 1), "a", yuan(17_591)),
                Paid(date(2026, 2, 2), "b", yuan(17_151)),
                Paid(date(2026, 3, 2), "c", yuan(17_939)),
            ),
        ),
        date(2026, 3, 2),
    ),
    # Each row asks its agreed principal, and what is above it found nothing to pay.
    "component by component to a row that asks more than was agreed": (
        History(
            MONTHLY,
            paying_ahead(
                Future.NEXT,
                1,
                by_component=True,
                closes_at_rest=True,
                overdue_bears_interest=True,
            ),
            (Paid(date(2026, 1, 31), "a", yuan(1)),),
        ),
        date(2026, 5, 3),
    ),
    # Principal of the late row was paid first, and its interest asked nowhere after it.
    "interest that is late behind principal that is": (
        History(
            replace(BY_360, disbursed_on=date(2027, 11, 15)),
            paying_ahead(Future.SHARED, closes_at_rest=True, overdue_bears_interest=True),
            (
                PaidBack(date(2027, 11, 15), "a", yuan(1_410)),
                Paid(date(2027, 11, 26), "b", yuan(102_425)),
                PaidBack(date(2028, 1, 8), "c", yuan(197)),
                Paid(date(2028, 2, 10), "d", yuan(1)),
            ),
        ),
        date(2028, 5, 12),
    ),
    # Interest of what is late was asked to the due date, and given up when principal was paid.
    "principal that is late, counted to the due date": (
        History(
            BY_360,
            paying_ahead(Future.LAST, closes_at_rest=True, rests_by_period=True),
            (
                Paid(date(2026, 1, 2), "a", yuan(17_939)),
                Paid(date(2026, 1, 30), "b", yuan(60_000)),
            ),
        ),
        date(2026, 3, 9),
    ),
}


@pytest.mark.parametrize("name", LIVES)
class TestLives:
    def test_end_with_the_payoff(self, name: str):
        life, on = LIVES[name]

        found = paid_off(life, on)

        assert (found.outstanding.total, found.overpaid) == (yuan(0), yuan(0))

    def test_stay_open_for_a_cent_less(self, name: str):
        life, on = LIVES[name]

        found = paid_off(life, on, less=1)

        assert (found.outstanding.total, found.overpaid) == (yuan(1), yuan(0))


class TestInterestToTheDueDate:
    """1,000.00 at 12 % by 360 days, ten days after it was lent; the first row is due 1 February."""

    LIFE = History(BY_360, paying_ahead(Future.NEXT, closes_at_rest=True), ())
    DAY = date(2026, 1, 11)

    def test_is_in_the_payoff(self):
        # 1000.00 × 0.12 × 31/360 = 10.33; by the day itself 3.33.
        assert self.LIFE.on(self.DAY).payoff == yuan(101_033)

    def test_stays_open_when_less_is_paid_and_bears_from_there(self):
        paid = replace(self.LIFE, events=(Paid(self.DAY, "a", yuan(101_000)),))

        assert paid.on(self.DAY).payoff == yuan(33)
        # 0.33 × 0.12 × 31/360 = 0.0034 in February.
        assert paid.on(date(2026, 3, 1)).payoff == yuan(33)

    def test_is_not_asked_of_a_payment_that_leaves_principal(self):
        paid = replace(self.LIFE, events=(Paid(self.DAY, "a", yuan(50_000)),))

        # 3.33 of ten days and 496.67 are paid; 503.33 are left, and bear 3.5233 in the 21 days
        # to 1 February. Rounded once with the 3.3333 before them: 6.86, of which 3.53 are open.
        assert paid.on(date(2026, 2, 1)).payoff == yuan(50_333 + 353)

    def test_is_asked_of_what_is_late_too(self):
        # On 4 February: 10.33 of January, and 1000.00 × 0.12 × 28/360 = 9.33 to 1 March.
        assert self.LIFE.on(date(2026, 2, 4)).payoff == yuan(100_000 + 1_033 + 933)

    def test_is_asked_of_what_is_late_after_a_payment_of_the_day(self):
        on = date(2026, 2, 4)
        paid = replace(self.LIFE, events=(Paid(on, "a", yuan(1)),))

        # The cent is paid with the late row, and bears to 1 March no more: less than a cent.
        assert paid.on(on).payoff == self.LIFE.on(on).payoff - yuan(1)

    def test_is_not_asked_where_nothing_is_open_but_what_is_late(self):
        # Five rows of 172.52 are paid from the end on the day the loan is lent. 137.40 are left,
        # and bear 137.40 × 0.12 × 31/360 = 1.42 by 1 February.
        ahead = Paid(JANUARY, "a", yuan(5 * 17_252))
        life = replace(
            self.LIFE, rules=paying_ahead(Future.LAST, closes_at_rest=True), events=(ahead,)
        )

        # 137.40 × 0.12 × 3/360 = 0.14 more by 4 February; to 1 March it would be 1.28.
        assert life.on(date(2026, 2, 4)).payoff == yuan(13_740 + 142 + 14)


class TestARunningRowThatIsPaid:
    """March was paid ahead on its first day, and the loan is closed ten days later.

    Row by row the host asks the interest to come at once: as principal where it is paid already,
    and the last row asks that much interest.
    """

    LIFE = History(
        BY_360,
        paying_ahead(Future.NEXT, closes_at_rest=True),
        (
            Paid(date(2026, 2, 1), "a", yuan(17_252)),
            Credited(date(2026, 2, 1), "b", yuan(17_252), Kind.GOODWILL),
        ),
    )

    def test_asks_its_days_to_come_once(self):
        before = self.LIFE.on(date(2026, 2, 11))
        owed = before.outstanding.principal

        # 1000.00 - 162.19 - 172.52 = 665.29, × 0.12 × 28/360 = 6.21 to 1 March.
        assert owed == yuan(100_000 - 16_219 - 17_252)
        assert before.payoff == owed + yuan(621)
        assert paid_off(self.LIFE, date(2026, 2, 11)).charged.interest == yuan(1_033 + 621)

    def test_of_a_closing_payment_that_fell_short_is_carried_by_a_re_age(self):
        life = replace(self.LIFE, rules=paying_ahead(Future.NEXT_LAST, closes_at_rest=True))
        short = Paid(date(2026, 2, 11), "last", life.on(date(2026, 2, 11)).payoff - yuan(350))
        on = date(2026, 2, 15)
        paid = replace(life, events=(*life.events, short))

        # Of 6.21 to 1 March 2.71 are paid: 3.50 are owed to close.
        assert paid.on(on).payoff == yuan(350)
        # The row ends with the re-age: 665.29 × 0.12 × 14/360 = 3.10 by its day, 0.39 unpaid.
        aged = replace(paid, events=(*paid.events, operation("re-age, default", on)))
        assert aged.on(on).payoff == aged.on(on).outstanding.interest == yuan(39)

    def test_of_a_closing_payment_that_fell_short_is_asked_once_when_more_is_lent(self):
        ahead = Paid(date(2026, 1, 29), "a", yuan(55_668))
        life, on = replace(self.LIFE, events=(ahead,)), date(2026, 2, 8)
        short = Paid(on, "last", life.on(on).payoff - yuan(100))
        more = OPERATIONS["tranche"](on, "more")

        # Another 500.00 × 0.12 × 21/360 = 3.50 to 1 March; the 4.68 that were paid are not in it.
        found = replace(life, events=(ahead, short, more)).on(on)
        assert found.payoff == yuan(100 + 50_000 + 350)
