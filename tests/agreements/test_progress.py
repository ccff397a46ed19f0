from datetime import date, timedelta

import pytest

from factories import paid_until, request, weilidai, yuan
from tideover.agreements import AnotherSchedule, plan_progress
from tideover.loan import Paid, build_schedule, loan_state
from tideover.offers import find_offers

OFFER = find_offers(request()).offers[0]
TERMS = weilidai()
SIGNED = (*paid_until(TERMS, instalments=2), OFFER.proposal.restructured)


def progress(*payments, on=date(2027, 2, 10)):
    state = loan_state(TERMS, (*SIGNED, *payments), on)
    return plan_progress(OFFER.schedule, state)


def paid(text, on, reference="p"):
    return Paid(on, reference, yuan(text))


class TestPlanProgress:
    def test_begins_with_nothing_expected(self):
        plan = progress(on=date(2026, 11, 24))

        assert (plan.total_count, plan.paid_count) == (14, 0)
        assert plan.expected == plan.received == yuan("0")
        assert plan.remaining == OFFER.total
        assert plan.next_due == OFFER.earliest_due
        assert plan.next_amount == OFFER.payment
        assert plan.is_on_track

    def test_counts_an_instalment_paid_on_its_day(self):
        plan = progress(paid("639.06", date(2027, 1, 3)), on=date(2027, 1, 4))

        assert plan.paid_count == 1
        assert plan.received == plan.expected == yuan("639.06")
        assert plan.remaining == OFFER.total - yuan("639.06")
        assert plan.next_due == date(2027, 2, 3)

    def test_names_what_is_short_by_a_fen(self):
        plan = progress(paid("639.05", date(2027, 1, 3)), on=date(2027, 1, 4))

        assert plan.paid_count == 0
        assert not plan.is_on_track
        assert plan.past_due == yuan("0.01")
        assert plan.days_past_due == 1
        assert plan.next_amount == OFFER.payment + yuan("0.01")

    def test_is_the_same_for_a_payment_that_was_entered_late(self):
        in_time = progress(paid("639.06", date(2027, 1, 3)), paid("639.06", date(2027, 2, 3), "q"))
        back_dated = progress(
            paid("639.06", date(2027, 2, 3), "q"), paid("639.06", date(2027, 1, 3))
        )

        assert in_time == back_dated
        assert in_time.paid_count == 2

    def test_ends_settled_when_every_line_is_paid(self):
        payments = [
            Paid(due.line.due_date, f"p{due.line.number}", due.amount)
            for due in OFFER.proposal.due_lines
        ]

        plan = progress(*payments, on=OFFER.latest_due + timedelta(days=1))

        assert plan.is_settled
        assert plan.paid_count == plan.total_count
        assert plan.received == OFFER.total
        assert plan.next_due is None
        assert plan.next_amount == yuan("0")

    def test_refuses_a_schedule_that_is_not_the_active_one(self):
        state = loan_state(TERMS, SIGNED, date(2027, 1, 4))

        with pytest.raises(AnotherSchedule):
            plan_progress(build_schedule(TERMS), state)
