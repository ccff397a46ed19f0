"""The figures of the pages are those of the offer, to the cent."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest

from factories import TODAY, card, request
from tideover.agreements import AgreementFacts, Party, compose, document_to_record
from tideover.app.pdf import render_agreement
from tideover.app.pdf.agreement import render_signature_page
from tideover.offers import find_offers
from tideover.policy import Words

REQUESTS = {"weilidai": request(), "card": request(terms=card(), paid=5)}
OFFERS = [
    pytest.param(asked, offer, id=f"{product}-{offer.key}")
    for product, asked in REQUESTS.items()
    for offer in find_offers(asked).offers
]


def agreement_text(asked, offer):
    facts = AgreementFacts(
        number="HC-1001-A1",
        lender=Words("渡舟银行（演示）", "Duzhou Bank (demo)"),
        borrower=Party(
            name="演示·张*", id_number_masked="110***********1234", phone_masked="138****5678"
        ),
        loan_reference="WL-DEMO-1",
        product=Words("微粒贷（演示）", "Weilidai (demo)"),
        terms=asked.terms,
        offer=offer,
        made_on=TODAY,
        parameters=asked.parameters,
    )
    document = pypdfium2.PdfDocument(BytesIO(render_agreement(document_to_record(compose(facts)))))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


class TestRenderAgreement:
    @pytest.mark.parametrize(("asked", "offer"), OFFERS)
    def test_shows_the_figures_of_the_offer(self, asked, offer):
        first, *others = agreement_text(asked, offer)

        assert f"{offer.payment.display} × {offer.instalments} 期" in first
        assert offer.total.display in first
        assert offer.total.display in "".join(others)

    @pytest.mark.parametrize(("asked", "offer"), OFFERS)
    def test_shows_each_instalment_on_its_line(self, asked, offer):
        text = "\n".join(agreement_text(asked, offer))

        for due in offer.proposal.due_lines:
            line = due.line
            day = f"{line.due_date.year}年{line.due_date.month}月{line.due_date.day}日"
            row = re.search(rf"^{line.number}\s+{day}.*$", text, re.MULTILINE)
            assert row is not None
            assert due.amount.display in row[0]
            assert line.closing_balance.display in row[0]

    @pytest.mark.parametrize(("asked", "offer"), OFFERS)
    def test_has_all_23_clauses_in_both_languages(self, asked, offer):
        text = "\n".join(agreement_text(asked, offer))

        for number in range(1, 24):
            assert len(re.findall(rf"^{number}\s+\S+", text, re.MULTILINE)) >= 2


class TestRenderSignaturePage:
    def test_says_the_time_as_it_was_in_beijing(self):
        page = render_signature_page(
            {
                "number": "HC-1001-A1",
                "borrower": "演示·张*",
                "lender": {"zh": "渡舟银行（演示）", "en": "Duzhou Bank (demo)"},
                "signed_at": "2026-12-31T16:30:00+00:00",
                "confirmed_by": {"zh": "短信验证码", "en": "one-time code"},
            },
            file_digest="0123456789abcdef" * 4,
            sealed_by="Demo seal",
            at=datetime(2026, 12, 31, 16, 30, 1, tzinfo=UTC),
        )

        text = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range()

        # Half past midnight of the next year, eight hours east of UTC; 1 January 2027 is a Friday.
        assert "2027年1月1日（周五） 00:30:00" in text
        assert re.findall(r"01234567\s+89abcdef", text)
