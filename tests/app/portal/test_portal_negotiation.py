"""Proposing other terms from the offers, without JavaScript: the form, the answers, the way out."""

import re

import pytest
from lender import offered

from tideover.app.verbs import offering


@pytest.fixture
def number(lender) -> str:
    return offered(lender)


def form_of(client, number: str) -> dict[str, str]:
    page = client.get(f"/cases/{number}/propose/").content.decode()
    return dict(re.findall(r'name="(key|seen)" value="([^"]+)"', page))


def propose(client, number: str, **typed: str):
    return client.post(f"/cases/{number}/propose/", form_of(client, number) | typed)


class TestPropose:
    def test_is_one_tap_away_from_the_offers(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()

        link = re.search(r'href="(/cases/[^"]+/propose/)">都不合适，我想商量', page)
        assert link
        assert borrower.get(link[1]).status_code == 200

    def test_answers_on_a_page_of_its_own_with_the_plan_to_choose(self, lender, borrower, number):
        answer = propose(borrower, number, instalments="17")

        assert answer.headers["Location"] == f"/cases/{number}/rounds/1/"
        page = borrower.get(answer.headers["Location"]).content.decode()
        offer = offering.borrower_offers(lender.borrower, number).offers[0]
        assert "可以，就按你说的" in page
        assert offer.payment.display in page
        assert f"/cases/{number}/offers/counter-1/" in page

    def test_keeps_what_was_typed_beside_what_is_wrong_with_it(self, borrower, number):
        answer = propose(borrower, number, monthly="六百", instalments="17")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="六百"' in page
        assert 'value="17"' in page
        assert 'href="#id_monthly"' in page

    def test_asks_for_one_figure_at_least(self, borrower, english, number):
        assert "请至少填写一项" in propose(borrower, number).content.decode()
        assert "at least one figure" in propose(english, number).content.decode()

    def test_keeps_what_was_typed_on_a_page_that_is_stale(self, borrower, number):
        old = form_of(borrower, number)
        propose(borrower, number, instalments="17")

        answer = borrower.post(
            f"/cases/{number}/propose/", old | {"key": "late", "monthly": "612.34"}
        )

        page = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="612.34"' in page
        assert old["seen"] not in page

    def test_is_one_round_on_five_quick_taps(self, lender, borrower, number):
        form = form_of(borrower, number) | {"instalments": "17"}

        places = {
            borrower.post(f"/cases/{number}/propose/", form).headers["Location"] for _ in range(5)
        }

        assert places == {f"/cases/{number}/rounds/1/"}

    def test_says_when_no_round_is_left_and_who_still_helps(self, borrower, number):
        for count in ("15", "16", "17"):
            propose(borrower, number, instalments=count)

        page = borrower.get(f"/cases/{number}/propose/").content.decode()
        assert "最多可以提议 3 次" in page
        assert 'name="seen"' not in page
        assert f"/talk/?case={number}" in page

    @pytest.mark.parametrize("page", ["propose", "rounds/1"])
    def test_is_not_there_for_another_borrower(self, lender, signed_in, number, page):
        stranger = signed_in(lender.stranger.account)

        assert stranger.get(f"/cases/{number}/{page}/").status_code == 404

    def test_needs_the_token_of_its_form(self, lender, number):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(
            lender.borrower.account, backend="django.contrib.auth.backends.ModelBackend"
        )

        assert client.post(f"/cases/{number}/propose/", {"monthly": "1"}).status_code == 403


class TestAnswer:
    def test_names_the_difference_of_the_nearest_plan(self, borrower, english, number):
        propose(borrower, number, instalments="3")

        zh = borrower.get(f"/cases/{number}/rounds/1/").content.decode()
        en = english.get(f"/cases/{number}/rounds/1/").content.decode()
        assert "差一点，这个最接近" in zh
        assert "比你希望的多" in zh
        assert "instalments more than you wished" in en

    def test_can_be_seen_again_by_another_person(self, borrower, number):
        propose(borrower, number, instalments="3")
        address = f"/cases/{number}/rounds/1/"

        empty = borrower.post(f"{address}review/", {"key": "a"})
        asked = borrower.post(f"{address}review/", {"key": "b", "message": "每月还能再少一点吗"})

        assert empty.status_code == 422
        assert asked.headers["Location"] == address
        assert "另一位专员" in borrower.get(address).content.decode()

    def test_over_the_limit_can_be_taken_back(self, borrower, number):
        propose(borrower, number, instalments="20")
        page = borrower.get(f"/cases/{number}/rounds/1/").content.decode()

        borrower.post(f"/cases/{number}/take-back/", {"key": "back"})

        assert "可以考虑，需要两个人同意" in page
        assert "2026年11月26日" in page
        assert "你撤回了这次提议" in borrower.get(f"/cases/{number}/rounds/1/").content.decode()

    def test_is_not_there_before_it_was_asked_for(self, borrower, number):
        assert borrower.get(f"/cases/{number}/rounds/1/").status_code == 404
