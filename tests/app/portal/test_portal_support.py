"""After the request: days for the calendar, objections, the household's book, and deletion."""

from datetime import UTC, date, datetime

import pytest
from lender import PDF, applied, claimed, signed, submitted, version

from tideover.app.db.models import Answer, CallBack, OutboxMessage
from tideover.app.portal.shown.calendar import Entry, calendar_file
from tideover.app.verbs import application, assessment, keeping, loans
from tideover.cases import CaseState

pytestmark = pytest.mark.django_db

REFERENCE = "WLD-0001"


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


class TestCalendar:
    def test_holds_every_due_date_to_come_and_no_amount(self, lender, borrower):
        signed(lender)

        answer = borrower.get(f"/plans/{REFERENCE}/dates.ics")

        lines = unfolded(answer.content)
        state = loans.state(lender.loan, date(2026, 11, 23))
        days = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if "DTSTART" in line]
        assert days == [f"{line.due_date:%Y%m%d}" for line in state.lines]
        assert "¥" not in answer.content.decode()

    def test_folds_lines_within_75_octets_and_never_within_a_letter(self):
        entry = Entry(key="k", on=date(2026, 12, 5), words="渡，" * 40)

        content = calendar_file([entry], at=datetime(2026, 11, 23, tzinfo=UTC))

        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert f"SUMMARY:{'渡，' * 40}" in unfolded(content)
        assert "DTSTART;VALUE=DATE:20261205" in unfolded(content)
        assert "DTEND;VALUE=DATE:20261206" in unfolded(content)

    def test_says_by_when_an_answer_comes(self, lender, borrower):
        number = submitted(lender)

        # Three working days after Monday 23 November.
        content = borrower.get(f"/cases/{number}/dates.ics").content
        assert "DTSTART;VALUE=DATE:20261126" in unfolded(content)


OBJECTION = {"to": "centre", "months": "2026年9月", "wrong": "逾期", "right": "9月3日已还"}


class TestObjection:
    def test_is_a_letter_ready_to_sign(self, borrower):
        answer = borrower.post(f"/loans/{REFERENCE}/objection/", OBJECTION)

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    def test_asks_for_what_is_missing_and_keeps_the_rest(self, borrower):
        fields = OBJECTION | {"right": " "}

        answer = borrower.post(f"/loans/{REFERENCE}/objection/", fields)

        assert answer.status_code == 422
        assert "2026年9月" in answer.content.decode()

    def test_is_not_made_about_somebody_elses_loan(self, lender, signed_in):
        stranger = signed_in(lender.stranger.account)

        answer = stranger.post(f"/loans/{REFERENCE}/objection/", OBJECTION)
        assert answer.status_code == 404


class TestReminder:
    def test_comes_twice_a_year_and_once_each(self, lender):
        signed(lender)

        written = [
            keeping.remind_of_records(day)
            for day in (date(2027, 5, 22), date(2027, 5, 23), date(2027, 5, 24),
                        date(2027, 11, 23))
        ]  # fmt: skip

        assert written == [0, 1, 0, 1]
        message = OutboxMessage.objects.filter(kind="record-reminder").first()
        assert message is not None
        assert "¥" not in str(message.text)


class TestBook:
    def test_begins_with_the_statement_of_the_request(self, lender, borrower):
        signed(lender)

        page = borrower.get(f"/plans/{REFERENCE}/book/").content.decode()

        assert "¥3,755.56" in page
        assert page.count('<section class="card"') == 6

    def test_is_kept_apart_from_the_agreement(self, lender, borrower):
        number = signed(lender)
        fields = {"items-0-kind": "wage", "items-0-amount": "2800", "key": "k"}

        answer = borrower.post(f"/plans/{REFERENCE}/book/income/", fields)

        assert answer.status_code == 302
        page = borrower.get(f"/plans/{REFERENCE}/book/").content.decode()
        assert "¥2,800.00" in page
        assert "先告诉我们" in page  # 2,800 - 3,000 leaves nothing for the plan
        income = application.draft(lender.borrower, number).sections["income"]
        assert income["items"][0]["monthly"] == "3755.56"

    def test_says_what_is_wrong_and_keeps_it(self, lender, borrower):
        signed(lender)
        fields = {"items-0-kind": "wage", "items-0-amount": "三千", "key": "k"}

        answer = borrower.post(f"/plans/{REFERENCE}/book/income/", fields)

        assert answer.status_code == 422
        assert 'value="三千"' in answer.content.decode()


class TestForget:
    def test_waits_until_everything_is_paid(self, lender, borrower):
        number = signed(lender)

        borrower.post(f"/cases/{number}/forget/", {"key": "k", "sure": "yes"})

        assert Answer.objects.exists()

    def test_wants_a_tick(self, lender, borrower):
        number = applied(lender)

        borrower.post(f"/cases/{number}/forget/", {"key": "k"})

        assert Answer.objects.exists()


class TestRefusal:
    @pytest.fixture
    def number(self, lender) -> str:
        number = claimed(lender)
        assessment.decline(
            lender.agent, number, reason_code="able-to-pay", note="",
            version=version(lender, number), key="no",
        )  # fmt: skip
        return number

    def test_shows_the_figures_and_until_when_it_can_be_reviewed(self, borrower, number):
        page = borrower.get(f"/cases/{number}/").content.decode()

        assert "¥3,755.56" in page
        assert "2026年12月23日" in page  # thirty days after 23 November
        assert "请人工复核" in page

    def test_is_reviewed_by_one_button(self, lender, borrower, number):
        borrower.post("/talk/", {"key": "k", "case": number, "message": "有一项支出漏填了"})

        assert application.progress(lender.borrower, number).state is not CaseState.DECLINED


class TestCallMe:
    def test_is_one_call_for_many_taps(self, borrower):
        for tap in range(3):
            borrower.post("/call-me/", {"key": f"k{tap}"})

        assert CallBack.objects.count() == 1


class TestCopy:
    def test_shows_what_was_sent_with_how_it_was_worked_out(self, lender, borrower):
        number = applied(lender)
        row = {"kind": "wage", "amount": "1000", "frequency": "weekly"}
        application.save_section(lender.borrower, number, "income", {"items": [row]}, key="w")
        application.submit(lender.borrower, number, key="s")

        page = borrower.get(f"/cases/{number}/copy/").content.decode()

        assert "¥1,000.00 × 52 ÷ 12 = ¥4,333.33" in page
        assert PDF  # the paper is named, not shown
        assert "离职证明" in page
