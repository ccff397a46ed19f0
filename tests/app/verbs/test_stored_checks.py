"""What the checks of every day see without folding a loan again, each planted once."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts import make_loan, weilidai_terms
from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import JournalEntry, Loan, LoanFold, LoanSchedule, Posting
from tideover.app.verbs import ledger, loans
from tideover.loan import Paid
from tideover.money import CNY, Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


@pytest.fixture
def loan() -> Loan:
    made = make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), paid=2, until=TODAY)
    make_loan(weilidai_terms(disbursed_on=date(2026, 9, 3)), paid=1, until=TODAY)
    return made


def checks(day: date = TODAY) -> set[tuple[str, str]]:
    return {(fault.where, fault.check) for fault in ledger.verify_stored(day)}


class TestVerifyStored:
    def test_holds_for_a_book_in_order_and_after_a_payment(self, loan):
        assert ledger.verify_stored(TODAY) == ()
        with atomic():
            paid = Paid(TODAY, "more", Money(12_345, CNY))
            loans.record_event(loan, paid, actor="test", at=clock.now())
        assert ledger.verify_stored(TODAY) == ()

    def test_sees_a_loan_the_close_left_behind(self, loan):
        found = ledger.verify_stored(TODAY + timedelta(days=1))

        assert {fault.check for fault in found} == {"left-behind"}
        assert str(found[0]).endswith(f"it counts to {TODAY}, not to {TODAY + timedelta(days=1)}")

    def test_sees_money_moved_beside_the_fold(self, loan):
        entry = JournalEntry.objects.filter(loan=loan).latest("id")
        Posting.objects.create(
            entry=entry, debit="cash", credit="receivable.principal", amount_minor=1
        )

        assert checks() == {(loan.reference, "balances")}

    def test_sees_an_event_that_was_logged_and_not_folded(self, loan):
        with atomic():
            log.append(loan.stream, kind="loan.paid", body={}, at=clock.now(), actor="test")

        assert checks() == {(loan.reference, "stored-fold")}

    def test_sees_a_fold_that_says_something_else(self, loan):
        fold = LoanFold.objects.get(loan=loan)
        fold.ahead[0][0] += 1
        fold.save()

        assert checks() == {(loan.reference, "balances")}

    def test_sees_what_is_owed_and_overpaid_at_once(self, loan):
        fold = LoanFold.objects.get(loan=loan)
        fold.ahead[0][6] = 100
        fold.save()

        assert (loan.reference, "both-signs") in checks()

    def test_sees_a_loan_without_its_one_active_schedule(self, loan):
        LoanSchedule.objects.filter(loan=loan).update(is_active=False, replaced_at=clock.now())

        assert checks() == {(loan.reference, "schedule")}

    def test_asks_the_database_as_often_for_two_loans_as_for_one(
        self, loan, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(14):
            ledger.verify_stored(TODAY)
        assert connection.vendor in ("sqlite", "postgresql")
