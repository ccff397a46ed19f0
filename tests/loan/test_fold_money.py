"""Where each cent goes: paid ahead, given back, refunded, waived: fold/book.py.

The loan is 10,000.00 at 5.00 a day, in five equal parts of principal.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from folded import DISBURSED, TERMS, paid, split, state, yuan
from tideover.loan import (
    Charged,
    Component,
    DailyRate,
    InterestPaused,
    LineStatus,
    Method,
    RateChanged,
    ReAmortised,
    Refunded,
    TermsAdded,
    Waived,
    explain_state,
)

ON = date(2018, 9, 20)
BULLET = replace(TERMS, method=Method.BULLET)
LATER_INTEREST = replace(TERMS, grace_on_interest=2)


def waived(day: str, part: Component, amount: str) -> Waived:
    return Waived(date.fromisoformat(day), f"waived {part} {day}", part, yuan(amount), "hardship")


def refund(day: str, amount: str) -> Refunded:
    return Refunded(date.fromisoformat(day), f"refund {day}", yuan(amount))


def went(found) -> list[tuple[str, int, str, str]]:
    return [
        (one.payment_reference, one.line_number, one.component.value, one.amount.text)
        for one in found.allocations
    ]


class TestCents:
    def test_one_alone_is_paid(self):
        found = state(paid("2018-09-20", "0.01", "cent"), on="2018-09-20")

        assert went(found) == [("cent", 1, "interest", "0.01")]

    def test_the_last_of_a_line_is_paid(self):
        found = state(
            paid("2018-10-11", "2149.99"), paid("2018-10-12", "0.01", "cent"), on="2018-10-12"
        )

        assert went(found)[-1] == ("cent", 1, "principal", "0.01")
        assert found.lines[0].status is LineStatus.PAID

    def test_one_that_is_late_has_its_day_of_grace(self):
        found = state(paid("2018-10-11", "2149.99"), on="2018-10-12")

        assert (found.grace_until, found.penalty_from) == (date(2018, 10, 12), None)

    def test_one_too_many_is_credit(self):
        found = state(paid("2018-09-20", "10045.01"), on="2018-09-20")

        assert (found.is_settled, found.in_advance_credit.text) == (True, "0.01")

    def test_one_too_few_leaves_the_loan_open(self):
        one_less = paid("2018-09-20", "10044.99")

        found = state(one_less, on="2018-09-20")

        assert (found.is_settled, found.payoff.text) == (False, "0.01")


class TestEarlyClosing:
    def test_gives_money_for_interest_not_earned_to_its_payments_first(self):
        found = state(
            paid("2018-09-12", "2274", "a"),  # all of line 1, and 124.00 of interest of line 2
            paid("2018-09-13", "2090", "b"),  # 2,000.00 of line 2, and 90.00 of line 3
            paid("2018-09-20", "5681", "c"),
            on="2018-09-20",
        )

        # 10,045.00 closes it: of a 105.00 and 124.00 come free, of b 90.00. They pay principal.
        assert found.is_settled
        assert (found.in_advance_credit.text, found.payoff.text) == ("0.00", "0.00")
        assert went(found) == [
            ("a", 1, "interest", "45.00"),
            ("a", 1, "principal", "2000.00"),
            ("b", 2, "principal", "2000.00"),
            ("a", 3, "principal", "229.00"),
            ("b", 3, "principal", "90.00"),
            ("c", 3, "principal", "1681.00"),
            ("c", 4, "principal", "2000.00"),
            ("c", 5, "principal", "2000.00"),
        ]

    def test_counts_a_waiver_where_the_interest_is_asked_now(self):
        # Interest falls due at the end, so there the waiver stands; closing asks it at once.
        gift = waived("2018-09-20", Component.INTEREST, "30")

        before = state(gift, on="2018-09-20", terms=BULLET)
        found = state(gift, paid("2018-09-20", "10015"), on="2018-09-20", terms=BULLET)

        assert before.payoff.text == "10015.00"
        assert before.lines[-1].waived.interest.text == "30.00"
        assert (found.is_settled, found.in_advance_credit.text) == (True, "0.00")
        assert [line.waived.interest.text for line in found.lines] == ["30.00"] + ["0.00"] * 4
        assert sum(part.amount.minor for part in found.allocations) == 1_001_500

    def test_counts_waivers_of_several_lines(self):
        # On 20 November 150.00 and 155.00 are carried to the third line, and 45.00 earned there.
        gift = waived("2018-11-20", Component.INTEREST, "320")
        after = [paid("2018-10-11", "2000", "a"), paid("2018-11-11", "2000", "b"), gift]

        before = state(*after, on="2018-11-20", terms=LATER_INTEREST)
        closed = state(
            *after, paid("2018-11-20", before.payoff.text), on="2018-11-20", terms=LATER_INTEREST
        )

        # 150.00, 31 days of 8,000.00 (124.00), 9 of 6,000.00 (27.00), less what could be waived.
        assert before.payoff.text == "6000.00"
        assert before.lines[2].waived.interest.text == "301.00"
        assert closed.is_settled

    def test_on_a_due_date_costs_what_is_carried_only_once(self):
        found = state(paid("2018-10-11", "2000"), on="2018-10-11", terms=LATER_INTEREST)

        # Nothing of the 150.00 is asked before the third line, and all of it is owed.
        assert split(found.due_today) == ("0.00", "0.00", "0.00", "0.00")
        assert found.payoff.text == "8150.00"
        assert state(on="2018-10-11", terms=LATER_INTEREST).payoff.text == "10150.00"

    def test_in_the_middle_of_a_line_costs_what_was_carried_into_it(self):
        found = state(paid("2018-10-11", "2000"), on="2018-10-21", terms=LATER_INTEREST)

        assert found.payoff.text == "8190.00"  # 150.00, and ten days of 4.00
        assert found.accrued_interest.text == "190.00"

    def test_of_flat_interest_costs_its_part_of_the_days(self):
        flat = replace(TERMS, method=Method.FLAT, grace_on_interest=1)

        # 150.00, 155.00 … flat: the first carried to the second; 10 of 31 days of 155.00: 50.00.
        found = state(paid("2018-10-11", "2000"), on="2018-10-21", terms=flat)

        assert found.payoff.text == "8200.00"

    def test_of_flat_interest_counts_no_day_of_a_pause(self):
        flat = replace(TERMS, method=Method.FLAT)
        pause = InterestPaused(date(2018, 9, 21), "p", date(2018, 10, 1))

        # Ten days cost 50.00; 20 days of 30 are left to bear 5.00 each.
        found = [state(pause, on=day, terms=flat) for day in ("2018-09-21", "2018-10-01")]
        later = state(pause, on="2018-10-05", terms=flat)

        assert [one.payoff.text for one in found] == ["10050.00", "10050.00"]
        assert later.payoff.text == "10070.00"
        assert later.lines[0].line.interest.text == "100.00"


class TestWaivers:
    def test_give_no_more_in_all_than_is_owed(self):
        first, second, third = (
            replace(waived("2018-09-20", Component.INTEREST, "30"), reference=name)
            for name in ("first", "second", "third")
        )

        found = state(first, second, third, on="2018-09-20")

        # 45.00 was earned: 30.00, then 15.00, then nothing.
        assert found.lines[0].waived.interest.text == "45.00"
        assert (found.payoff.text, found.without_effect) == ("10000.00", ("third",))

    def test_give_nothing_of_what_was_paid(self):
        gift = waived("2018-09-20", Component.INTEREST, "30")

        found = state(paid("2018-09-20", "45"), gift, on="2018-09-20")

        assert (found.payoff.text, found.without_effect) == ("10000.00", (gift.reference,))


class TestWaivedAway:
    def test_all_that_is_owed_settles_the_loan(self):
        found = state(
            waived("2018-09-20", Component.PRINCIPAL, "10000"),
            waived("2018-09-20", Component.INTEREST, "45"),
            on="2018-09-21",
        )

        assert (found.is_settled, found.payoff.text) == (True, "0.00")
        assert [line.remaining.total.text for line in found.lines] == ["0.00"] * 5

    def test_all_but_a_cent_leaves_it_open_to_a_change(self):
        found = state(
            waived("2018-09-20", Component.PRINCIPAL, "9999.99"),
            waived("2018-09-20", Component.INTEREST, "45"),
            TermsAdded(ON, "more", 1),
            on="2018-09-20",
        )

        assert (found.is_settled, found.payoff.text) == (False, "0.01")
        assert (found.without_effect, len(found.lines)) == ((), 6)


class TestRefunds:
    def test_take_the_credit_first_and_the_rest_is_owed_again(self):
        found = state(
            paid("2018-09-20", "10145", "a"), refund("2018-09-21", "300"), on="2018-09-21"
        )

        assert (found.refunded.text, found.refunded_beyond_credit.text) == ("300.00", "200.00")
        assert split(found.outstanding) == ("200.00", "0.00", "0.00", "0.00")
        assert found.lines[0].remaining.principal.text == "200.00"

    def test_leave_what_is_left_of_the_credit_with_its_payments(self):
        found = state(
            paid("2018-09-20", "10045.30", "a"),
            paid("2018-09-20", "0.50", "b"),
            refund("2018-09-21", "0.40"),
            on="2018-09-21",
        )

        assert (found.in_advance_credit.text, found.refunded.text) == ("0.40", "0.40")
        assert found.refunded_beyond_credit.text == "0.00"
        # What is left is of the second payment: a charge is paid out of it.
        fee = Charged(date(2018, 9, 22), "fee", Component.FEE, yuan("0.40"), "notice")
        then = state(
            paid("2018-09-20", "10045.30", "a"),
            paid("2018-09-20", "0.50", "b"),
            refund("2018-09-21", "0.40"),
            fee,
            on="2018-09-22",
        )
        assert went(then)[-1] == ("b", 1, "fee", "0.40")

    def test_within_the_credit_are_told_of_in_no_line(self):
        events = (DISBURSED, paid("2018-09-20", "10145", "a"), refund("2018-09-21", "100"))

        accounts = explain_state(TERMS, events, on=date(2018, 9, 21))

        assert not [r.en for one in accounts for r in one.reasons if "refund" in r.en]


class TestMoneyAheadAtAChange:
    CHEAPER = RateChanged(date(2018, 10, 11), "cheaper", DailyRate.parse("0.0002"))

    def test_stays_where_it_was_for_a_line_due_on_the_day(self):
        found = state(
            paid("2018-10-05", "2150", "a"), paid("2018-10-06", "50", "b"), self.CHEAPER,
            on="2018-10-11",
        )  # fmt: skip

        assert [(part.on.day, part.line_number) for part in found.allocations] == [
            (5, 1),
            (5, 1),
            (11, 2),
            (11, 2),
        ]

    def test_leaves_the_line_that_closes(self):
        found = state(paid("2018-09-18", "500", "a"), replace(self.CHEAPER, on=ON), on="2018-09-20")

        assert split(found.closed_lines[0].paid) == ("0.00",) * 4
        assert split(found.lines[0].paid) == ("413.00", "87.00", "0.00", "0.00")


class TestAccrued:
    def test_leaves_out_what_is_carried_and_counts_the_lines_after_it(self):
        again = ReAmortised(date(2018, 10, 21), "ra")

        found = state(again, on="2018-10-31", terms=TERMS)

        # Ten days of 8,000.00 before, and ten of 10,000.00 since: 40.00 + 50.00.
        assert found.accrued_interest.text == "90.00"

    def test_is_less_what_was_paid_and_waived_of_it(self):
        found = state(
            paid("2018-09-20", "20"), waived("2018-09-20", Component.INTEREST, "10"),
            on="2018-09-20",
        )  # fmt: skip

        assert found.accrued_interest.text == "15.00"


class TestBeginnings:
    def test_of_a_fee_are_the_day_after_the_due_date(self):
        terms = replace(TERMS, fee_rate=Fraction("0.003"))
        on_time = paid("2018-10-11", "2180")

        # On the day itself the next month has not begun; a day later its fee is owed.
        assert state(on_time, on="2018-10-11", terms=terms).payoff.text == "8000.00"
        assert state(on_time, on="2018-10-12", terms=terms).payoff.text == "8034.00"

    def test_are_not_before_the_loan_is_paid_out(self):
        found = state(on="2018-09-10")

        assert (found.days_past_due, found.worst_days_past_due) == (0, 0)
        assert found.days_past_due_before_restructure == 0
        assert (found.payoff.minor, found.lines, found.closed_lines) == (0, (), ())


class TestWaivedToTheLastCent:
    def test_a_loan_of_which_only_earned_interest_was_owed_is_settled_on_the_day(self):
        principal_first = (
            Component.PRINCIPAL, Component.INTEREST, Component.PENALTY, Component.FEE,
        )  # fmt: skip
        terms = replace(BULLET, allocation_order=principal_first)
        # 9 days at 5.00 a day are earned, and stay owed.
        rest = paid("2018-09-20", "10000", "rest")
        kind = waived("2018-09-20", Component.INTEREST, "45")

        assert state(rest, on="2018-09-20", terms=terms).payoff == yuan("45")
        for on in ("2018-09-20", "2019-12-31"):
            found = state(rest, kind, on=on, terms=terms)
            assert (found.is_settled, found.payoff) == (True, yuan("0"))
