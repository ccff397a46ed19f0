"""A case under random commands: it never leaves the table, and its events alone rebuild it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import story as s
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tideover.cases import (
    DECISIONS,
    ON_THE_TABLE,
    CaseState,
    EvidenceOutcome,
    Turn,
    UnableToDecide,
    apply,
    decide,
    event_from_record,
    event_to_record,
    fold,
)
from tideover.cases import commands as c
from tideover.cases import events as e

people = st.sampled_from([s.BORROWER, s.AGENT, s.APPROVER])
keys = st.sampled_from(["shortest", "lightest", "pause-first"])
key_sets = st.lists(keys, max_size=3, unique=True).map(tuple)
digests = st.sampled_from([s.DIGEST, s.OTHER_DIGEST])
sections = st.sampled_from(["cause", "income", "outgoings", "wish", "evidence"])
files = st.sampled_from(["E1", "E2"])
needs = st.sampled_from(["termination", "payslip"])
by = st.just(s.BY)

PLANS = (
    st.tuples(st.just(c.SaveSection), sections, digests, st.booleans()),
    st.tuples(st.just(c.AddEvidence), files, needs, digests, by),
    st.tuples(st.just(c.RemoveEvidence), files),
    st.tuples(st.just(c.Submit), digests, by),
    st.tuples(st.just(c.Claim)),
    st.tuples(st.just(c.Assign), st.sampled_from(["agent:1", "agent:9"])),
    st.tuples(st.just(c.Release)),
    st.tuples(st.just(c.MarkEvidence), files, st.sampled_from(EvidenceOutcome), by),
    st.tuples(st.just(c.AskForMore), needs.map(lambda need: (need,)), by),
    st.tuples(st.just(c.SendOffers), key_sets, st.just(s.OPEN_UNTIL)),
    st.tuples(st.just(c.RequestApproval), key_sets),
    st.tuples(st.just(c.Approve), st.just(s.OPEN_UNTIL)),
    st.tuples(st.just(c.SendBack), digests),
    st.tuples(st.just(c.AcceptOffer), keys, st.none() | digests),
    st.tuples(st.just(c.AskToTalk), digests, by),
    st.tuples(st.just(c.AnswerTalk), digests),
    st.tuples(st.just(c.Decline), st.just("duplicate"), digests),
    st.tuples(st.just(c.AskForReview), digests, by),
    st.tuples(st.just(c.ShowDisclosure), digests, st.integers(0, 60)),
    st.tuples(st.just(c.Sign), st.just("AG-1001"), digests, digests),
    st.tuples(st.just(c.ExpireOffers)),
)


class Life(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.case = None
        self.events = []
        self.refusals = []
        self.now = s.NOW
        self.send(s.by_borrower(c.OpenCase, "HC-1001", "WLD-0001"))

    def send(self, command):
        try:
            happened = decide(self.case, command)
        except UnableToDecide as refusal:
            self.refusals.append(refusal)
            return
        before = self.case
        self.case = fold(happened, before)
        self.events += happened
        if before and happened:
            assert self.case.state in DECISIONS[before.state, type(command)].then

    @rule(plan=st.one_of(PLANS), actor=people, hours=st.integers(0, 80))
    def anything(self, plan, actor, hours):
        self.now += timedelta(hours=hours)
        command, *values = plan
        self.send(command(*values, at=self.now, actor=actor))

    @rule(set_digest=digests)
    def offers_by_the_agent(self, set_digest):
        self.send(replace(s.generate(set_digest), at=self.now))

    @rule()
    def the_usual_next_step(self):
        usual = {
            CaseState.SUBMITTED: s.by_agent(c.Claim),
            CaseState.ASSESSING: s.by_agent(c.SendOffers, ("shortest",), s.OPEN_UNTIL),
            CaseState.AWAITING_APPROVAL: s.by_approver(c.Approve, s.OPEN_UNTIL),
            CaseState.OFFERED: s.by_borrower(c.AcceptOffer, "shortest"),
        }
        if self.case.state in usual:
            self.send(replace(usual[self.case.state], at=self.now))

    @rule()
    def fill_in_everything(self):
        for section in ("cause", "income", "outgoings", "wish", "evidence"):
            self.send(s.by_borrower(c.SaveSection, section, s.DIGEST, True, at=self.now))
        self.send(s.by_borrower(c.Submit, s.DIGEST, s.BY, at=self.now))

    @invariant()
    def events_alone_rebuild_the_case(self):
        records = [event_to_record(event) for event in self.events]
        assert fold(event_from_record(record) for record in records) == self.case
        assert self.case.version == len(self.events)

    @invariant()
    def a_refusal_speaks_both_languages(self):
        assert all(refusal.code and refusal.zh != str(refusal) for refusal in self.refusals)

    @invariant()
    def a_table_is_there_exactly_when_the_borrower_may_choose(self):
        assert (self.case.table is not None) == (self.case.state in ON_THE_TABLE)

    @invariant()
    def nothing_is_signed_that_was_not_shown(self):
        signed = [event for event in self.events if isinstance(event, e.AgreementSigned)]
        shown = [event for event in self.events if isinstance(event, e.DisclosureShown)]
        assert len(signed) <= 1
        if signed:
            assert shown[-1].document_digest == signed[0].document_digest

    @invariant()
    def nobody_approves_their_own_offers(self):
        maker = None
        for event in self.events:
            maker = event.actor if isinstance(event, e.ApprovalRequested) else maker
            assert not isinstance(event, e.OffersApproved) or event.actor != maker


Life.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase


class TestApply:
    def test_makes_no_case_of_anything_but_an_opening(self):
        with pytest.raises(TypeError, match=r"begins with case\.opened, not with case\.claimed"):
            apply(None, e.CaseClaimed(at=s.NOW, actor=s.AGENT))

    def test_never_refuses_the_past(self):
        signed = e.AgreementSigned("AG-1", s.DIGEST, s.DIGEST, at=s.NOW, actor=s.BORROWER)

        assert apply(s.opened(), signed).state is CaseState.ACTIVE


class TestTurn:
    @pytest.mark.parametrize(
        ("case", "turn"),
        [
            (s.opened(), Turn.BORROWER),
            (s.submitted(), Turn.LENDER),
            (s.awaiting_approval(), Turn.LENDER),
            (s.offered(), Turn.BORROWER),
            (s.awaiting_signature(), Turn.BORROWER),
            (s.active(), Turn.BORROWER),
            (s.expired(), Turn.NOBODY),
        ],
    )
    def test_says_who_acts_next(self, case, turn):
        assert case.turn is turn
