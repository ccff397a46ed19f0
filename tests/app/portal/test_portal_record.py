"""What the borrower reads of their own credit record."""

from datetime import date

from lender import signed

from tideover.app import clock
from tideover.app.verbs import credit


class TestRecordPage:
    def test_shows_the_marks_of_the_report_in_words(self, lender, borrower):
        view = credit.own_record(lender.borrower, "WLD-0001", clock.today())

        page = borrower.get("/loans/WLD-0001/record/").content.decode()

        assert view.record.months
        assert all(month.words.zh in page for month in view.record.months)
        assert "没有人能花钱删除" in page

    def test_is_written_in_english_too(self, lender, english):
        page = english.get("/loans/WLD-0001/record/").content.decode()

        assert "What my credit record says" in page
        assert "信用" not in page.split("<main", 1)[1].split("</main", 1)[0]

    def test_is_reached_from_the_loan_and_from_the_plan(self, lender, borrower):
        assert "/loans/WLD-0001/record/" in borrower.get("/loans/WLD-0001/").content.decode()
        signed(lender)
        assert "/loans/WLD-0001/record/" in borrower.get("/plans/WLD-0001/").content.decode()

    def test_is_nobody_elses(self, lender, signed_in):
        stranger = signed_in(lender.stranger.account)

        assert stranger.get("/loans/WLD-0001/record/").status_code == 404


class TestReportedLoans:
    def test_hold_every_loan_of_the_book_once_with_its_class(self, lender):
        reported = list(credit.reported_loans(clock.today()))

        assert [one.reference for one in reported] == sorted(one.reference for one in reported)
        assert all(one.classed.because for one in reported)
        assert "WLD-0001" in {one.reference for one in reported}

    def test_hold_nothing_of_before_the_first_loan(self, lender):
        assert list(credit.reported_loans(date(2020, 1, 1))) == []
