"""The guides are tools: figures worked by hand, any input taken, nothing kept."""

import pytest
from django.test import Client

from tideover.app.db.models import CaseNote

pytestmark = pytest.mark.django_db

PAGES = ("", "keeping/", "penalty/", "instalments/", "record/", "scams/")


@pytest.fixture
def anybody(lender) -> Client:
    client = Client()
    client.cookies["django_language"] = "zh-hans"
    return client


class TestGuides:
    @pytest.mark.parametrize("page", PAGES)
    def test_are_open_to_everybody(self, anybody, page):
        assert anybody.get(f"/guides/{page}").status_code == 200

    def test_penalty_is_half_the_rate_on_top(self, anybody):
        page = anybody.get("/guides/penalty/?amount=1000&rate=0.04&days=30").content.decode()

        # 1000 x 0.0004 x 30 = 12.00 of interest, and half of it, 6.00, as penalty.
        for amount in ("¥18.00", "¥12.00", "¥6.00"):
            assert amount in page

    def test_a_flat_fee_is_shown_at_its_true_rate(self, anybody):
        page = anybody.get("/guides/instalments/?amount=12000&fee=0.75&months=12").content.decode()

        # 1,090.00 a month against 12,000.00: monthly IRR 1.3514 %, times twelve 16.22 %.
        assert "16.22%" in page
        assert "9.00%" in page
        assert "¥1,090.00" in page

    @pytest.mark.parametrize(
        "query",
        ["amount=x&rate=&days=-1", "amount=1e9&rate=1e9&days=1e9", "rate=%00", "rate=²", "days=٣",
         "fee=99&months=1", "amount=0&fee=0.5&months=3", "amount=<script>alert(1)</script>"],
    )  # fmt: skip
    def test_take_any_figure_and_say_what_to_write(self, anybody, query):
        for page in ("penalty", "instalments"):
            answer = anybody.get(f"/guides/{page}/?{query}")
            assert answer.status_code in (200, 400)
            assert "<script>alert" not in answer.content.decode()

    def test_a_scam_is_named_and_not_kept(self, anybody):
        text = "您的账户异常，请立即转账到安全账户，并把短信验证码发给我"

        page = anybody.post("/guides/scams/", {"message": text}).content.decode()

        assert "诈骗" in page
        assert not CaseNote.objects.exists()


class TestMayI:
    @pytest.mark.parametrize(
        ("query", "words"),
        [("ours=yes&sold=no&court=no", "可以申请"), ("ours=no", "这不是我们的贷款"),
         ("ours=yes&court=yes", "请先和我们聊聊")],
    )  # fmt: skip
    def test_says_early_whom_it_can_help(self, anybody, query, words):
        assert words in anybody.get(f"/may-i/?{query}").content.decode()
