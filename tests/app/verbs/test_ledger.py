from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts import card_terms, make_loan, weilidai_terms, yuan
from strategies import histories
from strategies import loans as loan_terms
from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import JournalEntry, Loan, LoanSchedule, LogEvent, Posting
from tideover.app.verbs import ledger, loans
from tideover.app.verbs.books.journal import CREDIT, Position, position, receivable
from tideover.loan import (
    Charged,
    Component,
    Components,
    DuplicateReference,
    NotDisbursed,
    Paid,
    Restructured,
    Reversed,
    Waived,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money
from tideover.options import ArrearsTreatment, restructure

DISBURSED = date(2026, 8, 3)
TODAY = date(2026, 11, 23)
amounts = st.integers(0, 500_000).map(lambda minor: Money(minor, CNY))


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{TODAY}T10:00:00+08:00")


def record(loan: Loan, *events: Any) -> None:
    with atomic():
        for event in events:
            loans.record_event(loan, event, actor="test", at=clock.now())


def balances(transfers: dict[tuple[str, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (debit, credit), minor in transfers.items():
        found[debit] += minor
        found[credit] -= minor
    return found


def in_arrears() -> Loan:
    return make_loan(weilidai_terms(disbursed_on=DISBURSED), paid=2, until=TODAY)


def restructured(loan: Loan, *, waived: str = "0.00") -> Restructured:
    """The loan as it stands today over twenty months: interest joins the principal."""
    owed = loans.state(loan, TODAY).outstanding
    capitalised = Components.of({Component.INTEREST: owed.interest}, CNY)
    terms = weilidai_terms(disbursed_on=TODAY, principal=(owed.principal + owed.interest).text)
    return Restructured(
        on=TODAY,
        reference="agreement",
        schedule=build_schedule(terms),
        rate=None,
        waived=Components.of({Component.PENALTY: yuan(waived)}, CNY),
        capitalised=capitalised,
        carried=Components.of({Component.PENALTY: owed.penalty - yuan(waived)}, CNY),
        legal_form="restructure",
    )


class TestPosition:
    @settings(max_examples=150, deadline=None)
    @given(drawn=st.data(), days=st.integers(0, 900))
    def test_its_receivables_are_what_the_fold_says_is_owed(
        self, drawn: st.DataObject, days: int
    ) -> None:
        terms = drawn.draw(loan_terms())
        events = drawn.draw(histories(terms))
        as_of = max((event.on for event in events), default=terms.disbursed_on)
        as_of += timedelta(days=days)

        found = balances(position(terms, events, as_of).transfers)

        state = loan_state(terms, events, as_of)
        assert {part: found[receivable(part)] for part in Component} == {
            part: state.outstanding.get(part).minor for part in Component
        }
        assert -found[CREDIT] == state.in_advance_credit.minor

    # Few histories leave enough principal for an agreement to be about.
    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(drawn=st.data(), days=st.integers(1, 200), arrears=st.sampled_from(ArrearsTreatment))
    def test_an_agreement_that_states_what_is_owed_needs_no_adjustment(
        self, drawn: st.DataObject, days: int, arrears: ArrearsTreatment
    ) -> None:
        terms = drawn.draw(loan_terms())
        events = drawn.draw(histories(terms))
        on = max(event.on for event in events) + timedelta(days=days)
        state = loan_state(terms, events, on)
        assume(state.outstanding.principal.minor > 20_000)
        # Money held for interest not yet earned goes back to its payments at a restructure, so
        # what is stated is then more than what is owed, and the ledger books the difference.
        assume(state.payoff == state.outstanding.total)
        proposal = restructure(
            terms,
            state,
            starts_on=on,
            earliest_due=on + timedelta(days=30),
            instalments=drawn.draw(st.integers(1, 24)),
            arrears=arrears,
            waive=Components.of({Component.PENALTY: state.outstanding.penalty}, CNY),
        )
        later = Paid(on + timedelta(days=days), "later", drawn.draw(amounts))
        history = (*events, proposal.restructured, later)

        transfers = position(terms, history, later.on).transfers

        assert transfers[receivable(Component.PRINCIPAL), "income.adjustment"] == 0
        owed = loan_state(terms, history, later.on).outstanding
        assert balances(transfers)["receivable.principal"] == owed.principal.minor

    def test_of_no_events_is_empty(self) -> None:
        terms = weilidai_terms(disbursed_on=DISBURSED)

        assert position(terms, (), TODAY) == Position(as_of=TODAY, transfers={})


@pytest.mark.django_db
class TestRecordEvent:
    def test_a_payment_moves_what_was_owed_to_cash(self) -> None:
        """Worked by hand: 10,000 from 3 August, two instalments paid.

        Interest of August 31 days × 10,000 × 0.0005 = 155.00, of September 30 × 9,000 × 0.0005 =
        135.00, so 1,155 and 1,135 came in: 2,290 of cash, 2,000 of it principal, 290 interest.
        """
        loan = in_arrears()

        held = ledger.balances_of(loan)
        assert held["cash"] == -1_000_000 + 229_000
        assert held["receivable.principal"] == 800_000
        # Third instalment: 31 days of 8,000 = 124.00, due 3 November. Twenty days of interest on
        # the overdue 1,000 and on the other 7,000 since: 10.00 + 70.00.
        assert held["receivable.interest"] == 12_400 + 1_000 + 7_000
        # The penalty is half the rate on 1,000 for 20 days: 5.00.
        assert held["receivable.penalty"] == 500
        assert held["income.interest"] == -(29_000 + 20_400)

    def test_a_back_dated_payment_books_the_correction_it_causes(self) -> None:
        late, on_time = in_arrears(), in_arrears()
        due = date(2026, 11, 3)
        line = loans.state(late, due).lines[2]
        record(late, Paid(due, "late-booked", line.line.instalment))
        record(on_time, Paid(due, "on-time", line.line.instalment))

        assert ledger.balances_of(late) == ledger.balances_of(on_time)
        assert ledger.balances_of(late)["receivable.penalty"] == 0
        assert ledger.verify().faults == ()

    def test_a_reversal_restores_the_balances_before(self) -> None:
        loan = in_arrears()
        before = {name: minor for name, minor in ledger.balances_of(loan).items() if minor}
        record(loan, Paid(TODAY, "p", yuan("500.00")), Reversed(TODAY, "r", "p"))

        after = {name: minor for name, minor in ledger.balances_of(loan).items() if minor}
        assert after == before

    def test_charges_waivers_and_overpayment_balance(self) -> None:
        loan = make_loan(card_terms(disbursed_on=DISBURSED), product="card-instalment", until=TODAY)
        record(
            loan,
            Charged(TODAY, "c", Component.FEE, yuan("30.00"), "reminder"),
            Waived(TODAY, "w", Component.FEE, yuan("10.00"), "goodwill"),
            Paid(TODAY, "p", yuan("20000.00")),
        )

        assert ledger.balances_of(loan)["credit"] < 0
        assert ledger.verify().faults == ()

    def test_a_restructure_replaces_the_active_schedule(self) -> None:
        loan = in_arrears()
        record(loan, restructured(loan, waived="5.00"))

        versions = LoanSchedule.objects.filter(loan=loan).order_by("version")
        assert [(one.version, one.is_active) for one in versions] == [(1, False), (2, True)]
        assert ledger.balances_of(loan)["waived.penalty"] == 500
        assert ledger.verify().faults == ()

    def test_a_payment_from_before_the_agreement_that_arrives_later_balances(self) -> None:
        loan = in_arrears()
        record(loan, restructured(loan), Paid(TODAY - timedelta(days=5), "lost", yuan("300.00")))

        assert ledger.verify().faults == ()

    @pytest.mark.parametrize(
        ("day", "reference", "refusal"),
        [(TODAY, "P1", DuplicateReference), (DISBURSED - timedelta(1), "early", NotDisbursed)],
    )
    def test_what_the_fold_refuses_is_not_written(
        self, day: date, reference: str, refusal: type[Exception]
    ) -> None:
        loan = in_arrears()
        events = LogEvent.objects.count()

        with pytest.raises(refusal):
            record(loan, Paid(day, f"{loan.reference}-{reference}", yuan("1.00")))
        assert LogEvent.objects.count() == events


@pytest.mark.django_db
class TestAccrue:
    def test_the_ledger_counts_to_the_day_once(self) -> None:
        loan = in_arrears()
        tomorrow = TODAY + timedelta(days=1)
        before = ledger.balances_of(loan)["receivable.interest"]
        assert loans.accrue_all(tomorrow) == 1
        assert loans.accrue_all(tomorrow) == 0

        # One day of 8,000 at 0.05 %.
        assert ledger.balances_of(loan)["receivable.interest"] - before == 400
        assert ledger.verify().faults == ()


def plant(sql: str, *parameters: object, table: str, operation: str = "update") -> None:
    """Change a row as somebody with the database's password could."""
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_no_{operation}{on}")
        cursor.execute(sql, parameters)


@pytest.mark.django_db
class TestVerify:
    def checks(self) -> set[str]:
        return {fault.check for fault in ledger.verify().faults}

    def test_it_holds_for_loans_of_every_kind(self) -> None:
        in_arrears()
        make_loan(card_terms(disbursed_on=DISBURSED), product="card-instalment", paid=2)

        assert ledger.verify().holds

    def test_it_catches_a_changed_amount(self) -> None:
        loan = in_arrears()
        posting = Posting.objects.filter(entry__loan=loan).first()
        assert posting is not None
        plant(
            "UPDATE db_posting SET amount_minor = amount_minor + 1 WHERE id = %s",
            posting.pk,
            table="db_posting",
        )

        assert {"balances", "replay"} <= self.checks()

    def test_it_catches_a_posting_that_was_deleted(self) -> None:
        loan = in_arrears()
        posting = Posting.objects.filter(entry__loan=loan, debit="cash").first()
        assert posting is not None
        plant(
            "DELETE FROM db_posting WHERE id = %s",
            posting.pk,
            table="db_posting",
            operation="delete",
        )

        assert {"balances", "replay", "payments"} <= self.checks()

    def test_it_catches_an_event_that_was_never_booked(self) -> None:
        loan = in_arrears()
        Posting.objects.create(
            entry=JournalEntry.objects.filter(loan=loan).latest("id"),
            debit="cash",
            credit="receivable.principal",
            amount_minor=100,
        )

        assert {"balances", "replay", "payments"} <= self.checks()

    def test_it_catches_a_loan_without_an_active_schedule(self) -> None:
        in_arrears()
        LoanSchedule.objects.update(is_active=False, replaced_at=clock.now())

        assert self.checks() == {"schedule"}

    def test_it_catches_another_active_schedule_than_the_folds(self) -> None:
        in_arrears()
        plant("UPDATE db_loanschedule SET digest = %s", "0" * 64, table="db_loanschedule")

        assert self.checks() == {"schedule"}

    def test_a_fault_names_loan_check_and_numbers(self) -> None:
        loan = in_arrears()
        LoanSchedule.objects.update(is_active=False, replaced_at=clock.now())

        (fault,) = ledger.verify().faults
        assert str(fault) == f"{loan.reference}: schedule: 0 schedules are active, it must be 1"


@pytest.mark.django_db
class TestConstraints:
    def refuse(self, sql: str, *parameters: object) -> None:
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, parameters)

    @pytest.mark.parametrize("table", ["db_journalentry", "db_posting", "db_logevent"])
    def test_a_written_row_is_neither_changed_nor_deleted(self, table: str) -> None:
        in_arrears()

        self.refuse(f"UPDATE {table} SET id = id + 1000000")
        self.refuse(f"DELETE FROM {table}")

    @pytest.mark.parametrize(
        "change", ["terms = '{}'", "currency = 'USD'", "reference = 'x'", "product = 'x'"]
    )
    def test_what_a_loan_was_agreed_as_is_never_changed(self, change: str) -> None:
        in_arrears()

        self.refuse(f"UPDATE db_loan SET {change}")

    def test_the_lines_of_a_schedule_are_never_changed(self) -> None:
        in_arrears()

        self.refuse("UPDATE db_loanschedule SET record = '{}'")
        self.refuse("DELETE FROM db_loanschedule")

    def test_a_loan_has_no_second_active_schedule(self) -> None:
        loan = in_arrears()
        record(loan, restructured(loan))

        self.refuse("UPDATE db_loanschedule SET is_active = true, replaced_at = NULL")

    @pytest.mark.parametrize("amount", [0, -1])
    def test_a_posting_moves_something_between_two_accounts(self, amount: int) -> None:
        in_arrears()
        entry = JournalEntry.objects.latest("id")

        with pytest.raises(DatabaseError), transaction.atomic():
            Posting.objects.create(entry=entry, debit="a", credit="b", amount_minor=amount)
        with pytest.raises(DatabaseError), transaction.atomic():
            Posting.objects.create(entry=entry, debit="a", credit="a", amount_minor=1)


@pytest.mark.django_db
class TestLoanView:
    def test_another_borrowers_loan_is_not_found(self) -> None:
        mine, theirs = in_arrears(), in_arrears()

        assert loans.loan_view(mine.borrower, mine.reference, TODAY).loan == mine
        with pytest.raises(loans.NotFound):
            loans.loan_view(mine.borrower, theirs.reference, TODAY)

    def test_it_says_what_waiting_costs(self) -> None:
        loan = in_arrears()
        (view,) = loans.borrower_loans(loan.borrower, TODAY)

        assert view.state.days_past_due == 20
        in_30_days, in_90_days = view.waiting_costs
        assert (
            in_30_days.past_due
            == loan_state(view.terms, view.events, TODAY + timedelta(days=30)).past_due.total
        )
        assert in_30_days.past_due < in_90_days.past_due

    def test_payments_that_were_taken_back_are_not_listed(self) -> None:
        loan = in_arrears()
        record(
            loan,
            Paid(TODAY, "stands", Money(100, CNY)),
            Paid(TODAY, "bounced", Money(200, CNY)),
            Reversed(TODAY, "r", "bounced"),
        )

        listed = [one.reference for one in loans.payments_received(loan.borrower, loan.reference)]
        assert listed == ["stands", f"{loan.reference}-P2", f"{loan.reference}-P1"]
