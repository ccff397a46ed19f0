"""Money that names no loan: suggested to a person, assigned once, or paid back."""

from datetime import date

import pytest

from accounts import make_loan, make_staff, weilidai_terms, yuan
from tideover.app.crash import StruckDown
from tideover.app.db.models import JournalEntry, Role
from tideover.app.verbs import ledger, loans, payments
from tideover.app.verbs.payments import suspense
from tideover.app.verbs.refusals import NotFound

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HEADING = "交易流水号,交易日期,金额,付款人,借据号,附言"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


@pytest.fixture
def finance():
    return make_staff(Role.FINANCE)


@pytest.fixture
def loan():
    return make_loan(weilidai_terms(disbursed_on=date(2026, 8, 3)), paid=2, until=TODAY)


def received(finance, *lines: str) -> None:
    content = "\n".join([HEADING, *lines, ""]).encode()
    payments.book(finance, content, "bank.csv", key=f"file-{lines[0]}")


class TestWaiting:
    def test_suggests_by_name_and_by_amount_and_says_why(self, finance, loan):
        due = loans.state(loan, TODAY).past_due.total
        received(finance, f"B-1,2026-11-18,{due.text},{loan.borrower.name},,红包")

        (line,) = suspense.waiting(finance)

        (found,) = line.suggestions
        assert found.loan_reference == loan.reference
        assert found.because.en == "the payer has the borrower's name; the amount is what is due"
        assert (line.days, line.is_late) == (5, True)
        assert loan.borrower.name not in line.payer_masked

    def test_suggests_nothing_where_nothing_points_anywhere(self, finance, loan):
        received(finance, "B-1,2026-11-23,1.23,演示·无名,,")

        assert suspense.waiting(finance)[0].suggestions == ()

    def test_is_for_finance_alone(self):
        with pytest.raises(NotFound):
            suspense.waiting(make_staff(Role.AGENT))


class TestAssign:
    def test_books_it_on_the_day_it_came_in_once(self, finance, loan):
        received(finance, "B-1,2026-11-18,500.00,演示·无名,,")
        before = loans.state(loan, TODAY).past_due.total

        for key in ("a", "a"):
            assert suspense.assign(finance, "B-1", loan.reference, key=key) == loan

        assert loans.state(loan, TODAY).past_due.total < before
        assert suspense.waiting(finance) == ()
        assert JournalEntry.objects.filter(kind="suspense.assigned").count() == 1
        entry = JournalEntry.objects.get(kind="loan.paid", reference__endswith=":B-1")
        assert entry.effective_on == date(2026, 11, 18)
        assert ledger.verify().faults == ()

    def test_struck_down_before_the_loan_has_it_leaves_it_in_suspense(
        self, finance, loan, monkeypatch
    ):
        received(finance, "B-1,2026-11-18,500.00,演示·无名,,")
        monkeypatch.setenv("TIDEOVER_CRASH", "suspense.left")
        with pytest.raises(StruckDown):
            suspense.assign(finance, "B-1", loan.reference, key="a")
        monkeypatch.delenv("TIDEOVER_CRASH")

        assert len(suspense.waiting(finance)) == 1
        assert suspense.assign(finance, "B-1", loan.reference, key="a") == loan
        assert ledger.verify().faults == ()

    def test_a_second_person_is_told_where_it_went(self, finance, loan):
        received(finance, "B-1,2026-11-18,500.00,演示·无名,,")
        suspense.assign(finance, "B-1", loan.reference, key="a")

        with pytest.raises(suspense.NotInSuspense, match=f"went to {loan.reference} already"):
            suspense.assign(finance, "B-1", loan.reference, key="b")
        with pytest.raises(suspense.NotInSuspense):
            suspense.pay_back(finance, "B-1", key="c")

    def test_to_a_loan_that_is_not_there_changes_nothing(self, finance, loan):
        received(finance, "B-1,2026-11-18,500.00,演示·无名,,")

        with pytest.raises(NotFound):
            suspense.assign(finance, "B-1", "NO-SUCH", key="a")
        assert len(suspense.waiting(finance)) == 1
        assert ledger.verify().faults == ()


class TestPayBack:
    def test_takes_it_out_of_suspense_and_cash_once(self, finance, loan):
        received(finance, "B-1,2026-11-18,500.00,演示·无名,,", "B-2,2026-11-18,3.00,甲,,")

        for _ in range(2):
            assert suspense.pay_back(finance, "B-1", key="k") == yuan("500.00")

        assert [line.bank_reference for line in suspense.waiting(finance)] == ["B-2"]
        assert JournalEntry.objects.filter(kind="suspense.refunded").count() == 1
        assert ledger.verify().faults == ()
        with pytest.raises(suspense.NotInSuspense, match="its payer"):
            suspense.assign(finance, "B-1", loan.reference, key="late")
