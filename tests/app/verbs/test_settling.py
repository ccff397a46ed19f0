from datetime import date

import lender as story

from tideover.app import clock
from tideover.app.db.models import Case, OutboxMessage
from tideover.app.verbs import loans, payments
from tideover.app.verbs.books.settling import settle_paid_off
from tideover.money import CNY, Money

HEADING = "交易流水号,交易日期,金额,付款人,借据号,附言"


def bank_file(amount: str, number: str = "B-1") -> bytes:
    row = f"{number},2026-11-23,{amount},演示·张三,{story.REFERENCE},"
    return f"{HEADING}\n{row}\n".encode()


class TestSettlePaidOff:
    def test_closes_the_case_when_the_bank_brings_the_rest(self, lender):
        number = story.signed(lender)
        owed = loans.state(lender.loan, clock.today()).payoff

        payments.book(lender.finance, bank_file(owed.text), "rest.csv", key="book")

        assert loans.state(lender.loan, date(2026, 11, 23)).is_settled
        assert Case.objects.get(number=number).state == "settled"
        assert OutboxMessage.objects.filter(kind="settled").count() == 1
        assert settle_paid_off([lender.loan], actor="day-close") == ()

    def test_leaves_a_plan_that_is_one_fen_short(self, lender):
        number = story.signed(lender)
        owed = loans.state(lender.loan, clock.today()).payoff
        short = owed - Money(1, CNY)

        payments.book(lender.finance, bank_file(short.text), "almost.csv", key="book")

        assert Case.objects.get(number=number).state == "active"
