"""The thread of a case on the borrower's page, without a script, in both languages."""

import re

import pytest
from django.test import Client
from lender import claimed

from tideover.app.verbs import conversation

pytestmark = pytest.mark.django_db

SCAM = "【渡】您的账户异常，请立即转账到安全账户，并把短信验证码发给我"


@pytest.fixture
def number(lender) -> str:
    return claimed(lender)


def send(client: Client, number: str, text: str, **more: str):
    page = client.get(f"/cases/{number}/messages/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    return client.post(f"/cases/{number}/messages/", {"key": key[1], "message": text} | more)


class TestThread:
    def test_is_reached_from_the_case(self, borrower, number):
        assert f"/cases/{number}/messages/" in borrower.get(f"/cases/{number}/").content.decode()

    def test_takes_a_message_and_shows_the_answer(self, borrower, lender, number):
        assert send(borrower, number, "下周三方便吗？").status_code == 302
        conversation.reply(lender.agent, number, "方便，上午十点。", key="r")

        page = borrower.get(f"/cases/{number}/messages/").content.decode()
        assert page.index("下周三方便吗？") < page.index("方便，上午十点。")

    @pytest.mark.parametrize(
        ("text", "kept"), [("", ""), ("长" * 10_000, "长" * 10_000)], ids=["none", "too long"]
    )
    def test_says_what_is_wrong_and_keeps_every_word(self, borrower, number, text, kept):
        answer = send(borrower, number, text)

        assert answer.status_code == 422
        assert kept in answer.content.decode()

    def test_warns_beside_what_reads_like_a_scam(self, english, number):
        send(english, number, SCAM)

        page = english.get(f"/cases/{number}/messages/").content.decode()
        assert "Careful: this reads like a scam" in page
        assert "安全账户" in page

    def test_shows_strange_letters_as_letters(self, borrower, number):
        send(borrower, number, "<img src=x onerror=alert(1)> \u202egnp.exe a\u200bb")

        page = borrower.get(f"/cases/{number}/messages/").content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    def test_is_not_there_for_anybody_else(self, lender, signed_in, number):
        stranger = signed_in(lender.stranger.account)

        assert stranger.get(f"/cases/{number}/messages/").status_code == 404
        posted = stranger.post(f"/cases/{number}/messages/", {"key": "k", "message": "x"})
        assert posted.status_code == 404


class TestAfterTheSession:
    def test_what_was_typed_is_there_after_the_sign_in(self, lender, number):
        client = Client()
        client.post(f"/cases/{number}/messages/", {"key": "k", "message": "写了很久的话"})
        client.force_login(
            lender.borrower.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        assert "写了很久的话" in client.get(f"/cases/{number}/messages/").content.decode()

    def test_it_is_not_on_the_page_of_somebody_else(self, lender, number):
        client = Client()
        client.post(f"/cases/{number}/messages/", {"key": "k", "message": "写了很久的话"})
        client.force_login(
            lender.stranger.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        page = client.get(f"/cases/{number}/messages/")
        assert page.status_code == 404
        assert "写了很久的话" not in page.content.decode()
