"""A draft that was never sent is gone when its days are over; nothing else is."""

from datetime import date, timedelta

import pytest
from lender import REFERENCE, applied, signed, submitted

from tideover.app.db.models import (
    Agreement,
    Answer,
    Case,
    EvidenceFile,
    LogEvent,
    OutboxMessage,
    PlanKeeping,
)
from tideover.app.verbs import application

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
DAYS = 60  # retention.draft_days of the demo lender


class TestForgetOldDrafts:
    def test_deletes_what_was_entered_the_day_after_its_days(self, lender):
        number = applied(lender)

        on_the_last_day = application.forget_old_drafts(TODAY + timedelta(DAYS), actor="close")
        the_day_after = application.forget_old_drafts(TODAY + timedelta(DAYS + 1), actor="close")

        assert on_the_last_day == ()
        assert the_day_after == (number,)
        assert not Answer.objects.exists()
        case = Case.objects.get()
        assert case.cause == ""
        assert not case.is_open
        told = OutboxMessage.objects.get(kind="data-deleted")
        assert number in told.text
        assert told.borrower == lender.borrower

    def test_leaves_a_request_that_was_sent(self, lender):
        submitted(lender)

        assert application.forget_old_drafts(TODAY + timedelta(400), actor="close") == ()
        assert Answer.objects.exists()

    def test_lets_the_borrower_ask_again(self, lender):
        number = applied(lender)
        application.forget_old_drafts(TODAY + timedelta(DAYS + 1), actor="close")

        again = application.open_case(lender.borrower, REFERENCE, key="again")

        assert again.number != number


class TestForgetSettled:
    """retention.papers_days of the demo lender: 180 days after the plan is completed."""

    @pytest.fixture
    def number(self, lender) -> str:
        number = signed(lender)
        PlanKeeping.objects.update_or_create(
            agreement=Agreement.objects.get(), defaults={"completed_on": TODAY}
        )
        Case.objects.filter(number=number).update(is_open=False)
        return number

    def test_deletes_answers_and_papers_when_their_days_are_over(self, number):
        on_the_last_day = application.forget_settled(TODAY + timedelta(180), actor="close")
        the_day_after = application.forget_settled(TODAY + timedelta(181), actor="close")
        again = application.forget_settled(TODAY + timedelta(182), actor="close")

        assert (on_the_last_day, the_day_after, again) == ((), (number,), ())
        assert not Answer.objects.exists()
        statuses = set(EvidenceFile.objects.values_list("status", flat=True))
        assert statuses == {EvidenceFile.Status.REMOVED}
        assert LogEvent.objects.filter(kind="data.deleted").count() == 1

    def test_keeps_the_agreement_and_the_payments(self, lender, number):
        application.forget_settled(TODAY + timedelta(181), actor="close")

        assert Agreement.objects.get().sealed_digest
        assert LogEvent.objects.filter(stream=lender.loan.stream).exists()

    def test_leaves_what_is_still_open(self, number):
        Case.objects.update(is_open=True)

        assert application.forget_settled(TODAY + timedelta(400), actor="close") == ()
        assert Answer.objects.exists()
