"""A bank file taken back whole, unless something was built on it; and booked anew."""

from datetime import date

import lender as story
import pytest

from tideover.app import clock
from tideover.app.db.models import BankFile, BankLine, JournalEntry, LogEvent
from tideover.app.verbs import audit, ledger, loans, payments
from tideover.app.verbs.payments import suspense, undoing
from tideover.app.verbs.refusals import NotFound

HEADING = "交易流水号,交易日期,金额,付款人,借据号,附言\n"
LOAN = f"B-1,2026-11-20,200.00,演示·张三,{story.REFERENCE},\n"
NOBODYS = "B-2,2026-11-20,50.00,演示·某人,,\n"
BOTH = (HEADING + LOAN + NOBODYS).encode()


@pytest.fixture
def lender(db, monkeypatch):
    monkeypatch.setenv("TIDEOVER_NOW", "2026-11-23T10:30:00+08:00")
    return story.open_lender()


def booked(lender, content: bytes = BOTH, *, key: str = "book") -> int:
    payments.book(lender.finance, content, "bank.csv", key=key)
    return BankFile.objects.latest("id").pk


def owed(lender):
    return loans.state(lender.loan, clock.today()).past_due


def books_hold() -> None:
    assert ledger.verify().faults == ()
    assert audit.verify().holds


class TestUndoing:
    def test_leaves_the_loan_and_suspense_as_they_were(self, lender):
        before = owed(lender)
        file = booked(lender)
        between = owed(lender)

        amount = undoing.undo(lender.finance, file, key="undo")

        assert amount.text == "250.00"
        assert between != before
        assert owed(lender) == before
        assert suspense.waiting(lender.finance) == ()
        assert set(BankLine.objects.values_list("status", flat=True)) == {"undone"}
        assert LogEvent.objects.filter(kind="payments.file.undone").count() == 1
        assert JournalEntry.objects.filter(kind="suspense.undone").count() == 1
        books_hold()

    def test_happens_once(self, lender):
        file = booked(lender)
        undoing.undo(lender.finance, file, key="undo")

        assert undoing.undo(lender.finance, file, key="undo").text == "250.00"
        with pytest.raises(NotFound):
            undoing.undo(lender.finance, file, key="again")
        assert LogEvent.objects.filter(kind="loan.reversed").count() == 1

    def test_lets_the_very_same_file_be_booked_anew_and_undone_again(self, lender):
        before = owed(lender)
        undoing.undo(lender.finance, booked(lender), key="undo")

        file = booked(lender, key="book again")
        after = owed(lender)
        undoing.undo(lender.finance, file, key="undo again")
        booked(lender, key="a third time")

        assert after != before
        assert owed(lender) == after
        assert BankLine.objects.filter(status="booked").get().event_reference == "B-1~3"
        assert BankFile.objects.filter(undone_at__isnull=True).count() == 1
        books_hold()

    def test_lets_a_number_come_again_with_the_amount_it_should_have_had(self, lender):
        undoing.undo(lender.finance, booked(lender), key="undo")

        right = (HEADING + LOAN.replace("200.00", "20.00")).encode()
        result = payments.book(lender.finance, right, "right.csv", key="right")

        assert (result.booked, result.total.text) == (1, "20.00")
        books_hold()

    def test_is_for_finance_alone(self, lender):
        file = booked(lender)

        with pytest.raises(NotFound):
            undoing.undo(lender.agent, file, key="undo")
        with pytest.raises(NotFound):
            undoing.preview_undo(lender.agent, file)


class TestWhatWasBuiltOnIt:
    def refused(self, lender, file: int) -> str:
        with pytest.raises(undoing.BuiltOnFile) as caught:
            undoing.undo(lender.finance, file, key="undo")
        assert BankFile.objects.get(pk=file).undone_at is None
        assert undoing.preview_undo(lender.finance, file).in_the_way == caught.value.reasons
        return str(caught.value)

    def test_a_plan_signed_since_is_named(self, lender):
        file = booked(lender)
        story.signed(lender)

        said = self.refused(lender, file)

        assert f"loan {story.REFERENCE} has had since: New plan" in said
        assert "was signed since" in said

    def test_suspense_that_somebody_settled_is_named(self, lender):
        file = booked(lender)
        suspense.pay_back(lender.finance, "B-2", key="back")

        assert "line B-2 was paid back out of suspense" in self.refused(lender, file)

    def test_suspense_that_somebody_booked_to_a_loan_is_named(self, lender):
        file = booked(lender)
        suspense.assign(lender.finance, "B-2", "WLD-0002", key="assign")

        assert "line B-2 was in suspense" in self.refused(lender, file)

    def test_another_payment_since_does_not_stand_on_it(self, lender):
        file = booked(lender)
        later = HEADING + f"B-9,2026-11-21,30.00,演示·张三,{story.REFERENCE},\n"
        payments.book(lender.finance, later.encode(), "later.csv", key="later")

        undoing.undo(lender.finance, file, key="undo")

        paid = loans.payments_received(lender.borrower, story.REFERENCE)
        assert next((one.on, one.amount.text) for one in paid) == (date(2026, 11, 21), "30.00")
        books_hold()
