"""Commands about a signed plan: told early, broken, cured, ended."""

from datetime import date, timedelta

import pytest
import story as s

from tideover.cases import CaseState
from tideover.cases import commands as c
from tideover.cases.keeping import AnswersHandedIn, StillToCure, TooLateToTellEarly

DUE = s.NOW.date() + timedelta(days=5)
UNTIL = s.NOW.date() + timedelta(days=15)


def told_early():
    return s.act(s.active(), s.by_borrower(c.TellEarly, s.NOW.date(), DUE, "0" * 64, UNTIL))


def breached():
    return s.act(s.active(), s.by_agent(c.RecordBreach, 2, UNTIL))


class TestTellEarly:
    def test_opens_the_talk_again_and_keeps_the_agreement_in_force(self):
        before, after = s.active(), told_early()

        assert after.state is CaseState.ASSESSING
        assert after.in_force == before.agreement
        assert after.agreement is None
        assert after.answer_by == UNTIL

    def test_comes_back_to_the_agreement_when_nothing_new_is_agreed(self):
        after = s.act(told_early(), s.by_borrower(c.Withdraw))

        assert after.state is CaseState.ACTIVE
        assert after.agreement == s.active().agreement
        assert after.in_force is None

    def test_comes_back_to_the_agreement_after_a_refusal(self):
        after = s.act(told_early(), s.by_agent(c.Decline, "capacity", "0" * 64))

        assert (after.state, after.agreement) == (CaseState.ACTIVE, s.active().agreement)

    def test_is_refused_once_the_instalment_was_due(self):
        late = s.NOW.date() - timedelta(days=1)

        with pytest.raises(TooLateToTellEarly, match="was due already"):
            s.act(s.active(), s.by_borrower(c.TellEarly, s.NOW.date(), late, "0" * 64, UNTIL))


class TestSaveSectionAgain:
    def test_brings_answers_up_to_date_while_a_plan_is_talked_over(self):
        after = s.act(told_early(), s.by_borrower(c.SaveSection, "income", "1" * 64, True))

        assert after.state is CaseState.ASSESSING
        assert after.version == told_early().version + 1

    def test_is_refused_in_the_first_talk(self):
        with pytest.raises(AnswersHandedIn, match="were handed in"):
            s.act(s.assessing(), s.by_borrower(c.SaveSection, "income", "1" * 64, True))


class TestRecordBreach:
    def test_keeps_until_when_it_can_be_put_right(self):
        assert breached().state is CaseState.ACTIVE
        assert breached().cure_until == UNTIL

    def test_is_kept_once(self):
        again = s.act(breached(), s.by_agent(c.RecordBreach, 3, UNTIL + timedelta(days=9)))

        assert again == breached()


class TestRecordCure:
    def test_lets_the_plan_go_on(self):
        assert s.act(breached(), s.by_agent(c.RecordCure)).cure_until is None

    def test_of_nothing_is_nothing(self):
        assert s.act(s.active(), s.by_agent(c.RecordCure)) == s.active()


class TestEndAgreement:
    def test_ends_it_the_day_after_the_cure_days(self):
        on = UNTIL + timedelta(days=1)

        assert s.act(breached(), s.by_agent(c.EndAgreement, on, "0" * 64)).state is CaseState.ENDED

    @pytest.mark.parametrize("on", [UNTIL, date(2020, 1, 1)])
    def test_is_refused_while_it_can_be_put_right(self, on):
        with pytest.raises(StillToCure, match=f"can be put right until {UNTIL}"):
            s.act(breached(), s.by_agent(c.EndAgreement, on, "0" * 64))

    def test_is_refused_without_a_breach(self):
        with pytest.raises(StillToCure, match="is not broken"):
            s.act(s.active(), s.by_agent(c.EndAgreement, UNTIL, "0" * 64))
