"""WeChat's signature, envelope and XML, against requests in the recorded format."""

import base64
from datetime import UTC, datetime
from hashlib import sha1

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.app.wechat import (
    Envelope,
    EnvelopeNotOurs,
    NotReadable,
    fields_of,
    incoming,
    is_fresh,
    is_signed,
    passive_reply,
    signature,
)

KEY = base64.b64encode(bytes(range(32))).decode()[:43]
NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)

TEXT = """<xml>
  <ToUserName><![CDATA[gh_official]]></ToUserName>
  <FromUserName><![CDATA[oFollower_1]]></FromUserName>
  <CreateTime>1795401000</CreateTime>
  <MsgType><![CDATA[text]]></MsgType>
  <Content><![CDATA[这个月还不上，怎么办 & <吗>]]></Content>
  <MsgId>24681357</MsgId>
</xml>""".encode()


class TestSignature:
    def test_is_sha1_over_the_sorted_strings(self):
        # By hand: sorted("nonce-9", "token-x", "1795401000") is 1795401000, nonce-9, token-x.
        by_hand = sha1(b"1795401000nonce-9token-x").hexdigest()

        assert signature("token-x", "1795401000", "nonce-9") == by_hand
        assert is_signed(by_hand, token="token-x", parts=("1795401000", "nonce-9"))

    @pytest.mark.parametrize("given", ["", "0" * 40, "ü", signature("other", "1", "2")])
    def test_of_anything_else_is_refused(self, given):
        assert not is_signed(given, token="token-x", parts=("1", "2"))

    @pytest.mark.parametrize(
        ("off", "is_taken"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)]
    )
    def test_is_fresh_for_five_minutes(self, off, is_taken):
        assert is_fresh(str(int(NOW.timestamp()) + off), at=NOW) is is_taken

    @pytest.mark.parametrize("timestamp", ["", "now", "-1", "1" * 30, "１７９５"])
    def test_needs_a_timestamp_that_is_one(self, timestamp):
        assert not is_fresh(timestamp, at=NOW)


class TestEnvelope:
    @given(st.binary(max_size=300))
    def test_opens_what_it_sealed(self, message):
        envelope = Envelope(KEY, app_id="wx-demo")

        assert envelope.open(envelope.seal(message)) == message

    def test_is_for_one_account_and_one_key(self):
        sealed = Envelope(KEY, app_id="wx-demo").seal(b"words")

        with pytest.raises(EnvelopeNotOurs, match="another account"):
            Envelope(KEY, app_id="wx-other").open(sealed)
        with pytest.raises(EnvelopeNotOurs):
            Envelope("B" * 43, app_id="wx-demo").open(sealed)

    @pytest.mark.parametrize(
        "sealed", ["", "AAAA", "not base64!", base64.b64encode(b"\0" * 64).decode()]
    )
    def test_refuses_what_is_none(self, sealed):
        with pytest.raises(EnvelopeNotOurs):
            Envelope(KEY, app_id="wx-demo").open(sealed)


class TestReading:
    def test_a_text_message(self):
        message = incoming(fields_of(TEXT))

        assert (message.kind, message.sender, message.reference) == (
            "text",
            "oFollower_1",
            "24681357",
        )
        assert message.text == "这个月还不上，怎么办 & <吗>"

    def test_an_event_is_known_by_who_when_and_which(self):
        body = TEXT.replace(b"[text]", b"[event]").replace(
            b"</xml>", b"<Event>CLICK</Event><EventKey>PROGRESS</EventKey></xml>"
        )
        message = incoming(fields_of(body))
        later = incoming(fields_of(body.replace(b"1795401000", b"1795401009")))

        assert (message.kind, message.event_key) == ("event:click", "PROGRESS")
        assert message.reference != later.reference

    def test_what_the_platform_heard_in_a_voice_message(self):
        body = TEXT.replace(b"[text]", b"[voice]").replace(b"Content>", b"Recognition>")

        assert incoming(fields_of(body)).text.startswith("这个月")

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            (b"", "well-formed"),
            (b"<xml><a></xml>", "well-formed"),
            (b'<!DOCTYPE x [<!ENTITY e "boom">]><xml><a>&e;</a></xml>', "document type"),
            (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>', "document type"),
            (b"<xml><a>1</a><a>2</a></xml>", "twice"),
            (b"<x>" * 40, "too deep"),
            (b"<xml>" + b"a" * 70_000 + b"</xml>", "more than"),
        ],
    )
    def test_refuses_what_is_no_message(self, body, why):
        with pytest.raises(NotReadable, match=why):
            fields_of(body)

    @pytest.mark.parametrize("missing", [b"FromUserName", b"MsgType", b"MsgId"])
    def test_needs_who_what_and_which(self, missing):
        with pytest.raises(NotReadable, match="missing"):
            incoming(fields_of(TEXT.replace(missing, b"Another")))

    @given(st.binary(max_size=200))
    def test_never_fails_otherwise(self, body):
        try:
            fields_of(body)
        except NotReadable:
            return


class TestPassiveReply:
    def test_says_the_words_to_whoever_wrote(self):
        reply = fields_of(
            passive_reply(
                "<b>&好", to=incoming(fields_of(TEXT)), token="t", timestamp="1", nonce="2"
            )
        )

        assert (reply["ToUserName"], reply["Content"]) == ("oFollower_1", "<b>&好")

    def test_is_sealed_and_signed_in_secure_mode(self):
        envelope = Envelope(KEY, app_id="wx-demo")
        told = fields_of(
            passive_reply(
                "好",
                to=incoming(fields_of(TEXT)),
                token="t",
                timestamp="1",
                nonce="2",
                envelope=envelope,
            )
        )

        assert told["MsgSignature"] == signature("t", "1", "2", told["Encrypt"])
        assert fields_of(envelope.open(told["Encrypt"]))["Content"] == "好"

    def test_is_cut_between_characters(self):
        long = passive_reply(
            "渡" * 2_000, to=incoming(fields_of(TEXT)), token="t", timestamp="1", nonce="2"
        )

        assert fields_of(long)["Content"] == "渡" * (2_048 // 3)
