from datetime import timedelta

import pytest
import story as s

from tideover.cases import (
    CaseState,
    EvidenceOutcome,
    Turn,
    check_version,
    decide,
    event_from_record,
    event_to_record,
)
from tideover.cases import commands as c
from tideover.cases import events as e
from tideover.cases import refusals as r

LAST_SECOND = s.OPEN_UNTIL - timedelta(seconds=1)


class TestSubmit:
    def test_refuses_a_draft_and_names_what_is_missing(self):
        draft = s.act(s.opened(), s.by_borrower(c.SaveSection, "income", s.DIGEST, True))

        with pytest.raises(r.NotComplete, match="4 sections are still open: what happened") as no:
            decide(draft, s.by_borrower(c.Submit, s.DIGEST, s.BY))

        assert no.value.missing == ("cause", "outgoings", "wish", "evidence")
        assert "我的想法、证明材料" in no.value.zh

    def test_counts_a_section_spoiled_afterwards_as_missing(self):
        spoiled = s.act(s.complete(), s.by_borrower(c.SaveSection, "wish", s.DIGEST, False))

        assert spoiled.missing == ("wish",)

    def test_takes_an_explanation_in_place_of_a_file(self):
        without = s.act(s.complete(), s.by_borrower(c.RemoveEvidence, "E1"))
        explained = s.act(without, s.by_borrower(c.SaveSection, "evidence", s.DIGEST, True))

        assert without.missing == ("evidence",)
        assert explained.missing == ()

    def test_carries_the_promise(self):
        case = s.submitted()

        assert (case.state, case.answer_by, case.turn) == (
            CaseState.SUBMITTED,
            s.BY,
            Turn.LENDER,
        )


class TestClaim:
    def test_a_second_one_by_the_same_agent_changes_nothing(self):
        assert decide(s.assessing(), s.by_agent(c.Claim)) == ()

    def test_refuses_a_second_agent_with_the_name_of_the_first(self):
        with pytest.raises(r.AlreadyClaimed, match="already belongs to agent:2"):
            decide(s.assessing(), c.Claim(at=s.NOW, actor="agent:9"))

    @pytest.mark.parametrize(
        "command",
        [
            c.MarkEvidence("E1", EvidenceOutcome.CLEAR, at=s.NOW, actor="agent:9"),
            c.AskForMore(("payslip",), s.BY, at=s.NOW, actor="agent:9"),
            c.Decline("duplicate", s.DIGEST, at=s.NOW, actor="agent:9"),
            c.SendOffers(("shortest",), s.OPEN_UNTIL, at=s.NOW, actor="agent:9"),
            c.RequestApproval(("shortest",), at=s.NOW, actor="agent:9"),
        ],
    )
    def test_keeps_the_work_of_one_agent_from_another(self, command):
        with pytest.raises(r.NotTheAgent, match="is with agent:2, not with agent:9"):
            decide(s.generated(), command)


class TestMarkEvidence:
    def test_asks_again_for_what_cannot_be_read(self):
        unreadable = s.by_agent(c.MarkEvidence, "E1", EvidenceOutcome.UNREADABLE, s.BY)

        case = s.act(s.assessing(), unreadable)

        assert case.evidence[0].outcome is EvidenceOutcome.UNREADABLE
        assert case.asked == {"termination"}
        assert case.turn is Turn.BORROWER
        assert case.answer_by is None, "the clock stands while the borrower is asked"

    def test_starts_the_clock_again_when_the_file_comes(self):
        unreadable = s.by_agent(c.MarkEvidence, "E1", EvidenceOutcome.UNREADABLE, s.BY)
        again = s.by_borrower(c.AddEvidence, "E2", "termination", s.OTHER_DIGEST, s.BY)

        case = s.act(s.assessing(), unreadable, again)

        assert (case.asked, case.ask_by, case.answer_by) == (frozenset(), None, s.BY)
        assert case.turn is Turn.LENDER

    def test_keeps_waiting_for_the_other_file(self):
        asked = s.by_agent(c.AskForMore, ("termination", "payslip"), s.BY)
        one = s.by_borrower(c.AddEvidence, "E2", "payslip", s.OTHER_DIGEST, s.BY)

        case = s.act(s.assessing(), asked, one)

        assert case.asked == {"termination"}
        assert case.answer_by is None

    def test_of_a_clear_file_asks_nothing(self):
        clear = s.by_agent(c.MarkEvidence, "E1", EvidenceOutcome.CLEAR, s.BY)

        assert s.events_of(s.assessing(), clear) == (e.EvidenceMarked,)

    def test_refuses_a_file_of_another_case(self):
        with pytest.raises(r.UnknownEvidence, match="has no file E9; its files: E1"):
            decide(s.assessing(), s.by_agent(c.MarkEvidence, "E9", EvidenceOutcome.CLEAR))


class TestSendOffers:
    def test_refuses_what_is_over_the_limit(self):
        with pytest.raises(r.ApprovalNeeded, match="offers lightest of case HC-1001"):
            decide(
                s.generated(),
                s.by_agent(c.SendOffers, ("shortest", "lightest"), s.OPEN_UNTIL),
            )

    @pytest.mark.parametrize("keys", [(), ("cheapest",), ("shortest", "cheapest")])
    def test_refuses_offers_that_are_no_candidates(self, keys):
        with pytest.raises(r.NoSuchCandidates, match="shortest, lightest"):
            decide(s.generated(), s.by_agent(c.SendOffers, keys, s.OPEN_UNTIL))

    def test_refuses_before_any_were_generated(self):
        with pytest.raises(r.NoSuchCandidates, match="candidates of case HC-1001: none"):
            decide(s.assessing(), s.by_agent(c.SendOffers, ("shortest",), s.OPEN_UNTIL))

    def test_refuses_a_last_moment_that_has_passed(self):
        with pytest.raises(r.OffersAlreadyOver, match="choose a later day"):
            decide(s.generated(), s.by_agent(c.SendOffers, ("shortest",), s.NOW))

    def test_replaces_what_was_on_the_table(self):
        again = s.generate(s.OTHER_DIGEST)
        sent = s.by_agent(c.SendOffers, ("shortest",), s.OPEN_UNTIL)

        case = s.act(s.offered(), again, sent)

        assert case.table.set_digest == s.OTHER_DIGEST


class TestApprove:
    def test_puts_the_requested_offers_on_the_table(self):
        case = s.act(s.awaiting_approval(), s.by_approver(c.Approve, s.OPEN_UNTIL))

        assert case.state is CaseState.OFFERED
        assert case.table.offer_keys == ("shortest", "lightest")

    @pytest.mark.parametrize(
        "command",
        [
            c.Approve(s.OPEN_UNTIL, at=s.NOW, actor=s.AGENT),
            c.SendBack(s.DIGEST, at=s.NOW, actor=s.AGENT),
        ],
    )
    def test_is_never_by_the_maker(self, command):
        with pytest.raises(r.MakerCannotApprove, match="made by agent:2"):
            decide(s.awaiting_approval(), command)

    def test_of_an_approver_who_may_not_see_old_dates_refuses_them(self):
        with pytest.raises(r.OffersAlreadyOver):
            decide(s.awaiting_approval(), s.by_approver(c.Approve, s.NOW))

    def test_the_other_answer_gives_the_case_back_to_its_agent(self):
        case = s.act(s.awaiting_approval(), s.by_approver(c.SendBack, s.DIGEST))

        assert (case.state, case.agent, case.requested) == (CaseState.ASSESSING, s.AGENT, ())


class TestAcceptOffer:
    def test_is_possible_to_the_last_second(self):
        case = s.act(s.offered(), s.by_borrower(c.AcceptOffer, "shortest", at=LAST_SECOND))

        assert (case.state, case.accepted) == (CaseState.AWAITING_SIGNATURE, "shortest")

    def test_is_refused_one_second_later_with_both_days(self):
        with pytest.raises(
            r.OfferExpired,
            match="open until the end of 2026-12-10 and was answered on 2026-12-11 at 00:00",
        ) as no:
            decide(s.offered(), s.by_borrower(c.AcceptOffer, "shortest", at=s.OPEN_UNTIL))

        assert "已于 2026年12月10日到期" in no.value.zh

    def test_refuses_an_offer_that_is_not_on_the_table(self):
        with pytest.raises(r.OfferNotOnTheTable, match="on it: shortest"):
            decide(s.offered(), s.by_borrower(c.AcceptOffer, "lightest"))

    def test_refuses_the_same_key_of_a_set_that_was_replaced(self):
        with pytest.raises(r.OfferNotOnTheTable, match="look at the offers again"):
            decide(s.offered(), s.by_borrower(c.AcceptOffer, "shortest", s.OTHER_DIGEST))

    def test_a_second_time_changes_nothing(self):
        assert decide(s.awaiting_signature(), s.by_borrower(c.AcceptOffer, "shortest")) == ()

    def test_may_change_to_another_offer_before_signature(self):
        both = s.act(s.awaiting_approval(), s.by_approver(c.Approve, s.OPEN_UNTIL))
        chosen = s.act(
            both,
            s.by_borrower(c.AcceptOffer, "shortest"),
            s.by_borrower(c.ShowDisclosure, s.DIGEST, 0),
            s.by_borrower(c.AcceptOffer, "lightest"),
        )

        assert (chosen.accepted, chosen.shown) == ("lightest", None)


class TestAskToTalk:
    def test_leaves_open_offers_on_the_table(self):
        case = s.act(s.offered(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        assert (case.state, case.turn) == (CaseState.OFFERED, Turn.LENDER)
        assert case.table is not None

    def test_takes_back_an_acceptance(self):
        case = s.act(s.awaiting_signature(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        assert (case.state, case.accepted) == (CaseState.OFFERED, None)

    def test_after_the_last_day_gives_the_case_back_to_its_agent(self):
        case = s.act(s.offered(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY, at=s.OPEN_UNTIL))

        assert (case.state, case.table, case.agent) == (CaseState.ASSESSING, None, s.AGENT)

    def test_takes_an_expired_case_up_again(self):
        case = s.act(s.expired(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        assert (case.state, case.answer_by) == (CaseState.ASSESSING, s.BY)

    @pytest.mark.parametrize(
        "case", [s.submitted(), s.assessing(), s.awaiting_approval(), s.active()]
    )
    def test_moves_a_case_without_a_table_nowhere(self, case):
        talking = s.act(case, s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        assert (talking.state, talking.turn) == (case.state, Turn.LENDER)

    def test_long_after_the_signature_expires_nothing(self):
        much_later = s.OPEN_UNTIL + timedelta(days=90)
        ask = s.by_borrower(c.AskToTalk, s.DIGEST, s.BY, at=much_later)

        assert s.events_of(s.active(), ask) == (e.TalkAsked,)

    def test_never_loosens_a_promise_that_was_given(self):
        later = s.BY + timedelta(days=5)

        case = s.act(s.submitted(), s.by_borrower(c.AskToTalk, s.DIGEST, later))

        assert case.answer_by == s.BY


class TestAnswerTalk:
    def test_gives_the_turn_back(self):
        asked = s.act(s.offered(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        answered = s.act(asked, s.by_agent(c.AnswerTalk, s.DIGEST))

        assert (answered.turn, answered.answer_by) == (Turn.BORROWER, None)

    def test_still_owes_the_decision(self):
        asked = s.act(s.assessing(), s.by_borrower(c.AskToTalk, s.DIGEST, s.BY))

        assert s.act(asked, s.by_agent(c.AnswerTalk, s.DIGEST)).answer_by == s.BY

    def test_of_nobody_who_asked_is_nothing(self):
        assert decide(s.offered(), s.by_agent(c.AnswerTalk, s.DIGEST)) == ()


class TestAskForReview:
    def declined(self):
        decline = s.by_agent(c.Decline, "evidence-insufficient", s.DIGEST)
        return s.act(s.assessing(), decline, s.by_borrower(c.AskForReview, s.DIGEST, s.BY))

    def test_puts_the_case_back_for_anybody_else(self):
        case = self.declined()

        assert (case.state, case.agent, case.answer_by) == (CaseState.SUBMITTED, None, s.BY)
        assert s.act(case, c.Claim(at=s.NOW, actor="agent:9")).agent == "agent:9"

    def test_is_never_done_by_who_refused(self):
        with pytest.raises(r.ReviewByAnother, match="refused by agent:2"):
            decide(self.declined(), s.by_agent(c.Claim))


class TestExpireOffers:
    def test_waits_for_the_end_of_the_last_day(self):
        with pytest.raises(r.OffersStillOpen, match="open until the end of 2026-12-10"):
            decide(s.offered(), s.by_agent(c.ExpireOffers, at=LAST_SECOND))

    def test_clears_the_table(self):
        case = s.expired()

        assert (case.state, case.table, case.turn) == (CaseState.EXPIRED, None, Turn.NOBODY)


class TestSign:
    def test_needs_the_document_to_have_been_shown(self):
        with pytest.raises(r.DisclosureNotShown, match="has not been shown in this wording"):
            decide(
                s.awaiting_signature(),
                s.by_borrower(c.Sign, "AG-1001", s.DIGEST, s.OTHER_DIGEST),
            )

    def test_needs_that_very_document(self):
        shown = s.act(s.awaiting_signature(), s.by_borrower(c.ShowDisclosure, s.OTHER_DIGEST, 0))

        with pytest.raises(r.DisclosureNotShown):
            decide(shown, s.by_borrower(c.Sign, "AG-1001", s.DIGEST, s.OTHER_DIGEST))

    def test_waits_for_the_reading_time_to_the_second(self):
        shown = s.act(s.awaiting_signature(), s.by_borrower(c.ShowDisclosure, s.DIGEST, 10))
        sign = (c.Sign, "AG-1001", s.DIGEST, s.OTHER_DIGEST)

        with pytest.raises(r.ReadingTimeNotOver, match="take 3 more second") as refused:
            decide(shown, s.by_borrower(*sign, at=shown.last_at + timedelta(seconds=7)))

        assert refused.value.seconds_left == 3
        assert decide(shown, s.by_borrower(*sign, at=shown.last_at + timedelta(seconds=10)))

    def test_a_log_from_before_there_was_a_reading_time_is_read(self):
        shown = e.DisclosureShown(s.DIGEST, at=s.OPEN_UNTIL, actor="b")
        old = {k: v for k, v in event_to_record(shown).items() if k != "reading_seconds"}

        assert event_from_record(old) == shown

    def test_is_refused_after_the_last_day(self):
        shown = s.act(s.awaiting_signature(), s.by_borrower(c.ShowDisclosure, s.DIGEST, 0))

        for command in (
            s.by_borrower(c.Sign, "AG-1", s.DIGEST, s.DIGEST, at=s.OPEN_UNTIL),
            s.by_borrower(c.ShowDisclosure, s.DIGEST, 0, at=s.OPEN_UNTIL),
        ):
            with pytest.raises(r.OfferExpired):
                decide(shown, command)

    def test_makes_the_plan_active(self):
        case = s.active()

        assert (case.state, case.agreement) == (CaseState.ACTIVE, "AG-1001")

    def test_showing_the_same_document_twice_is_one_event(self):
        shown = s.act(s.awaiting_signature(), s.by_borrower(c.ShowDisclosure, s.DIGEST, 0))

        assert decide(shown, s.by_borrower(c.ShowDisclosure, s.DIGEST, 0)) == ()


class TestTheOtherEnds:
    def test_a_decline_keeps_its_reason(self):
        case = s.act(s.assessing(), s.by_agent(c.Decline, "evidence-insufficient", s.DIGEST))

        assert (case.state, case.reason) == (CaseState.DECLINED, "evidence-insufficient")

    def test_a_withdrawal_clears_the_table(self):
        case = s.act(s.awaiting_signature(), s.by_borrower(c.Withdraw))

        assert (case.state, case.table, case.accepted) == (CaseState.WITHDRAWN, None, None)

    def test_a_settled_loan_closes_its_case(self):
        assert s.act(s.active(), s.by_agent(c.RecordSettlement)).state is CaseState.SETTLED


class TestCheckVersion:
    def test_lets_the_version_that_was_read_pass(self):
        assert check_version(s.submitted(), s.submitted().version) is None

    def test_refuses_another_one_with_who_and_when(self):
        case = s.assessing()

        with pytest.raises(
            r.StaleCase, match="read at version 7 and is now at version 8: agent:2 acted at 2026"
        ):
            check_version(case, 7)
