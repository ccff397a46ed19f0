import re
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import make_borrower, make_loan, make_staff, sign_in_fully, weilidai_terms
from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, LogEvent, Role

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@pytest.fixture(autouse=True)
def start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", START.isoformat())


def wait(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", (clock.now() + timedelta(**time)).isoformat())


def signed_in(account: Account) -> Client:
    client = Client()
    sign_in_fully(client, account)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/loans/").status_code == 200


class TestSessionLimits:
    def test_a_borrower_is_signed_out_after_thirty_idle_minutes(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in(make_borrower().account)
        assert is_signed_in(client)
        wait(monkeypatch, minutes=29)
        assert is_signed_in(client)
        wait(monkeypatch, minutes=31)
        assert not is_signed_in(client)

    def test_somebody_who_keeps_reading_is_signed_out_after_twelve_hours(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in(make_borrower().account)
        for _ in range(12 * 60 // 20):
            assert is_signed_in(client)
            wait(monkeypatch, minutes=20)
        wait(monkeypatch, minutes=1)
        assert not is_signed_in(client)

    def test_reading_pages_within_a_minute_writes_no_session(self) -> None:
        client = signed_in(make_borrower().account)
        client.get("/loans/")
        before = Session.objects.get(pk=client.session.session_key).session_data
        client.get("/loans/")
        assert Session.objects.get(pk=client.session.session_key).session_data == before


class TestRefusedAccess:
    def test_another_borrowers_loan_is_a_404_and_kept_in_the_log(self) -> None:
        theirs = make_loan(weilidai_terms(disbursed_on=clock.today() - timedelta(days=40)))
        borrower = make_borrower()

        answer = signed_in(borrower.account).get(f"/loans/{theirs.reference}/")

        assert answer.status_code == 404
        (event,) = log.read("access")
        assert (event.kind, event.actor) == ("access.refused", borrower.account.login)
        assert event.body == {"method": "GET", "path": f"/loans/{theirs.reference}/"}

    def test_it_looks_like_a_loan_that_never_was(self) -> None:
        theirs = make_loan(weilidai_terms(disbursed_on=clock.today() - timedelta(days=40)))
        client = signed_in(make_borrower().account)

        pages = [
            client.get(f"/loans/{reference}/").content.decode()
            for reference in (theirs.reference, "T-999999")
        ]
        shown = [re.sub(r"T-\d{6}|value=\"[^\"]*\"|csrf[^>]*", "", page) for page in pages]
        assert shown[0] == shown[1]

    def test_staff_pages_do_not_exist_for_borrowers(self) -> None:
        client = signed_in(make_borrower().account)

        assert client.get("/desk/").status_code == 404

    def test_a_borrowers_pages_do_not_serve_staff(self) -> None:
        client = signed_in(make_staff(Role.AGENT))

        assert client.get("/loans/").status_code in (302, 404)
        assert not LogEvent.objects.filter(kind="access.signed-in").exists()


class TestHeaders:
    def test_every_page_comes_with_a_strict_policy(self) -> None:
        answer = Client().get("/sign-in/")

        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["Referrer-Policy"] == "same-origin"

    def test_cookies_are_for_the_server_only(self) -> None:
        client = Client()
        client.get("/sign-in/")

        for cookie in client.cookies.values():
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"

    def test_a_page_without_inline_script_or_style(self) -> None:
        page = Client().get("/sign-in/").content.decode()

        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)

    def test_the_language_is_kept_in_a_cookie(self) -> None:
        client = Client()
        client.post("/language/", {"language": "en", "next": "/sign-in/"})

        assert '<html lang="en"' in client.get("/sign-in/").content.decode()

    def test_chinese_comes_first(self) -> None:
        assert '<html lang="zh-CN"' in Client().get("/sign-in/").content.decode()

    def test_a_form_without_its_token_is_refused(self) -> None:
        client = Client(enforce_csrf_checks=True)

        assert client.post("/sign-in/", {"phone": "10000000001"}).status_code == 403
