"""One borrower by telephone, WeChat, e-mail and portal: one case, one clock, one history."""

import pytest
from django.test import Client
from lender import applied, attach
from test_wechat_callback import connected, picture

from tideover.app.db import log
from tideover.app.db.models import CallBack, Case, CaseNote, EvidenceFile
from tideover.app.verbs import application, arriving, conversation
from tideover.app.wechat import Platform, account_from_environment

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


class TestOneCaseWhicheverWay:
    def test_is_one_case_with_one_clock_and_one_history(self, lender, wechat, there):
        there.media = (picture(), "image/png")
        number = applied(lender)
        application.submit(lender.borrower, number, key="submit")
        promised = Case.objects.get(number=number).answer_by
        connected(wechat, lender)
        arriving.fetch_arrived(None)

        wechat.says("夜里睡不着，想问问能不能少还一点")
        conversation.note_call(lender.agent, number, "早上来电：下月可能找到工作", key="call")
        wechat.sends_picture()
        arriving.fetch_arrived(Platform(account_from_environment()))
        attach(lender, number, need="unemployment_registration", key="noon")
        conversation.write(lender.borrower, number, "中午补了失业登记", key="w")

        case = Case.objects.get(borrower=lender.borrower)
        assert (case.number, case.answer_by) == (number, promised)
        thread = conversation.thread_of(lender.agent, number)
        assert [said.channel for said in thread] == ["wechat", "wechat", "phone", "portal"]
        assert EvidenceFile.objects.filter(case=case).count() == 3
        history = [event.kind for event in log.read(f"case:{number}")]
        assert history.count("case.evidence.added") == 3

    def test_the_number_in_the_words_chooses_among_several(self, lender, wechat):
        from lender import the_loan

        from tideover.app.db.atomic import atomic

        first = applied(lender)
        application.submit(lender.borrower, first, key="submit")
        with atomic():
            the_loan(lender.borrower, "WLD-0009")
        second = application.open_case(lender.borrower, "WLD-0009", key="open-2")
        Case.objects.filter(pk=second.pk).update(submitted_at=second.opened_at)
        connected(wechat, lender)

        assert first in wechat.says(f"关于{first.lower()}，我想延期")
        assert second.number in wechat.says(f"关于 {second.number} 的事")

    def test_masses_of_the_same_complaint_are_kept_once_and_counted(self, lender, wechat):
        number = applied(lender)
        application.submit(lender.borrower, number, key="submit")
        connected(wechat, lender)
        arriving.fetch_arrived(None)

        for _ in range(40):
            wechat.says("【统一投诉模板】要求停息挂账六十期")
        for place in range(40):
            wechat.says(f"要求停息挂账，第{place}次")

        notes = CaseNote.objects.filter(case__number=number, kind="message")
        assert notes.filter(channel="wechat").count() == 20
        assert len(arriving.tasks(lender.agent)) == 22

    @pytest.mark.parametrize(
        "text",
        [
            "\u202e张三\u202c的家人",
            "\u200b\u200d零宽\ufeff",
            "".join(map(str, range(2_800))),
            "\U0001f6a2🙏🏽",
            "\x00空",
        ],
    )
    def test_odd_words_are_kept_as_they_are(self, lender, wechat, text):
        number = applied(lender)
        application.submit(lender.borrower, number, key="submit")
        row = connected(wechat, lender)
        assert row

        from tideover.app.verbs.arriving.placing import place, taken

        arrival, _ = taken(
            "wechat", reference="r", kind="text", sender="oZhang", text=text,
            borrower=lender.borrower, state="waiting",
        )  # fmt: skip
        place(arrival)

        told = "".join(said.text for said in conversation.thread_for(lender.borrower, number))
        assert told == text.replace("\x00", "").strip()
        client = Client()
        client.force_login(lender.borrower.account, backend=BACKEND)
        assert client.get(f"/cases/{number}/messages/").status_code == 200


class TestDistress:
    def test_by_wechat_is_answered_with_help_first_and_a_person_calls(self, lender, wechat):
        number = applied(lender)
        application.submit(lender.borrower, number, key="submit")
        connected(wechat, lender)

        words = wechat.says("还不上了，我不想活了")

        assert "热线" in words
        assert "绑定" not in words
        assert Case.objects.get(number=number).flags_open == 1
        assert CallBack.objects.count() == 1
