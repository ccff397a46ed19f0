import pytest
import story as s

from tideover.cases import CaseState, CommandNotAllowed, decide
from tideover.cases import commands as c
from tideover.cases.refusals import NotTheAgent, ReviewByAnother

OTHER = "agent:9"


def assign(to: str = OTHER) -> c.Assign:
    return c.Assign(to, at=s.NOW, actor="supervisor:1")


def release(by: str = s.AGENT) -> c.Release:
    return c.Release(at=s.NOW, actor=by)


class TestAssign:
    def test_gives_a_new_case_to_an_agent_who_then_assesses_it(self):
        case = s.act(s.submitted(), assign())

        assert (case.agent, case.state) == (OTHER, CaseState.ASSESSING)

    def test_takes_it_from_the_one_who_had_it(self):
        case = s.act(s.assessing(), assign())

        assert case.agent == OTHER
        with pytest.raises(NotTheAgent):
            decide(case, s.by_agent(c.Decline, "duplicate", s.DIGEST))

    def test_to_the_one_who_has_it_changes_nothing(self):
        assert decide(s.assessing(), assign(s.AGENT)) == ()

    def test_never_gives_a_review_to_the_one_who_refused(self):
        refused = s.act(s.assessing(), s.by_agent(c.Decline, "duplicate", s.DIGEST))
        again = s.act(refused, s.by_borrower(c.AskForReview, s.DIGEST, s.BY))

        with pytest.raises(ReviewByAnother):
            decide(again, assign(s.AGENT))


class TestRelease:
    def test_lets_any_agent_take_it(self):
        free = s.act(s.assessing(), release())

        assert free.agent is None
        assert s.act(free, c.Claim(at=s.NOW, actor=OTHER)).agent == OTHER

    def test_of_a_case_that_nobody_has_changes_nothing(self):
        assert decide(s.act(s.assessing(), release()), release()) == ()

    def test_a_case_that_nobody_took_yet_cannot_be_given_back(self):
        with pytest.raises(CommandNotAllowed):
            decide(s.submitted(), release())
