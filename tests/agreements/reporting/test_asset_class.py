from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported_loans import LENT, TERMS, paid_until, paid_up_on, policy, restructured

from tideover.agreements.reporting import (
    AssetClass,
    ClassificationFacts,
    Restructuring,
    classify,
    classify_loan,
)
from tideover.loan import Paid

NORMAL, MENTION, SUBSTANDARD, DOUBTFUL, LOSS = AssetClass
DAY = date(2026, 6, 1)


def facts(days=0, **more):
    return ClassificationFacts(on=more.pop("on", DAY), days_past_due=days, **more)


def change(on, *, before=NORMAL):
    return Restructuring(on=on, observed_from=on + timedelta(days=30), class_before=before)


class TestLateness:
    @pytest.mark.parametrize(
        ("days", "loan", "card"),
        [
            (0, NORMAL, NORMAL),
            (1, MENTION, MENTION),
            (90, MENTION, MENTION),
            (91, SUBSTANDARD, SUBSTANDARD),
            (120, SUBSTANDARD, SUBSTANDARD),
            (121, SUBSTANDARD, DOUBTFUL),
            (180, SUBSTANDARD, DOUBTFUL),
            (181, SUBSTANDARD, LOSS),
            (270, SUBSTANDARD, LOSS),
            (271, DOUBTFUL, LOSS),
            (360, DOUBTFUL, LOSS),
            (361, LOSS, LOSS),
        ],
    )
    def test_sets_the_floor_of_loans_and_of_cards(self, days, loan, card):
        assert classify(facts(days), policy()).asset_class is loan
        assert classify(facts(days, is_card=True), policy()).asset_class is card

    @given(st.integers(0, 500), st.sampled_from(AssetClass))
    def test_is_a_floor_whatever_was_agreed(self, days, before):
        plain = classify(facts(days), policy())
        agreed = facts(days, restructured=(change(date(2026, 4, 1), before=before),))

        assert classify(agreed, policy()).asset_class >= plain.asset_class

    def test_always_says_why(self):
        assert "91" in classify(facts(91), policy()).because[0].en


class TestObservation:
    def test_holds_a_restructured_loan_at_special_mention(self):
        made = classify(facts(restructured=(change(date(2026, 4, 1)),)), policy())

        assert (made.asset_class, made.is_restructured) == (MENTION, True)
        assert made.observed_from == date(2026, 5, 1)

    def test_ends_after_a_year_and_two_periods_kept(self):
        due = (date(2026, 5, 1), date(2026, 6, 1))
        agreed = (change(date(2026, 4, 1)),)

        before = facts(on=date(2027, 4, 30), restructured=agreed, due=due)
        after = facts(on=date(2027, 5, 1), restructured=agreed, due=due)

        assert classify(before, policy()).asset_class is MENTION
        assert classify(after, policy()).asset_class is NORMAL

    def test_begins_again_on_the_day_of_a_miss(self):
        missed = date(2026, 9, 1)
        agreed = facts(
            on=date(2027, 6, 1),
            restructured=(change(date(2026, 4, 1)),),
            due=(date(2026, 5, 1), missed, date(2026, 10, 1), date(2026, 11, 1)),
            missed=(missed,),
        )

        made = classify(agreed, policy())

        assert (made.observed_from, made.observed_until) == (missed, date(2027, 9, 1))

    def test_lasts_a_year_of_the_calendar(self):
        # From 1 June 2027 to 1 June 2028 there are 366 days, 29 February 2028 among them.
        agreed = (Restructuring(on=date(2027, 5, 1), observed_from=date(2027, 6, 1),
                                class_before=NORMAL),)  # fmt: skip
        due = tuple(date(2027, month, 1) for month in range(6, 13))
        last = facts(on=date(2028, 5, 31), restructured=agreed, due=due)

        assert classify(last, policy()).observed_until == date(2028, 6, 1)
        assert classify(last, policy()).asset_class is MENTION

    def test_is_over_for_good_once_it_is_over(self):
        # Observed from 1 May 2026 to 1 May 2027; an instalment of September 2027 comes late.
        due = tuple(date(2026, month, 1) for month in range(5, 13))
        late = facts(
            on=date(2027, 10, 5),
            restructured=(change(date(2026, 4, 1)),),
            due=(*due, date(2027, 9, 1)),
            missed=(date(2027, 9, 1),),
        )

        made = classify(late, policy())

        assert (made.asset_class, made.is_restructured) == (NORMAL, False)

    def test_does_not_end_while_an_instalment_of_it_is_late(self):
        due = tuple(date(2026, month, 1) for month in range(5, 13))
        agreed = (change(date(2026, 4, 1)),)
        late = facts(3, on=date(2027, 5, 1), restructured=agreed, due=(*due, date(2027, 4, 28)))

        assert classify(late, policy()).is_restructured

    def test_keeps_a_bad_loan_bad_until_half_a_year_is_paid(self):
        due = tuple(date(2026, month, 1) for month in range(5, 12))
        agreed = (change(date(2026, 4, 1), before=SUBSTANDARD),)

        early = facts(on=date(2026, 10, 31), restructured=agreed, due=due)
        mended = facts(on=date(2026, 11, 1), restructured=agreed, due=due)

        assert classify(early, policy()).asset_class is SUBSTANDARD
        assert classify(mended, policy()).asset_class is MENTION

    def test_makes_a_second_restructuring_under_observation_substandard(self):
        twice = (change(date(2026, 1, 1)), change(date(2026, 5, 1), before=MENTION))

        assert classify(facts(restructured=twice), policy()).asset_class is SUBSTANDARD

    @pytest.mark.parametrize(
        ("second", "reached"), [(date(2027, 1, 30), SUBSTANDARD), (date(2027, 1, 31), MENTION)]
    )
    def test_makes_one_after_observation_a_new_first_one(self, second, reached):
        # The first is observed from 31 January 2026, and was kept.
        due = (date(2026, 2, 28), date(2026, 3, 31))
        twice = (change(date(2026, 1, 1)), change(second))

        made = classify(facts(on=second, restructured=twice, due=due), policy())

        assert made.asset_class is reached

    def test_does_not_better_a_doubtful_loan_by_a_second_restructuring(self):
        twice = (change(date(2026, 1, 1)), change(date(2026, 5, 1), before=DOUBTFUL))

        assert classify(facts(restructured=twice), policy()).asset_class is DOUBTFUL


class TestMending:
    """Article 14: arrears paid, then paid as agreed for six months or two periods if longer."""

    def test_takes_half_a_year_after_the_arrears_are_paid(self):
        # Nothing until 9 June, 119 days after the first due day; from then on all on its day.
        days = [date(2025, month, 10) for month in range(7, 13)]
        events = paid_up_on(date(2025, 6, 9), date(2025, 6, 10), *days)

        def on(day):
            return classify_loan(TERMS, events, on=day, parameters=policy()).asset_class

        assert on(date(2025, 6, 8)) is SUBSTANDARD
        assert on(date(2025, 12, 8)) is SUBSTANDARD
        assert on(date(2025, 12, 9)) is NORMAL

    def test_begins_again_with_a_miss(self):
        # As above, but what was due on 10 August comes on the 20th: from there to 10 February.
        days = [date(2025, month, 20 if month == 8 else 10) for month in range(7, 13)]
        events = paid_up_on(
            date(2025, 6, 9), date(2025, 6, 10), *days, date(2026, 1, 9), date(2026, 1, 10)
        )

        before = classify_loan(TERMS, events, on=date(2025, 12, 31), parameters=policy())

        assert before.asset_class is SUBSTANDARD
        assert "non-performing until 2025-06-09" in before.because[-1].en

    def test_is_asked_of_no_loan_that_was_never_bad(self):
        events = paid_until(12, late={1: date(2025, 5, 11)})

        # Line 1, of 10 February, was 90 days late: special mention at most.
        made = classify_loan(TERMS, events, on=date(2025, 5, 12), parameters=policy())
        assert made.asset_class <= MENTION


class TestClassifyLoan:
    def test_reads_a_loan_from_its_events(self):
        assert classify_loan(
            TERMS, [LENT], on=date(2025, 5, 12), parameters=policy()
        ).asset_class is (SUBSTANDARD)

    def test_follows_a_plan_that_is_kept_until_observation_ends(self):
        events = restructured(paid_until(2), date(2025, 6, 20), instalments=24)
        lines = events[-1].schedule.lines
        kept = [Paid(line.due_date, f"kept-{line.number}", line.instalment) for line in lines]

        during = classify_loan(TERMS, [*events, *kept], on=date(2026, 7, 19), parameters=policy())
        after = classify_loan(TERMS, [*events, *kept], on=date(2026, 7, 20), parameters=policy())

        # The first new due date is 20 July 2025; a year later observation is over.
        assert (during.asset_class, during.observed_from) == (MENTION, date(2025, 7, 20))
        assert (after.asset_class, after.is_restructured) == (NORMAL, False)

    def test_restarts_when_the_plan_is_missed(self):
        events = restructured(paid_until(2), date(2025, 6, 20), instalments=24)

        made = classify_loan(TERMS, events, on=date(2025, 9, 1), parameters=policy())

        assert made.observed_from == date(2025, 8, 20)
        assert made.asset_class is MENTION
