"""Each of the twelve invariants, broken behind the triggers' back, is seen and located.

The story of one borrower who signed a plan and was charged a fee, and another one's loan. Whoever
breaks something here has the database's password: triggers and indexes are taken away first.
"""

import json
from collections.abc import Callable
from datetime import timedelta

import lender as story
import pytest
from django.db import connection, transaction

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Agreement, JournalEntry, Loan, LogEvent, Posting
from tideover.app.verbs import ledger, loans
from tideover.loan import Charged, Component
from tideover.money import CNY, Money

pytestmark = pytest.mark.django_db
WHERE = story.REFERENCE


def plant(sql: str, *parameters: object, without: str = "") -> None:
    """Change rows as somebody with the database's password could, a trigger taken away first."""
    with connection.cursor() as cursor:
        if without:
            table = without.rpartition("_no_")[0]
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {without}{on}")
        cursor.execute(sql, parameters)


def posting(**found: object) -> Posting:
    row = Posting.objects.filter(entry__loan__reference=WHERE, **found).order_by("id").first()
    assert row is not None
    return row


def more(row: Posting, minor: int = 5) -> None:
    plant(
        "UPDATE db_posting SET amount_minor = amount_minor + %s WHERE id = %s",
        minor,
        row.pk,
        without="db_posting_no_update",
    )


def another(debit: str, credit: str, minor: int = 100) -> None:
    """A posting that nothing happened for."""
    entry = JournalEntry.objects.filter(loan__reference=WHERE).latest("id")
    Posting.objects.create(entry=entry, debit=debit, credit=credit, amount_minor=minor)


def agreed_otherwise(change: Callable[[dict], None]) -> None:
    """Rewrite the agreement in the log of the loan."""
    row = LogEvent.objects.get(stream=f"loan:{WHERE}", kind="loan.restructured")
    envelope = json.loads(bytes(row.body))
    change(envelope["event"])
    plant(
        "UPDATE db_logevent SET body = %s WHERE position = %s",
        log.canonical(envelope),
        row.position,
        without="db_logevent_no_update",
    )


def waived_more(body: dict) -> None:
    body["waived"]["interest"] = "1.00"


def less_principal(body: dict) -> None:
    body["schedule"]["lines"][0]["principal"] = "1.00"


def cheaper(agreement: Agreement) -> None:
    """What is kept of the offer says another annual cost than the page that was signed."""
    agreement.offer["annual_cost"]["nominal"] = "0.05"
    agreement.save()


def second_active_schedule() -> None:
    plant("DROP INDEX schedule_one_active_per_loan")
    plant("UPDATE db_loanschedule SET is_active = true, replaced_at = NULL")


BREAKS: dict[str, tuple[str, Callable[[], object]]] = {
    "I1": ("currency", lambda: plant(
        "UPDATE db_journalentry SET currency = 'USD' WHERE id = %s",
        posting().entry_id, without="db_journalentry_no_update")),
    "I2": ("payments", lambda: plant(
        "DELETE FROM db_posting WHERE id = %s",
        posting(debit="cash", credit="receivable.principal").pk,
        without="db_posting_no_delete")),
    "I3": ("schedule-sum", lambda: agreed_otherwise(less_principal)),
    "I4": ("balances", lambda: more(posting(debit="cash", credit="receivable.principal"))),
    "I5": ("both-signs", lambda: another("cash", "credit")),
    "I6": ("stored-fold", lambda: plant(
        "UPDATE db_loanfold SET events = events - 1 WHERE loan_id = %s", the_loan().pk)),
    "I7": ("accrual", lambda: more(posting(debit="receivable.interest"))),
    "I8": ("replay", lambda: more(posting(debit="receivable.interest"))),
    "I9": ("value", lambda: agreed_otherwise(waived_more)),
    "I10": ("schedule", second_active_schedule),
    "I11": ("charge", lambda: more(posting(entry__kind="loan.charged"))),
    "I12": ("annual-cost", lambda: cheaper(Agreement.objects.get(loan__reference=WHERE))),
}  # fmt: skip


def the_loan() -> Loan:
    return Loan.objects.get(reference=WHERE)


@pytest.fixture
def lived(lender):
    """A fee was charged, and then a plan signed."""
    fee = Charged(clock.today(), "fee-1", Component.FEE, Money(1_500, CNY), "test")
    with atomic():
        loans.record_event(lender.loan, fee, actor="test", at=clock.now())
    story.signed(lender)
    return lender


class TestVerify:
    def test_finds_nothing_where_nothing_was_broken(self, lived):
        report = ledger.verify()

        assert report.faults == ()
        assert (report.loans, report.recounted) == (2, 2)

    def test_holds_a_month_later(self, lived):
        loans.accrue_all(clock.today() + timedelta(days=40))

        assert ledger.verify().faults == ()

    def test_sees_and_locates_each_broken_invariant(self, lived):
        seen = {}
        for invariant, (check, broken) in BREAKS.items():
            point = transaction.savepoint()
            broken()
            seen[invariant] = {(fault.where, fault.check) for fault in ledger.verify().faults}
            transaction.savepoint_rollback(point)

            assert (WHERE, check) in seen[invariant], (invariant, seen[invariant])
        # The other loan of the story is as it was.
        assert {where for found in seen.values() for where, _ in found} == {WHERE}
        assert ledger.verify().holds
        assert list(seen) == [f"I{number}" for number in range(1, 13)]

    def test_says_what_the_annual_cost_is_worked_out_again(self, lived):
        cheaper(Agreement.objects.get())

        (fault,) = ledger.verify().faults
        # The loan bears 0.04 % a day, 14.6 % a year, less what bears nothing.
        assert "kept annual cost: 5.0000 %" in str(fault)
        assert "worked out again: 14." in str(fault)
