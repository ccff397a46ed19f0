"""Restructures: fold/restructuring.py and carrying.py."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tideover.loan import (
    Component,
    Components,
    DailyRate,
    Disbursed,
    LineStatus,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    Reversed,
    build_schedule,
    carried_by_line,
    loan_state,
)
from tideover.money import CNY, Money

OUT, SIGNED = date(2018, 9, 11), date(2018, 10, 31)
TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=OUT,
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
DISBURSED = Disbursed(OUT, "out", TERMS.principal)
NONE = Components.zero(CNY)


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def agreement(before, *, capitalise=False, waive_penalty=True) -> Restructured:
    """Ten level instalments for all that is owed; arrears carried or capitalised."""
    owed = before.outstanding
    waived = replace(NONE, penalty=owed.penalty) if waive_penalty else NONE
    rest = replace(owed - waived, principal=Money(0, CNY))
    capitalised, carried = (rest, NONE) if capitalise else (NONE, rest)
    schedule = build_schedule(
        replace(
            TERMS,
            principal=owed.principal + capitalised.total,
            method=Method.LEVEL,
            instalments=10,
            disbursed_on=SIGNED,
            anchor=OUT,
            earliest_due=date(2018, 12, 11),
        )
    )
    return Restructured(
        SIGNED, "agreed", schedule, None, waived, capitalised, carried, "restructure"
    )


def history(*events, on: date = SIGNED):
    return loan_state(TERMS, (DISBURSED, *events), on)


class TestRestructure:
    @given(st.integers(0, 400_000), st.booleans(), st.booleans())
    def test_keeps_the_value_of_the_debt(self, paid, capitalise, waive):
        payment = Paid(date(2018, 10, 20), "p", Money(paid, CNY))
        before = history(payment)
        event = agreement(before, capitalise=capitalise, waive_penalty=waive)

        after = history(payment, event)

        assert after.outstanding.total == before.outstanding.total - event.waived.total

    @given(st.integers(1, 300_000), st.booleans())
    def test_loses_nothing_when_a_back_dated_payment_arrives_later(self, paid, capitalise):
        event = agreement(history(), capitalise=capitalise, waive_penalty=False)
        late = Paid(date(2018, 10, 11), "late", Money(paid, CNY))
        before = history(late)

        after = history(late, event)

        # What the agreement stated too high is credited, so the debt is what it really was.
        assert after.payoff == before.payoff

    def test_loses_nothing_when_an_earlier_payment_is_reversed(self):
        payment = Paid(date(2018, 10, 11), "p", yuan("2150"))
        event = agreement(history(payment))
        bounced = Reversed(date(2018, 11, 2), "bounced", of="p")

        after = history(payment, event, bounced, on=date(2018, 11, 2))
        without = history(on=SIGNED)

        # Without the payment the penalty of 10.00 was owed and nobody waived it: all of it stays.
        interest_since = after.accrued_interest
        assert after.outstanding.total - interest_since == without.outstanding.total
        assert after.outstanding.penalty.text == "10.00"

    def test_never_waives_more_than_was_owed(self):
        event = agreement(history())
        on_time = Paid(date(2018, 10, 11), "p", yuan("2150"))

        before, after = history(on_time), history(on_time, event)

        # Paid on time there was no penalty; the waiver of 10.00 gives nothing.
        assert before.outstanding.penalty.text == "0.00"
        assert after.payoff == before.payoff
        assert after.in_advance_credit.text == "0.00"

    def test_closes_the_old_lines_and_keeps_their_history(self):
        before = history()
        after = history(agreement(before))

        assert after.restructured_on == SIGNED
        assert [line.status for line in after.closed_lines][:2] == [
            LineStatus.PAST_DUE,
            LineStatus.FUTURE,
        ]
        assert (after.days_past_due, after.days_past_due_before_restructure) == (0, 20)
        assert after.worst_days_past_due == 20
        assert after.schedule.lines[0].due_date == date(2018, 12, 11)
        assert len(after.lines) == 10

    def test_spreads_what_is_carried_without_interest(self):
        event = agreement(history())
        after = history(event, on=date(2018, 12, 11))

        # Interest owed at signature: 150.00 + 2,000 × 0.0005 × 20 + 8,000 × 0.0005 × 20 = 250.00.
        assert event.carried.interest.text == "250.00"
        earliest = after.lines[0]
        assert earliest.remaining.interest == earliest.line.interest + yuan("25.00")

    def test_tells_what_it_capitalised(self):
        after = history(agreement(history(), capitalise=True))

        # 150.00, and twenty days of 2,000.00 and of 8,000.00: 250.00.
        assert after.capitalised == replace(NONE, interest=yuan("250"))
        assert after.outstanding.principal.text == "10250.00"

    def test_may_carry_principal_beside_the_lines(self):
        event = agreement(history())
        lines = build_schedule(replace(TERMS, principal=yuan("9000"), disbursed_on=SIGNED))
        carries = replace(
            event, schedule=lines, carried=replace(event.carried, principal=yuan("1000"))
        )

        after = history(carries)

        # 10,250.00 and a penalty of 10.00, which was waived: nothing appears or goes.
        assert after.payoff.text == "10250.00"
        assert after.outstanding.principal.text == "10000.00"
        assert [line.remaining.principal.text for line in after.lines] == ["2000.00"] * 5

    def test_goes_on_from_its_rate_when_it_changes(self):
        event = replace(agreement(history()), rate=DailyRate.parse("0.0002"))
        late = date(2018, 12, 11) + timedelta(days=10)

        after = history(event, on=late)

        line = after.lines[0]
        extra = line.remaining.interest - line.line.interest - yuan("25.00")
        # The principal of line 1 × 0.0002 × 10 days.
        exact = Fraction(line.line.principal.minor) * Fraction("0.0002") * 10
        assert abs(extra.minor - exact) <= Fraction(1, 2)

    def test_taken_back_leaves_the_old_loan(self):
        event = agreement(history())
        undone = Reversed(SIGNED, "undone", of="agreed")

        assert history(event, undone) == history()

    def test_pays_into_the_new_schedule_with_money_held_in_advance(self):
        held = Paid(date(2018, 9, 20), "held", yuan("3000"))
        before = history(held)
        event = agreement(before)

        after = history(held, event)

        assert after.payoff == before.payoff - event.waived.total


class TestCarriedByLine:
    @given(st.integers(0, 10**7), st.integers(0, 10**5))
    def test_adds_back(self, interest, fee):
        carried = Components.of(
            {Component.INTEREST: Money(interest, CNY), Component.FEE: Money(fee, CNY)}, CNY
        )

        parts = carried_by_line(build_schedule(TERMS), carried)

        assert len(parts) == 5
        assert sum(parts, start=NONE) == carried
