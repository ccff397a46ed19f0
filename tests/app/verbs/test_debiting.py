"""The direct debits of a day, for the bank."""

from datetime import date

import lender as story
import pytest

from accounts import sign_in_fully
from tideover.app.verbs import keeping, loans
from tideover.app.verbs.payments.debiting import HEADING, debit_file, debits
from tideover.app.verbs.refusals import NotFound


@pytest.fixture
def number(lender) -> str:
    return story.signed(lender)


def due(lender) -> tuple[date, str]:
    line = loans.state(lender.loan, date(2026, 11, 23)).lines[0]
    return line.due_date, line.remaining.total.text


class TestDebits:
    def test_are_what_falls_due_that_day_to_the_cent(self, lender, number):
        day, amount = due(lender)

        (debit,) = debits(lender.finance, day)

        assert (debit.amount.text, debit.loan_reference) == (amount, story.REFERENCE)
        assert debit.number == f"DD{day:%Y%m%d}-{story.REFERENCE}"
        assert debits(lender.finance, date(2026, 11, 24)) == ()

    def test_are_the_same_file_however_often_it_is_made(self, lender, number):
        day, amount = due(lender)

        content = debit_file(lender.finance, day)

        heading, row, _ = content.decode("utf-8-sig").split("\r\n")
        assert heading == ",".join(HEADING)
        assert amount in row.split(",")
        assert debit_file(lender.finance, day) == content

    def test_leave_out_a_plan_that_is_talked_over(self, lender, number):
        keeping.tell_early(lender.borrower, number, "", key="k")

        assert debits(lender.finance, due(lender)[0]) == ()

    def test_are_for_finance_alone(self, lender, number):
        with pytest.raises(NotFound):
            debits(lender.agent, due(lender)[0])

    def test_are_downloaded_at_the_desk(self, lender, number, client):
        day, amount = due(lender)
        sign_in_fully(client, lender.finance)

        answer = client.get(f"/desk/payments/debits.csv?on={day}")

        assert amount in answer.content.decode("utf-8-sig")
        assert f"debits-{day}.csv" in answer["Content-Disposition"]
        assert client.get("/desk/payments/debits.csv?on=no-day").status_code == 200
