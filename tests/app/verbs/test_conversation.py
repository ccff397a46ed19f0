"""The thread of a case: kept, answered, and looked at for scams in both directions."""

import pytest
from lender import applied, claimed, offered

from tideover.app.db import log
from tideover.app.db.models import Case, CaseFlag, CaseNote, OutboxMessage
from tideover.app.verbs import assessment, conversation, offering
from tideover.app.verbs.case.screening import UnsafeMessage
from tideover.app.verbs.reading.fields import FieldMissing, TextTooLong
from tideover.app.verbs.refusals import NotFound
from tideover.cases.refusals import NotTheAgent

pytestmark = pytest.mark.django_db

SCAM = "【渡】您的账户异常，请立即转账到安全账户，并把短信验证码发给我"


@pytest.fixture
def number(lender) -> str:
    return claimed(lender)


def kinds(number: str) -> list[str]:
    return [event.kind for event in log.read(f"messages:{number}")]


class TestWrite:
    def test_keeps_the_message_and_says_that_it_waits(self, lender, number):
        conversation.write(lender.borrower, number, "下周三能打电话给我吗？", key="k1")

        (said,) = conversation.thread_for(lender.borrower, number)
        assert (said.text, said.is_borrower, said.flag) == ("下周三能打电话给我吗？", True, None)
        assert Case.objects.get(number=number).waits_since is not None
        assert assessment.queue(lender.agent).counts["messages"] == 1
        assert kinds(number) == ["message.received"]

    def test_takes_effect_once_for_one_key(self, lender, number):
        first = conversation.write(lender.borrower, number, "你好", key="k1")
        again = conversation.write(lender.borrower, number, "你好", key="k1")

        assert first == again
        assert CaseNote.objects.count() == 1

    def test_tells_that_the_same_words_are_here_already(self, lender, number):
        conversation.write(lender.borrower, number, "你好", key="k1")

        with pytest.raises(conversation.SameMessage, match="are with us"):
            conversation.write(lender.borrower, number, " 你好 ", key="k2")

    def test_stops_a_flood_and_keeps_what_came(self, lender, number):
        for place in range(20):
            conversation.write(lender.borrower, number, f"第{place}条", key=f"k{place}")

        with pytest.raises(conversation.TooManyMessages, match="20 messages"):
            conversation.write(lender.borrower, number, "再来一条", key="k-last")
        assert CaseNote.objects.count() == 20

    @pytest.mark.parametrize(
        ("text", "why"),
        [("", FieldMissing), (" \u3000\n", FieldMissing), ("长" * 10_000, TextTooLong)],
    )
    def test_refuses_no_words_and_too_many(self, lender, number, text, why):
        with pytest.raises(why):
            conversation.write(lender.borrower, number, text, key="k")

    def test_is_nobody_elses(self, lender, number):
        with pytest.raises(NotFound):
            conversation.write(lender.stranger, number, "你好", key="k")
        with pytest.raises(NotFound):
            conversation.thread_for(lender.stranger, number)

    def test_begins_when_the_application_is_handed_in(self, lender):
        draft = applied(lender)

        with pytest.raises(NotFound):
            conversation.write(lender.borrower, draft, "你好", key="k")
        with pytest.raises(NotFound):
            conversation.thread_for(lender.borrower, draft)


class TestASuspicion:
    def test_is_kept_flagged_and_told_to_the_borrower(self, lender, number):
        conversation.write(lender.borrower, number, SCAM, key="k1")

        (said,) = conversation.thread_for(lender.borrower, number)
        assert said.text == SCAM
        assert said.flag is not None
        assert said.flag.is_open
        assert said.flag.reasons
        assert "热线" in said.flag.advice.zh
        assert assessment.queue(lender.agent, view="flagged").counts["flagged"] == 1
        assert kinds(number) == ["message.flagged", "message.received"]

    def test_is_closed_by_a_person_with_a_note(self, lender, number):
        conversation.write(lender.borrower, number, SCAM, key="k1")
        flag = CaseFlag.objects.get()

        with pytest.raises(FieldMissing):
            conversation.close_flag(lender.agent, number, flag.pk, note="", key="c0")
        conversation.close_flag(lender.agent, number, flag.pk, note="已电话提醒", key="c1")

        (said,) = conversation.thread_of(lender.agent, number)
        assert said.flag is not None
        assert (said.flag.is_open, said.flag.closing) == (False, "已电话提醒")
        assert Case.objects.get(number=number).flags_open == 0
        assert kinds(number)[-1] == "message.flag.closed"

    def test_is_found_in_the_wish_to_talk_too(self, lender, number):
        offering.ask_to_talk(lender.borrower, number, SCAM, key="talk")

        assert Case.objects.get(number=number).flags_open == 1


class TestReply:
    def test_reaches_the_borrower_and_nobody_waits_any_more(self, lender, number):
        conversation.write(lender.borrower, number, "能少还一点吗？", key="k1")
        conversation.reply(lender.agent, number, "可以，我们今天重新算。", key="r1")

        assert [said.is_borrower for said in conversation.thread_for(lender.borrower, number)] == [
            True,
            False,
        ]
        assert Case.objects.get(number=number).waits_since is None
        assert OutboxMessage.objects.filter(kind="answered").count() == 1

    def test_answers_a_wish_to_talk(self, lender):
        number = offered(lender)
        offering.ask_to_talk(lender.borrower, number, "想商量", key="talk")

        conversation.reply(lender.agent, number, "好的，明天上午联系你。", key="r1")

        assert "case.talk.answered" in [event.kind for event in log.read(f"case:{number}")]

    @pytest.mark.parametrize(
        "words",
        [
            "请把短信验证码发给我，我帮你办理。",
            "请转账到我的个人账户 6222000011112222，专员 王。",
            "Please install this app and share your screen with me.",
        ],
    )
    def test_never_says_what_a_scam_says(self, lender, number, words):
        with pytest.raises(UnsafeMessage) as refused:
            conversation.reply(lender.agent, number, words, key="r1")

        assert refused.value.findings
        assert CaseNote.objects.count() == 0
        assert not OutboxMessage.objects.filter(kind="answered").exists()

    def test_is_for_the_agent_who_has_the_case(self, lender, number):
        with pytest.raises(NotTheAgent):
            conversation.reply(lender.other_agent, number, "你好", key="r1")
        with pytest.raises(NotFound):
            conversation.reply(lender.finance, number, "你好", key="r2")

    def test_guards_every_other_word_to_the_borrower(self, lender, number):
        with pytest.raises(UnsafeMessage):
            assessment.decline(
                lender.agent,
                number,
                reason_code=next(iter(assessment.DECLINE_REASONS)),
                note="请先把验证码发给我",
                version=assessment.case_file(lender.agent, number).version,
                key="d",
            )


class TestTheSameWordsElsewhere:
    def test_are_counted_by_case(self, lender, number):
        conversation.write(lender.borrower, number, "代写的投诉信", key="k1")
        digest = CaseNote.objects.get().digest
        case = Case.objects.get(number=number)

        assert conversation.said_again([digest], case=case) == {}
