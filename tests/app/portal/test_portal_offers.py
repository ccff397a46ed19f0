"""Cards with the same rows in the same order, and figures that are the offer's own."""

import re
from datetime import timedelta

import pytest
from lender import offered

from tideover.app.db.models import Agreement, Case
from tideover.app.verbs import application, assessment, offering


@pytest.fixture
def number(lender) -> str:
    return offered(lender)


def labels_of_cards(page: str) -> list[list[str]]:
    cards = re.findall(r"<article class=\"card offer-card.*?</article>", page, re.DOTALL)
    return [re.findall(r"<dt>(.*?)</dt>", card) for card in cards]


class TestCompare:
    def test_shows_at_most_three_cards_with_the_same_rows_in_the_same_order(self, borrower, number):
        cards = labels_of_cards(borrower.get(f"/cases/{number}/offers/").content.decode())

        assert 1 <= len(cards) <= 3
        # "More" and "less interest than today's contract" are the two names of one row.
        assert len({tuple(re.sub("多付|少付", "", label) for label in card) for card in cards}) == 1
        assert cards[0][0] == "第一次还款"

    def test_shows_the_figures_of_the_offers_to_the_fen(self, lender, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()

        for offer in offering.borrower_offers(lender.borrower, number).offers:
            for figure in (offer.payment, offer.total, abs(offer.extra_interest)):
                assert figure.display in page

    def test_tags_one_card_and_puts_it_first(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()

        assert page.count("tag-brand") == 1
        assert page.index("tag-brand") < page.index("offer-card", page.index("tag-brand"))

    def test_has_a_table_behind_the_plot(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()

        table = page[page.index('<svg class="plot"') :]
        assert table.index("用表格看") < table.index('<th scope="row" class="nowrap">2026年12月')

    def test_says_the_last_day_and_runs_no_clock(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()

        # Seven working days after Monday 23 November.
        assert "2026年12月2日" in page


class TestDetail:
    def test_adds_every_instalment_up_to_the_total(self, lender, borrower, number):
        offer = offering.borrower_offers(lender.borrower, number).offers[0]

        page = borrower.get(f"/cases/{number}/offers/{offer.key}/").content.decode()

        table = page[page.index("每一期明细") :]
        rows = re.findall(r'<td>\d+</td><td class="nowrap">.*?¥([\d,]+\.\d\d)', table, re.DOTALL)
        assert len(rows) == offer.instalments
        minor = sum(int(row.replace(",", "").replace(".", "")) for row in rows)
        assert minor == offer.total.minor

    def test_leads_to_the_agreement_once_chosen_however_often_it_is_tapped(
        self, lender, borrower, number
    ):
        key = offering.borrower_offers(lender.borrower, number).offers[0].key
        address = f"/cases/{number}/offers/{key}/"

        answers = [borrower.post(address, {"key": f"tap-{tap % 2}"}) for tap in range(5)]

        assert {one.headers["Location"] for one in answers} == {f"/cases/{number}/agreement/"}

    def test_says_so_when_it_has_been_taken_back_meanwhile(self, lender, borrower, number):
        offers = offering.borrower_offers(lender.borrower, number).offers
        assert len(offers) > 1
        offering.generate(lender.agent, number, key="again")
        version = assessment.case_file(lender.agent, number).version
        kept = (offers[-1].key,)
        state = offering.send(lender.agent, number, offer_keys=kept, version=version, key="fewer")
        if state.value == "awaiting-approval":
            version = assessment.case_file(lender.agent, number).version
            offering.approve(lender.approver, number, version=version, key="fewer-yes")

        answer = borrower.post(
            f"/cases/{number}/offers/{offers[0].key}/", {"key": "k"}, follow=True
        )

        text = answer.content.decode()
        assert answer.redirect_chain == [(f"/cases/{number}/offers/", 302)]
        assert "已经收回" in text
        assert not Agreement.objects.exists()

    def test_is_not_there_under_a_made_up_key(self, borrower, number):
        assert borrower.get(f"/cases/{number}/offers/nonsense/").status_code == 404


class TestExpired:
    def test_says_so_and_that_what_was_told_still_counts(
        self, lender, borrower, number, monkeypatch
    ):
        key = offering.borrower_offers(lender.borrower, number).offers[0].key
        monkeypatch.setenv("TIDEOVER_NOW", "2026-12-03T00:05:00+08:00")

        page = borrower.get(f"/cases/{number}/offers/").content.decode()
        answer = borrower.post(f"/cases/{number}/offers/{key}/", {"key": "late"})

        assert "过期" in page
        assert "仍然有效" in page
        assert answer.status_code == 409
        assert "方案已经过期" in borrower.get(f"/cases/{number}/").content.decode()


class TestTwoWindows:
    def test_an_offer_taken_off_the_table_activates_nothing_and_loses_nothing(
        self, lender, borrower, number
    ):
        view = offering.borrower_offers(lender.borrower, number)
        address = f"/cases/{number}/offers/{view.offers[0].key}/"
        application.withdraw(lender.borrower, number, key="other window")

        answer = borrower.post(address, {"key": "k", "seen": view.set_digest})

        assert answer.status_code == 409
        assert not Agreement.objects.exists()
        case = Case.objects.get(number=number)
        assert case.state == "withdrawn"
        assert case.evidence.count() == 1
        assert "error-summary" in answer.content.decode()

    def test_one_second_after_the_last_day_it_is_too_late(
        self, lender, borrower, number, monkeypatch
    ):
        view = offering.borrower_offers(lender.borrower, number)
        after = view.open_until + timedelta(days=1)
        monkeypatch.setenv("TIDEOVER_NOW", f"{after}T00:00:01+08:00")

        address = f"/cases/{number}/offers/{view.offers[0].key}/"
        answer = borrower.post(address, {"key": "k", "seen": view.set_digest})

        assert answer.status_code == 409
        assert not Agreement.objects.exists()
        assert "仍然有效" in answer.content.decode()
