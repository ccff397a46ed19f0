"""The end-of-day run: every loan once, whatever stops it, and late events explained."""

from datetime import date, timedelta

import pytest

from accounts import card_terms, make_loan, weilidai_terms, yuan
from tideover.app import clock
from tideover.app.crash import StruckDown
from tideover.app.db.atomic import atomic
from tideover.app.db.models import (
    BusinessDay,
    DayDifference,
    JobLease,
    JournalEntry,
    Loan,
    LoanFold,
)
from tideover.app.jobs import JobRunning
from tideover.app.verbs import closing, ledger, loans
from tideover.app.verbs.closing import advancing
from tideover.loan import Disbursed, Paid, Reversed

pytestmark = pytest.mark.django_db

DISBURSED = date(2026, 8, 3)
TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)


def set_today(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setenv("TIDEOVER_NOW", f"{day}T10:00:00+08:00")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, TODAY)


@pytest.fixture
def book() -> list[Loan]:
    """One loan in arrears, one on time, one on a card, all counted to the day before."""
    yesterday = TODAY - timedelta(days=1)
    return [
        make_loan(weilidai_terms(disbursed_on=DISBURSED), paid=2, until=yesterday),
        make_loan(weilidai_terms(disbursed_on=DISBURSED), paid=3, until=yesterday),
        make_loan(
            card_terms(disbursed_on=DISBURSED), product="card-instalment", paid=2, until=yesterday
        ),
    ]


def record(loan: Loan, *events: Disbursed | Paid | Reversed) -> None:
    with atomic():
        for event in events:
            loans.record_event(loan, event, actor="test", at=clock.now())


def accruals() -> list[tuple[int | None, date]]:
    entries = JournalEntry.objects.filter(kind="loan.accrued")
    return sorted((entry.loan_id, entry.effective_on) for entry in entries)


class TestClose:
    def test_takes_every_loan_to_the_day_and_keeps_the_books(self, book):
        (closed,) = closing.close()

        assert closed.day == TODAY
        assert closed.record["loans"] == len(book)
        assert closed.record["days_past_due"] == {"0": 1, "1-30": 2}
        assert set(LoanFold.objects.values_list("as_of", flat=True)) == {TODAY}
        assert ledger.verify().faults == ()

    def test_books_what_a_day_earned_as_worked_by_hand(self, book):
        closing.close()

        # 8,000.00 at 0.05 %: a day makes 4.00 of interest on the loan in arrears. Of it 1,000.00
        # is late: half of its 0.50 is penalty. The one on time owes 7,000.00: 3.50.
        assert BusinessDay.objects.get().report["earned_minor"]["CNY interest"] >= 400 + 350
        late = JournalEntry.objects.get(loan=book[0], kind="loan.accrued", effective_on=TODAY)
        assert {one.debit: one.amount_minor for one in late.postings.all()} == {
            "receivable.interest": 400,
            "receivable.penalty": 25,
        }

    def test_does_nothing_the_second_time(self, book):
        closing.close()
        before = accruals()

        assert closing.close() == ()
        assert accruals() == before

    def test_closes_each_day_that_was_left_out(self, book, monkeypatch):
        closing.close()
        set_today(monkeypatch, TODAY + timedelta(days=3))

        closed = closing.close()

        assert [one.day for one in closed] == [TODAY + timedelta(days=n) for n in (1, 2, 3)]
        assert ledger.verify().faults == ()

    def test_refuses_a_day_that_has_not_begun(self, book):
        with pytest.raises(closing.DayNotOver, match="2026-11-24 has not begun: today is"):
            closing.close(TOMORROW)

    def test_does_not_count_twice_when_the_clock_goes_back(self, book, monkeypatch):
        closing.close()
        before = accruals()
        set_today(monkeypatch, TODAY - timedelta(days=5))

        assert closing.close() == ()
        assert accruals() == before

    def test_refuses_while_another_machine_closes(self, book):
        until = clock.now() + timedelta(seconds=30)
        JobLease.objects.create(name="day-close", owner="elsewhere:1", until=until)

        with pytest.raises(JobRunning, match="being run by elsewhere:1"):
            closing.close()

    def test_leaves_a_settled_loan_alone(self, book):
        owed = loans.state(book[1], TODAY).payoff
        record(book[1], Paid(TODAY, "all", owed))

        (closed,) = closing.close()

        assert closed.record["loans"] == len(book) - 1
        assert not LoanFold.objects.get(loan=book[1]).is_open

    def test_folds_again_where_the_stored_days_end(self, book, monkeypatch):
        closing.close()
        set_today(monkeypatch, TODAY + timedelta(days=40))

        closed = closing.close()

        again = [one.record["folded_again"] for one in closed]
        assert sum(again) == len(book)
        assert ledger.verify().faults == ()

    def test_reaches_an_event_that_was_known_beforehand(self, book, monkeypatch):
        with atomic():
            fold = LoanFold.objects.get(loan=book[0])
            record(book[0], Paid(TODAY + timedelta(days=2), "announced", yuan("50.00")))
        assert LoanFold.objects.get(loan=book[0]).as_of >= fold.as_of
        set_today(monkeypatch, TODAY + timedelta(days=4))

        closing.close()

        assert ledger.verify().faults == ()


class TestCloseStruckDown:
    @pytest.mark.parametrize(
        "point",
        ["close.leased", "close.accrued", "close.marked", "close.chunk-committed",
         "close.finishing"],
    )  # fmt: skip
    def test_ends_as_if_nothing_had_happened(self, book, monkeypatch, point):
        monkeypatch.setattr(advancing, "CHUNK", 1)
        monkeypatch.setenv("TIDEOVER_CRASH", f"{point}:raise")
        with pytest.raises(StruckDown):
            closing.close()
        monkeypatch.delenv("TIDEOVER_CRASH")

        (closed,) = closing.close()

        assert closed.record["loans"] == len(book)
        assert sum(closed.record["days_past_due"].values()) == len(book)
        assert len(accruals()) == len(set(accruals()))
        assert ledger.verify().faults == ()

    def test_loses_at_most_one_chunk(self, book, monkeypatch):
        monkeypatch.setattr(advancing, "CHUNK", 1)
        monkeypatch.setenv("TIDEOVER_CRASH", "close.marked:raise:3")
        with pytest.raises(StruckDown):
            closing.close()

        assert LoanFold.objects.filter(as_of=TODAY).count() == len(book) - 1


class TestALateEvent:
    def test_leaves_an_explained_difference_of_the_closed_days(self, book, monkeypatch):
        closing.close()
        late = book[0]
        missed = loans.state(late, date(2026, 11, 3)).lines[2].remaining.total
        record(late, Paid(date(2026, 11, 3), "slow-bank", missed))

        found = DayDifference.objects.get()

        # Had the 1,000.00 come on the 3rd, twenty days of 0.50 and half of it would not be owed.
        assert found.closed_through == TODAY
        assert found.before["penalty"] - found.after["penalty"] == 500
        assert found.before["interest"] - found.after["interest"] == missed.minor - 100_000 + 1_000
        assert {
            (one.debit, one.credit): one.amount_minor for one in found.entry.postings.all()
        } == {
            ("income.interest", "receivable.interest"): 1_000,
            ("income.penalty", "receivable.penalty"): 500,
        }
        assert ledger.verify().faults == ()

    def test_is_told_by_the_next_close(self, book, monkeypatch):
        closing.close()
        record(book[0], Paid(date(2026, 11, 3), "slow-bank", yuan("500.00")))
        set_today(monkeypatch, TOMORROW)

        (closed,) = closing.close()

        (told,) = closed.record["differences"]
        assert (told["event"], told["effective_on"]) == ("slow-bank", "2026-11-03")

    def test_on_the_day_itself_needs_no_explanation(self, book):
        closing.close()
        record(book[0], Paid(TODAY, "today", yuan("500.00")))

        assert not DayDifference.objects.exists()
        assert ledger.verify().faults == ()


class TestStoredFold:
    def test_a_changed_one_is_found(self, book):
        closing.close()
        fold = LoanFold.objects.get(loan=book[0])
        fold.ahead[(TODAY - fold.start).days][1] += 1
        fold.save()

        assert {fault.check for fault in ledger.verify().faults} == {"stored-fold"}

    def test_is_made_for_loans_booked_before_there_was_one(self, book):
        LoanFold.objects.all().delete()

        closing.close()

        assert LoanFold.objects.count() == len(book)
        assert ledger.verify().faults == ()
