"""Filling in and sending: nothing typed is lost, and five taps are one request."""

import lender as story
import pytest

from tideover.app.db.models import Case, LogEvent
from tideover.app.verbs import application

CAUSE = {
    "cause": "job_loss",
    "since-year": "2026",
    "since-month": "10",
    "since-day": "5",
    "note": "晚上方便",
}


@pytest.fixture
def number(borrower) -> str:
    answer = borrower.post("/loans/WLD-0001/apply/", {"key": "open"})
    number = answer.headers["Location"].strip("/").split("/")[-1]
    borrower.post(f"/apply/{number}/consent/", {"key": "consent", "accounts": "yes"})
    return number


def fill(client, number: str) -> None:
    for section, fields in {
        "cause": CAUSE,
        "income": {"items-0-kind": "wage", "items-0-amount": "3,755.56"},
        "outgoings": {"adults": "1", "children": "0", "category-housing": "3000"},
        "wish": {"kind": "pay-less", "monthly": "680"},
    }.items():
        answer = client.post(f"/apply/{number}/{section}/", {"key": f"k-{section}", **fields})
        assert answer.status_code == 302, (section, answer.content.decode())
    client.post(f"/apply/{number}/evidence/", {"key": "k-evidence", "done": "1"})


class TestOpenCase:
    def test_is_one_case_for_five_taps(self, borrower):
        for tap in range(5):
            borrower.post("/loans/WLD-0001/apply/", {"key": f"tap-{tap}"})

        assert Case.objects.count() == 1


class TestTaskList:
    def test_opens_the_check_only_when_all_is_answered(self, borrower, number):
        assert f"/apply/{number}/check/" not in borrower.get(f"/apply/{number}/").content.decode()
        assert borrower.get(f"/apply/{number}/check/").status_code == 302

        fill(borrower, number)

        assert f"/apply/{number}/check/" in borrower.get(f"/apply/{number}/").content.decode()


class TestSection:
    def test_goes_on_to_the_next_one(self, borrower, number):
        answer = borrower.post(f"/apply/{number}/cause/", {"key": "k", **CAUSE})

        assert answer.headers["Location"] == f"/apply/{number}/contact/"

    def test_keeps_everything_typed_when_one_field_is_wrong(self, borrower, number):
        typed = {**CAUSE, "since-month": "13"}

        answer = borrower.post(f"/apply/{number}/cause/", {"key": "k", **typed})
        again = borrower.get(f"/apply/{number}/cause/").content.decode()

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_since"' in page
        for shown in (page, again):
            assert 'value="13"' in shown
            assert "晚上方便" in shown
            assert 'value="job_loss" id="id_cause" checked' in shown

    def test_adds_a_row_without_a_script_and_keeps_the_others(self, borrower, number):
        typed = {
            "items-0-kind": "pension",
            "items-0-name": "父亲",
            "items-0-amount": "x",
            "add": "items",
        }

        page = borrower.post(f"/apply/{number}/income/", {"key": "k", **typed}).content.decode()

        assert 'value="父亲"' in page
        assert 'id="id_items-1-amount"' in page
        assert "error-summary" not in page

    def test_places_a_problem_at_the_row_it_belongs_to(self, borrower, number):
        typed = {
            "items-0-kind": "wage",
            "items-0-amount": "3000",
            "items-1-kind": "wage",
            "items-1-amount": "-5",
        }

        page = borrower.post(f"/apply/{number}/income/", {"key": "k", **typed}).content.decode()

        assert 'href="#id_items-1-amount"' in page
        assert 'value="-5"' in page
        assert 'value="3000"' in page

    def test_places_a_problem_at_the_category_it_belongs_to(self, borrower, number):
        typed = {
            "adults": "1",
            "children": "0",
            "category-food": "1500",
            "category-medical": "many",
        }

        page = borrower.post(f"/apply/{number}/outgoings/", {"key": "k", **typed}).content.decode()

        assert 'href="#id_category-medical"' in page
        assert 'value="many"' in page

    def test_accepts_a_household_without_income_when_it_is_ticked(self, borrower, number):
        refused = borrower.post(f"/apply/{number}/income/", {"key": "k"})
        accepted = borrower.post(f"/apply/{number}/income/", {"key": "k2", "none": "yes"})

        assert refused.status_code == 422
        assert accepted.status_code == 302

    def test_keeps_typing_that_is_not_finished(self, lender, borrower, number):
        answer = borrower.post(
            f"/apply/{number}/wish/",
            {"key": "k", "kind": "pause", "pause_months": "thr"},
            headers={"X-Autosave": "1"},
        )

        assert "已自动保存" in answer.json()["words"]
        assert 'value="thr"' in borrower.get(f"/apply/{number}/wish/").content.decode()
        assert "wish" not in application.draft(lender.borrower, number).complete

    def test_returns_to_the_check_after_a_change(self, borrower, number):
        fill(borrower, number)

        answer = borrower.post(f"/apply/{number}/cause/", {"key": "k9", "return": "check", **CAUSE})

        assert answer.headers["Location"] == f"/apply/{number}/check/"

    def test_escapes_what_was_typed(self, borrower, number):
        typed = {**CAUSE, "note": '"><script>alert(1)</script>', "since-day": "x"}

        page = borrower.post(f"/apply/{number}/cause/", {"key": "k", **typed}).content.decode()

        assert "<script>alert" not in page

    def test_is_none_of_a_made_up_name(self, borrower, number):
        assert borrower.get(f"/apply/{number}/secrets/").status_code == 404


class TestCheck:
    def test_shows_every_answer_in_the_words_of_the_page(self, borrower, number):
        fill(borrower, number)

        page = borrower.get(f"/apply/{number}/check/").content.decode()

        for shown in ("失业了", "¥3,755.56", "¥3,000.00", "每月少还一些", "¥680.00", "晚上方便"):
            assert shown in page

    def test_blames_nobody_when_the_money_does_not_reach(self, borrower, number):
        fill(borrower, number)
        enough = borrower.get(f"/apply/{number}/check/").content.decode()
        fields = {"adults": "1", "children": "0", "category-housing": "4000"}
        borrower.post(f"/apply/{number}/outgoings/", {"key": "k2", **fields})

        short = borrower.get(f"/apply/{number}/check/").content.decode()

        assert "这不是你的错" in short
        assert "这不是你的错" not in enough

    def test_wants_the_declaration(self, borrower, number):
        fill(borrower, number)

        answer = borrower.post(f"/apply/{number}/check/", {"key": "k"})

        assert answer.status_code == 422
        assert Case.objects.get(number=number).state == "draft"

    def test_sends_one_request_for_five_taps(self, borrower, number):
        fill(borrower, number)

        answers = [
            borrower.post(f"/apply/{number}/check/", {"key": f"tap-{tap % 2}", "declared": "yes"})
            for tap in range(5)
        ]

        assert {answer.headers["Location"] for answer in answers} == {f"/cases/{number}/"}
        assert LogEvent.objects.filter(kind="case.submitted").count() == 1

    def test_gives_a_receipt_with_number_promise_and_what_to_do_today(self, borrower, number):
        fill(borrower, number)
        borrower.post(f"/apply/{number}/check/", {"key": "k", "declared": "yes"})

        page = borrower.get(f"/cases/{number}/").content.decode()

        # Three working days after Monday 23 November.
        assert "2026年11月26日" in page
        assert number in page
        assert "下一期还款怎么办" in page

    def test_leads_a_request_already_sent_to_its_receipt(self, borrower, number):
        fill(borrower, number)
        borrower.post(f"/apply/{number}/check/", {"key": "k", "declared": "yes"})

        for page in ("", "cause/", "check/"):
            answer = borrower.get(f"/apply/{number}/{page}")
            assert answer.headers["Location"] == f"/cases/{number}/"


class TestWithdraw:
    def test_says_that_nothing_has_changed(self, borrower, number):
        borrower.post(f"/apply/{number}/withdraw/", {"key": "k"})

        assert "撤回" in borrower.get(f"/cases/{number}/").content.decode()

    def test_twice_is_said_kindly(self, borrower, number):
        borrower.post(f"/apply/{number}/withdraw/", {"key": "k"})

        answer = borrower.post(f"/apply/{number}/withdraw/", {"key": "k2"}, follow=True)

        page = answer.content.decode()
        assert "申请已经有了新进展" in page
        assert "Withdraw" not in page


class TestSeveralLoans:
    """「全部一起谈」: one request for all loans of a borrower, answered once."""

    @pytest.fixture
    def second(self, lender):
        return story.the_loan(lender.borrower, "WLD-0009").reference

    def test_is_offered_where_there_are_several_and_begins_one_request(
        self, lender, borrower, second
    ):
        page = borrower.get("/loans/").content.decode()
        assert "全部一起谈" in page
        assert page.count('name="loan"') == 2

        answer = borrower.post("/loans/apply/", {"key": "k", "loan": ["WLD-0001", second]})

        lead = answer.headers["Location"]
        cases = {case.number: case for case in Case.objects.all()}
        other = next(number for number in cases if number not in lead)
        assert len(cases) == 2
        assert borrower.get(f"/apply/{other}/").headers["Location"] == lead

    def test_says_which_loans_it_is_about_before_and_after_sending(self, lender, borrower, second):
        case = application.open_together(lender.borrower, ["WLD-0001", second], key="k")
        for section, answers in story.SECTIONS.items():
            application.save_section(lender.borrower, case.number, section, answers, key=section)
        story.attach(lender, case.number)
        assert "0009" in borrower.get(f"/apply/{case.number}/check/").content.decode()

        borrower.post(f"/apply/{case.number}/check/", {"key": "s", "declared": "yes"})

        _, other = application.asked_together(Case.objects.get(number=case.number))
        page = borrower.get(f"/cases/{case.number}/").content.decode()
        assert f'href="/cases/{other.number}/"' in page

    def test_is_not_offered_for_one_loan_and_refuses_none(self, borrower):
        assert "全部一起谈" not in borrower.get("/loans/").content.decode()

        answer = borrower.post("/loans/apply/", {"key": "k"})

        assert answer.status_code == 422
        assert "请至少勾选一笔" in answer.content.decode()
        assert borrower.post("/loans/apply/", {"key": "j", "loan": "WLD-0002"}).status_code == 404
