"""Mail that comes in and mail that comes back, through the providers' own webhook formats."""

import hashlib
import hmac
import json
from base64 import b64encode

import pytest
from django.core import mail as django_mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from lender import PDF, claimed, submitted

from accounts import sign_in_fully
from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Arrival, Channel, ContactAddress, EvidenceFile, OutboxMessage
from tideover.app.messages import Mailbox, drain
from tideover.app.messages.draining import QuietHours
from tideover.app.messages.providers import ByChannel, OnScreen
from tideover.app.verbs import arriving, conversation
from tideover.app.verbs.arriving.mail import without_quotes

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
MAILBOX = "zhang@example.com"
SIGNING = "mail-signing-key"
MAILGUN = {
    "MAIL_PROVIDER": "mailgun",
    "MAIL_HOOK": True,
    "ANYMAIL": {"MAILGUN_API_KEY": "k", "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING},
}


def signed(**fields: str) -> dict[str, str]:
    timestamp, token = str(int(clock.now().timestamp())), "a" * 50
    told = hmac.new(SIGNING.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": told, **fields}


def arrives(text: str, *, sender: str = MAILBOX, number: str = "<m1@example.com>", **more: str):
    subject = more.pop("subject", "Re: 你有一条新消息")
    own = [["Message-Id", number], ["From", sender], ["Subject", subject]]
    headers = [*own, *more.pop("headers", [])]
    told = {
        "sender": sender,
        "recipient": "help@lender.example",
        "from": sender,
        "subject": subject,
        "body-plain": text,
        "stripped-text": text,
        "message-headers": json.dumps(headers),
        **more,
    }
    with override_settings(**MAILGUN):
        return Client().post("/hooks/mail/in/", signed(**told))


@pytest.fixture
def mailbox(lender) -> ContactAddress:
    """The borrower's mailbox, connected by the link that was sent there."""
    client = Client()
    client.force_login(lender.borrower.account, backend=BACKEND)
    client.post("/reach/", {"step": "mailbox", "mailbox": MAILBOX})
    text = OutboxMessage.objects.get(kind="mailbox.confirm").text
    token = text.split("?t=")[1].split()[0]
    assert client.get("/connect/", {"t": token}).status_code == 200
    assert client.post("/connect/", {"t": token}).status_code == 302
    return ContactAddress.objects.get(channel=Channel.EMAIL)


class TestAMailbox:
    def test_is_connected_by_a_link_sent_there(self, lender, mailbox):
        confirm = OutboxMessage.objects.get(kind="mailbox.confirm")

        assert (confirm.channel, confirm.to) == ("email", MAILBOX)
        assert mailbox.borrower == lender.borrower
        assert MAILBOX not in confirm.text

    @pytest.mark.parametrize("typed", ["", "zhang", "zhang@", "a b@x.cn", "x" * 300 + "@x.cn"])
    def test_has_to_be_one(self, lender, typed):
        client = Client()
        client.force_login(lender.borrower.account, backend=BACKEND)

        answer = client.post("/reach/", {"step": "mailbox", "mailbox": typed})

        assert answer.status_code == 422
        assert not OutboxMessage.objects.filter(kind="mailbox.confirm").exists()

    def test_belongs_to_one_borrower(self, lender, mailbox):
        arriving.confirm_mailbox(lender.stranger, MAILBOX, link_to="https://x/connect/")
        row = ContactAddress.objects.get(borrower=lender.stranger)

        with pytest.raises(arriving.AddressTaken):
            arriving.confirm(lender.stranger, arriving.link_token(row), is_sure=True)


class TestMailThatComesIn:
    def test_goes_into_the_one_case(self, lender, mailbox):
        number = claimed(lender)

        assert arrives("这周能打电话吗？").status_code == 200
        arrives("可以晚点还吗", subject="想晚点还", number="<m2@example.com>")

        first, second = conversation.thread_for(lender.borrower, number)
        assert (first.text, first.channel) == ("这周能打电话吗？", "email")
        assert second.text == "想晚点还\n可以晚点还吗"

    def test_is_taken_once(self, lender, mailbox):
        number = claimed(lender)
        arrives("第一封")
        arrives("第一封")

        assert len(conversation.thread_for(lender.borrower, number)) == 1

    def test_brings_its_files_to_the_evidence(self, lender, mailbox):
        submitted(lender)
        file = SimpleUploadedFile("\u202e诊断.pdf", PDF + b"%mail", content_type="application/pdf")

        told = {"attachment-count": "1", "attachment-1": file}
        assert arrives("材料见附件", **told).status_code == 200

        assert EvidenceFile.objects.count() == 2
        assert Arrival.objects.get().state == "placed"

    def test_from_nobody_we_know_is_a_task_for_the_desk(self, lender, mailbox):
        number = claimed(lender)
        arrives("我是张三", sender="else@example.com")

        (task,) = arriving.tasks(lender.agent)
        assert (task.sender, task.borrower) == ("else@example.com", "")
        arriving.assign(lender.agent, task.id, number, key="a1")
        (said,) = conversation.thread_for(lender.borrower, number)
        assert said.text.endswith("我是张三")
        assert arriving.tasks(lender.agent) == ()
        assert arriving.address_of(Channel.EMAIL, "else@example.com") is None

    def test_whose_sender_may_be_forged_is_one_too(self, lender, mailbox):
        number = claimed(lender)
        arrives("撤回我的申请", headers=[["Authentication-Results", "mx; spf=fail; dkim=fail"]])

        assert conversation.thread_for(lender.borrower, number) == ()
        assert arriving.tasks(lender.agent)[0].why == "the sender may be forged"

    @pytest.mark.parametrize(
        "header",
        [["Auto-Submitted", "auto-replied"], ["Precedence", "bulk"], ["X-Autoreply", "yes"]],
    )
    def test_that_a_machine_wrote_is_kept_and_left_alone(self, lender, mailbox, header):
        number = claimed(lender)
        arrives("我在休假", headers=[header])

        assert conversation.thread_for(lender.borrower, number) == ()
        assert Arrival.objects.get().state == "ignored"
        assert arriving.tasks(lender.agent) == ()

    def test_of_ten_thousand_characters_is_kept_whole(self, lender, mailbox):
        number = claimed(lender)
        long = "\n".join(f"第{place}段：" + "难" * 90 for place in range(100))

        arrives(long, subject="")

        told = conversation.thread_for(lender.borrower, number)
        assert len(told) == 3
        assert "".join(said.text for said in told).replace("\n", "") == long.replace("\n", "")

    def test_needs_the_providers_signature(self, lender):
        with override_settings(**MAILGUN):
            answer = Client().post("/hooks/mail/in/", signed() | {"signature": "0" * 64})

        assert answer.status_code == 400
        refused = [one.body for one in log.read("channels") if one.kind == "callback.refused"]
        assert refused == [{"channel": "email", "why": "forged signature"}]

    def test_without_a_key_there_is_no_such_address(self, lender):
        with override_settings(MAIL_PROVIDER="mailgun", MAIL_HOOK=False):
            assert Client().post("/hooks/mail/in/").status_code == 404

    def test_comes_from_another_provider_as_well(self, lender, mailbox):
        number = claimed(lender)
        body = {
            "FromFull": {"Email": MAILBOX, "Name": "张"},
            "From": MAILBOX,
            "Subject": "",
            "TextBody": "改成周五行吗",
            "Headers": [{"Name": "Message-ID", "Value": "<p1@example.com>"}],
            "ToFull": [{"Email": "help@lender.example"}],
        }
        with override_settings(
            MAIL_PROVIDER="postmark", MAIL_HOOK=True, ANYMAIL={"WEBHOOK_SECRET": "user:word"}
        ):
            refused = Client().post("/hooks/mail/in/", body, content_type="application/json")
            proof = "Basic " + b64encode(b"user:word").decode()
            taken = Client(headers={"Authorization": proof}).post(
                "/hooks/mail/in/", body, content_type="application/json"
            )

        assert (refused.status_code, taken.status_code) == (400, 200)
        assert [said.text for said in conversation.thread_for(lender.borrower, number)] == [
            "改成周五行吗"
        ]


class TestMailThatGoesOut:
    @pytest.fixture
    def sent(self, lender, mailbox) -> OutboxMessage:
        number = claimed(lender)
        arriving.tell_by(lender.borrower, "email")
        lender.borrower.refresh_from_db()
        conversation.reply(lender.agent, number, "可以，我们今天重新算。", key="r1")
        drain(
            ByChannel({"sms": OnScreen(), "email": Mailbox()}),
            quiet=QuietHours(clock.now().time(), clock.now().time()),
        )
        return OutboxMessage.objects.get(kind="answered")

    def test_names_no_loan_in_its_subject(self, lender, sent):
        (confirm, letter) = django_mail.outbox

        assert confirm.to == letter.to == [MAILBOX]
        assert letter.subject == "你有一条新消息"
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
        assert sent.provider_id == letter.extra_headers["Message-ID"]

    def test_that_came_back_goes_to_the_phone_and_the_agent_sees_it(self, lender, sent):
        event = {
            "signature": signed(),
            "event-data": {
                "event": "failed",
                "severity": "permanent",
                "reason": "bounce",
                "timestamp": 1795401000.0,
                "id": "E1",
                "message": {"headers": {"message-id": "another@provider"}},
                "recipient": MAILBOX,
                "user-variables": {"message": str(sent.pk)},
            },
        }
        with override_settings(**MAILGUN):
            for _ in range(2):
                answer = Client().post(
                    "/hooks/mail/events/", event, content_type="application/json"
                )
                assert answer.status_code == 200

        again = OutboxMessage.objects.get(kind="answered", channel="sms")
        assert again.text == sent.text
        assert ContactAddress.objects.get(channel="email").failure.startswith("bounced")
        client = sign_in_fully(Client(), lender.agent)
        page = client.get(f"/desk/cases/{lender.borrower.cases.get().number}/?tab=messages")
        assert "未送达" in page.content.decode()


class TestWithoutQuotes:
    @pytest.mark.parametrize(
        "quoted",
        [
            "好的\n\n> 你有一条新消息",
            "好的\nOn Mon, 23 Nov 2026 at 10:30, Lender wrote:\n> words",
            "好的\n在 2026年11月23日，渡州银行 写道：\n我们的话",
            "好的\n-----原始邮件-----\n我们的话",
            "好的\r\n发件人: 渡州银行\r\n我们的话",
        ],
    )
    def test_keeps_the_answer_alone(self, quoted):
        assert without_quotes(quoted) == "好的"

    def test_keeps_everything_where_there_is_only_a_quote(self):
        assert without_quotes("> 只有引用") == "> 只有引用"
