"""What comes in after signature: the demo's bank file pays the plan, and the plan shows it."""

import lender as story
import pytest

from tideover.agreements import plan_progress
from tideover.app import clock
from tideover.app.verbs import audit, demo, ledger, loans, payments
from tideover.loan import LineStatus
from tideover.money import CNY, Money

pytestmark = pytest.mark.django_db


def book(lender, *, key="k"):
    content = demo.bank_file(clock.today())
    return payments.book(lender.finance, content, "bank-file.csv", key=key)


class TestTheBankFileOfAPlan:
    def test_pays_the_first_instalment_to_the_cent(self, lender):
        story.signed(lender)
        due = loans.state(lender.loan, clock.today()).next_due.remaining.total

        result = book(lender)

        view = loans.loan_view(lender.borrower, lender.loan.reference, clock.today())
        assert (result.booked, result.total) == (1, due)
        assert view.state.lines[0].status is LineStatus.PAID
        assert plan_progress(view.state.schedule, view.state).paid_count == 1
        assert ledger.verify().faults == ()
        assert audit.verify().holds

    def test_pays_the_next_instalment_the_next_time(self, lender, monkeypatch):
        story.signed(lender)
        book(lender)
        monkeypatch.setenv("TIDEOVER_NOW", "2026-11-24T10:00:00+08:00")

        assert book(lender, key="k2").booked == 1
        state = loans.state(lender.loan, clock.today())
        assert [line.status for line in state.lines[:3]] == [
            LineStatus.PAID,
            LineStatus.PAID,
            LineStatus.FUTURE,
        ]
        assert ledger.verify().faults == ()

    def test_named_by_its_agreement_a_payment_finds_the_loan(self, lender):
        story.signed(lender)
        number = lender.loan.agreements.get().number
        content = (
            "交易流水号,交易日期,金额,付款人,借据号,附言\n"
            f"B-1,{clock.today()},100.00,演示·张三,,还款 {number}\n"
        ).encode()

        (line,) = payments.preview(lender.finance, content, "bank.csv").lines
        assert line.loan_reference == lender.loan.reference

    def test_a_payment_from_before_the_signature_that_arrives_later_keeps_the_books(self, lender):
        story.signed(lender)
        content = (
            "bank_reference,paid_on,amount,loan_reference\n"
            f"B-1,2026-11-20,321.09,{lender.loan.reference}\n"
        ).encode()

        payments.book(lender.finance, content, "bank.csv", key="late")

        assert ledger.verify().faults == ()
        received = loans.payments_received(lender.borrower, lender.loan.reference)
        paid = sum(payment.amount.minor for payment in received)
        assert ledger.balances_of(lender.loan)["cash"] == paid - 1_000_000
        assert loans.state(lender.loan, clock.today()).in_advance_credit == Money(0, CNY)
