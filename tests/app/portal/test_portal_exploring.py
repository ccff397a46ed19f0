"""Trying lengths and comparing ways: the slider works without a script, figures are the offers'."""

import csv
import io
import re

import pytest
from lender import offered

from tideover.app.verbs import offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(lender) -> str:
    return offered(lender)


class TestExplore:
    def test_opens_on_the_recommended_offer_with_its_figures(self, lender, borrower, number):
        page = borrower.get(f"/cases/{number}/explore/").content.decode()

        best = offering.borrower_offers(lender.borrower, number).offers[0]
        reading = page.partition('id="reading"')[2].partition("</div>\n  <details")[0]
        assert best.payment.display in reading
        assert best.total.display in reading

    def test_moves_without_a_script(self, borrower, number):
        page = borrower.get(f"/cases/{number}/explore/?n=24").content.decode()

        assert 'value="24" aria-describedby="reading"' in page
        assert f"/cases/{number}/propose/?instalments=24" in page

    @pytest.mark.parametrize("typed", ["x", "0", "9999999", "-3", "²", "<b>"])
    def test_takes_any_address(self, borrower, number, typed):
        assert borrower.get(f"/cases/{number}/explore/", {"n": typed}).status_code == 200

    def test_is_a_table_to_take_away(self, lender, borrower, number):
        answer = borrower.get(f"/cases/{number}/explore.csv")

        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        told = offering.explore(lender.borrower, number)
        assert len(rows) == len(told.points) + 1
        assert rows[1][1] == told.points[0].payment.text
        assert all(re.fullmatch(r"[\d.-]+", cell) for row in rows[1:] for cell in row)

    def test_hands_the_length_on_to_the_proposal(self, borrower, number):
        page = borrower.get(f"/cases/{number}/propose/?instalments=24").content.decode()

        assert 'name="instalments" value="24"' in page

    def test_is_not_there_for_somebody_else(self, lender, signed_in, number):
        stranger = signed_in(lender.stranger.account)

        for page in ("explore/", "explore.csv", "offers/shortest/ways/"):
            assert stranger.get(f"/cases/{number}/{page}").status_code == 404


class TestWays:
    def test_stand_in_one_measure_with_this_plan_first(self, lender, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/shortest/ways/").content.decode()

        offer = offering.borrower_offers(lender.borrower, number).offers[0]
        hundredths = round(offer.annual_cost.effective * 10_000)
        assert f"{hundredths // 100}.{hundredths % 100:02d}%" in page
        assert page.index("这个方案") < page.index("向家人借")

    def test_say_how_an_offer_holds_when_income_falls(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/shortest/").content.decode()

        assert "收入少 10%" in page
        assert "收入和你填写的一样" in page
