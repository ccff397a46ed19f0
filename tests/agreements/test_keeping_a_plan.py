"""Keeping a plan: judging, telling, ending, protection, quoting."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.agreements.keeping import (
    KeepingRules,
    NoticeKind,
    QuoteBeforeEvents,
    ending,
    judge_plan,
    next_look,
    notices_due,
    protection_on,
    settlement_quote,
)
from tideover.loan import (
    Charged,
    Component,
    Components,
    DailyRate,
    Disbursed,
    Event,
    LoanTerms,
    Method,
    Paid,
    Restructured,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money

RULES = KeepingRules(
    missed_max=2,
    cure_days=15,
    grace_days=1,
    shortfall_share=Fraction(1, 20),
    before_due_days=(5, 1),
    after_missed_days=(2, 7),
    concessions_lost=False,
)
TERMS = LoanTerms(
    principal=Money(120_000, CNY),
    rate=DailyRate(Fraction(1, 2000)),
    method=Method.EQUAL_PRINCIPAL,
    instalments=4,
    disbursed_on=date(2026, 1, 10),
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
LINES = build_schedule(TERMS).lines
OUT = Disbursed(TERMS.disbursed_on, "out", TERMS.principal)
DUE = [line.due_date for line in LINES]


def paid(*amounts: Money | None) -> tuple[Event, ...]:
    """Each instalment paid on its day with this much; None is not paid."""
    return (
        OUT,
        *(
            Paid(line.due_date, f"p{line.number}", amount)
            for line, amount in zip(LINES, amounts, strict=False)
            if amount is not None
        ),
    )


def judged(events: tuple[Event, ...], on: date):
    return judge_plan(loan_state(TERMS, events, on), RULES)


class TestJudgePlan:
    def test_a_line_in_its_grace_is_late_and_not_missed(self):
        found = judged((OUT,), DUE[0] + timedelta(days=1))

        assert [line.number for line in found.late] == [1]
        assert found.is_kept

    def test_a_line_after_its_grace_is_missed(self):
        found = judged((OUT,), DUE[0] + timedelta(days=2))

        assert [line.number for line in found.missed] == [1]
        assert not found.is_broken

    @pytest.mark.parametrize(("short", "is_kept"), [(1, True), (1_590, True), (1_600, False)])
    def test_a_part_payment_is_no_miss_within_the_tolerance(self, short, is_kept):
        # The first instalment: 300.00 and 31 days of 0.60 make 318.60; a twentieth is 15.93.
        first = LINES[0].instalment
        assert first == Money(31_860, CNY)

        found = judged(paid(first - Money(short, CNY)), DUE[0] + timedelta(days=2))

        assert found.is_kept is is_kept

    def test_two_in_a_row_break_the_plan(self):
        assert judged((OUT,), DUE[1] + timedelta(days=2)).is_broken

    def test_one_missed_and_one_paid_do_not(self):
        # The second payment goes to the oldest line first, so one line is open again.
        found = judged(paid(None, LINES[1].instalment), DUE[1] + timedelta(days=2))

        assert not found.is_broken

    @given(st.integers(0, 130), st.integers(0, 40_000), st.integers(0, 40_000))
    def test_more_money_never_makes_it_worse(self, days, amount, more):
        on = TERMS.disbursed_on + timedelta(days=days)
        less = judged((OUT, Paid(DUE[0], "p", Money(amount, CNY))), on)
        better = judged((OUT, Paid(DUE[0], "p", Money(amount + more, CNY))), on)

        assert len(better.missed) <= len(less.missed)


class TestNoticesDue:
    def told(self, events, on):
        state = loan_state(TERMS, events, on)
        return [one.kind for one in notices_due(state, judge_plan(state, RULES), rules=RULES)]

    @pytest.mark.parametrize(
        ("days", "kinds"),
        [
            (-6, []),
            (-5, [NoticeKind.DUE_SOON]),
            (-1, [NoticeKind.DUE_SOON]),
            (0, [NoticeKind.DUE_TODAY]),
            (1, []),
            (2, [NoticeKind.MISSED]),
            (3, []),
            (7, [NoticeKind.MISSED]),
            (8, []),
        ],
    )
    def test_follow_the_days_of_policy(self, days, kinds):
        assert self.told((OUT,), DUE[0] + timedelta(days=days)) == kinds

    def test_say_nothing_of_what_is_paid(self):
        early = (OUT, Paid(DUE[0] - timedelta(days=9), "p", LINES[0].instalment))

        assert all(not self.told(early, DUE[0] + timedelta(days=n)) for n in range(-6, 8))

    def test_have_keys_of_their_own(self):
        days = [DUE[0] + timedelta(days=n) for n in range(-6, 60)]
        found = []
        for on in days:
            state = loan_state(TERMS, (OUT,), on)
            found += notices_due(state, judge_plan(state, RULES), rules=RULES)

        assert len({(one.kind, one.key) for one in found}) == len(found)


class TestNextLook:
    @given(st.integers(0, 125), st.sampled_from([(OUT,), paid(LINES[0].instalment)]))
    def test_skips_no_day_on_which_something_happens(self, days, events):
        on = TERMS.disbursed_on + timedelta(days=days)
        state = loan_state(TERMS, events, on)
        judgement = judge_plan(state, RULES)
        look = next_look(state, judgement, rules=RULES)

        for skipped in range(1, (look - on).days):
            later = loan_state(TERMS, events, on + timedelta(days=skipped))
            then = judge_plan(later, RULES)
            assert notices_due(later, then, rules=RULES) == ()
            assert then.is_broken == judgement.is_broken


def restructured(waived: Components) -> tuple[Event, ...]:
    """Ten days after the second instalment was missed, everything on one new schedule."""
    on = DUE[1] + timedelta(days=10)
    state = loan_state(TERMS, (OUT,), on)
    owed = state.outstanding
    kept = owed - waived
    fresh = LoanTerms(
        principal=kept.total,
        rate=TERMS.rate,
        method=Method.EQUAL_PRINCIPAL,
        instalments=6,
        disbursed_on=on,
    )
    rest = Components.of(
        {
            Component.INTEREST: kept.interest,
            Component.PENALTY: kept.penalty,
            Component.FEE: kept.fee,
        },
        CNY,
    )
    none = Components.zero(CNY)
    return (
        OUT,
        Restructured(
            on, "AG-1", schedule=build_schedule(fresh), rate=None, waived=waived,
            capitalised=rest, carried=none, legal_form="restructuring",
        ),
    )  # fmt: skip


class TestEnding:
    WAIVED = Components.of({Component.PENALTY: Money(500, CNY)}, CNY)
    ON = date(2026, 6, 30)

    def test_keeps_what_was_waived_and_makes_all_fall_due(self):
        events = restructured(self.WAIVED)

        found = ending(TERMS, events, on=self.ON, reference="E", concessions_lost=False)

        assert not found.reinstated
        assert found.after.total == found.before.total
        done = loan_state(TERMS, (*events, *found.events), self.ON + timedelta(days=3))
        assert done.past_due.principal == found.before.principal

    def test_brings_back_what_was_waived_to_the_cent(self):
        events = restructured(self.WAIVED)

        found = ending(TERMS, events, on=self.ON, reference="E", concessions_lost=True)

        assert found.reinstated == self.WAIVED
        assert found.after.total - found.before.total == self.WAIVED.total
        assert [type(event) for event in found.events[:-1]] == [Charged]

    def test_never_brings_back_principal(self):
        waived = Components.of({Component.PRINCIPAL: Money(10_000, CNY)}, CNY)

        found = ending(
            TERMS, restructured(waived), on=self.ON, reference="E", concessions_lost=True
        )

        assert not found.reinstated


class TestProtectionOn:
    FROM, END = date(2026, 5, 1), date(2026, 9, 1)

    @given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.booleans())
    def test_counts_from_its_first_day_until_before_its_last(self, day, keeps):
        found = protection_on(day, effective_from=self.FROM, ended_on=self.END, keeps_to_plan=keeps)

        assert found.late_fees_off == found.dunning_off == (self.FROM <= day < self.END)
        assert found.adverse_reporting_off == (found.is_in_force and keeps)

    def test_is_nothing_without_an_agreement(self):
        found = protection_on(self.FROM, effective_from=None, ended_on=None, keeps_to_plan=True)

        assert not any([found.late_fees_off, found.dunning_off, found.adverse_reporting_off])


class TestSettlementQuote:
    @given(st.integers(0, 200))
    def test_closes_the_loan_on_its_day_to_the_cent(self, days):
        on = DUE[0] + timedelta(days=days)
        events = paid(LINES[0].instalment)

        quote = settlement_quote(TERMS, events, on=on)

        assert loan_state(TERMS, (*events, Paid(on, "all", quote.amount)), on).is_settled
        assert quote.amount == quote.parts.total - quote.held

    def test_matches_a_quote_worked_by_hand(self):
        quote = settlement_quote(TERMS, (OUT,), on=date(2026, 1, 20))

        # 1,200.00 and ten days of 0.60.
        assert quote.amount == Money(120_600, CNY)
        # The plan would take 31 + 28·3/4 + 31·2/4 + 30·1/4 days of 0.60, less the ten: 39.00.
        assert quote.saved == Money(3_900, CNY)

    def test_is_refused_before_the_newest_event(self):
        with pytest.raises(QuoteBeforeEvents, match="ask for 2026-02-10 or later"):
            settlement_quote(TERMS, paid(LINES[0].instalment), on=date(2026, 2, 1))
