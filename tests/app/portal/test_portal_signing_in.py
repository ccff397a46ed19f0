"""A phone and a code lead in; nothing tells a stranger whose number is registered."""

import re

import pytest
from django.test import Client

from tideover.app.db.envelope import blind_index
from tideover.app.db.models import OutboxMessage, SignInCode

PHONE = "13800000001"


@pytest.fixture
def visitor(lender) -> Client:
    return Client()


def code_on_phone() -> str:
    message = OutboxMessage.objects.filter(kind="sign-in.code").latest("created_at")
    return re.search(r"\d{6}", message.text)[0]


def ask(client: Client, phone: str = PHONE, **more: str):
    return client.post("/sign-in/", {"phone": phone, "key": "k-1", **more})


class TestAskPhone:
    def test_sends_a_code_and_asks_for_it(self, visitor):
        answer = ask(visitor)

        assert answer.headers["Location"] == "/sign-in/code/"
        assert "138****0001" in visitor.get("/sign-in/code/").content.decode()

    def test_answers_a_stranger_just_the_same(self, visitor):
        answer = ask(visitor, "13900000099")

        assert answer.headers["Location"] == "/sign-in/code/"
        assert not OutboxMessage.objects.filter(kind="sign-in.code").exists()

    def test_keeps_a_wrong_number_in_its_box(self, visitor):
        answer = ask(visitor, "12 34")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="12 34"' in page
        assert 'href="#id_phone"' in page
        assert "<title>有问题：" in page

    def test_sends_one_message_for_five_taps(self, visitor):
        for _tap in range(5):
            ask(visitor)

        assert OutboxMessage.objects.filter(kind="sign-in.code").count() == 1

    def test_counts_by_the_address_our_proxy_saw(self, visitor, monkeypatch):
        monkeypatch.setenv("TIDEOVER_PROXIES", "1")

        visitor.post(
            "/sign-in/", {"phone": PHONE, "key": "k-1"}, headers={"x-forwarded-for": "203.0.113.5"}
        )

        counted = SignInCode.objects.latest("created_at").address_index
        assert counted == blind_index("203.0.113.5", purpose="address")

    def test_leaves_no_phone_in_the_table_of_sessions(self, visitor):
        ask(visitor)

        assert PHONE not in str(dict(visitor.session.items()))


class TestEnterCode:
    def test_leads_to_the_page_that_was_wanted(self, visitor):
        wanted = "/loans/WLD-0001/"
        assert visitor.get(wanted).headers["Location"] == "/sign-in/?next=%2Floans%2FWLD-0001%2F"
        ask(visitor, next=wanted)

        answer = visitor.post("/sign-in/code/", {"code": code_on_phone()})

        assert answer.headers["Location"] == wanted
        assert visitor.get(wanted).status_code == 200

    @pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "word"])
    def test_leads_to_no_other_site_and_to_no_word(self, visitor, wanted):
        ask(visitor, next=wanted)

        answer = visitor.post("/sign-in/code/", {"code": code_on_phone()})

        assert answer.headers["Location"] == "/loans/"

    def test_refuses_a_wrong_code_and_says_how_often_it_may_be_tried(self, visitor):
        ask(visitor)
        wrong = f"{(int(code_on_phone()) + 1) % 10**6:06d}"

        answer = visitor.post("/sign-in/code/", {"code": wrong})

        assert answer.status_code == 422
        assert "还可以试 4 次" in answer.content.decode()
        assert visitor.get("/loans/").status_code == 302

    def test_takes_a_code_with_the_blanks_of_a_paste(self, visitor):
        ask(visitor)
        code = code_on_phone()

        answer = visitor.post("/sign-in/code/", {"code": f" {code[:3]} {code[3:]} "})

        assert answer.headers["Location"] == "/loans/"

    def test_asks_for_the_phone_first(self, visitor):
        assert visitor.get("/sign-in/code/").headers["Location"] == "/sign-in/"


class TestLeave:
    def test_signs_out(self, borrower):
        borrower.post("/sign-out/")

        assert borrower.get("/loans/").status_code == 302


class TestANewDevice:
    def enter(self, client: Client, *, key: str) -> None:
        ask(client, key=key)
        client.post("/sign-in/code/", {"code": code_on_phone()})

    def told(self) -> int:
        return OutboxMessage.objects.filter(kind="new-device").count()

    def test_is_told_of_once_and_the_first_one_is_not(self, visitor, lender):
        self.enter(visitor, key="first")
        at_first = self.told()
        other = Client()
        self.enter(other, key="second")
        on_another = self.told()
        visitor.post("/sign-out/")
        other.post("/sign-out/")
        self.enter(visitor, key="third")
        self.enter(other, key="fourth")

        assert (at_first, on_another, self.told()) == (0, 1, 1)
        message = OutboxMessage.objects.get(kind="new-device")
        assert message.borrower == lender.borrower
        assert "新设备" in message.text

    def test_is_not_taken_for_known_because_a_cookie_says_so(self, visitor, lender):
        self.enter(visitor, key="first")
        forger = Client()
        forger.cookies["device"] = lender.borrower.account.login

        self.enter(forger, key="second")

        assert self.told() == 1
