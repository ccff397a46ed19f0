"""What a borrower is reminded of, each once, and never with an amount or a reason."""

import re
from datetime import date, timedelta

import pytest
from lender import applied, claimed, offered, signed, submitted

from tideover.app import clock
from tideover.app.db.models import Agreement, Case, OfferRound, OutboxMessage, PlanKeeping
from tideover.app.verbs import assessment, conversation
from tideover.app.verbs.case.rows import folded
from tideover.app.verbs.keeping.plans import begin_plan
from tideover.app.verbs.reminding import remind

pytestmark = pytest.mark.django_db


def go_to(monkeypatch, day: date) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{day.isoformat()}T09:00:00+08:00")
    clock._set_at.cache_clear()


def told_on_the_way(monkeypatch, days: int) -> list[str]:
    """Every reminder of so many mornings, the day before each closed twice."""
    start, kinds = clock.today(), []
    for count in range(days):
        morning = start + timedelta(days=count)
        go_to(monkeypatch, morning)
        for _ in range(2):
            kinds += remind(morning - timedelta(days=1)).elements()
    return kinds


class TestRemind:
    def test_speaks_of_a_draft_twice_and_then_stops(self, lender, monkeypatch):
        applied(lender)

        assert told_on_the_way(monkeypatch, 20) == ["not-sent", "not-sent"]

    def test_says_that_an_answer_may_be_late_before_the_day(self, lender, monkeypatch):
        number = submitted(lender)
        answer_by = Case.objects.get(number=number).answer_by

        kinds = told_on_the_way(monkeypatch, (answer_by - clock.today()).days + 3)

        assert kinds == ["may-be-late"]
        sent = OutboxMessage.objects.get(kind="may-be-late").created_at
        assert clock.day_of(sent) < answer_by

    def test_asks_again_three_days_and_a_day_before(self, lender, monkeypatch):
        number = claimed(lender)
        (file,) = assessment.case_file(lender.agent, number).evidence
        assessment.mark_evidence(
            lender.agent, number, file.id, outcome="unreadable", note="请重拍", key="m"
        )
        ask_by = folded(Case.objects.get(number=number)).ask_by

        kinds = told_on_the_way(monkeypatch, (ask_by - clock.today()).days + 5)

        assert kinds.count("still-needed") == 2

    def test_tells_before_offers_end(self, lender, monkeypatch):
        offered(lender)
        last = OfferRound.objects.get().open_until

        kinds = told_on_the_way(monkeypatch, (last - clock.today()).days + 3)

        assert kinds.count("offers-end") == 2

    def test_tells_on_the_morning_a_plan_starts(self, lender, monkeypatch):
        signed(lender)
        begin_plan(Agreement.objects.get())
        PlanKeeping.objects.update(effective_on=clock.today() + timedelta(days=2))

        assert told_on_the_way(monkeypatch, 5) == ["plan-starts"]

    def test_reminds_of_nothing_for_a_day_closed_late(self, lender):
        applied(lender)

        assert not remind(clock.today() - timedelta(days=9))


class TestEveryNotice:
    def test_names_no_amount_no_reason_and_no_illness(self, lender, monkeypatch):
        number = offered(lender)
        conversation.write(lender.borrower, number, "我生病了，能再等等吗", key="w")
        told_on_the_way(monkeypatch, 14)

        texts = [str(message.text) for message in OutboxMessage.objects.all()]
        assert len(texts) > 4
        for text in texts:
            assert not re.search(r"[¥￥$£]|\d元|失业|生病|病|job loss|illness", text)
            assert "{" not in text
            assert text.startswith("【渡舟银行")

    def test_good_to_know_is_shown_and_sent_nowhere(self, lender):
        claimed(lender)

        message = OutboxMessage.objects.get(kind="with-person")
        assert (message.channel, message.sent_at is not None) == ("portal", True)
