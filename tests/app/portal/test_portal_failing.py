"""When a step cannot be taken, the page says what became of what was typed."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


class TestServerError:
    def test_gives_a_number_to_name(self, lender, monkeypatch):
        monkeypatch.setenv("TIDEOVER_NOW", "nonsense")  # every page asks the clock
        client = Client(raise_request_exception=False)
        client.cookies["django_language"] = "zh-hans"
        answer = client.get("/")

        page = answer.content.decode()
        assert answer.status_code == 500
        assert "抱歉" in page
        assert re.search(r"[0-9A-F]{8}</strong>", page)
        assert "nonsense" not in page


class TestTooLarge:
    def test_is_a_page_for_a_browser(self, lender):
        answer = Client().post(
            "/guides/scams/", b"x", content_type="application/x-www-form-urlencoded",
            headers={"Accept": "text/html", "Content-Length": str(65 * 1024**2)},
        )  # fmt: skip

        assert answer.status_code == 413
        assert "<h1>" in answer.content.decode()
