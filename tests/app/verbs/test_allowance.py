"""What a renegotiation may still use: allowance.py."""

from dataclasses import replace

import lender as story
import pytest

from tideover.app import clock
from tideover.app.db.models import Agreement, Case
from tideover.app.verbs import keeping, offering, signing
from tideover.app.verbs.case.rows import events_of
from tideover.app.verbs.offering.allowance import AllowanceUsedUp, allowance_of, too_long, within
from tideover.app.verbs.offering.candidates import request_of
from tideover.app.verbs.offering.rounds import rounds_of
from tideover.cases import RoundOutcome, Terms, fold
from tideover.cases.events import TermsAnswered, TermsProposed
from tideover.money import CNY
from tideover.offers import Wish, WishKind, find_offers


def signed_before(lender, number: str, *, count: int) -> None:
    """Let plans of the past stand beside the one that is signed."""
    now = Agreement.objects.get(case__number=number, signed_at__isnull=False)
    for place in range(count):
        Agreement.objects.create(
            case=now.case,
            loan=now.loan,
            number=f"AG-OLD-{place}",
            offer_key=now.offer_key,
            offer=now.offer,
            document=now.document,
            document_digest=now.document_digest,
            made_at=now.made_at,
            signed_at=clock.now(),
        )


@pytest.fixture
def number(lender) -> str:
    return story.offered(lender)


class TestAllowance:
    def test_is_whole_before_anything_is_signed(self, lender):
        story.offered(lender)

        allowance = allowance_of(lender.loan)

        assert (allowance.plans_used, allowance.plans_left) == (0, 3)
        assert allowance.pause_months_left == 6

    def test_counts_what_was_signed_and_paused(self, lender):
        story.signed(lender)

        allowance = allowance_of(lender.loan)

        assert (allowance.plans_used, allowance.plans_left) == (1, 2)
        # 23 November 2026 and 24 months back.
        assert f"{allowance.since}" == "2024-11-23"

    def test_leaves_no_further_plan_when_it_is_used_up(self, lender):
        number = story.signed(lender)
        signed_before(lender, number, count=2)
        keeping.tell_early(lender.borrower, number, "下月难", key="early")

        with pytest.raises(AllowanceUsedUp, match="3 plans were signed"):
            offering.generate(lender.agent, number, key="anew")

    def test_lets_no_offer_pause_longer_than_is_left(self, lender):
        number = story.generated(lender)
        asked = request_of(Case.objects.get(number=number), clock.today())
        found = find_offers(replace(asked, wish=Wish(kind=WishKind.PAUSE)))
        pausing = [offer for offer in found.offers if offer.proposal.pause_months]
        left = replace(allowance_of(lender.loan), pause_months_used=5)

        kept = within(found, left)

        assert pausing
        assert not [offer for offer in kept.offers if offer.proposal.pause_months > 1]
        assert kept.refused[-1] == too_long(pausing, left)
        assert "还可以停 1 个月" in kept.refused[-1].words.zh


class TestRoundsOfARenegotiation:
    def test_begin_anew(self, lender, number):
        terms = Terms(None, 3, None)
        seen = offering.borrower_offers(lender.borrower, number).set_digest
        offering.propose(lender.borrower, number, terms, seen=seen, key="first")
        sign(lender, number)

        keeping.tell_early(lender.borrower, number, "下月难", key="early")
        assert offering.negotiation(lender.borrower, number).rounds == ()

        # The log has two first rounds then; the page shows the one of this negotiation.
        now = {"at": clock.now(), "actor": "b"}
        again = (
            TermsProposed(1, Terms(None, 9, None), "d", "d", **now),
            TermsAnswered(1, RoundOutcome.REFUSED, None, ("never_amortises",), {}, None, **now),
        )
        events = (*events_of(Case.objects.get(number=number)), *again)
        (held,) = rounds_of(events, fold(events), unit=CNY)
        assert held.asked.instalments == 9
        assert held.outcome is RoundOutcome.REFUSED


def sign(lender, number: str) -> None:
    key = offering.borrower_offers(lender.borrower, number).offers[-1].key
    agreement = offering.accept(lender.borrower, number, key, key="accept-one")
    story.read_through(lender, number)
    signing.send_code(lender.borrower, number, key="code")
    signing.sign(lender.borrower, number, code=story.last_code(), key="sign-one")
    assert agreement.offer_key == key
