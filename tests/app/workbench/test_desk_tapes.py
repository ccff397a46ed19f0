"""Finance or the administrator looks at a tape of loans, imports it once, and takes it back."""

import re

import lender as story
import pytest
from desk_pages import posts, words
from django.core.files.uploadedfile import SimpleUploadedFile

from tideover.app.db.models import Loan, LogEvent, Role, Tape
from tideover.app.verbs import payments

pytestmark = pytest.mark.django_db

HEADING = (
    "reference,product,borrower_name,phone,id_number,currency,principal,method,daily_rate,fee_rate,"
    "instalments,disbursed_on"
)
LOAN = (
    "WLD-91,weilidai,演示·李四,10000000191,00000019900101191X,CNY,10000.00,equal-principal,0.0005,,"
    "10,2026-08-03"
)
DAMAGED = LOAN.replace("WLD-91", "WLD-92").replace("10000.00", "-1").replace("0191", "0192")
PAYMENTS = "loan_reference,payment_reference,paid_on,amount\nWLD-91,P-1,2026-09-03,1155.00\n"
ADDRESS = "/desk/tapes/"


@pytest.fixture
def finance(lender, desk_of):
    return desk_of(lender.finance)


def csv(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def look(client, *lines: str, paid: str = PAYMENTS):
    files = {"loans": csv("loans.csv", "\n".join([HEADING, *lines]))}
    if paid:
        files["payments"] = csv("payments.csv", paid)
    return client.post(ADDRESS, {**files, "step": "preview"})


def confirm(client, preview):
    return client.post(ADDRESS, {**form_of(preview, "loans_name"), "step": "import"})


def form_of(page, field: str) -> dict[str, str]:
    return next(form.fields for form in posts(page) if field in form.fields)


class TestPreview:
    def test_says_what_would_come_and_writes_nothing(self, lender, finance):
        page = words(look(finance, LOAN))

        assert "new 1, here already 0, refused 0" in page
        assert "Import 1 loan, ¥10,000.00" in page
        assert "李四" not in page
        assert not Loan.objects.filter(reference="WLD-91").exists()

    def test_a_refused_line_says_why_and_stops_the_whole_tape(self, lender, finance):
        page = words(look(finance, LOAN, DAMAGED))

        assert "new 1, here already 0, refused 1" in page
        assert "principal: " in page
        assert "a tape is imported whole or not at all" in page
        assert "Import 1 loan" not in page

    def test_a_payment_of_no_loan_is_shown_with_its_file(self, lender, finance):
        page = words(look(finance, LOAN, paid=PAYMENTS.replace("WLD-91", "WLD-99")))

        assert "payments.csv" in page
        assert "the loans file has no WLD-99" in page

    def test_files_of_one_name_are_told_apart(self, lender, finance):
        wrong = csv("book.csv", PAYMENTS.replace("WLD-91", "WLD-99"))
        files = {"loans": csv("book.csv", f"{HEADING}\n{LOAN}"), "payments": wrong}

        page = words(finance.post(ADDRESS, {**files, "step": "preview"}))

        assert "book.csv (2)" in page
        assert "new loan" in page

    def test_needs_no_payments(self, lender, finance):
        assert "Import 1 loan" in words(look(finance, LOAN, paid=""))

    def test_asks_for_a_file_when_there_is_none(self, lender, finance):
        page = finance.post(ADDRESS, {"step": "preview"})

        assert page.status_code == 422
        assert "Choose the file of the loans first." in words(page)

    def test_something_that_is_no_table_is_refused_in_words(self, lender, finance):
        photo = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0" * 50)

        page = finance.post(ADDRESS, {"loans": photo, "step": "preview"})

        assert page.status_code == 422
        assert "photo.jpg" in words(page)

    def test_names_the_limit_of_files_that_are_too_large(self, lender, finance):
        files = {"loans": csv("a.csv", "x" * 600_000), "payments": csv("b.csv", "x" * 400_001)}

        page = finance.post(ADDRESS, {**files, "step": "preview"})

        assert "1,000,001 bytes together; up to 1,000,000" in words(page)


class TestImporting:
    def test_imports_once_and_lists_who_and_how_many(self, lender, finance):
        preview = look(finance, LOAN)
        assert confirm(finance, preview).status_code == 302
        page = words(finance.get(ADDRESS))

        confirm(finance, preview)
        again = words(look(finance, LOAN))

        assert "Imported loans: 1, with payments: 1. Here already: 0." in page
        assert "loans.csv" in page
        assert "This very tape is imported already." in again
        assert "here already, stays as it is" in again
        assert Tape.objects.get().imported_by == lender.finance
        assert LogEvent.objects.get(kind="tape.imported").actor == lender.finance.login

    def test_a_damaged_preview_is_said_to_be_one(self, lender, finance):
        page = finance.post(ADDRESS, {"step": "import", "loans": "not base64!", "key": "k"})

        assert page.status_code == 422
        assert "The preview was damaged." in words(page)

    def test_is_there_for_the_administrator(self, lender, desk_of):
        administrator = desk_of(story.staff("admin-tape", Role.ADMINISTRATOR))

        assert confirm(administrator, look(administrator, LOAN)).status_code == 302

    def test_is_not_there_for_an_agent(self, lender, desk_of):
        assert desk_of(lender.agent).get(ADDRESS).status_code == 404


class TestUndoing:
    def test_shows_first_and_then_takes_it_back(self, lender, finance):
        confirm(finance, look(finance, LOAN))
        wanted = form_of(finance.get(ADDRESS), "tape")

        shown = finance.post(ADDRESS, {**wanted, "step": "look-back"})
        assert "Take back 1 loan" in words(shown)
        assert Loan.objects.filter(reference="WLD-91").exists()
        sure = next(form.fields for form in posts(shown) if {"tape", "key"} <= form.fields.keys())
        finance.post(ADDRESS, {**sure, "step": "undo"})

        page = words(finance.get(ADDRESS))
        assert "Undone: 1 loan taken back." in page
        assert re.search(r"undone .* by 演示·finance-sun", page)
        assert not Loan.objects.filter(reference="WLD-91").exists()
        assert "Import 1 loan" in words(look(finance, LOAN))

    def test_says_what_stands_in_the_way(self, lender, finance):
        confirm(finance, look(finance, LOAN))
        heading = "交易流水号,交易日期,金额,付款人,借据号,附言\n"
        line = "B-1,2026-11-20,200.00,演示·李四,WLD-91,\n"
        payments.book(lender.finance, (heading + line).encode(), "bank.csv", key="bank")
        wanted = form_of(finance.get(ADDRESS), "tape")

        page = words(finance.post(ADDRESS, {**wanted, "step": "look-back"}))

        assert "loan WLD-91 has had since: Payment" in page
        assert "undo what came after first, such as a bank file" in page

    def test_a_tape_that_is_not_there_is_no_page(self, lender, finance):
        gone = {"tape": "999", "step": "undo", "key": "k"}

        assert finance.post(ADDRESS, gone).status_code == 404
