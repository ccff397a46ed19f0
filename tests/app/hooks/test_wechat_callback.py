"""WeChat's callback: proved, taken once, put into the one case; forged and replayed: refused."""

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from caller import Caller, link_in, message
from django.test import Client
from lender import claimed, submitted
from PIL import Image

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import (
    Arrival,
    CaseNote,
    Channel,
    ContactAddress,
    EvidenceFile,
    OutboxMessage,
)
from tideover.app.messages import drain
from tideover.app.messages.draining import QuietHours
from tideover.app.messages.providers import ByChannel, OnScreen, WeChat
from tideover.app.verbs import arriving, conversation
from tideover.app.wechat import Envelope, Platform, account_from_environment

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEY = base64.b64encode(bytes(range(32))).decode()[:43]


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (64, 48), "white").save(kept, "PNG")
    return kept.getvalue()


def connected(caller: Caller, lender, *, sender: str = "oZhang") -> ContactAddress:
    """Let the follower write, and the borrower open the link and confirm."""
    link = link_in(caller.says("你好，我想商量", sender=sender))
    client = Client()
    client.force_login(lender.borrower.account, backend=BACKEND)
    assert client.get(link).status_code == 200
    answer = client.post("/connect/", {"t": link.split("?t=")[1]})
    assert answer.status_code == 302, answer.content.decode()
    return ContactAddress.objects.get(channel=Channel.WECHAT, borrower=lender.borrower)


def refusals() -> list[str]:
    events = log.read("channels")
    return [one.body["why"] for one in events if one.kind == "callback.refused"]


class TestTheEcho:
    def test_is_given_back_to_the_platform(self, lender, wechat):
        answer = Client().get("/hooks/wechat/", wechat.query() | {"echostr": "5837"})

        assert (answer.status_code, answer.content) == (200, b"5837")

    def test_is_for_nobody_else(self, lender, wechat):
        query = wechat.query() | {"echostr": "<script>", "signature": "0" * 40}
        answer = Client().get("/hooks/wechat/", query)

        assert (answer.status_code, answer.content) == (403, b"")
        assert refusals() == ["forged signature"]

    def test_without_an_account_there_is_no_such_address(self, lender, monkeypatch):
        monkeypatch.delenv("TIDEOVER_WECHAT_APP_ID", raising=False)

        assert Client().get("/hooks/wechat/").status_code == 404


class TestForgedAndReplayed:
    def test_a_forged_signature_changes_nothing_and_is_in_the_log(self, lender, wechat):
        answer = wechat.post(message("text", "oZhang", 7, Content="你好"), signature="f" * 40)

        assert answer.status_code == 403
        assert not Arrival.objects.exists()
        assert refusals() == ["forged signature"]

    @pytest.mark.parametrize("off", [-301, 301])
    def test_a_stale_one_too(self, lender, wechat, off):
        answer = wechat.post(message("text", "oZhang", 7, Content="你好"), off=off)

        assert answer.status_code == 403
        assert refusals() == ["stale timestamp"]

    def test_other_words_under_a_signature_that_was_seen_are_refused(self, lender, wechat):
        seen = wechat.query()
        wechat.post(message("text", "oZhang", 7, Content="你好"), **seen)
        answer = wechat.post(message("text", "oZhang", 8, Content="我放弃申请"), **seen)

        assert answer.status_code == 403
        assert refusals() == ["replayed"]
        assert [one.text for one in Arrival.objects.all()] == ["你好"]

    def test_the_platform_repeating_itself_is_answered_and_takes_effect_once(self, lender, wechat):
        body = message("text", "oZhang", 7, Content="你好")

        seen = wechat.query()
        answers = [wechat.post(body, **seen).status_code for _ in range(3)]

        assert answers == [200, 200, 200]
        assert Arrival.objects.count() == 1

    def test_the_same_request_minutes_later_is_refused(self, lender, wechat, monkeypatch):
        query, body = wechat.query(nonce="kept"), message("text", "oZhang", 7, Content="你好")
        wechat.post(body, **query)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:32:00+08:00")
        clock._set_at.cache_clear()

        assert wechat.post(body, **query).status_code == 403
        assert refusals() == ["replayed"]

    def test_one_number_is_taken_once_though_signed_anew(self, lender, wechat):
        wechat.says("你好", number=7)
        wechat.says("别的话", number=7)

        assert [one.text for one in Arrival.objects.all()] == ["你好"]

    @pytest.mark.parametrize(
        "body",
        ["", "not xml", "<xml></xml>", '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>'],
    )
    def test_what_is_no_message_is_a_bad_request(self, lender, wechat, body):
        assert wechat.post(body).status_code == 400
        assert refusals() == ["not readable"]

    def test_a_flood_of_them_does_not_write_our_log(self, lender, wechat):
        for _ in range(40):
            wechat.post("<xml></xml>", signature="0" * 40)

        assert len(refusals()) <= 20


class TestSecureMode:
    @pytest.fixture
    def secure(self, wechat, monkeypatch) -> Caller:
        monkeypatch.setenv("TIDEOVER_WECHAT_AES_KEY", KEY)
        return Caller(Envelope(KEY, app_id="wx-demo"))

    def test_opens_what_is_sealed_and_seals_the_answer(self, lender, secure):
        assert "/connect/" in secure.says("你好")
        assert Arrival.objects.get().text == "你好"

    def test_takes_nothing_in_plain(self, lender, secure, wechat):
        answer = wechat.post(message("text", "oZhang", 7, Content="你好"))

        assert answer.status_code == 403
        assert refusals() == ["forged message signature"]

    def test_takes_no_other_seal_under_the_same_signature(self, lender, secure):
        other = Envelope(KEY, app_id="wx-demo").seal(b"<xml></xml>")
        answer = secure.post(message("text", "oZhang", 7, Content="你好"), msg_signature="0" * 40)

        assert other
        assert answer.status_code == 403
        assert not Arrival.objects.exists()

    def test_takes_nothing_sealed_for_another_account(self, lender, secure):
        stranger = Caller(Envelope(KEY, app_id="wx-other"))

        assert stranger.post(message("text", "oZhang", 7, Content="你好")).status_code == 403
        assert refusals() == ["sealed for another account"]


class TestConnecting:
    def test_asks_for_no_code_and_opens_behind_the_sign_in(self, lender, wechat):
        words = wechat.says("你好")
        link = link_in(words)

        assert "从不索要" in words
        assert "oZhang" not in words
        assert Client().get(link)["Location"].startswith("/sign-in/?next=%2Fconnect%2F")

    def test_moves_what_was_written_before_into_the_case(self, lender, wechat):
        number = submitted(lender)
        connected(wechat, lender)

        arriving.fetch_arrived(None)

        (said,) = conversation.thread_for(lender.borrower, number)
        assert (said.text, said.channel) == ("你好，我想商量", "wechat")

    def test_tells_the_phone(self, lender, wechat):
        connected(wechat, lender)

        assert OutboxMessage.objects.get(kind="address.connected").channel == "sms"

    def test_a_link_is_one_borrowers_only(self, lender, wechat):
        link = link_in(wechat.says("你好"))
        connected(wechat, lender)
        client = Client()
        client.force_login(lender.stranger.account, backend=BACKEND)

        assert client.get(link).status_code == 422
        assert client.post("/connect/", {"t": link.split("?t=")[1]}).status_code == 422

    @pytest.mark.parametrize(
        "token", ["", "x", "1:2:3", "00000000-0000-0000-0000-000000000000:a:b"]
    )
    def test_an_altered_link_is_none(self, lender, wechat, token):
        client = Client()
        client.force_login(lender.borrower.account, backend=BACKEND)

        assert client.get("/connect/", {"t": token}).status_code == 422

    def test_is_undone_by_the_borrower(self, lender, wechat):
        connected(wechat, lender)
        client = Client()
        client.force_login(lender.borrower.account, backend=BACKEND)
        client.post("/reach/", {"step": "tell-by", "channel": "wechat"})
        client.post("/reach/", {"step": "close", "channel": "wechat"})

        assert arriving.addresses_of(lender.borrower) == {}
        assert "/connect/" in wechat.says("还在吗")


class TestMessages:
    def test_go_into_the_one_case(self, lender, wechat):
        number = claimed(lender)
        connected(wechat, lender)

        words = wechat.says("下周三能打电话给我吗？")

        assert number in words
        assert CaseNote.objects.get(text__isnull=False, channel="wechat").kind == "message"

    def test_that_look_like_a_scam_are_flagged_and_answered_with_a_warning(self, lender, wechat):
        number = claimed(lender)
        connected(wechat, lender)

        words = wechat.says("有人自称客服：请把验证码发给我，再转账到安全账户")

        said = conversation.thread_for(lender.borrower, number)[-1]
        assert said.text.startswith("有人自称")
        assert "热线" in words or said.flag is None

    def test_wait_for_the_application_where_there_is_none(self, lender, wechat):
        connected(wechat, lender)
        words = wechat.says("我失业了")

        assert "/loans/" in words
        assert Arrival.objects.get(text__isnull=False, state="waiting").why.startswith("no case")

        number = submitted(lender)
        arriving.fetch_arrived(None)
        texts = {said.text for said in conversation.thread_for(lender.borrower, number)}
        assert texts == {"你好，我想商量", "我失业了"}

    def test_a_picture_becomes_evidence(self, lender, wechat, there):
        there.media = (picture(), "image/png")
        number = submitted(lender)
        connected(wechat, lender)

        words = wechat.sends_picture()
        done = arriving.fetch_arrived(Platform(account_from_environment()))

        assert number in words
        assert (done.fetched, done.failed) == (1, 0)
        assert EvidenceFile.objects.filter(media_type="image/png").count() == 1

    def test_a_picture_that_cannot_be_had_is_tried_again(self, lender, wechat, there):
        there.media = (picture(), "image/png")
        submitted(lender)
        connected(wechat, lender)
        wechat.sends_picture()
        ours = Platform(account_from_environment())
        there.errors = [45009]

        assert arriving.fetch_arrived(ours).failed == 1
        assert arriving.fetch_arrived(ours).fetched == 1

    @pytest.mark.parametrize(
        ("event", "key", "said"),
        [
            ("subscribe", "", "/connect/"),
            ("CLICK", "OFFICIAL", "95384"),
            ("CLICK", "PROGRESS", "/connect/"),
            ("LOCATION", "", "/connect/"),
        ],
    )
    def test_events_are_answered(self, lender, wechat, event, key, said):
        assert said in wechat.tells(event, key=key)

    def test_progress_names_no_amount(self, lender, wechat):
        number = submitted(lender)
        connected(wechat, lender)

        words = wechat.tells("CLICK", key="PROGRESS")

        assert number in words
        assert "元" not in words
        assert "¥" not in words

    def test_who_leaves_is_written_to_no_more(self, lender, wechat):
        row = connected(wechat, lender)

        assert wechat.tells("unsubscribe") == ""
        row.refresh_from_db()
        assert row.window_until is None
        assert row.failure


class TestNotices:
    @pytest.fixture
    def told(self, lender, wechat):
        number = claimed(lender)
        connected(wechat, lender)
        arriving.tell_by(lender.borrower, "wechat")
        lender.borrower.refresh_from_db()
        conversation.reply(lender.agent, number, "可以，我们今天重新算。", key="r1")
        return number

    def out(self) -> tuple[int, int]:
        account = account_from_environment()
        ways = ByChannel({"sms": OnScreen(), "wechat": WeChat(account, portal="https://x/")})
        done = drain(ways, quiet=QuietHours(clock.now().time(), clock.now().time()))
        return done.sent, done.failed

    def test_leave_by_the_way_the_borrower_likes(self, lender, told, there):
        self.out()

        sent = [body for path, body in there.asked if path.endswith("custom/send")]
        assert [one["touser"] for one in sent] == ["oZhang"]
        assert told in sent[0]["text"]["content"]

    def test_fall_back_to_the_phone_once_the_48_hours_are_over(self, lender, told, there):
        there.errors = [45015]
        self.out()
        self.out()

        first, again = OutboxMessage.objects.filter(kind="answered").order_by("created_at")
        assert (first.channel, again.channel) == ("wechat", "sms")
        assert first.given_up_at is not None
        assert again.sent_at is not None
        assert again.text == first.text

    def test_our_own_count_of_the_48_hours_spares_the_call(self, lender, told, there):
        ContactAddress.objects.update(window_until=clock.now() - timedelta(seconds=1))
        self.out()

        assert "/cgi-bin/message/custom/send" not in there.paths()
        assert OutboxMessage.objects.filter(kind="answered", channel="sms").count() == 1

    def test_codes_go_to_the_phone_all_the_same(self, lender, told):
        from tideover.app.verbs import sign_in

        sign_in.send_code(lender.borrower.phone, key="code")

        assert OutboxMessage.objects.get(kind="sign-in.code").channel == "sms"
