"""When a borrower may be called: refused with the rule, whichever way it is tried."""

from datetime import datetime, timedelta

import pytest
from lender import claimed

from tideover.app import clock
from tideover.app.db.models import CallBack, VoiceContact
from tideover.app.verbs import conversation

pytestmark = pytest.mark.django_db


def at(hour: int, minute: int = 0) -> datetime:
    return clock.now().astimezone(clock.BUSINESS_ZONE).replace(hour=hour, minute=minute)


@pytest.fixture
def call(lender) -> CallBack:
    conversation.ask_call_back(lender.agent, lender.borrower.phone, "想问进度", key="ask")
    return CallBack.objects.get()


class TestDemandMayCall:
    @pytest.mark.parametrize(
        ("hour", "minute", "may"),
        [
            (7, 59, False),
            (8, 0, True),
            (12, 0, True),
            (20, 59, True),
            (21, 0, False),
            (3, 0, False),
        ],
    )
    def test_not_in_the_quiet_hours(self, lender, hour, minute, may):
        phone, when = lender.borrower.phone, at(hour, minute)

        if may:
            conversation.demand_may_call(lender.borrower, phone, at=when)
            return
        with pytest.raises(conversation.QuietNow, match=r"notice\.quiet_from") as refused:
            conversation.demand_may_call(lender.borrower, phone, at=when)
        assert "08:00" in refused.value.zh

    def test_not_somebody_else(self, lender):
        with pytest.raises(conversation.ThirdParty, match="GB/T 45251"):
            conversation.demand_may_call(lender.borrower, "13900000009", at=at(10))

    def test_a_stranger_who_asked_may_be_called_but_not_at_night(self, lender):
        conversation.demand_may_call(None, "13900000009", at=at(10))

        with pytest.raises(conversation.QuietNow):
            conversation.demand_may_call(None, "13900000009", at=at(23))


class TestBegin:
    def test_is_counted_and_the_fourth_of_a_day_refused(self, lender, call):
        for place in range(3):
            conversation.begin(lender.agent, call.pk, key=f"b{place}")

        with pytest.raises(conversation.TooManyCalls, match=r"contact\.voice_per_day_max"):
            conversation.begin(lender.other_agent, call.pk, key="b4")
        assert conversation.calls_today(lender.borrower, at=clock.now()) == 3
        assert conversation.calls_today(lender.borrower, at=clock.now() + timedelta(days=1)) == 0

    def test_is_counted_once_for_one_key(self, lender, call):
        conversation.begin(lender.agent, call.pk, key="same")
        conversation.begin(lender.agent, call.pk, key="same")

        assert VoiceContact.objects.count() == 1

    def test_is_refused_at_night_and_nothing_is_counted(self, lender, call, monkeypatch):
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T22:10:00+08:00")
        clock._set_at.cache_clear()

        with pytest.raises(conversation.QuietNow):
            conversation.begin(lender.agent, call.pk, key="b1")
        assert not VoiceContact.objects.exists()

    def test_is_refused_on_a_number_that_is_not_the_borrowers(self, lender, call):
        claimed(lender)
        call.phone = "13900000009"
        call.save()

        with pytest.raises(conversation.ThirdParty):
            conversation.begin(lender.agent, call.pk, key="b1")
