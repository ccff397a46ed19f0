"""Finance looks at a bank file, books it once, and checks books and log."""

import lender as story
import pytest
from desk_pages import posts, words
from django.core.files.uploadedfile import SimpleUploadedFile

from tideover.app.db.models import BankFile, BankLine, JournalEntry, Posting
from tideover.app.verbs import loans, payments

pytestmark = pytest.mark.django_db


def bank_file(*lines: tuple[str, ...]) -> bytes:
    heading = ",".join(column.zh for column in payments.BANK_COLUMNS)
    return "\n".join([heading, *(",".join(line) for line in lines)]).encode()


PAYMENT = ("T-1", "2026-11-23", "500.00", "演示·张三", story.REFERENCE, "还款")
STRAY = ("T-2", "2026-11-23", "88.00", "演示·无名", "", "还款")
DAMAGED = ("T-3", "2026-11-99", "x", "演示·张三", story.REFERENCE, "")


@pytest.fixture
def finance(lender, desk_of):
    return desk_of(lender.finance)


def look(client, *lines: tuple[str, ...]):
    file = SimpleUploadedFile("bank.csv", bank_file(*lines), content_type="text/csv")
    return client.post("/desk/payments/", {"file": file, "step": "preview"})


def book(client, preview):
    return client.post("/desk/payments/", {**posts(preview)[-1].fields, "step": "book"})


class TestPreview:
    def test_says_what_would_change_and_changes_nothing(self, lender, finance):
        owed = loans.state(lender.loan, lender.loan.created_at.date()).past_due

        page = look(finance, PAYMENT, STRAY)

        shown = words(page)
        assert "matched" in shown
        assert "unmatched" in shown
        assert story.REFERENCE in shown
        assert "Book ¥500.00" in shown
        assert not BankLine.objects.exists()
        assert loans.state(lender.loan, lender.loan.created_at.date()).past_due == owed

    def test_a_damaged_line_stops_the_whole_file(self, lender, finance):
        page = look(finance, PAYMENT, DAMAGED)

        assert "a file is booked whole or not at all" in words(page)
        assert "Book ¥" not in words(page)

    def test_something_that_is_no_table_is_refused_in_words(self, lender, finance):
        file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0" * 50)

        page = finance.post("/desk/payments/", {"file": file, "step": "preview"})

        assert page.status_code == 422

    def test_asks_for_a_file_when_there_is_none(self, lender, finance):
        page = finance.post("/desk/payments/", {"step": "preview"})

        assert page.status_code == 422
        assert "Choose a bank file first." in words(page)

    def test_names_the_limit_of_a_file_that_is_too_large(self, lender, finance):
        file = SimpleUploadedFile("bank.csv", b"x" * 1_000_001)

        page = finance.post("/desk/payments/", {"file": file, "step": "preview"})

        assert "1,000,001 bytes; up to 1,000,000" in words(page)


class TestBooking:
    def test_books_and_says_so(self, lender, finance):
        response = book(finance, look(finance, PAYMENT, STRAY))

        assert response.status_code == 302
        assert (
            "Booked to loans: 1, ¥500.00. In suspense: 1. Booked before: 0."
            in words(finance.get("/desk/payments/"))
        )  # fmt: skip

    def test_twice_has_one_effect(self, lender, finance):
        preview = look(finance, PAYMENT, STRAY)
        book(finance, preview)
        book(finance, preview)

        again = look(finance, PAYMENT, STRAY)

        assert BankLine.objects.count() == 2
        assert "This very file is booked already." in words(again)

    @pytest.mark.parametrize("damaged", ["not base64!", "账单", "QUJ"])
    def test_a_damaged_preview_is_said_to_be_one(self, lender, finance, damaged):
        page = finance.post(
            "/desk/payments/", {"step": "book", "content": damaged, "name": "x", "key": "k"}
        )

        assert page.status_code == 422
        assert "The preview was damaged." in words(page)


class TestChecks:
    def test_hold_after_a_booking(self, lender, finance):
        book(finance, look(finance, PAYMENT, STRAY))
        shown = posts(finance.get("/desk/checks/"))[-1]

        page = words(finance.post("/desk/checks/", shown.fields))

        assert "The books they hold" in page
        assert "The log it is whole" in page

    def test_name_what_does_not_hold(self, lender, finance):
        # The ledger takes no change and no deletion, so the damage is an entry that nobody made.
        entry = JournalEntry.objects.latest("id")
        Posting.objects.create(entry=entry, debit="nowhere", credit="cash", amount_minor=1)

        page = words(finance.post("/desk/checks/", {"key": "k"}))

        assert "they do not hold" in page
        assert "there is no account nowhere" in page


class TestTakingAFileBack:
    def test_shows_what_it_takes_back_and_does_it_on_the_second_word(self, lender, desk_of):
        line = f"B-1,2026-11-20,200.00,演示·张三,{story.REFERENCE},\n"
        content = f"交易流水号,交易日期,金额,付款人,借据号,附言\n{line}".encode()
        payments.book(lender.finance, content, "bank.csv", key="book")
        file = BankFile.objects.get()
        desk = desk_of(lender.finance, language="zh-hans")

        look = desk.post("/desk/payments/", {"step": "look-back", "file": file.pk})
        still_there = BankFile.objects.get().undone_at is None
        done = desk.post("/desk/payments/", {"step": "undo", "file": file.pk, "key": "undo"})

        page = look.content.decode()
        assert "撤销 bank.csv" in page
        assert "¥200.00" in page
        assert still_there
        assert done.status_code == 302
        assert "撤销" in desk.get("/desk/payments/").content.decode()
        assert BankFile.objects.get().undone_by == lender.finance

    def test_of_a_file_that_is_not_there_is_a_404(self, lender, desk_of):
        for file in ("7", "x", ""):
            answer = desk_of(lender.finance).post(
                "/desk/payments/", {"step": "undo", "file": file, "key": "k"}
            )
            assert answer.status_code == 404
