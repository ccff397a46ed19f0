"""The page of money that names no loan."""

from datetime import date

import pytest

from accounts import make_loan, weilidai_terms
from tideover.app.db.models import BankLine
from tideover.app.verbs import ledger, loans, payments
from tideover.app.verbs.payments import suspense

ADDRESS = "/desk/payments/suspense/"


@pytest.fixture
def loan(lender):
    made = make_loan(
        weilidai_terms(disbursed_on=date(2026, 8, 3)), paid=2, until=date(2026, 11, 23)
    )
    due = loans.state(made, date(2026, 11, 23)).past_due.total.text
    lines = f"交易流水号,交易日期,金额,付款人\nB-1,2026-11-18,{due},{made.borrower.name}\n"
    payments.book(lender.finance, lines.encode(), "bank.csv", key="file")
    return made


@pytest.fixture
def desk(desk_of, lender):
    return desk_of(lender.finance, language="zh-hans")


class TestSuspensePage:
    def test_suggests_and_books_with_one_button(self, desk, lender, loan):
        page = desk.get(ADDRESS).content.decode()
        answer = desk.post(
            ADDRESS, {"key": "k", "line": "B-1", "loan": loan.reference, "step": "assign"}
        )

        assert "付款人与借款人同名；金额等于目前应还" in page
        assert "已等待 5 天" in page
        assert loan.borrower.name not in page
        assert answer.status_code == 302
        assert BankLine.objects.get().loan == loan
        assert "没有待查款项" in desk.get(ADDRESS).content.decode()
        assert ledger.verify().faults == ()

    def test_says_what_is_wrong_and_changes_nothing(self, desk, lender, loan):
        nothing = desk.post(ADDRESS, {"key": "k", "line": "B-1", "loan": "", "step": "assign"})
        unknown = desk.post(ADDRESS, {"key": "l", "line": "B-1", "loan": "NO", "step": "assign"})

        assert (nothing.status_code, unknown.status_code) == (422, 422)
        assert "没有这个借据号" in unknown.content.decode()
        assert len(suspense.waiting(lender.finance)) == 1

    def test_notes_what_was_paid_back(self, desk, lender, loan):
        desk.post(ADDRESS, {"key": "k", "line": "B-1", "loan": "", "step": "refund"})

        assert suspense.waiting(lender.finance) == ()
        assert ledger.verify().faults == ()
