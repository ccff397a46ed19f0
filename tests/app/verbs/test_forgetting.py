"""A draft that was never sent is gone when its days are over; nothing else is."""

from datetime import date, timedelta

import pytest
from lender import REFERENCE, applied, submitted

from tideover.app.db.models import Answer, Case
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

    def test_leaves_a_request_that_was_sent(self, lender):
        submitted(lender)

        assert application.forget_old_drafts(TODAY + timedelta(400), actor="close") == ()
        assert Answer.objects.exists()

    def test_lets_the_borrower_ask_again(self, lender):
        number = applied(lender)
        application.forget_old_drafts(TODAY + timedelta(DAYS + 1), actor="close")

        again = application.open_case(lender.borrower, REFERENCE, key="again")

        assert again.number != number
