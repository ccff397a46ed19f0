"""A settlement for less, from the wish to the last payment: what is offered is what is booked."""

import re
from datetime import timedelta

import lender as story
import pytest
from lender import last_code, offered, read_through

from tideover.app import clock
from tideover.app.db.models import Case
from tideover.app.verbs import offering, signing
from tideover.app.verbs.books import loan_events
from tideover.options import LegalForm


@pytest.fixture
def number(lender, monkeypatch) -> str:
    """Nothing is left each month, and ¥8,000.00 can be put up at once."""
    income = {"items": [{"name": "零工", "kind": "self_employed", "monthly": "3000"}]}
    wish = {"kind": "settle", "monthly": "", "pause_months": "", "lump_sum": "8000", "note": ""}
    monkeypatch.setattr(story, "SECTIONS", {**story.SECTIONS, "income": income, "wish": wish})
    return offered(lender)


def settlement(lender, number):
    view = offering.borrower_offers(lender.borrower, number)
    (offer,) = view.offers
    return view, offer


class TestOffered:
    def test_is_one_payment_and_no_month(self, lender, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/").content.decode()
        _, offer = settlement(lender, number)

        # 8,000.00 principal, 163.20 interest and 4.00 penalty are owed; 8,000.00 settle it.
        assert offer.proposal.legal_form is LegalForm.SETTLEMENT
        assert offer.total.display == "¥8,000.00"
        card = page[page.index('<article class="card offer-card') : page.index("</article>")]
        assert "一次付" in card
        assert "× 1" not in card
        assert "每月" not in card
        assert "¥8,000.00" in card
        assert 'class="capacity"' not in card

    def test_says_on_its_own_page_what_ends_and_shows_no_stress(self, borrower, number):
        page = borrower.get(f"/cases/{number}/offers/settlement/").content.decode()

        assert "2027年1月3日（周日）前付清 ¥8,000.00，之后不再还款" in page
        assert "其余 ¥167.20 不再收" in page
        assert "收入降到" not in page

    def test_leaves_no_word_in_another_language(self, borrower, english, number):
        chinese, other = (
            re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
            for page in (
                client.get(f"/cases/{number}/offers/settlement/").content.decode()
                for client in (borrower, english)
            )
        )

        assert "Once" in other
        assert "¥8,000.00 by Sunday 3 January 2027, and nothing after that" in other
        assert not re.search(r"\b(Once|Each payment|paid|owed)\b", chinese)
        assert not re.search(
            r"[\u4e00-\u9fff]", re.sub(r"演示\S*|参照.*|\S*〔.*|《.*", "", other[:1200])
        )


class TestSigned:
    def test_books_what_was_offered_and_is_over_when_it_is_paid(self, lender, number):
        view, offer = settlement(lender, number)
        offering.accept(lender.borrower, number, offer.key, key="accept", seen=view.set_digest)
        read_through(lender, number)
        signing.send_code(lender.borrower, number, key="code")
        signing.sign(lender.borrower, number, code=last_code(), key="sign")

        loan = Case.objects.get(number=number).loan
        state = loan_events.state(loan, clock.today())
        assert state.outstanding.total == offer.total
        assert [(line.due_date, line.remaining.total) for line in state.lines] == [
            (due.line.due_date, due.amount) for due in offer.proposal.due_lines
        ]
        later = loan_events.state(loan, offer.latest_due + timedelta(days=60))
        assert later.outstanding.total == offer.total
