"""Reading, signing once with a code bound to the text, and the plan afterwards."""

import re

import pytest
from lender import accepted, last_code, read_through, signed

from tideover.app.db.models import Agreement, OutboxMessage
from tideover.app.verbs import offering, signing


@pytest.fixture
def number(lender, borrower) -> str:
    number = accepted(lender)
    borrower.get(f"/cases/{number}/agreement/")
    read_through(lender, number)
    return number


def ask_code(client, number: str, *, key: str = "send") -> str:
    client.post(f"/cases/{number}/sign/", {"key": key, "action": "send"})
    return last_code()


def sign(client, number: str, *, code: str, read: str = "yes", key: str = "sign"):
    fields = {"key": key, "action": "sign", "code": code, "read": read}
    return client.post(f"/cases/{number}/sign/", fields)


class TestReadingTime:
    def test_is_counted_down_on_the_page_and_kept_by_the_server(self, lender, borrower):
        number = accepted(lender)
        page = borrower.get(f"/cases/{number}/agreement/").content.decode()
        seconds = int(re.search(r'data-wait="(\d+)"', page)[1])

        refused = borrower.post(f"/cases/{number}/sign/", {"key": "k", "action": "send"})

        assert 1 <= seconds <= 10
        assert refused.status_code == 422
        assert "秒后签署" in refused.content.decode()
        read_through(lender, number)
        assert "data-wait" not in borrower.get(f"/cases/{number}/agreement/").content.decode()
        assert ask_code(borrower, number, key="later")


class TestRead:
    def test_puts_key_facts_before_cost_table_before_text(self, borrower, number):
        page = borrower.get(f"/cases/{number}/agreement/").content.decode()

        assert page.index("要点") < page.index("综合融资成本明示表") < page.index("1. ")

    def test_shows_the_figures_of_the_offer(self, lender, borrower, number):
        offer = signing.agreement_view(lender.borrower, number).offer

        page = borrower.get(f"/cases/{number}/agreement/").content.decode()

        assert offer.payment.display in page
        assert offer.total.display in page

    def test_keeps_that_it_was_shown(self, number):
        assert Agreement.objects.get().disclosure_shown_at is not None

    def test_can_be_taken_away_as_pdf(self, borrower, number):
        answer = borrower.get(f"/cases/{number}/agreement.pdf")

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


class TestSign:
    def test_repeats_five_numbers(self, lender, borrower, number):
        page = borrower.get(f"/cases/{number}/sign/").content.decode()

        for row in signing.agreement_view(lender.borrower, number).five_numbers:
            assert row.value.zh in page

    def test_wants_the_tick_and_keeps_the_code(self, borrower, number):
        code = ask_code(borrower, number)

        answer = sign(borrower, number, code=code, read="")

        assert answer.status_code == 422
        assert f'value="{code}"' in answer.content.decode()
        assert 'href="#id_read"' in answer.content.decode()

    def test_refuses_a_wrong_code_and_keeps_the_tick(self, borrower, number):
        wrong = f"{(int(ask_code(borrower, number)) + 1) % 10**6:06d}"

        answer = sign(borrower, number, code=wrong)

        assert answer.status_code == 422
        assert re.search(r'name="read" value="yes" checked', answer.content.decode())
        assert Agreement.objects.get().signed_at is None

    def test_signs_once_for_five_taps(self, borrower, number):
        code = ask_code(borrower, number)

        answers = [sign(borrower, number, code=code, key=f"tap-{tap % 2}") for tap in range(5)]

        assert {one.headers["Location"] for one in answers} == {f"/cases/{number}/agreement/"}
        assert OutboxMessage.objects.filter(kind="signed").count() == 1

    def test_signs_no_other_text_than_the_one_on_the_page(self, lender, borrower, number):
        ask_code(borrower, number)
        page = borrower.get(f"/cases/{number}/sign/").content.decode()
        shown = re.search(r'name="document" value="([0-9a-f]{64})"', page)[1]
        offers = offering.borrower_offers(lender.borrower, number)
        other = next(one.key for one in offers.offers if one.key != offers.chosen_key)
        offering.accept(lender.borrower, number, other, key="in-another-window")
        read_through(lender, number)
        code = ask_code(borrower, number, key="again")
        fields = {"key": "k", "action": "sign", "code": code, "read": "yes"}

        answer = borrower.post(f"/cases/{number}/sign/", {**fields, "document": shown})

        assert answer.status_code == 422
        assert not Agreement.objects.filter(signed_at__isnull=False).exists()
        now = signing.agreement_view(lender.borrower, number).digest
        answer = borrower.post(f"/cases/{number}/sign/", {**fields, "document": now})
        assert answer.status_code == 302

    def test_says_signed_only_when_there_is_a_sealed_file(self, borrower, number):
        before = borrower.get(f"/cases/{number}/agreement/").content.decode()
        sign(borrower, number, code=ask_code(borrower, number))
        after = borrower.get(f"/cases/{number}/agreement/").content.decode()

        assert "已签署" not in before
        assert "已于" in after
        assert Agreement.objects.get().sealed_digest

    def test_keeps_the_code_good_while_the_seal_is_out_of_reach(
        self, borrower, number, settings, monkeypatch
    ):
        code = ask_code(borrower, number)
        monkeypatch.setenv("TIDEOVER_SEAL_PIN", "1")
        settings.TIME_STAMP_URL = "http://127.0.0.1:9/tsa"
        settings.SEAL_TOKEN = "pkcs11:token=lender;object=seal?module-path=/nowhere/p11.so"

        answer = sign(borrower, number, code=code)

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "没能给协议盖上电子印章" in text
        assert "p11.so" not in text
        assert not Agreement.objects.filter(signed_at__isnull=False).exists()
        settings.SEAL_TOKEN = ""
        assert sign(borrower, number, code=code, key="again").status_code == 302
        assert Agreement.objects.get().is_in_force


class TestPlan:
    def test_shows_the_next_payment_large_and_every_instalment(self, lender, borrower):
        number = signed(lender)
        offer = signing.agreement_view(lender.borrower, number).offer

        page = borrower.get("/plans/WLD-0001/").content.decode()

        assert f'<span class="big-number">{offer.payment.display}</span>' in page
        assert page.count("未到期") == offer.instalments
        assert "新计划下还没有还款" in page

    def test_comes_in_place_of_the_offers(self, lender, borrower):
        number = signed(lender)

        answer = borrower.get(f"/cases/{number}/offers/")

        assert answer.headers["Location"] == f"/cases/{number}/agreement/"

    def test_says_kindly_that_a_payment_has_not_come(self, lender, borrower, monkeypatch):
        signed(lender)
        monkeypatch.setenv("TIDEOVER_NOW", "2027-01-20T10:00:00+08:00")

        page = borrower.get("/plans/WLD-0001/").content.decode()

        assert "没关系，先告诉我们" in page

    def test_of_a_loan_without_one_is_the_loan(self, borrower):
        assert borrower.get("/plans/WLD-0001/").headers["Location"] == "/loans/WLD-0001/"


class TestTalk:
    def test_reaches_the_agent_once(self, borrower, number):
        for _tap in range(5):
            answer = borrower.post("/talk/", {"key": "k", "case": number, "message": "我想先聊聊"})

        assert answer.headers["Location"] == f"/cases/{number}/"
        assert "留言已收到" in borrower.get(f"/cases/{number}/").content.decode()

    def test_wants_a_word(self, borrower, number):
        answer = borrower.post("/talk/", {"key": "k", "case": number, "message": " "})

        assert answer.status_code == 422
