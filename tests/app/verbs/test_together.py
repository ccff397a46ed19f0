"""Two hands at once: one effect, and the same answer for both, or a named refusal for one."""

import re

import lender as story
import pytest
from together import together

from tideover.app.db import log
from tideover.app.db.models import (
    Account,
    Agreement,
    Case,
    EvidenceFile,
    JournalEntry,
    LoanSchedule,
    OutboxMessage,
)
from tideover.app.verbs import (
    application,
    assessment,
    audit,
    ledger,
    offering,
    sign_in,
    signing,
)
from tideover.app.verbs.refusals import StaleVersion
from tideover.cases import CaseState, CommandNotAllowed
from tideover.cases.refusals import AlreadyClaimed, OfferNotOnTheTable
from tideover.money import Refusal

TIMES = 4


@pytest.fixture
def lender(committed):
    return story.open_lender()


def kinds(number: str, kind: str) -> int:
    return sum(event.kind == kind for event in log.read(f"case:{number}"))


class TestSigningIn:
    def sent_to(self, lender) -> str:
        sign_in.send_code(lender.borrower.phone, key="k")
        message = OutboxMessage.objects.get(kind="sign-in.code")
        return re.search(r"\d{6}", message.text)[0]

    def test_with_one_code_at_once_lets_one_in(self, lender):
        code = self.sent_to(lender)

        found = together(*[lambda: sign_in.check_code(lender.borrower.phone, code)] * TIMES)

        assert [one for one in found if isinstance(one, Account)] == [lender.borrower.account]
        assert sum(isinstance(one, sign_in.UsedCode) for one in found) == TIMES - 1

    def test_wrongly_at_once_is_counted_every_time(self, lender):
        wrong = f"{(int(self.sent_to(lender)) + 1) % 10**6:06d}"

        found = together(*[lambda: sign_in.check_code(lender.borrower.phone, wrong)] * TIMES)

        assert sorted(one.tries_left for one in found) == [1, 2, 3, 4]


class TestSubmitting:
    @pytest.mark.parametrize("keys", [["same"] * TIMES, [f"tab-{n}" for n in range(TIMES)]])
    def test_many_times_is_one_submission_with_one_receipt(self, lender, keys):
        number = story.applied(lender)

        receipts = together(
            *(lambda key=key: application.submit(lender.borrower, number, key=key) for key in keys)
        )

        assert len(set(receipts)) == 1, receipts
        assert kinds(number, "case.submitted") == 1
        assert OutboxMessage.objects.filter(kind="received").count() == 1


class TestOpening:
    def test_from_two_windows_is_one_case(self, lender):
        cases = together(
            *(
                lambda key=key: application.open_case(lender.borrower, story.REFERENCE, key=key)
                for key in ("one", "two")
            )
        )

        assert cases[0] == cases[1]
        assert Case.objects.count() == 1


class TestAttaching:
    def test_the_same_photo_twice_is_one_file(self, lender):
        number = application.open_case(lender.borrower, story.REFERENCE, key="open").number

        together(*(lambda key=key: story.attach(lender, number, key=key) for key in ("one", "two")))

        assert EvidenceFile.objects.count() == 1


class TestClaiming:
    def test_by_two_agents_gives_the_case_to_one(self, lender):
        number = story.submitted(lender)
        version = story.version(lender, number)

        results = together(
            *(
                lambda agent=agent: assessment.claim(agent, number, version=version, key="claim")
                for agent in (lender.agent, lender.other_agent)
            )
        )

        refused = [one for one in results if isinstance(one, Refusal)]
        assert len(refused) == 1
        assert isinstance(refused[0], AlreadyClaimed | StaleVersion)
        assert kinds(number, "case.claimed") == 1


class TestDeciding:
    def test_while_the_borrower_withdraws_has_one_winner(self, lender):
        number = story.claimed(lender)
        version = story.version(lender, number)

        results = together(
            lambda: assessment.decline(
                lender.agent, number, reason_code="duplicate", note="", version=version, key="no"
            ),
            lambda: application.withdraw(lender.borrower, number, key="stop"),
        )

        refused = [one for one in results if isinstance(one, Refusal)]
        assert len(refused) == 1
        assert isinstance(refused[0], CommandNotAllowed | StaleVersion)

    def test_accepting_while_other_offers_are_sent_never_accepts_unread(self, lender):
        number = story.offered(lender)
        seen = offering.borrower_offers(lender.borrower, number)
        offering.generate(lender.agent, number, key="again")

        results = together(
            lambda: offering.accept(
                lender.borrower, number, "shortest", key="accept", seen=seen.set_digest
            ),
            lambda: story.send(lender, number, key="send-again"),
        )

        refused = [one for one in results if isinstance(one, Refusal)]
        case = Case.objects.get(number=number)
        assert not [one for one in results if isinstance(one, Exception) and one not in refused]
        assert case.state in {state.value for state in CaseState}
        assert all(
            isinstance(one, OfferNotOnTheTable | CommandNotAllowed | StaleVersion)
            for one in refused
        )


class TestSigning:
    @pytest.mark.parametrize("keys", [["same"] * TIMES, [f"tap-{n}" for n in range(TIMES)]])
    def test_many_times_is_one_signature(self, lender, keys):
        number, code = story.code_sent(lender)

        signatures = together(
            *(
                lambda key=key: signing.sign(lender.borrower, number, code=code, key=key)
                for key in keys
            )
        )

        assert len(set(signatures)) == 1, signatures
        assert kinds(number, "case.agreement.signed") == 1
        assert JournalEntry.objects.filter(kind="loan.restructured").count() == 1
        assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1
        assert Agreement.objects.filter(is_in_force=True).count() == 1
        assert OutboxMessage.objects.filter(kind="signed").count() == 1
        assert ledger.verify().holds
        assert audit.verify().holds
