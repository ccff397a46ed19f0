"""Events leave signed, in order, once each where all goes well, and again where it does not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.app import clock
from tideover.app.crash import StruckDown
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import WebhookSubscription
from tideover.app.verbs import subscriptions
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.subscriptions import SubscriptionThere
from tideover.app.webhooks import (
    SIGNATURE_HEADER,
    SignatureWrong,
    TargetNotAllowed,
    allowed,
    deliver_waiting,
    signature,
    verify,
)

NOW = 1_764_500_000


def happen(kind, **body):
    with atomic():
        log.append("case:HX-1", kind=kind, body=body, at=clock.now(), actor="agent")


def kinds_of(receiver):
    return [json.loads(body)["kind"] for _, body in receiver.got]


class TestSignature:
    @given(st.binary(max_size=200), st.text(max_size=20))
    def test_is_good_for_what_was_signed(self, body, secret):
        verify(signature(body, secret=secret, seconds=NOW), body, secret=secret, now=NOW)

    @given(st.binary(min_size=1, max_size=200), st.data())
    def test_is_wrong_for_one_changed_byte(self, body, data):
        place = data.draw(st.integers(0, len(body) - 1))
        other = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]

        with pytest.raises(SignatureWrong, match="bytes or the secret"):
            verify(signature(body, secret="s", seconds=NOW), other, secret="s", now=NOW)

    def test_agrees_with_one_worked_out_elsewhere(self):
        # printf '1764500000.{}' | openssl dgst -sha256 -hmac key
        assert signature(b"{}", secret="key", seconds=NOW) == (
            "t=1764500000,v1=6196654f086ef723e89440c0d453da008bb9fb0750da7ec6b3861c50782707af"
        )

    @pytest.mark.parametrize("seconds", [NOW - 301, NOW + 301])
    def test_is_old_after_five_minutes(self, seconds):
        with pytest.raises(SignatureWrong, match="301 seconds"):
            verify(signature(b"", secret="s", seconds=seconds), b"", secret="s", now=NOW)

    @pytest.mark.parametrize("header", ["", "v1=00", "t=1,v1=zz", "t=-1,v1=" + "0" * 64])
    def test_of_another_form_is_wrong(self, header):
        with pytest.raises(SignatureWrong, match="form"):
            verify(header, b"", secret="s", now=NOW)


class TestAllowed:
    @pytest.mark.parametrize(
        "url",
        [
            "https://core.example/hook",
            "http://named.example/hook",
            "https://named.example@core.example/hook",
            "https://user:pass@named.example/hook",
            "http://127.0.0.1/hook",
            "http://169.254.169.254/latest/",
            "https://[::1]/",
            "ftp://named.example/",
            "file:///etc/passwd",
            "named.example",
        ],
    )
    def test_refuses_what_nobody_named(self, settings, url):
        settings.WEBHOOK_HOSTS = ("named.example",)

        with pytest.raises(TargetNotAllowed, match="TIDEOVER_WEBHOOK_HOSTS"):
            allowed(url)

    def test_takes_a_named_host(self, settings):
        settings.WEBHOOK_HOSTS = ("named.example",)

        assert allowed("https://NAMED.example:8443/hook") == "https://NAMED.example:8443/hook"


@pytest.mark.django_db
class TestDeliver:
    def test_sends_what_happens_from_now_on_in_order_once(self, receiver, at):
        happen("case.opened")
        secret = subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted", on="2026-11-23")
        happen("loan.paid")
        happen("case.decided")

        done = [deliver_waiting() for _ in range(2)]

        assert [(one.sent, one.failed) for one in done] == [(2, 0), (0, 0)]
        assert kinds_of(receiver) == ["case.submitted", "case.decided"]
        headers, body = receiver.got[0]
        verify(headers[SIGNATURE_HEADER], body, secret=secret, now=int(clock.now().timestamp()))
        told = json.loads(body)
        assert headers["Tideover-Event"] == str(told["id"])
        assert told["event"] == {"on": "2026-11-23"}

    def test_keeps_the_order_while_the_receiver_fails(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted")
        happen("case.decided")
        receiver.answers = [500]

        assert deliver_waiting().failed == 1
        assert deliver_waiting().failed == 0, "it waits before it is tried again"
        at("2026-11-23T10:31:00+08:00")
        assert deliver_waiting().sent == 2

        assert kinds_of(receiver) == ["case.submitted", "case.submitted", "case.decided"]
        first, second = (headers["Tideover-Event"] for headers, _ in receiver.got[:2])
        assert first == second

    def test_struck_down_after_sending_sends_it_again_under_its_number(
        self, receiver, at, monkeypatch
    ):
        subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted")
        monkeypatch.setenv("TIDEOVER_CRASH", "webhook.sent")
        with pytest.raises(StruckDown):
            deliver_waiting()
        monkeypatch.delenv("TIDEOVER_CRASH")

        assert deliver_waiting().sent == 1
        first, second = (headers["Tideover-Event"] for headers, _ in receiver.got)
        assert first == second

    def test_follows_no_redirect(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted")
        receiver.answers = [302]

        assert deliver_waiting().failed == 1
        assert WebhookSubscription.objects.get().failure == "HTTP 302"

    def test_stops_when_the_receiver_wants_no_more_and_can_be_resumed(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted")
        receiver.answers = [410]
        deliver_waiting()
        at("2026-11-24T10:31:00+08:00")
        assert deliver_waiting().sent == 0

        subscriptions.resume("core")

        assert deliver_waiting().sent == 1

    def test_is_paused_after_three_days_of_failures(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=["case."])
        happen("case.submitted")
        for moment in ("23T10:30", "24T10:30", "25T10:30", "26T10:31"):
            at(f"2026-11-{moment}:00+08:00")
            receiver.answers = [500]
            deliver_waiting()

        row = WebhookSubscription.objects.get()
        assert row.paused_at is not None
        assert (row.failure, row.tries) == ("HTTP 500", 4)

    def test_a_host_that_is_no_longer_named_gets_nothing(self, receiver, at, settings):
        subscriptions.add("core", receiver.url, kinds=[])
        happen("case.submitted")
        settings.WEBHOOK_HOSTS = ()

        deliver_waiting()

        assert receiver.got == []
        assert "not named" in WebhookSubscription.objects.get().failure


@pytest.mark.django_db
class TestSubscriptions:
    def test_a_name_is_taken_once(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=[])

        with pytest.raises(SubscriptionThere, match="core"):
            subscriptions.add("core", receiver.url, kinds=[])

    def test_the_secret_lies_sealed(self, receiver, at):
        from django.db import connection

        secret = subscriptions.add("core", receiver.url, kinds=[])

        with connection.cursor() as cursor:
            cursor.execute("SELECT secret FROM db_webhooksubscription")
            assert secret.encode() not in bytes(cursor.fetchone()[0])
        assert subscriptions.listed()[0].secret == secret

    def test_one_that_is_removed_is_told_nothing(self, receiver, at):
        subscriptions.add("core", receiver.url, kinds=[])
        subscriptions.remove("core")
        happen("case.submitted")

        assert deliver_waiting().sent == 0
        with pytest.raises(NotFound):
            subscriptions.remove("core")
