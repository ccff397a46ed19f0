"""One borrower from "I cannot pay" to a signed plan that holds, told in verbs."""

import lender as story
import pytest

from tideover.agreements import document_to_record
from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Agreement, JournalEntry, LoanSchedule, OutboxMessage, Posting
from tideover.app.verbs import application, assessment, audit, ledger, loans, offering, signing
from tideover.cases import CaseState
from tideover.loan import schedule_from_record
from tideover.money import CNY, Money
from tideover.offers import offer_from_record

pytestmark = pytest.mark.django_db


class TestTheWholeStory:
    def test_ends_in_one_signed_plan_that_the_books_follow(self, lender):
        number = story.signed(lender)

        progress = application.progress(lender.borrower, number)
        view = signing.agreement_view(lender.borrower, number)
        assert progress.state is CaseState.ACTIVE
        assert [step.state.value for step in progress.steps] == [
            "draft", "submitted", "assessing", "awaiting-approval", "offered",
            "awaiting-signature", "active",
        ]  # fmt: skip
        assert view.is_signed
        assert ledger.verify().faults == ()
        assert audit.verify().holds
        assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1
        assert [message.kind for message in OutboxMessage.objects.order_by("created_at")] == [
            "received", "with-person", "offers-ready", "signing-code", "signed",
        ]  # fmt: skip

    def test_shows_the_same_figures_everywhere(self, lender):
        number = story.signed(lender)

        view = signing.agreement_view(lender.borrower, number)
        offer, agreement = view.offer, Agreement.objects.get(number=view.number)
        dues = [due.amount for due in offer.proposal.due_lines]
        printed = agreement.document["schedule"]
        active = LoanSchedule.objects.get(loan=lender.loan, is_active=True)
        state = loans.state(lender.loan, clock.today())

        assert document_to_record(view.document) == agreement.document
        assert [row["instalment"] for row in printed] == [due.text for due in dues]
        assert schedule_from_record(active.record) == offer.schedule
        assert [line.remaining.total for line in state.lines] == dues
        assert view.five_numbers[0].value.en == offer.payment.display == dues[0].display
        assert view.five_numbers[3].value.en == offer.total.display
        assert sum(due.minor for due in dues) == offer.total.minor

    def test_books_to_the_cent_what_is_owed(self, lender):
        before = loans.state(lender.loan, clock.today()).outstanding
        number = story.signed(lender)

        offer = signing.agreement_view(lender.borrower, number).offer
        entry = JournalEntry.objects.get(loan=lender.loan, kind="loan.restructured")
        waived = Posting.objects.filter(entry=entry, debit__startswith="waived.")
        balances = assessment.case_file(lender.agent, number).balances
        assert sum(row.amount_minor for row in waived) == offer.waived.total.minor
        assert offer.waived.penalty == before.penalty
        assert balances["receivable.principal"] == offer.schedule.opening_balance
        assert balances["receivable.penalty"] == Money(0, CNY)

    def test_seals_the_pages_that_were_read(self, lender):
        number, code = story.code_sent(lender)
        read = signing.pdf(lender.borrower.account, number)

        signing.sign(lender.borrower, number, code=code, key="sign")

        sealed = signing.pdf(lender.borrower.account, number)
        assert sealed.startswith(read), "a seal only adds to what was signed"
        assert sealed == signing.pdf(lender.agent, number)

    def test_can_be_rebuilt_from_its_events_alone(self, lender):
        number = story.signed(lender)

        offers = offering.borrower_offers(lender.borrower, number)
        generated = next(
            event for event in log.read(f"case:{number}") if event.kind == "case.offers.generated"
        )
        told = [offer_from_record(record) for record in generated.body["record"]["offers"]]
        assert tuple(told) == offers.offers
