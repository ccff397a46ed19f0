"""tideover.loan.progressive (allocating, folding): payments that left a host loan out of order.

1,000.00 at 9.9, 12 or 26 % in six months. What rows ask as principal is what was lent, no row is
open while something is overpaid, and money that came in is kept, whenever something happens.
"""

from dataclasses import replace
from datetime import date

import pytest

from host_histories import History
from host_operations import OPERATIONS, TERMS, going_to, yuan
from tideover.dates import MONTHLY, DayCount
from tideover.loan import AnnualRate, Component, Disbursed, Paid
from tideover.loan.progressive import (
    Allocation,
    ChargeDue,
    ContractEnded,
    Due,
    DueDateMoved,
    Future,
    HostRules,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
    projected_state,
)

PRINCIPAL, INTEREST = Component.PRINCIPAL, Component.INTEREST
CHARGES = (Component.FEE, Component.PENALTY)
BY_DAYS = AnnualRate.percent("26", DayCount.ACT_ACT_YEAR_END)
BY_360 = replace(TERMS, rate=AnnualRate.percent("12", DayCount.ACT_360))


def paid(*payments: tuple[int, int, int]) -> tuple[ProjectedEvent, ...]:
    """Payments of 2026: month, day, cents."""
    return tuple(
        Paid(date(2026, month, day), f"{n:02}", yuan(cents))
        for n, (month, day, cents) in enumerate(payments)
    )


def owed_again(cents: int, *, splits_interest: bool = False, **rules: bool) -> History:
    """Paid out in full, so many cents refunded the same day, and re-amortised once overdue."""
    order = tuple((due, part) for due in Due for part in (*CHARGES, PRINCIPAL, INTEREST))
    allocations = {Kind.PAYMENT: Allocation(order, Future.NEXT)}
    return History(
        replace(TERMS, disbursed_on=date(2026, 1, 1)),
        HostRules(recalculates=True, allocations=allocations, **rules),
        (
            Paid(date(2026, 1, 29), "a", yuan(100_745)),
            PaidBack(date(2026, 1, 29), "b", yuan(cents)),
            ReAmortised(date(2026, 2, 3), "c", splits_interest=splits_interest),
        ),
    )


#: Terms, rules and payments, by what went wrong.
HISTORIES: dict[str, History] = {
    # The row of May took its whole instalment as principal and asked its interest besides.
    "principal ahead of interest in a row that runs": History(
        TERMS,
        going_to(Future.NEXT_LAST, by_component=True, overdue_bears_interest=False),
        paid((3, 3, 5_000), (3, 21, 16_326), (4, 18, 5_000), (5, 26, 60_000), (6, 25, 17_000)),
    ),
    # A row that was paid in part could be paid no more than all that was left of the loan.
    "more than is owed, to a row paid in part": History(
        replace(TERMS, rate=BY_DAYS, disbursed_on=date(2026, 1, 15)),
        going_to(Future.NEXT_LAST, by_component=True, closes_at_rest=True),
        paid((1, 16, 91_605), (2, 16, 111_217)),
    ),
    # A cent that found a row to pay wiped out what had been overpaid.
    "a cent after an overpayment": History(
        replace(TERMS, disbursed_on=date(2026, 1, 1)),
        going_to(Future.LAST, by_component=True, closes_at_rest=True),
        paid((1, 21, 17_151), (2, 21, 34_302), (3, 21, 81_072), (3, 22, 1)),
    ),
    # A late row took more principal than was left of the loan.
    "more than is left of the loan": History(
        replace(BY_360, disbursed_on=date(2026, 1, 1)),
        going_to(Future.NEXT, by_component=True),
        paid((1, 21, 26_587), (2, 21, 34_302), (4, 2, 5_000), (6, 1, 100_754)),
    ),
    # Owed again after all but a cent was paid, then re-amortised: five cents of interest were asked
    # instead of principal.
    "owed again and re-amortised": History(
        replace(TERMS, disbursed_on=date(2026, 1, 1)),
        HostRules(recalculates=True, overdue_bears_interest=False),
        (
            Paid(date(2026, 1, 29), "a", yuan(100_744)),
            PaidBack(date(2026, 1, 29), "b", yuan(142)),
            ReAmortised(date(2026, 2, 3), "c"),
        ),
    ),
    # A cent owed again after everything was paid: re-amortised, no row asked it.
    "a cent owed again and re-amortised": owed_again(1, overdue_bears_interest=False),
    # The correction for overdue principal stayed, so what was owed was not in the balance.
    "a cent owed again, overdue, and re-amortised": owed_again(1),
    # The window to come lost the correction of what was paid ahead, so that this bore interest.
    "owed again and re-amortised, interest in parts": owed_again(700, splits_interest=True),
    # The row asked a cent that came back owing and no interest, for which it had no room.
    "a cent owed again in a row paid ahead, behind one that is open": History(
        TERMS,
        going_to(Future.LAST, closes_at_rest=True),
        (
            Paid(date(2026, 3, 3), "a", yuan(101_528)),
            PaidBack(date(2026, 3, 18), "b", yuan(700)),
            PaidBack(date(2026, 4, 20), "c", yuan(1)),
        ),
    ),
    # A penalty split over the new rows was asked once more on its day, when more was lent.
    "a charge after the maturity, re-aged in equal parts, and lent more": History(
        TERMS,
        going_to(Future.NEXT),
        (
            ChargeDue(date(2026, 4, 3), "a", Component.PENALTY, yuan(321), date(2026, 10, 10)),
            ReAged(
                *(date(2026, 4, 23), "b", date(2026, 5, 3), MONTHLY, 4),
                ReAgeInterest.PAYABLE,
            ),
            Disbursed(date(2026, 4, 28), "c", yuan(50_000)),
        ),
    ),
    # The late row asked nothing of the days since it was due, on the day of a payment.
    "a late row is paid while those after it are": History(
        TERMS,
        going_to(Future.LAST),
        (
            *paid((3, 3, 60_000), (3, 8, 17_152)),
            PaidBack(date(2026, 4, 7), "back", yuan(1)),
            Paid(date(2026, 5, 7), "late", yuan(17_151)),
        ),
    ),
    # Rows taken away by the re-age had been paid, and what the open row then asked was given up.
    "paid ahead, refunded and re-aged": History(
        BY_360,
        going_to(Future.NEXT, closes_at_rest=True),
        (
            PaidBack(date(2026, 2, 1), "lent", yuan(1)),
            *paid((2, 1, 50_613), (2, 2, 49_865)),
            PaidBack(date(2026, 2, 2), "back", yuan(700)),
            ReAged(date(2026, 3, 2), "re-aged", date(2026, 3, 12), MONTHLY, 4),
        ),
    ),
    # A row given up still asked the interest of later days that it had been asked early.
    "paid in part, late, and re-aged": History(
        replace(BY_360, disbursed_on=date(2025, 11, 15)),
        HostRules(
            recalculates=True,
            by_component=True,
            closes_at_rest=True,
            allocations={
                Kind.PAYMENT: Allocation(
                    tuple((due, part) for due in Due for part in (INTEREST, PRINCIPAL, *CHARGES)),
                )
            },
        ),
        (
            Paid(date(2025, 11, 25), "a", yuan(34_302)),
            Paid(date(2025, 12, 30), "b", yuan(17_151)),
            ReAged(date(2026, 1, 9), "c", date(2026, 1, 19), MONTHLY, 4),
        ),
    ),
    # The interest of the last row filled its instalment, and its principal was asked nowhere.
    "a refund, left late, with rows of a cent": History(
        replace(TERMS, rate=BY_DAYS, disbursed_on=date(2026, 1, 1)),
        going_to(Future.LAST, by_component=True),
        (
            Paid(date(2026, 1, 1), "paid", yuan(99_999)),
            ReAged(date(2026, 1, 1), "re-aged", date(2026, 1, 11), MONTHLY, 4),
            PaidBack(date(2026, 2, 3), "back", yuan(700)),
            TermsAdded(date(2026, 3, 8), "longer", date(2026, 3, 8), 2),
        ),
    ),
    # The schedule went on behind the rows of a contract that ended on its first day.
    "ended on its first day, and more paid out": History(
        TERMS,
        going_to(Future.NEXT, overdue_bears_interest=False),
        (
            ContractEnded(TERMS.disbursed_on, "ended"),
            Disbursed(date(2026, 2, 28), "more", yuan(50_000)),
        ),
    ),
    # The row of the charge went on to the day of the refund, past the row of the tranche.
    "ended, a charge, a tranche and a refund": History(
        TERMS,
        going_to(Future.NEXT),
        (
            ContractEnded(date(2026, 2, 28), "ended"),
            ChargeDue(date(2026, 3, 10), "fee", Component.FEE, yuan(1_234), date(2026, 3, 10)),
            Disbursed(date(2026, 3, 20), "more", yuan(50_000)),
            PaidBack(date(2026, 4, 8), "back", yuan(700)),
        ),
    ),
    # The row that was paid kept its days, and those before it went past them.
    "the last row paid, and a due date moved": History(
        TERMS,
        going_to(Future.LAST),
        (
            *paid((2, 1, 17_152)),
            DueDateMoved(date(2026, 3, 1), "moved", date(2026, 3, 31), date(2026, 4, 15)),
        ),
    ),
    # The last row had taken its instalment and could take no more; the row before it got nothing.
    "the last row is full": History(
        replace(TERMS, rate=BY_DAYS, disbursed_on=date(2026, 1, 31)),
        going_to(Future.LAST, by_component=True, closes_at_rest=True),
        (
            ReAmortised(date(2026, 3, 5), "split", splits_interest=True),
            Paid(date(2026, 6, 9), "late", yuan(92_306)),
        ),
    ),
    # Interest that one row left to the next was asked there, and once more by the terms added.
    "paid out ahead, and terms added": History(
        BY_360,
        going_to(Future.NEXT, by_component=True),
        (
            *paid((2, 10, 60_000), (2, 11, 40_500)),
            TermsAdded(date(2026, 2, 16), "longer", date(2026, 2, 16), 2),
        ),
    ),
    # The row before the re-aged ones ended before its window, and what was paid missed the windows.
    "re-aged twice, and paid": History(
        replace(TERMS, disbursed_on=date(2025, 11, 15)),
        HostRules(recalculates=True, overdue_bears_interest=False),
        (
            ReAged(date(2025, 12, 15), "a", date(2025, 12, 25), MONTHLY, 4, ReAgeInterest.WAIVED),
            ReAged(date(2025, 12, 16), "b", date(2025, 12, 26), MONTHLY, 4),
            Paid(date(2025, 12, 26), "c", yuan(34_302)),
        ),
    ),
    # What was paid ahead of the re-age was lost with the stub of a day that the one before left.
    "re-aged once more after a cent was paid ahead and owed again": History(
        TERMS,
        going_to(Future.LAST),
        (
            Paid(date(2026, 3, 5), "a", yuan(100_958)),
            PaidBack(date(2026, 3, 5), "b", yuan(1)),
            OPERATIONS["re-age, waived"](date(2026, 3, 15), "c"),
            OPERATIONS["re-age, waived"](date(2026, 4, 17), "d"),
            Paid(date(2026, 4, 17), "e", yuan(1)),
            PaidBack(date(2026, 4, 17), "f", yuan(1)),
            OPERATIONS["re-age, waived"](date(2026, 4, 22), "g"),
            Paid(date(2026, 5, 20), "h", yuan(230_000)),
        ),
    ),
    # Interest asked early was paid, and asked once more.
    "interest asked early is paid": History(
        replace(BY_360, disbursed_on=date(2026, 3, 31)),
        going_to(Future.LAST, by_component=True, closes_at_rest=True),
        paid((5, 30, 80_216), (7, 2, 17_151)),
    ),
}


def after(name: str, on: date) -> ProjectedState:
    return HISTORIES[name].on(on)


@pytest.mark.parametrize("name", HISTORIES)
class TestHistories:
    def test_are_in_order_on_every_day_of_an_event_and_at_the_end(self, name: str):
        assert list(HISTORIES[name].faults(date(2026, 8, 2), date(2027, 8, 2))) == []


class TestWhatIsOverpaid:
    def test_is_all_that_came_in_less_what_was_lent_and_its_interest(self):
        found = after("more than is owed, to a row paid in part", date(2026, 2, 16))

        # 1000.00 × 0.26 × 1/365 = 0.7123 for one day; a payment that closes the loan rests on the
        # due date: 84.66 × 0.26 × 58/365 = 3.4977 from 16 January to 15 March.
        assert found.charged.interest == yuan(71 + 350)
        assert found.overpaid == yuan(91_605 + 111_217 - 100_000 - 71 - 350)
        assert found.outstanding.total == yuan(0)

    def test_is_the_same_with_more_rows(self):
        found = after("paid out ahead, and terms added", date(2026, 8, 2))

        # 1000.00 × 0.12 × 10/360 = 3.3333; 403.33 are left, and bear 0.1344 in a day: 3.4678.
        assert found.charged.interest == yuan(347)
        assert found.overpaid == yuan(60_000 + 40_500 - 100_000 - 347)
        assert found.outstanding.total == yuan(0)

    def test_stays_when_a_later_payment_finds_something_to_pay(self):
        found = after("a cent after an overpayment", date(2026, 3, 22))

        assert found.overpaid + found.paid.total == yuan(17_151 + 34_302 + 81_072 + 1)
        assert found.paid.principal == yuan(100_000)


class TestContractEndedOnItsFirstDay:
    def test_asks_a_later_tranche_at_once_and_no_instalments(self):
        found = after("ended on its first day, and more paid out", date(2026, 3, 15))

        assert [row.charged.total.minor for row in found.rows] == [100_000, 50_000]
        assert [row.due_date for row in found.rows] == [TERMS.disbursed_on, date(2026, 2, 28)]
        assert found.payoff == yuan(150_000)


class TestALateRow:
    def test_asks_the_interest_of_the_days_since_it_was_due_on_the_day_of_a_payment_too(self):
        found = after("a late row is paid while those after it are", date(2026, 5, 7))

        # Since 8 March 236.73 are owed, from 7 April on a cent more: 1.95 of April, and of seven
        # days since the 30th 236.74 × 0.825 % × 7/31 = 0.4410.
        assert found.rows[2].charged.interest == yuan(195 + 44)
        assert found.payoff == found.outstanding.total


class TestInterestWithoutRoom:
    def test_is_asked_with_the_cent_that_is_open(self):
        name = "a cent owed again in a row paid ahead, behind one that is open"

        # 1016.50 would have closed the loan, and 1.22 stayed open. With the 7.01 owed again bear
        # 0.825 % a month: 7.00 for 13 days of March 0.0242, 8.22 in April 0.0678, 8.23 for 30 of
        # 31 days of May 0.0657.
        assert after(name, date(2026, 5, 30)).outstanding.total == yuan(823 + 2 + 7 + 7)
        assert after(name, date(2026, 5, 30)).payoff == yuan(823 + 2 + 7 + 7)


class TestARowThatIsPaid:
    def test_moves_with_the_others_so_that_what_was_paid_of_it_stays_in_its_place(self):
        found = after("the last row paid, and a due date moved", date(2026, 3, 1))

        assert [f"{row.due_date:%m-%d}" for row in found.rows] == [
            *("02-28", "04-15", "05-15", "06-15", "07-15", "08-15")
        ]
        assert found.rows[-1].paid.total == found.rows[-1].charged.total


class TestRefundedAfterAllRows:
    def test_is_due_that_day_with_the_last_of_the_rows_after_the_maturity(self):
        found = after("ended, a charge, a tranche and a refund", date(2026, 4, 8))

        assert [(f"{row.due_date:%m-%d}", row.charged.total.minor) for row in found.rows[1:]] == [
            *(("03-10", 1_234), ("04-08", 50_000 + 700))
        ]


class TestOwedAgainAndReAmortised:
    def test_asks_what_was_refunded_and_the_interest_of_it_alone(self):
        found = after("owed again and re-amortised, interest in parts", date(2026, 2, 3))

        # January bears (1,000.00 × 28 + 7.00 × 3)/31 × 0.825 % = 7.4572. 7.45 were paid, and the
        # cent in five parts falls to the last row. Each month from February on bears 0.0578.
        assert found.outstanding.principal == yuan(700)
        assert found.charged.interest == yuan(746 + 5 * 6)

    def test_is_as_a_balance_that_was_overdue_until_the_day(self):
        found = after("a cent owed again, overdue, and re-amortised", date(2026, 2, 3))

        assert [row.outstanding.total.minor for row in found.rows] == [0, 0, 0, 0, 0, 1]
        assert found.payoff == yuan(1)


class TestReAmortisedWhereNothingOverdueBearsInterest:
    def test_bears_interest_on_it_from_the_day_alone(self):
        out = Disbursed(TERMS.disbursed_on, "out", TERMS.principal)
        rules = going_to(Future.NEXT, overdue_bears_interest=False)
        late = (Paid(date(2026, 3, 5), "a", yuan(5_825)), ReAmortised(date(2026, 3, 10), "b"))

        rows = projected_state(TERMS, (out, *late), rules=rules, on=date(2026, 3, 10)).rows

        # Of the 171.51 of February 8.25 and 50.00 were paid late, so 113.26 are overdue: 836.74
        # bear interest to 10 March and 950.00 from then on, as 913.46 would all month, 7.54.
        assert rows[0].charged.total == rows[0].paid.total == yuan(5_825)
        assert rows[1].charged.interest == yuan(754)
        # The month of April: what is left after that × 0.825 %.
        left = 95_000 - rows[1].charged.principal.minor
        assert rows[2].charged.interest.minor == round(left * 0.00825)
