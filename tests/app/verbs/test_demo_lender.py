from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate

from accounts import make_staff
from tideover.app.db.models import Account, Borrower, Loan, LogEvent, Role
from tideover.app.verbs import audit, demo, ledger, loans, payments
from tideover.app.verbs.books.opening import borrower_by_phone
from tideover.app.verbs.demo.book import LOANS, PEOPLE, loans_csv, payments_csv
from tideover.app.verbs.staff import STAFF_ROLES
from tideover.app.verbs.tape import check

TODAY = date(2026, 11, 23)
FOUR_YEARS = [date(2024, 1, 1) + timedelta(days=step) for step in range(0, 1461, 37)]
MONTH_ENDS = [date(2024, 2, 29), date(2026, 1, 31), date(2026, 3, 31), date(2026, 12, 31)]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
class TestCreate:
    def test_six_borrowers_and_staff_in_every_role_can_sign_in(self) -> None:
        lender = demo.create(TODAY)

        assert len(lender.borrowers) == 6
        for one in lender.borrowers:
            borrower = borrower_by_phone(one.login)
            assert borrower is not None
            assert borrower.name == one.who
        roles = [authenticate(username=one.login, password=one.password) for one in lender.staff]
        assert {account.role for account in roles if account} == set(STAFF_ROLES)

    def test_the_heroine_is_twenty_days_past_due_with_her_third_instalment(self) -> None:
        demo.create(TODAY)

        state = loans.state(Loan.objects.get(reference="WLD-100001"), TODAY)
        assert state.days_past_due == 20
        assert [line.number for line in state.lines if line.days_past_due] == [3]
        assert state.lines[2].line.due_date == date(2026, 11, 3)

    def test_each_loan_stands_where_its_story_wants_it(self) -> None:
        demo.create(TODAY)

        for told in LOANS:
            state = loans.state(Loan.objects.get(reference=told.reference), TODAY)
            assert max(told.days_late, 0) <= state.days_past_due <= max(told.days_late, 0) + 3

    def test_made_again_it_changes_nothing(self) -> None:
        demo.create(TODAY)
        events = LogEvent.objects.count()

        again = demo.create(TODAY + timedelta(days=1))
        assert not again.is_new
        assert (LogEvent.objects.count(), Borrower.objects.count()) == (events, 6)

    def test_a_lender_that_works_here_gets_no_known_passwords(self) -> None:
        make_staff(Role.FINANCE)

        with pytest.raises(demo.LenderInPlace, match="1 account"):
            demo.create(TODAY)
        assert not Account.objects.filter(login="agent").exists()
        assert not Loan.objects.exists()

    def test_its_books_and_its_log_hold(self) -> None:
        demo.create(TODAY)

        assert ledger.verify().faults == ()
        assert audit.verify().faults == ()

    def test_it_is_refused_where_this_is_no_demo(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TIDEOVER_DEMO", "0")

        with pytest.raises(demo.NotTheDemo, match="TIDEOVER_DEMO=1"):
            demo.create(TODAY)

    def test_nobody_in_it_could_be_real(self) -> None:
        for person in PEOPLE:
            assert person.name.startswith("演示·")
            assert person.phone.startswith("100")
            assert person.id_number.startswith("000000")


@pytest.mark.django_db
class TestBankFile:
    @pytest.mark.usefixtures("home")
    def test_finance_can_book_it_once(self) -> None:
        demo.create(TODAY)
        finance = Account.objects.get(login="finance")
        content = demo.bank_file(TODAY)

        first = payments.book(finance, content, "bank-file.csv", key="k1")
        again = payments.book(finance, demo.bank_file(TODAY), "again.csv", key="k2")
        assert (first.booked, first.suspense) == (1, 1)
        assert (again.booked, again.suspense, again.duplicates) == (0, 0, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("on", [*FOUR_YEARS, *MONTH_ENDS], ids=str)
def test_the_tape_of_the_demo_is_right_on_any_day(on: date) -> None:
    report = check(loans_csv(on), payments_csv(on), today=on)

    assert (report.loans, report.borrowers) == (7, 6)
