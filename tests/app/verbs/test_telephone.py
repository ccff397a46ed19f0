"""Calls: who it is, what was said, and a call back only when one may be promised."""

from datetime import datetime

import pytest
from lender import claimed

from tideover.app.db import log
from tideover.app.db.models import CallBack, Case
from tideover.app.verbs import conversation
from tideover.app.verbs.reading.fields import FieldMissing
from tideover.app.verbs.refusals import NotFound

pytestmark = pytest.mark.django_db


class TestNextSlot:
    # The hotline is staffed 07:00–24:00 and the quiet hours are 21:00–8:00, so calls are made from
    # 8:00 until 21:00, at half hours. 23 November 2026 is a Monday.
    @pytest.mark.parametrize(
        ("at", "slot"),
        [
            ("2026-11-23T10:30:00+08:00", "2026-11-23T11:00:00+08:00"),
            ("2026-11-23T10:31:00+08:00", "2026-11-23T11:00:00+08:00"),
            ("2026-11-23T03:10:00+08:00", "2026-11-23T08:00:00+08:00"),
            ("2026-11-23T20:45:00+08:00", "2026-11-24T08:00:00+08:00"),
            ("2026-11-23T23:59:00+08:00", "2026-11-24T08:00:00+08:00"),
            # Friday night and a Saturday: Monday morning.
            ("2026-11-27T22:00:00+08:00", "2026-11-30T08:00:00+08:00"),
            ("2026-11-28T12:00:00+08:00", "2026-11-30T08:00:00+08:00"),
            # The same moment told in another zone.
            ("2026-11-23T02:30:00+00:00", "2026-11-23T11:00:00+08:00"),
        ],
    )
    def test_is_a_half_hour_at_which_calls_are_made(self, lender, at, slot):
        found = conversation.next_slot(datetime.fromisoformat(at))

        assert found == datetime.fromisoformat(slot)


class TestCaller:
    def test_is_found_by_the_number_and_masked(self, lender):
        number = claimed(lender)

        caller = conversation.caller_of(lender.agent, "+86 138 0000 0001")

        assert caller.masked_name == "演示·张*"
        assert [case.number for case in caller.cases] == [number]

    def test_may_be_nobody(self, lender):
        assert conversation.caller_of(lender.agent, "13999999999").borrower is None
        with pytest.raises(NotFound):
            conversation.caller_of(lender.finance, "13800000001")


class TestNote:
    def test_stands_in_the_thread_and_waits_for_nobody(self, lender):
        number = claimed(lender)

        for _again in range(2):
            conversation.note_call(lender.agent, number, "下周发工资，能还 500", key="n1")

        (said,) = conversation.thread_for(lender.borrower, number)
        assert (said.is_borrower, said.channel, said.noted_by) == (
            True,
            "phone",
            "演示·agent-wang",
        )
        assert Case.objects.get(number=number).waits_since is None

    def test_is_looked_at_like_every_message(self, lender):
        number = claimed(lender)

        conversation.note_call(
            lender.agent, number, "请立即转账到安全账户，并把短信验证码发给我", key="n1"
        )

        assert Case.objects.get(number=number).flags_open == 1


class TestCallBack:
    def test_is_kept_once_and_done_once(self, lender):
        first = conversation.ask_call_back(lender.agent, "13800000001", "晚上方便", key="c1")
        assert (
            conversation.ask_call_back(lender.agent, "13800000001", "晚上方便", key="c1") == first
        )

        (call,) = conversation.calls_to_make(lender.agent)
        assert call.borrower == lender.borrower
        conversation.call_done(lender.other_agent, call.pk, key="d1")
        conversation.call_done(lender.agent, call.pk, key="d2")

        assert conversation.calls_to_make(lender.agent) == ()
        assert CallBack.objects.get().done_by == lender.other_agent
        assert [one.kind for one in log.read("callbacks")] == ["callback.asked", "callback.done"]

    def test_needs_a_number(self, lender):
        with pytest.raises(FieldMissing):
            conversation.ask_call_back(lender.agent, "no digits", "", key="c1")
