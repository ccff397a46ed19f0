"""Rounds: negotiating.py and rounds.py."""

from dataclasses import replace
from datetime import timedelta

import pytest
import story as s
from hypothesis import given
from hypothesis import strategies as st

from tideover.cases import (
    BY_POLICY,
    CaseState,
    FoundSet,
    OfferOnFile,
    RoundAnswer,
    RoundOutcome,
    Terms,
    Turn,
    decide,
    events,
)
from tideover.cases import commands as c
from tideover.cases.refusals import (
    AlreadyClaimed,
    ApprovalNeeded,
    NoRoundLeft,
    NothingToReview,
    NothingToWithdraw,
    OfferExpired,
    OfferNotOnTheTable,
    OffersAlreadyOver,
    OffersChanged,
    ReviewByAnother,
    RoundStillOpen,
)

TERMS = Terms(60_000, None, None)
OTHERS = Terms(None, 24, None)
LATER = s.OPEN_UNTIL + timedelta(days=3)
NEW_DIGEST = "ef" * 32


def found(key="counter-1", *, needs_approval=False, set_digest=NEW_DIGEST) -> FoundSet:
    offers = (OfferOnFile(key, needs_approval), OfferOnFile("shortest", False))
    return FoundSet(s.NOW.date(), set_digest, s.DIGEST, s.DIGEST, offers, {"offers": []})


def nearest(key="counter-1", **more) -> RoundAnswer:
    return RoundAnswer(
        outcome=RoundOutcome.NEAREST,
        offer_key=key,
        codes=("over_legal_limit",),
        record={"difference": None},
        found=found(key, **more),
        open_until=LATER,
    )


def refused() -> RoundAnswer:
    return RoundAnswer(
        outcome=RoundOutcome.REFUSED, offer_key=None, codes=("never_amortises",), record={}
    )


def with_person() -> RoundAnswer:
    return replace(
        nearest(needs_approval=True),
        outcome=RoundOutcome.WITH_PERSON,
        open_until=None,
        answer_by=s.BY,
    )


def propose(answer=None, *, terms=TERMS, seen=s.DIGEST, rounds_max=3, at=s.NOW) -> c.Command:
    return s.by_borrower(
        c.ProposeTerms, terms, seen, rounds_max, s.DIGEST, s.DIGEST, answer or nearest(), at=at
    )


class TestProposeTerms:
    def test_puts_what_was_found_on_the_table_at_once(self):
        case = s.act(s.offered(), propose())

        assert case.state is CaseState.OFFERED
        assert case.table.offer_keys == ("counter-1", "shortest")
        assert case.table.open_until == LATER
        assert case.turn is Turn.BORROWER
        assert [one.outcome for one in case.rounds] == [RoundOutcome.NEAREST]

    def test_says_who_proposed_and_that_the_policy_answered(self):
        told = decide(s.offered(), propose())

        assert [type(one) for one in told] == [
            events.TermsProposed,
            events.OffersGenerated,
            events.OffersSent,
            events.TermsAnswered,
        ]
        assert [one.actor for one in told] == [s.BORROWER, BY_POLICY, BY_POLICY, BY_POLICY]

    def test_takes_a_choice_back_that_is_not_signed(self):
        case = s.act(s.awaiting_signature(), propose())

        assert case.state is CaseState.OFFERED
        assert case.accepted is None

    def test_leaves_everything_where_it_is_when_nothing_passes(self):
        case = s.act(s.awaiting_signature(), propose(refused()))

        assert case.state is CaseState.AWAITING_SIGNATURE
        assert case.table.set_digest == s.DIGEST
        assert case.accepted == "shortest"

    def test_waits_for_a_person_over_the_limit_and_moves_nothing_on_the_table(self):
        case = s.act(s.offered(), propose(with_person()))

        assert case.table.offer_keys == ("shortest",)
        assert case.candidates.set_digest == NEW_DIGEST
        assert case.turn is Turn.LENDER
        assert case.answer_by == s.BY

    def test_needs_an_agent_and_somebody_else_over_the_limit(self):
        waiting = s.act(s.offered(), propose(with_person()))

        asked = s.act(waiting, s.by_agent(c.RequestApproval, ("counter-1", "shortest")))
        approved = s.act(asked, s.by_approver(c.Approve, LATER))

        with pytest.raises(ApprovalNeeded):
            decide(waiting, s.by_agent(c.SendOffers, ("counter-1",), LATER))
        assert approved.table.offer_keys == ("counter-1", "shortest")
        assert not approved.rounds[-1].is_open

    def test_never_goes_on_the_table_over_the_limit_unseen(self):
        with pytest.raises(ApprovalNeeded):
            decide(s.offered(), propose(nearest(needs_approval=True)))

    def test_says_nothing_twice_to_the_same_terms(self):
        once = s.act(s.offered(), propose())

        assert decide(once, propose(seen=NEW_DIGEST)) == ()

    def test_counts_rounds_up_to_what_the_policy_gives(self):
        case = s.offered()
        for number in range(3):
            case = s.act(case, propose(refused(), terms=Terms(number + 1, None, None)))

        with pytest.raises(NoRoundLeft, match="3 proposals were answered and 3 can be"):
            decide(case, propose(refused()))

    def test_is_refused_while_a_person_looks_at_the_one_before(self):
        waiting = s.act(s.offered(), propose(with_person()))

        with pytest.raises(RoundStillOpen, match="proposal 1 and answers by 2026-12-04"):
            decide(waiting, propose(terms=OTHERS))

    def test_is_refused_from_a_page_that_shows_other_offers(self):
        case = s.act(s.offered(), propose())

        with pytest.raises(OffersChanged):
            decide(case, propose(terms=OTHERS))

    def test_is_refused_after_the_last_day(self):
        with pytest.raises(OfferExpired):
            decide(s.offered(), propose(at=s.OPEN_UNTIL))

    def test_puts_nothing_on_the_table_that_is_over_already(self):
        with pytest.raises(OffersAlreadyOver):
            decide(s.offered(), propose(replace(nearest(), open_until=s.NOW)))

    def test_keeps_what_is_owed_to_somebody_who_wrote(self):
        wrote = s.act(s.offered(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        case = s.act(wrote, propose())

        assert case.wants_to_talk
        assert case.answer_by == s.BY

    @given(st.lists(st.sampled_from([nearest, refused, with_person]), max_size=6))
    def test_makes_a_set_that_was_answered_the_only_one_to_accept(self, answers):
        case = s.offered()
        for number, make in enumerate(answers, start=1):
            answer = make()
            if answer.found is not None:
                answer = replace(answer, found=replace(answer.found, set_digest=f"{number:064x}"))
            terms, seen = Terms(number, None, None), case.table.set_digest
            if case.rounds and case.rounds[-1].is_open:
                case = s.act(case, s.by_borrower(c.WithdrawTerms))
            case = s.act(case, propose(answer, terms=terms, seen=seen, rounds_max=9))
            if case.table.set_digest == seen:
                continue
            with pytest.raises(OfferNotOnTheTable):
                decide(case, s.by_borrower(c.AcceptOffer, "shortest", seen))

        assert len(case.rounds) == len(answers)
        assert decide(case, s.by_borrower(c.AcceptOffer, "shortest", case.table.set_digest))


class TestWithdrawTerms:
    def test_takes_the_open_proposal_back(self):
        waiting = s.act(s.offered(), propose(with_person()))

        case = s.act(waiting, s.by_borrower(c.WithdrawTerms))

        assert case.rounds[-1].is_withdrawn
        assert case.turn is Turn.BORROWER
        assert case.answer_by is None

    def test_is_refused_when_all_is_answered(self):
        with pytest.raises(NothingToWithdraw):
            decide(s.act(s.offered(), propose()), s.by_borrower(c.WithdrawTerms))

    def test_lets_the_same_be_proposed_again(self):
        waiting = s.act(s.offered(), propose(with_person()))
        case = s.act(waiting, s.by_borrower(c.WithdrawTerms))

        assert len(s.act(case, propose(with_person())).rounds) == 2


class TestAskForAnother:
    def ask(self) -> c.Command:
        return s.by_borrower(c.AskForAnother, s.DIGEST, s.BY)

    def test_leaves_the_offers_and_frees_the_case_for_somebody_else(self):
        case = s.act(s.act(s.offered(), propose(refused())), self.ask())

        assert case.table is not None
        assert case.agent is None
        with pytest.raises(ReviewByAnother):
            decide(case, s.by_agent(c.Claim))
        other = c.Claim(at=s.NOW, actor="agent:9")
        taken = s.act(case, other)
        assert (taken.state, taken.agent) == (CaseState.OFFERED, "agent:9")
        with pytest.raises(AlreadyClaimed):
            decide(taken, s.by_agent(c.Claim))

    def test_is_answered_in_words_or_with_offers(self):
        asked = s.act(s.act(s.offered(), propose(refused())), self.ask())
        taken = s.act(asked, c.Claim(at=s.NOW, actor="agent:9"))

        case = s.act(taken, c.AnswerTalk(s.DIGEST, at=s.NOW, actor="agent:9"))

        assert not case.rounds[-1].is_open
        assert not case.wants_to_talk

    def test_is_asked_once_for_a_round(self):
        asked = s.act(s.act(s.offered(), propose(refused())), self.ask())

        assert decide(asked, self.ask()) == ()

    @pytest.mark.parametrize("answers", [(), (with_person,)])
    def test_needs_an_answer_that_is_not_the_one_proposed(self, answers):
        case = s.offered()
        for make in answers:
            case = s.act(case, propose(make()))

        with pytest.raises(NothingToReview):
            decide(case, self.ask())
