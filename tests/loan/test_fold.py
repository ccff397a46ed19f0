"""The fold in folding.py, book.py, bucket.py, lines.py and ordering.py, through loan_state."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as s
from folded import DISBURSED, DUE, OUT, TERMS, paid, split, state, yuan
from tideover.loan import (
    Component,
    DailyRate,
    Disbursed,
    DisbursedTwice,
    DuplicateReference,
    LineStatus,
    Method,
    NotDisbursed,
    NothingToReverse,
    Paid,
    PenaltyBase,
    RateChanged,
    Reversed,
    loan_state,
)
from tideover.money import CNY, JPY, CurrencyMismatch, Money, NegativeAmount, Rounding


@st.composite
def loans_with_histories(draw):
    loan = draw(s.loans())
    return (
        loan,
        draw(s.histories(loan)),
        loan.disbursed_on + timedelta(days=draw(st.integers(0, 400))),
    )


class TestEveryState:
    @given(loans_with_histories())
    def test_puts_every_cent_of_a_payment_somewhere(self, drawn):
        loan, events, on = drawn
        found = loan_state(loan, events, on)

        received = sum(e.amount.minor for e in events if isinstance(e, Paid) and e.on <= on)
        allocated = sum(part.amount.minor for part in found.allocations)
        assert allocated + found.in_advance_credit.minor == received

    @given(loans_with_histories())
    def test_gives_no_payment_more_than_it_brought(self, drawn):
        loan, events, on = drawn
        by_payment: dict[str, int] = {}
        for part in loan_state(loan, events, on).allocations:
            assert part.amount.minor > 0
            brought = by_payment.get(part.payment_reference, 0)
            by_payment[part.payment_reference] = brought + part.amount.minor

        for event in events:
            assert by_payment.get(event.reference, 0) <= event.amount.minor

    @given(loans_with_histories())
    def test_is_never_outstanding_and_overpaid_at_once(self, drawn):
        loan, events, on = drawn
        found = loan_state(loan, events, on)

        assert not (found.outstanding and found.in_advance_credit)

    @given(loans_with_histories(), st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_arrival(self, drawn, random):
        loan, events, on = drawn
        # One event a day: on one day the order is part of what happened, except for payments.
        by_day = {(e.on, isinstance(e, Paid), e.reference if isinstance(e, Paid) else ""): e
                  for e in events}  # fmt: skip
        one_a_day = {}
        for (day, is_paid, _), event in by_day.items():
            kept = one_a_day.setdefault(day, [])
            if not kept or (is_paid and isinstance(kept[0], Paid)):
                kept.append(event)
        known = [event for kept in one_a_day.values() for event in kept]
        if not any(isinstance(event, Disbursed) for event in known):
            known.append(events[0])
        arrived = list(known)
        random.shuffle(arrived)

        assert loan_state(loan, arrived, on) == loan_state(loan, known, on)

    @given(loans_with_histories(), st.integers(1, 100))
    def test_is_the_same_after_a_payment_and_its_reversal(self, drawn, later):
        loan, events, on = drawn
        bounced = Paid(on, "bounced", Money(1 + later, CNY))
        undone = Reversed(on, "undone", of="bounced")
        then = on + timedelta(days=later)

        assert loan_state(loan, (*events, bounced, undone), then) == loan_state(loan, events, then)

    @given(loans_with_histories())
    def test_restores_an_event_whose_reversal_is_reversed(self, drawn):
        loan, events, on = drawn
        gone = Reversed(on, "undone", of="out")
        back = Reversed(on, "redone", of="undone")

        assert loan_state(loan, (*events, gone, back), on) == loan_state(loan, events, on)

    @given(loans_with_histories())
    def test_adds_up(self, drawn):
        loan, events, on = drawn
        found = loan_state(loan, events, on)

        for line in found.lines:
            assert all(line.remaining.get(part).minor >= 0 for part in Component)
            assert (line.status is LineStatus.PAID) is (not line.remaining)
        assert all(found.outstanding.get(part).minor >= 0 for part in Component)
        assert found.payoff <= found.outstanding.total
        assert found.worst_days_past_due >= found.days_past_due
        late = [line for line in found.lines if line.status is LineStatus.PAST_DUE]
        assert found.past_due.total.minor == sum(line.remaining.total.minor for line in late)
        assert found.days_past_due == max((line.days_past_due for line in late), default=0)

    @given(loans_with_histories())
    def test_is_closed_by_exactly_its_payoff(self, drawn):
        loan, events, on = drawn
        payoff = loan_state(loan, events, on).payoff

        closed = loan_state(loan, (*events, Paid(on, "~payoff", payoff)), on)

        assert closed.is_settled
        assert closed.in_advance_credit.minor == 0 or not payoff
        if payoff.minor > 1:
            less = Paid(on, "~payoff", payoff - Money(1, CNY))
            assert loan_state(loan, (*events, less), on).outstanding

    @given(loans_with_histories())
    def test_of_the_past_is_not_changed_by_the_future(self, drawn):
        loan, events, on = drawn
        known = [event for event in events if event.on <= on]

        assert loan_state(loan, events, on) == loan_state(loan, known, on)


class TestInterest:
    def test_counts_the_day_of_disbursement_and_not_the_day_of_payment(self):
        # 10,000.00 × 0.0005 = 5.00 a day: borrowed today and paid back tomorrow is one day.
        assert state(on="2018-09-11").payoff.text == "10000.00"
        assert state(on="2018-09-12").payoff.text == "10005.00"
        assert state(on="2018-09-12").accrued_interest.text == "5.00"

    def test_on_the_due_date_is_that_of_the_schedule(self):
        found = state(on="2018-10-11")

        assert split(found.due_today) == ("2000.00", "150.00", "0.00", "0.00")
        assert split(found.outstanding) == ("10000.00", "150.00", "0.00", "0.00")
        assert found.lines[0].status is LineStatus.DUE
        assert found.next_due is not None
        assert found.next_due.number == 1

    def test_goes_on_at_the_contract_rate_on_what_is_late(self):
        # Two days late: 2,000.00 × 0.0005 × 2 = 2.00 of interest, half of it penalty.
        found = state(on="2018-10-13")

        assert split(found.past_due) == ("2000.00", "152.00", "1.00", "0.00")
        assert found.accrued_interest.text == "8.00"  # 8,000.00 × 0.0005 × 2
        assert found.payoff.text == "10161.00"
        assert (found.days_past_due, found.penalty_from) == (2, DUE)

    def test_goes_on_late_at_the_rate_of_a_change(self):
        cheaper = RateChanged(date(2018, 9, 20), "r", DailyRate.parse("0.0002"))
        found = state(cheaper, on="2018-10-13")

        # 9 days of 5.00 and 21 of 2.00 are 87.00; two late days of 2,000.00 × 0.0002 are 0.80.
        assert split(found.past_due) == ("2000.00", "87.80", "0.40", "0.00")

    def test_is_not_charged_on_interest(self):
        # Paid all principal of line 1 and none of its 150.00 of interest: nothing grows.
        order = (Component.PRINCIPAL, Component.FEE, Component.PENALTY, Component.INTEREST)
        terms = replace(TERMS, allocation_order=order)
        found = state(paid("2018-10-11", "2000"), on="2018-11-10", terms=terms)

        assert split(found.past_due) == ("0.00", "150.00", "0.00", "0.00")

    def test_is_rounded_once_a_line_however_often_one_looks(self):
        # 33.33 late at 0.0005: 0.016665 a day. Ten payments of nothing in between must not round.
        terms = replace(TERMS, principal=yuan("33.33"), instalments=1, rounding=Rounding.HALF_UP)
        disbursed = Disbursed(OUT, "out", terms.principal)
        looks = [Paid(DUE + timedelta(days=day), f"{day}", yuan("0")) for day in range(10)]

        found = loan_state(terms, (disbursed, *looks), DUE + timedelta(days=30))

        # 33.33 × 0.0005 × 30 = 0.49995 → 0.50, and the same again for the first month.
        assert found.past_due.interest.text == "1.00"
        assert found.past_due.penalty.text == "0.25"


class TestGrace:
    def test_makes_the_day_after_the_due_date_free(self):
        found = state(on="2018-10-12")

        assert split(found.past_due) == ("2000.00", "150.00", "0.00", "0.00")
        assert (found.days_past_due, found.grace_until) == (1, date(2018, 10, 12))
        assert found.penalty_from is None

    def test_lets_a_payment_on_its_last_day_count_as_on_time(self):
        found = state(paid("2018-10-12", "2150"), on="2018-10-30")

        assert not found.past_due
        assert found.lines[0].status is LineStatus.PAID

    def test_leaves_only_what_stayed_unpaid_to_be_charged_from_the_due_date(self):
        # 1,000.00 of principal stays after the grace day: 1,000.00 × 0.0005 × 4 = 2.00.
        found = state(paid("2018-10-12", "1150"), on="2018-10-15")

        assert split(found.past_due) == ("1000.00", "2.00", "1.00", "0.00")


class TestRefusals:
    @pytest.mark.parametrize(
        ("events", "refusal", "words"),
        [
            ((), NotDisbursed, "has no disbursement"),
            ((paid("2018-01-01", "5"), DISBURSED), NotDisbursed, "before any disbursement"),
            ((DISBURSED, replace(DISBURSED, reference="again")), DisbursedTwice, "again"),
            ((DISBURSED, DISBURSED), DuplicateReference, "'out' is used by two events"),
            (
                (DISBURSED, Reversed(DUE, "r", of="nothing")),
                NothingToReverse,
                "cannot take back 'nothing': no such event",
            ),
            (
                (DISBURSED, paid("2018-10-20", "5", "p"), Reversed(DUE, "r", of="p")),
                NothingToReverse,
                "no such event by then",
            ),
            (
                (
                    DISBURSED,
                    paid("2018-10-01", "5", "p"),
                    Reversed(DUE, "r1", of="p"),
                    Reversed(DUE, "r2", of="p"),
                ),
                NothingToReverse,
                "taken back by 'r2'",
            ),
            ((DISBURSED, paid("2018-10-01", "-5")), NegativeAmount, "-¥5.00"),
            ((DISBURSED, Paid(DUE, "p", Money(5, JPY))), CurrencyMismatch, "convert"),
        ],
    )
    def test_name_what_contradicts_what(self, events, refusal, words):
        with pytest.raises(refusal, match=words) as refused:
            loan_state(TERMS, events, date(2018, 12, 1))

        assert refused.value.code
        assert refused.value.zh

    def test_before_its_disbursement_a_loan_owes_nothing(self):
        found = state(on="2018-09-10")

        assert not found.outstanding
        assert not found.is_settled
        assert found.next_due is None


class TestPenaltyBase:
    def test_can_be_the_whole_unpaid_instalment(self):
        terms = replace(TERMS, penalty_base=PenaltyBase.INSTALMENT)
        found = state(on="2018-10-31", terms=terms)

        # 20 days late: 2,150.00 × 0.00025 × 20 = 10.75, against 10.00 on the principal alone.
        assert split(found.past_due) == ("2000.00", "170.00", "10.75", "0.00")


class TestFlatFee:
    TERMS = replace(
        TERMS, method=Method.FLAT, rate=None, fee_rate=Fraction("0.0041"), instalments=3
    )

    def test_closing_early_costs_the_fees_of_the_periods_begun(self):
        # 0.41 % of 10,000.00 is 41.00 a period; on 20 October the second one has begun.
        found = state(on="2018-10-20", terms=self.TERMS)

        assert split(found.outstanding) == ("10000.00", "0.00", "0.00", "82.00")

    def test_late_principal_bears_the_overdue_rate(self):
        terms = replace(self.TERMS, overdue_rate=DailyRate.parse("0.0005"))
        found = state(on="2018-10-21", terms=terms)

        # 3,333.33 × 0.0005 × 10 = 16.66665, and half of it penalty: 8.333325.
        assert split(found.past_due) == ("3333.33", "16.67", "8.33", "41.00")


class TestSpeed:
    @settings(max_examples=1, deadline=None)
    @given(st.just(200))
    def test_folds_two_hundred_events_without_looking_at_each_twice(self, count):
        events = [paid(f"{OUT + timedelta(days=4 * day)}", "40", f"{day}") for day in range(count)]

        assert len(state(*events, on="2021-01-01").allocations) >= count
