"""An officer may not ask for what the lender already has."""

from datetime import datetime, timedelta

import lender as story
import pytest

from tideover.app.db.models import EvidenceFile, OutboxMessage
from tideover.app.verbs import assessment
from tideover.app.verbs.assessment import AlreadyHeld
from tideover.app.verbs.case.rows import events_of
from tideover.cases import CaseState, fold

pytestmark = pytest.mark.django_db


def mark(lender, number: str, file: EvidenceFile, outcome: str, *, key: str) -> None:
    assessment.mark_evidence(lender.agent, number, file.pk, outcome=outcome, note="", key=key)


@pytest.fixture
def case(lender) -> str:
    number = story.applied(lender)
    story.attach(lender, number, content=story.PDF + b"% a second one", key="second")
    story.application.submit(lender.borrower, number, key="submit")
    version = story.version(lender, number)
    assessment.claim(lender.agent, number, version=version, key="claim")
    return number


class TestAskingAgain:
    def test_for_a_paper_that_is_here_readable_is_refused_and_nobody_is_told(self, lender, case):
        first, second = EvidenceFile.objects.order_by("added_at")
        mark(lender, case, first, "clear", key="m1")

        with pytest.raises(AlreadyHeld, match=f"in case {case}"):
            mark(lender, case, second, "unreadable", key="m2")

        assert not OutboxMessage.objects.filter(kind="more-needed").exists()
        second.refresh_from_db()
        assert second.status == "received"

    def test_for_one_that_nobody_could_read_yet_is_allowed(self, lender, case):
        first, _ = EvidenceFile.objects.order_by("added_at")

        mark(lender, case, first, "unreadable", key="m1")

        assert OutboxMessage.objects.filter(kind="more-needed").count() == 1

    def test_the_same_paper_may_be_called_unclear(self, lender, case):
        first, second = EvidenceFile.objects.order_by("added_at")
        mark(lender, case, first, "clear", key="m1")

        mark(lender, case, second, "unclear", key="m2")

        told = fold(events_of(second.case))
        assert told.state is CaseState.ASSESSING

    def test_an_old_paper_is_no_hindrance(self, lender, case):
        first, second = EvidenceFile.objects.order_by("added_at")
        mark(lender, case, first, "clear", key="m1")
        first.refresh_from_db()
        first.added_at = datetime.fromisoformat("2026-11-23T10:30:00+08:00") - timedelta(days=181)
        first.save()

        mark(lender, case, second, "unreadable", key="m2")

        assert OutboxMessage.objects.filter(kind="more-needed").count() == 1
