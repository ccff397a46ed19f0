"""What the figures come to: worked out step by step, and without blame where nothing is left."""

import pytest
from lender import SECTIONS, applied

from tideover.app.verbs import application, offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(lender) -> str:
    return applied(lender)


def income_is(lender, number: str, amount: str, **more: str) -> None:
    row = {"kind": "wage", "amount": amount, **more}
    application.save_section(lender.borrower, number, "income", {"items": [row]}, key=f"i{amount}")


class TestBudget:
    def test_follows_what_goes_out(self, borrower, number):
        fields = {"adults": "1", "children": "0", "category-housing": "3000"}
        answer = borrower.post(f"/apply/{number}/outgoings/", {"key": "k", **fields})

        assert answer.headers["Location"] == f"/apply/{number}/budget/"

    def test_shows_every_step_to_what_is_left(self, borrower, number):
        page = borrower.get(f"/apply/{number}/budget/").content.decode()

        # 3,755.56 - 3,000.00 = 755.56; a tenth of it, 75.56, is kept; 680.00 is left.
        for amount in ("¥3,755.56", "¥3,000.00", "¥75.56", "¥680.00"):
            assert amount in page

    def test_says_what_a_tenth_less_income_would_leave(self, borrower, number):
        page = borrower.get(f"/apply/{number}/budget/").content.decode()

        # 3,380.00 - 3,000.00 = 380.00; a tenth, 38.00, is kept; 342.00 is left.
        assert "¥342.00" in page

    def test_puts_no_blame_where_nothing_is_left(self, lender, borrower, number):
        income_is(lender, number, "2500")

        page = borrower.get(f"/apply/{number}/budget/").content.decode()

        assert "这不是你的错" in page
        assert "¥500.00" in page  # what is missing a month
        assert f"/talk/?case={number}" in page
        assert "必须" not in page

    def test_counts_a_weekly_wage_by_fifty_two_weeks(self, lender, borrower, number):
        income_is(lender, number, "1000", frequency="weekly")

        told = offering.budget(lender.borrower, number)
        page = borrower.get(f"/apply/{number}/income/").content.decode()

        assert told.now.income.minor == 433_333  # 1000.00 x 52 / 12
        assert "¥1,000.00 × 52 ÷ 12 = ¥4,333.33" in page

    def test_names_what_is_above_the_usual_without_refusing_it(self, lender, borrower, number):
        going = SECTIONS["outgoings"] | {"items": [{"category": "food", "amount": "2500"}]}
        application.save_section(lender.borrower, number, "outgoings", going, key="food")

        page = borrower.get(f"/apply/{number}/budget/").content.decode()

        assert "¥1,500.00" in page  # the policy book's usual for one adult

    def test_waits_until_the_figures_are_there(self, borrower):
        opened = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
        number = opened.headers["Location"].strip("/").split("/")[-1]

        assert borrower.get(f"/apply/{number}/budget/").status_code == 302

    def test_is_not_there_for_somebody_else(self, lender, signed_in, number):
        stranger = signed_in(lender.stranger.account)

        assert stranger.get(f"/apply/{number}/budget/").status_code == 404


class TestConsent:
    def test_comes_before_every_question(self, borrower):
        opened = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
        number = opened.headers["Location"].strip("/").split("/")[-1]

        for page in ("", "cause/", "income/", "check/"):
            answer = borrower.get(f"/apply/{number}/{page}", follow=True)
            assert answer.redirect_chain[-1][0] == f"/apply/{number}/consent/", page

    def test_is_two_separate_ticks_and_only_the_first_is_needed(self, borrower):
        opened = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
        number = opened.headers["Location"].strip("/").split("/")[-1]
        page = f"/apply/{number}/consent/"

        refused = borrower.post(page, {"key": "a", "sensitive": "yes"})
        taken = borrower.post(page, {"key": "b", "accounts": "yes"})

        assert refused.status_code == 422
        assert "打电话" in refused.content.decode()
        assert taken.headers["Location"] == f"/apply/{number}/"

    def test_of_its_own_is_asked_for_a_paper_about_health(self, lender, borrower, number):
        from django.core.files.uploadedfile import SimpleUploadedFile
        from lender import PDF

        only_accounts = {"accounts": "yes", "sensitive": ""}
        application.save_section(lender.borrower, number, "consent", only_accounts, key="less")
        ill = SECTIONS["cause"] | {"cause": "illness"}
        application.save_section(lender.borrower, number, "cause", ill, key="ill")

        def upload(key: str, **more: str):
            paper = SimpleUploadedFile("病历.pdf", PDF, content_type="application/pdf")
            fields = {"key": key, "need": "diagnosis", "file": paper, **more}
            return borrower.post(f"/apply/{number}/evidence/", fields)

        refused, taken = upload("a"), upload("b", agree="yes")

        assert refused.status_code == 422
        assert "勾选" in refused.content.decode()
        assert taken.status_code == 302
        assert application.has_sensitive_consent(lender.borrower, number)
