from datetime import date

import lender as story
import pytest

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Agreement, Case, OfferRound, OutboxMessage
from tideover.app.verbs import application, assessment, loans, offering
from tideover.app.verbs.offering import OfferOutOfDate
from tideover.app.verbs.refusals import NotFound, StaleVersion
from tideover.cases import CaseState, CommandNotAllowed
from tideover.cases.refusals import (
    MakerCannotApprove,
    NoSuchCandidates,
    NotTheAgent,
    OfferExpired,
    OfferNotOnTheTable,
)
from tideover.loan import Paid
from tideover.money import CNY, Money


def pay(lender, reference="late-payment"):
    with atomic():
        event = Paid(clock.today(), reference, Money(10_000, CNY))
        loans.record_event(lender.loan, event, actor="finance-sun", at=clock.now())


def at(monkeypatch, text):
    monkeypatch.setenv("TIDEOVER_NOW", text)


class TestGenerate:
    def test_keeps_at_most_three_offers_with_their_digests(self, lender):
        number = story.claimed(lender)

        offers = offering.generate(lender.agent, number, key="generate")

        row = OfferRound.objects.get()
        assert 1 <= len(offers.offers) <= 3
        assert row.policy_digest == offers.policy_digest
        assert assessment.case_file(lender.agent, number).offer_set == offers

    def test_answers_a_second_tap_with_the_same_offers(self, lender):
        number = story.claimed(lender)

        once = offering.generate(lender.agent, number, key="generate")

        assert offering.generate(lender.agent, number, key="generate") == once
        assert OfferRound.objects.count() == 1

    def test_refuses_another_agent(self, lender):
        number = story.claimed(lender)

        with pytest.raises(NotTheAgent):
            offering.generate(lender.other_agent, number, key="generate")

    @pytest.mark.parametrize("who", ["approver", "finance"])
    def test_is_not_there_for_other_roles(self, lender, who):
        number = story.claimed(lender)

        with pytest.raises(NotFound):
            offering.generate(getattr(lender, who), number, key="generate")


class TestSend:
    def test_within_the_limit_goes_to_the_borrower_at_once(self, lender):
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers
        within = [offer.key for offer in offers if not offer.needs_approval]

        state = offering.send(
            lender.agent, number, offer_keys=within, version=story.version(lender, number), key="s"
        )

        view = offering.borrower_offers(lender.borrower, number)
        assert state is CaseState.OFFERED
        assert [offer.key for offer in view.offers] == within
        # Monday 23 November 2026 and seven working days.
        assert view.open_until == date(2026, 12, 2)
        assert view.is_open
        assert "2026年12月2日（周三）" in OutboxMessage.objects.get(kind="offers-ready").text

    def test_over_the_limit_goes_to_an_approver(self, lender):
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers

        state = offering.send(
            lender.agent,
            number,
            offer_keys=[offer.key for offer in offers],
            version=story.version(lender, number),
            key="send",
        )

        (item,) = offering.approvals(lender.approver)
        assert state is CaseState.AWAITING_APPROVAL
        assert (item.number, item.is_own, item.masked_name) == (number, False, "演示·张*")
        assert item.breaches
        with pytest.raises(NotFound):
            offering.borrower_offers(lender.borrower, number)

    @pytest.mark.parametrize("keys", [(), ("cheapest",)])
    def test_refuses_what_was_not_worked_out(self, lender, keys):
        number = story.generated(lender)

        with pytest.raises(NoSuchCandidates):
            offering.send(
                lender.agent,
                number,
                offer_keys=keys,
                version=story.version(lender, number),
                key="s",
            )

    def test_refuses_a_form_that_is_stale_with_who_and_when(self, lender):
        number = story.generated(lender)
        seen = story.version(lender, number)
        offering.ask_to_talk(lender.borrower, number, "能再少一点吗", key="talk")

        with pytest.raises(StaleVersion, match="the borrower asked to talk on 2026-11-23") as no:
            offering.send(lender.agent, number, offer_keys=["shortest"], version=seen, key="send")

        assert "借款人" in no.value.zh
        assert no.value.by == lender.borrower.account.login

    def test_refuses_figures_of_an_account_that_has_moved(self, lender):
        number = story.generated(lender)
        pay(lender)

        with pytest.raises(OfferOutOfDate, match="were worked out on 2026-11-23"):
            offering.send(
                lender.agent, number, offer_keys=["shortest"],
                version=story.version(lender, number), key="send",
            )  # fmt: skip


class TestApprove:
    @pytest.fixture
    def waiting(self, lender):
        number = story.generated(lender)
        offers = assessment.case_file(lender.agent, number).offer_set.offers
        offering.send(
            lender.agent,
            number,
            offer_keys=[offer.key for offer in offers],
            version=story.version(lender, number),
            key="send",
        )
        return number

    def test_sends_the_offers(self, lender, waiting):
        version = story.version(lender, waiting)

        state = offering.approve(lender.approver, waiting, version=version, key="yes")

        row = OfferRound.objects.get()
        assert state is CaseState.OFFERED
        assert (row.approved_by, row.open_until) == (lender.approver, date(2026, 12, 2))
        assert offering.borrower_offers(lender.borrower, waiting).is_open

    def test_is_refused_to_an_agent(self, lender, waiting):
        version = story.version(lender, waiting)

        with pytest.raises(NotFound):
            offering.approve(lender.agent, waiting, version=version, key="yes")

    def test_is_refused_to_the_maker_who_became_an_approver(self, lender, waiting):
        version = story.version(lender, waiting)
        lender.agent.role = "approver"
        lender.agent.save()

        with pytest.raises(MakerCannotApprove):
            offering.approve(lender.agent, waiting, version=version, key="yes")
        assert offering.approvals(lender.agent)[0].is_own

    def test_is_refused_after_a_payment(self, lender, waiting):
        pay(lender)

        with pytest.raises(OfferOutOfDate):
            offering.approve(
                lender.approver, waiting, version=story.version(lender, waiting), key="yes"
            )

    def test_the_other_answer_returns_the_offers_with_a_remark(self, lender, waiting):
        version = story.version(lender, waiting)

        state = offering.send_back(
            lender.approver, waiting, "期限太长", version=version, key="back"
        )

        file = assessment.case_file(lender.agent, waiting)
        assert state is CaseState.ASSESSING
        assert file.approval.note == "期限太长"
        assert waiting in [item.number for item in assessment.queue(lender.agent).items]


class TestAccept:
    def test_draws_up_an_agreement_once(self, lender):
        number = story.offered(lender)

        once = offering.accept(lender.borrower, number, "shortest", key="accept")
        again = offering.accept(lender.borrower, number, "shortest", key="another tap")

        assert once == again
        assert Case.objects.get(number=number).state == "awaiting-signature"
        assert once.document["number"] == once.number

    def test_answers_the_same_key_the_same_long_after(self, lender, monkeypatch):
        number = story.offered(lender)
        once = offering.accept(lender.borrower, number, "shortest", key="accept")
        at(monkeypatch, "2027-01-05T09:00:00+08:00")

        assert offering.accept(lender.borrower, number, "shortest", key="accept") == once

    def test_may_change_to_another_offer(self, lender):
        number = story.offered(lender)
        offering.accept(lender.borrower, number, "shortest", key="accept")
        keys = [offer.key for offer in offering.borrower_offers(lender.borrower, number).offers]

        other = offering.accept(lender.borrower, number, keys[-1], key="better")

        assert other.offer_key == keys[-1]
        assert offering.borrower_offers(lender.borrower, number).chosen_key == keys[-1]

    def test_is_possible_to_the_last_second_and_refused_after_it(self, lender, monkeypatch):
        number = story.offered(lender)
        at(monkeypatch, "2026-12-03T00:00:00+08:00")

        with pytest.raises(OfferExpired, match="open until the end of 2026-12-02") as refused:
            offering.accept(lender.borrower, number, "shortest", key="accept")

        assert "之前的材料仍然有效" in refused.value.zh
        assert not offering.borrower_offers(lender.borrower, number).is_open
        assert not Agreement.objects.exists()

    def test_is_refused_after_a_payment(self, lender):
        number = story.offered(lender)
        pay(lender)

        with pytest.raises(OfferOutOfDate):
            offering.accept(lender.borrower, number, "shortest", key="accept")

        assert not offering.borrower_offers(lender.borrower, number).is_current

    def test_refuses_a_set_that_was_replaced(self, lender):
        number = story.offered(lender)

        with pytest.raises(OfferNotOnTheTable):
            offering.accept(lender.borrower, number, "shortest", key="accept", seen="ab" * 32)

    def test_refuses_an_offer_nobody_made(self, lender):
        with pytest.raises(OfferNotOnTheTable):
            offering.accept(lender.borrower, story.offered(lender), "cheapest", key="accept")

    def test_finds_no_case_of_another(self, lender):
        number = story.offered(lender)

        for verb in (
            lambda: offering.accept(lender.stranger, number, "shortest", key="accept"),
            lambda: offering.borrower_offers(lender.stranger, number),
            lambda: offering.ask_to_talk(lender.stranger, number, "…", key="talk"),
        ):
            with pytest.raises(NotFound):
                verb()


class TestAskToTalk:
    def test_leaves_the_offers_open_and_tells_the_agent(self, lender):
        number = story.offered(lender)

        answer_by = offering.ask_to_talk(lender.borrower, number, "都不合适", key="talk")

        file = assessment.case_file(lender.agent, number)
        assert answer_by == date(2026, 11, 26)
        assert [message.text for message in file.messages] == ["都不合适"]
        assert file.messages[0].sender == "演示·张*"
        assert offering.borrower_offers(lender.borrower, number).is_open
        assert number in [item.number for item in assessment.queue(lender.agent).items]

    def test_is_answered_in_the_case(self, lender):
        number = story.offered(lender)
        offering.ask_to_talk(lender.borrower, number, "都不合适", key="talk")

        assessment.answer(
            lender.agent, number, "好的，我们重新算", version=story.version(lender, number), key="a"
        )

        file = assessment.case_file(lender.agent, number)
        assert [message.text for message in file.messages] == ["都不合适", "好的，我们重新算"]
        assert file.next_step.en == "the borrower chooses"

    def test_after_the_last_day_brings_new_offers_on_todays_account(self, lender, monkeypatch):
        number = story.offered(lender)
        at(monkeypatch, "2026-12-03T09:00:00+08:00")

        offering.ask_to_talk(lender.borrower, number, "请重新计算", key="talk")
        offering.generate(lender.agent, number, key="new")
        story.send(lender, number, key="new")

        view = offering.borrower_offers(lender.borrower, number)
        assert view.is_open
        assert view.offers[0].proposal.restructured.on == date(2026, 12, 3)

    def test_of_a_refused_case_asks_another_agent_for_a_review(self, lender):
        number = story.claimed(lender)
        version = story.version(lender, number)
        assessment.decline(
            lender.agent, number, reason_code="able-to-pay", note="", version=version, key="no"
        )

        offering.ask_to_talk(lender.borrower, number, "我少填了房租", key="review")

        version = story.version(lender, number)
        with pytest.raises(Exception, match="needs another agent"):
            assessment.claim(lender.agent, number, version=version, key="again")
        assessment.claim(lender.other_agent, number, version=version, key="mine")
        assert Case.objects.get(number=number).agent == lender.other_agent

    def test_of_a_refused_case_ends_with_the_days_for_it(self, lender, monkeypatch):
        number = story.claimed(lender)
        version = story.version(lender, number)
        assessment.decline(
            lender.agent, number, reason_code="able-to-pay", note="", version=version, key="no"
        )
        at(monkeypatch, "2026-12-24T00:00:00+08:00")

        with pytest.raises(offering.ReviewTooLate, match="could be reviewed until 2026-12-23"):
            offering.ask_to_talk(lender.borrower, number, "请复核", key="review")

    def test_needs_words(self, lender):
        with pytest.raises(Exception, match="your message is missing"):
            offering.ask_to_talk(lender.borrower, story.offered(lender), "  ", key="talk")

    def test_is_over_when_the_case_is(self, lender):
        number = story.submitted(lender)
        application.withdraw(lender.borrower, number, key="stop")

        with pytest.raises(CommandNotAllowed):
            offering.ask_to_talk(lender.borrower, number, "还在吗", key="talk")


class TestExpire:
    def test_takes_only_what_is_over(self, lender, monkeypatch):
        number = story.accepted(lender)
        early = offering.expire()
        at(monkeypatch, "2026-12-03T00:00:00+08:00")

        assert early == ()
        assert offering.expire() == (number,)
        assert offering.expire() == ()
        assert Case.objects.get(number=number).state == "expired"
