"""Whoever writes of harming themselves is shown help first, and nobody chases them."""

import re

import pytest
from lender import submitted

from tideover.app.db.models import Borrower, CallBack, CaseFlag
from tideover.app.verbs import conversation
from tideover.app.verbs.case.screening import is_in_distress

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(borrower) -> str:
    answer = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
    number = answer.headers["Location"].strip("/").split("/")[-1]
    borrower.post(f"/apply/{number}/consent/", {"key": "consent", "accounts": "yes"})
    return number


def say(client, number: str, *, key: str = "k", **fields: str):
    return client.post(f"/apply/{number}/contact/", {"key": key, **fields})


class TestCare:
    @pytest.mark.parametrize("fields", [{"note": "我不想活了"}, {"needs": "harm"}])
    def test_pauses_the_form_for_words_and_for_the_box(self, borrower, number, fields):
        answer = say(borrower, number, **fields)
        page = borrower.get(answer.headers["Location"]).content.decode()

        assert answer.headers["Location"].startswith(f"/cases/{number}/care/")
        assert "12356" in page
        assert f'href="/apply/{number}/income/"' in page

    def test_asks_a_person_to_call_and_keeps_what_was_typed(self, borrower, number):
        say(borrower, number, note="我不想活了")

        call = CallBack.objects.get()
        assert number in call.note
        assert "不谈欠款" in call.note
        assert "我不想活了" in borrower.get(f"/apply/{number}/contact/").content.decode()

    def test_lets_the_borrower_go_on_afterwards(self, borrower, number):
        say(borrower, number, note="我不想活了")

        answer = say(borrower, number, key="again", note="我不想活了")

        assert answer.headers["Location"] == f"/apply/{number}/income/"
        assert CaseFlag.objects.count() == CallBack.objects.count() == 1

    def test_says_nothing_of_it_for_everyday_worry(self, borrower, number):
        answer = say(borrower, number, note="压力很大，睡不好")

        assert answer.headers["Location"] == f"/apply/{number}/income/"
        assert not CaseFlag.objects.exists()

    def test_leads_to_our_own_pages_only(self, borrower, number):
        page = borrower.get(f"/cases/{number}/care/?next=https://evil.example/").content.decode()

        assert 'href="https://evil' not in page


class TestChasing:
    def test_stops_until_a_person_closes_the_flag(self, lender, borrower):
        number = submitted(lender)
        page = borrower.get(f"/cases/{number}/messages/").content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        answer = borrower.post(
            f"/cases/{number}/messages/", {"key": key[1], "message": "活不下去了"}
        )
        owner = Borrower.objects.get(pk=lender.borrower.pk)

        assert answer.headers["Location"].startswith(f"/cases/{number}/care/")
        assert is_in_distress(owner)
        (flag,) = CaseFlag.objects.all()
        conversation.close_flag(lender.agent, number, flag.pk, note="已联系，平安", key="close")
        assert not is_in_distress(owner)

    def test_is_told_to_staff_and_not_shown_as_a_scam_to_the_borrower(self, lender, borrower):
        number = submitted(lender)
        conversation.hear_distress(lender.borrower, number, "活不下去了", key="k")

        said = conversation.thread_of(lender.agent, number)
        page = borrower.get(f"/cases/{number}/messages/").content.decode()

        assert said[-1].flag is not None
        assert said[-1].flag.is_distress
        assert "诈骗" not in page.partition("<main")[2].partition("<form")[0]
