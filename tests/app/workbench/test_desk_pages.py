"""What holds on every page: guarded forms, no inline script or style, both languages."""

import re

import lender as story
import pytest
from desk_pages import posts, words

from tideover.app.workbench.pages.case_page import TABS

pytestmark = pytest.mark.django_db

FREE_OF_VERSION = ("/language/", "/desk/sign-out/", "/desk/checks/", "")


@pytest.fixture
def pages(lender, desk_of) -> list[object]:
    """Every page of the desk in one state or another, in both languages."""
    number = story.generated(lender)
    by_who = {
        lender.agent: [
            "/desk/?view=all", "/desk/keys/", "/desk/outbox/", "/desk/approvals/",
            f"/desk/cases/{number}/decline/",
            *(f"/desk/cases/{number}/?tab={tab}" for tab in TABS),
        ],
        lender.approver: ["/desk/approvals/", "/desk/checks/", f"/desk/cases/{number}/"],
        lender.finance: ["/desk/payments/", "/desk/checks/"],
    }  # fmt: skip
    return [
        desk_of(account, language=language).get(address)
        for language in ("zh-hans", "en")
        for account, addresses in by_who.items()
        for address in addresses
    ]


class TestEveryPage:
    def test_keeps_what_a_careful_browser_asks_for(self, pages):
        for page in pages:
            text, address = page.content.decode(), page.request["PATH_INFO"]
            assert page.status_code == 200, address
            assert page["Cache-Control"] == "no-store", address
            assert "script-src" in page["Content-Security-Policy"] or (
                "default-src 'self'" in page["Content-Security-Policy"]
            )
            assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=\"|<style", text), (
                address
            )
            assert text.count("<h1") == 1, address
            assert len(re.findall(r'\bid="main"', text)) == 1, address

    def test_guards_every_form_that_changes_something(self, pages):
        for page in pages:
            for form in posts(page):
                assert form.fields["csrfmiddlewaretoken"]
                if form.action not in {"/language/", "/desk/sign-out/"}:
                    assert re.fullmatch(r"[0-9a-f]{32}", form.fields["key"]), form
                if "/cases/" in form.action:
                    assert form.fields["version"].isdecimal(), form

    def test_masks_who_the_borrower_is(self, pages):
        for page in pages:
            shown = words(page)
            assert "张三" not in shown
            assert "13800000001" not in shown
            assert "110101199001010011" not in shown

    def test_never_mixes_the_languages(self, pages):
        chinese = [page for page in pages if page.client.cookies["django_language"].value != "en"]

        for page in chinese:
            shown = words(page)
            for english in ("Queue", "Approvals", "Next step", "Evidence", "Sign out", "Keys"):
                assert english not in shown
