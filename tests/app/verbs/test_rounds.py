"""Rounds between a borrower and the policy: negotiating.py, answering.py, rounds.py."""

import lender as story
import pytest

from tideover.app.db.models import OfferRound
from tideover.app.verbs import application, assessment, offering
from tideover.app.verbs.receipts import KeyReused
from tideover.cases import BY_POLICY, CaseState, RoundOutcome, Terms
from tideover.cases.refusals import (
    NoRoundLeft,
    OfferNotOnTheTable,
    OffersChanged,
    ReviewByAnother,
)
from tideover.money import CNY


def view(lender, number):
    return offering.borrower_offers(lender.borrower, number)


def propose(lender, number, terms, *, key="propose", seen=None):
    seen = seen or view(lender, number).set_digest
    return offering.propose(lender.borrower, number, terms, seen=seen, key=key)


def latest(lender, number):
    return offering.negotiation(lender.borrower, number).rounds[-1]


@pytest.fixture
def number(lender) -> str:
    return story.offered(lender)


class TestPropose:
    def test_finds_the_plan_asked_for_beside_the_offers_that_stay(self, lender, number):
        before = view(lender, number)

        propose(lender, number, Terms(None, 17, None))

        after, answer = view(lender, number), latest(lender, number)
        assert answer.outcome is RoundOutcome.ACCEPTED
        assert answer.plan.instalments == 17
        assert after.offers[0].key == answer.offer_key == "counter-1"
        assert after.offers[1:] == before.offers

    @pytest.mark.parametrize(
        "terms",
        [
            Terms(10_000, None, None),
            Terms(60_000, None, None),
            Terms(None, 3, None),
            Terms(None, 59, None),
            Terms(None, None, 2),
            Terms(None, None, 9),
            Terms(1, 600, 60),
        ],
    )
    def test_never_offers_what_a_binding_rule_stops(self, lender, number, terms):
        propose(lender, number, terms)

        row = OfferRound.objects.order_by("-number").first()
        found = assessment.case_file(lender.agent, number).offer_set.offers
        sent = [offer for offer in found if offer.key in row.selected_keys]
        verdicts = [verdict for offer in found for verdict in offer.verdicts]
        assert all(verdict.passed for verdict in verdicts if verdict.binding)
        assert all(offer.affordable for offer in found)
        # What an approver granted before stays; nothing new goes out over the agent's limit.
        new = [offer for offer in sent if offer.key.startswith("counter-")]
        assert not [offer.key for offer in new if offer.needs_approval]

    def test_names_the_difference_of_the_nearest_plan(self, lender, number):
        propose(lender, number, Terms(20_000, None, None))

        answer = latest(lender, number)
        assert answer.plan.monthly.minor > 20_000
        assert "每月比你希望的多" in answer.difference.zh
        assert "more than you wished" in answer.difference.en

    def test_refuses_with_a_code_where_nothing_was_proposed(self):
        terms, problems = offering.read_terms({"monthly": " ", "instalments": "x"}, unit=CNY)

        assert [(path, refusal.code) for path, refusal in problems] == [
            ("instalments", "not-a-count")
        ]
        assert terms == Terms(None, None, None)
        assert offering.read_terms({}, unit=CNY)[1][0][1].code == "nothing-proposed"

    def test_waits_for_two_people_over_the_agents_limit(self, lender, number):
        before = view(lender, number)

        # More than 18 instalments are above the agent's own limit.
        propose(lender, number, Terms(None, 20, None))

        waiting = latest(lender, number)
        assert waiting.outcome is RoundOutcome.WITH_PERSON
        assert waiting.is_open
        assert view(lender, number).offers == before.offers
        state = offering.send(
            lender.agent,
            number,
            offer_keys=["counter-1", *(offer.key for offer in before.offers)],
            version=story.version(lender, number),
            key="send-counter",
        )
        assert state is CaseState.AWAITING_APPROVAL
        version = assessment.case_file(lender.approver, number).version
        offering.approve(lender.approver, number, version=version, key="yes")
        assert view(lender, number).offers[0].instalments == 20
        assert not latest(lender, number).is_open

    def test_is_one_round_however_often_it_is_tapped(self, lender, number):
        seen = view(lender, number).set_digest

        rounds = [
            propose(lender, number, Terms(None, 17, None), seen=seen, key="tap") for _ in range(5)
        ]

        assert rounds == [1] * 5
        with pytest.raises(KeyReused):
            propose(lender, number, Terms(None, 16, None), seen=seen, key="tap")

    def test_is_the_round_before_when_nothing_about_it_changed(self, lender, number):
        propose(lender, number, Terms(None, 17, None), key="one")

        assert propose(lender, number, Terms(None, 17, None), key="two") == 1
        assert OfferRound.objects.count() == 2

    def test_ends_where_the_policy_book_says(self, lender, number):
        for place in range(3):
            propose(lender, number, Terms(None, 15 + place, None), key=f"round-{place}")

        with pytest.raises(NoRoundLeft):
            propose(lender, number, Terms(None, 9, None), key="one-more")
        assert offering.negotiation(lender.borrower, number).rounds_left == 0

    def test_replaces_the_answer_before_and_refuses_the_older_set(self, lender, number):
        propose(lender, number, Terms(None, 17, None), key="one")
        older = view(lender, number)

        propose(lender, number, Terms(None, 16, None), key="two")

        keys = [offer.key for offer in view(lender, number).offers]
        assert "counter-2" in keys
        assert "counter-1" not in keys
        kept = older.offers[1].key
        for key in ("counter-1", kept):
            with pytest.raises(OfferNotOnTheTable):
                offering.accept(
                    lender.borrower, number, key, key=f"old-{key}", seen=older.set_digest
                )

    def test_refuses_a_page_that_shows_other_offers(self, lender, number):
        with pytest.raises(OffersChanged):
            propose(lender, number, Terms(None, 17, None), seen="0" * 64)

    def test_is_signed_as_it_stands(self, lender, number):
        propose(lender, number, Terms(None, 17, None))

        agreement = offering.accept(
            lender.borrower,
            number,
            "counter-1",
            key="accept",
            seen=view(lender, number).set_digest,
        )

        assert agreement.offer_key == "counter-1"
        assert application.progress(lender.borrower, number).state is CaseState.AWAITING_SIGNATURE

    def test_is_on_the_desk_with_who_answered(self, lender, number):
        propose(lender, number, Terms(None, 17, None))

        file = assessment.case_file(lender.agent, number)
        actors = {item.kind: item.actor for item in file.timeline}
        assert [one.number for one in file.rounds] == [1]
        assert actors["case.terms.answered"] != BY_POLICY
        assert "by the policy" in actors["case.terms.answered"]


class TestWithdrawTerms:
    def test_gives_the_turn_back(self, lender, number):
        propose(lender, number, Terms(None, 20, None))

        offering.withdraw_terms(lender.borrower, number, key="back")

        assert latest(lender, number).is_withdrawn
        assert application.progress(lender.borrower, number).waiting_on == "borrower"


class TestAskForAnother:
    def test_takes_the_case_to_somebody_else(self, lender, number):
        propose(lender, number, Terms(None, 3, None))

        offering.ask_for_another(lender.borrower, number, "请再看看", key="review")

        unclaimed = assessment.queue(lender.other_agent, view="unclaimed")
        assert [item.number for item in unclaimed.items] == [number]
        with pytest.raises(ReviewByAnother):
            assessment.claim(
                lender.agent, number, version=story.version(lender, number), key="again"
            )
        file = assessment.claim(
            lender.other_agent, number, version=story.version(lender, number), key="again"
        )
        assert file.state is CaseState.OFFERED
        assert file.messages[-1].text == "请再看看"
