"""Failures that other lenders and systems really had, and where each would be caught here.

The numbers are those of the list of public failures that the project was planned with: engines (1
to 19), signing and files (20 to 24), access (25 to 27), servicers and regulators (28 to 37). The
tests of this file are those that had none of their own; `CAUGHT_BY` says where the others are.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

import lender as story
import pytest
from django.db import connection

from tideover.agreements.keeping import settlement_quote
from tideover.app import clock, pdf
from tideover.app.db.atomic import atomic
from tideover.app.db.models import (
    JobLease,
    JournalEntry,
    LoanSchedule,
    OutboxMessage,
    PlanKeeping,
    Posting,
)
from tideover.app.pdf.authority import SealMissing
from tideover.app.verbs import closing, keeping, ledger, loans, payments, signing
from tideover.app.verbs.books.protecting import LateFeeUnderAgreement, protection_of
from tideover.app.verbs.receipts import KeyReused
from tideover.loan import Charged, Component, Paid, Reversed
from tideover.money import CNY, Money

pytestmark = pytest.mark.django_db
TESTS = Path(__file__).parents[2]
HERE = "app/verbs/test_real_failures.py"

#: Number of the failure: the test that catches it, and in which file.
CAUGHT_BY = {
    1: ("loan/test_known_failures.py", "test_a_payment_entered_late_is_allocated_as_if"),
    2: (HERE, "test_2_nothing_is_deleted_when_a_late_payment_comes_in"),
    3: (HERE, "test_3_a_late_payment_and_the_nightly_job_book_a_day_once"),
    4: ("loan/test_known_failures.py", "test_asking_twice_for_a_day_accrues_it_once"),
    5: ("loan/test_known_failures.py", "test_one_schedule_is_active_and_its_lines_are_on_days"),
    6: ("loan/test_known_failures.py", "test_what_is_waived_is_not_added_to_the_new_loan"),
    7: ("loan/test_known_failures.py", "test_twelve_stay_twelve_however_the_payment_is_rounded"),
    8: ("loan/test_known_failures.py", "test_a_waiver_taken_back_is_owed_again"),
    9: (HERE, "test_9_days_past_due_begin_anew_with_an_agreement"),
    10: ("loan/test_known_failures.py", "test_no_interest_is_forgiven_in_silence"),
    11: ("loan/test_known_failures.py", "test_a_part_payment_is_not_a_paid_instalment"),
    12: ("loan/test_known_failures.py", "test_credit_and_debt_never_stand_side_by_side"),
    16: (HERE, "test_16_a_good_close_leaves_nothing_locked"),
    17: (HERE, "test_17_two_payments_of_one_day_under_one_key_are_not_joined"),
    18: (HERE, "test_18_the_day_is_the_lenders_and_not_utc"),
    20: ("app/verbs/test_signing.py", "test_gives_the_same_signature_again"),
    21: ("app/verbs/test_signing.py", "test_that_breaks_at_its_last_step_leaves_the_agreement"),
    22: ("app/pdf/test_sealing.py", "test_a_second_seal_leaves_the_first_intact"),
    23: (HERE, "test_23_a_certificate_that_has_ended_seals_nothing"),
    29: (HERE, "test_29_an_agreement_in_force_is_known_wherever_the_loan_is"),
    30: (HERE, "test_30_no_late_fee_is_charged_while_payments_pause"),
    31: (HERE, "test_31_a_fee_waived_by_the_agreement_is_gone_at_once"),
    32: (HERE, "test_32_the_due_dates_told_are_those_of_the_books"),
    33: (HERE, "test_33_a_pause_says_what_becomes_of_its_interest"),
    34: (HERE, "test_34_a_reminder_comes_days_before_the_due_date"),
    36: (HERE, "test_36_nothing_is_lost_in_suspense_and_a_fen_short_is_a_part"),
}


class TestTheList:
    @pytest.mark.parametrize("number", CAUGHT_BY)
    def test_each_failure_is_caught_by_a_test_that_is_there(self, number):
        file, name = CAUGHT_BY[number]

        assert f"def {name}" in (TESTS / file).read_text(encoding="utf-8")


@pytest.fixture
def number(lender) -> str:
    """The case of an agreement signed this morning."""
    return story.signed(lender)


def record(lender, *events) -> None:
    with atomic():
        loans.record_events(lender.loan, events, actor="test", at=clock.now())


def to(monkeypatch, day: date, hour: str = "22:00:00") -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{day}T{hour}+08:00")


class TestMoneyEngines:
    def test_2_nothing_is_deleted_when_a_late_payment_comes_in(self, lender):
        closing.close()
        before = set(Posting.objects.values_list("id", "debit", "credit", "amount_minor"))

        record(lender, Paid(clock.today() - timedelta(days=9), "late", Money(50_000, CNY)))

        after = set(Posting.objects.values_list("id", "debit", "credit", "amount_minor"))
        assert before < after
        assert ledger.verify().faults == ()

    def test_3_a_late_payment_and_the_nightly_job_book_a_day_once(self, lender):
        for turn in range(3):
            closing.close()
            record(lender, Paid(clock.today() - timedelta(days=1), f"l{turn}", Money(100, CNY)))
        closing.close()

        accrued = JournalEntry.objects.filter(kind="loan.accrued", effective_on=clock.today())
        assert accrued.filter(loan=lender.loan).count() <= 1
        assert ledger.verify().faults == ()

    def test_9_days_past_due_begin_anew_with_an_agreement(self, lender, number):
        state = loans.state(lender.loan, clock.today())

        assert state.days_past_due == 0
        assert state.days_past_due_before_restructure == 20
        assert PlanKeeping.objects.get().effective_on == clock.today()

    def test_16_a_good_close_leaves_nothing_locked(self, lender):
        closing.close()

        lease = JobLease.objects.get(name="day-close")
        assert (lease.owner, lease.until, lease.failure) == ("", None, "")
        record(lender, Paid(clock.today(), "after", Money(100, CNY)))

    def test_17_two_payments_of_one_day_under_one_key_are_not_joined(self, lender):
        heading = "bank_reference,paid_on,amount,loan_reference\n"
        lines = [f"D-{place},2026-11-23,{place}00.00,{story.REFERENCE}\n" for place in (1, 2)]
        payments.book(lender.finance, (heading + lines[0]).encode(), "a.csv", key="tap")

        with pytest.raises(KeyReused):
            payments.book(lender.finance, (heading + lines[1]).encode(), "a.csv", key="tap")
        payments.book(lender.finance, (heading + lines[1]).encode(), "a.csv", key="tap-2")

        booked = JournalEntry.objects.filter(kind="loan.paid", reference__contains=":D-")
        assert booked.count() == 2

    def test_18_the_day_is_the_lenders_and_not_utc(self, lender, monkeypatch):
        due = loans.state(lender.loan, clock.today()).next_due.due_date
        # Half past one at night in Shanghai is still the day before in UTC.
        to(monkeypatch, due + timedelta(days=1), "01:30:00")

        assert clock.now().date() == due
        assert clock.today() == due + timedelta(days=1)
        late = [line.due_date for line in loans.state(lender.loan, clock.today()).lines
                if line.days_past_due]  # fmt: skip
        assert due in late


class TestSigningAndFiles:
    def test_23_a_certificate_that_has_ended_seals_nothing(self, lender, home, monkeypatch):
        number, code = story.code_sent(lender)
        signer = pdf.load_signer(pdf.seal_folder())
        ended = datetime.fromisoformat("2126-01-01T00:00:00+00:00")

        with pytest.raises(SealMissing, match="ended on"):
            pdf.seal(
                signing.pdf(lender.borrower.account, number),
                signer=signer,
                borrower_signature={
                    "number": "A", "borrower": "x", "lender": {"zh": "", "en": ""},
                    "signed_at": ended.isoformat(), "confirmed_by": {"zh": "", "en": ""},
                },
                at=ended,
            )  # fmt: skip
        assert signing.sign(lender.borrower, number, code=code, key="sign").sealed_digest


class TestServicers:
    def test_29_an_agreement_in_force_is_known_wherever_the_loan_is(self, lender, number):
        """Its schedule, its protection and its rate follow the events, which go with the loan."""
        known = loans.events(lender.loan)

        assert loans.state(lender.loan, clock.today()).restructured_on == clock.today()
        assert LoanSchedule.objects.filter(loan=lender.loan, is_active=True).count() == 1
        assert protection_of(lender.loan, clock.today()).dunning_off
        assert sum(event.__class__.__name__ == "Restructured" for event in known) == 1

    def test_30_no_late_fee_is_charged_while_payments_pause(self, lender, number, monkeypatch):
        start = clock.today()
        first = loans.state(lender.loan, start).next_due.due_date
        before = loans.state(lender.loan, first).outstanding

        for day in range(1, (first - start).days + 1):
            to(monkeypatch, start + timedelta(days=day))
            closing.close()
            fee = Charged(clock.today(), f"f{day}", Component.FEE, Money(3_000, CNY), "late")
            with pytest.raises(LateFeeUnderAgreement):
                record(lender, fee)

        after = loans.state(lender.loan, first).outstanding
        assert (after.fee, after.penalty) == (before.fee, before.penalty)
        assert after.penalty.minor == after.fee.minor == 0

    def test_31_a_fee_waived_by_the_agreement_is_gone_at_once(self, lender):
        owed = loans.state(lender.loan, clock.today()).outstanding.penalty
        story.signed(lender)

        assert owed.minor > 0
        assert loans.state(lender.loan, clock.today()).outstanding.penalty.minor == 0
        assert ledger.balances_of(lender.loan)["waived.penalty"] == owed.minor
        assert ledger.balances_of(lender.loan)["receivable.penalty"] == 0

    def test_32_the_due_dates_told_are_those_of_the_books(self, lender, number):
        view = signing.agreement_view(lender.borrower, number)
        told = [due.line.due_date for due in view.document.due_lines]

        state = loans.state(lender.loan, clock.today())
        assert told == [line.due_date for line in state.lines if line.line.principal.minor]
        assert view.document.total == sum(
            (line.remaining.total for line in state.lines), Money.zero(CNY)
        )

    def test_33_a_pause_says_what_becomes_of_its_interest(self, lender, number):
        clauses = signing.agreement_view(lender.borrower, number).document.clauses

        assert "合计" in clauses[5].text.zh
        text = (TESTS.parent / "src/tideover/agreements/clauses/form.py").read_text("utf-8")
        assert "不会在恢复时一次收取" in text

    def test_34_a_reminder_comes_days_before_the_due_date(self, lender, number, monkeypatch):
        due = loans.state(lender.loan, clock.today()).next_due.due_date
        while clock.today() < due - timedelta(days=1):
            to(monkeypatch, clock.today() + timedelta(days=1))
            closing.close()

        told = OutboxMessage.objects.filter(kind="plan-due-soon")
        days = sorted((due - clock.day_of(one.created_at)).days for one in told)
        assert days == [1, 5]

    def test_36_nothing_is_lost_in_suspense_and_a_fen_short_is_a_part(
        self, lender, number, monkeypatch
    ):
        line = loans.state(lender.loan, clock.today()).next_due
        to(monkeypatch, line.due_date)
        short = Money(line.remaining.total.minor - 1, CNY)
        content = (
            "bank_reference,paid_on,amount,loan_reference\n"
            f"S-1,{line.due_date},{short.text},{story.REFERENCE}\n"
            f"S-2,{line.due_date},88.00,NO-SUCH-LOAN\n"
        )
        payments.book(lender.finance, content.encode(), "bank.csv", key="file")
        to(monkeypatch, line.due_date + timedelta(days=9))
        closing.close()

        assert PlanKeeping.objects.get().standing == "kept"
        assert loans.state(lender.loan, clock.today()).past_due.total.minor >= 1
        assert [one.bank_reference for one in payments.suspense.waiting(lender.finance)] == ["S-2"]
        assert ledger.verify().faults == ()

    def test_a_quote_is_the_sum_that_closes_the_loan(self, lender, number):
        quote = settlement_quote(
            loans.terms(lender.loan), loans.events(lender.loan), on=clock.today()
        )
        record(lender, Paid(clock.today(), "all", quote.amount))

        assert loans.state(lender.loan, clock.today()).is_settled
        record(lender, Reversed(clock.today(), "bounced", of="all"))
        assert not loans.state(lender.loan, clock.today()).is_settled
        assert keeping.quote(lender.borrower, story.REFERENCE, clock.today()).amount == quote.amount
        assert connection.vendor in ("sqlite", "postgresql")
