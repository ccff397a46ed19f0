"""Taking loans to a day, some hundred in one transaction.

Most loans are read off their stored fold: two rows of whole numbers and their difference. A loan is
folded from its events only where the stored days end. A loan is locked, advanced and let go in one
transaction, and its stored fold says how far it is: so it is taken to a day once, whoever tries.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import (
    BusinessDay,
    JournalEntry,
    Loan,
    LoanFold,
    LogEvent,
    Posting,
)
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.books.stored_fold import figures_on, keep_folds, ledger_day, made_fold
from tideover.loan import DayFigures, Event, event_from_record, terms_from_record

#: Loans in one transaction: what an interruption can cost.
CHUNK = 500
_EARNED = ("interest", "penalty", "fee")


@dataclass(slots=True)
class Advanced:
    """What taking loans to a day has done so far, the last loan seen in `cursor`.

    `earned` is in minor units by currency and component.
    """

    cursor: str = ""
    loans: int = 0
    folded_again: int = 0
    ageing: Counter[str] = field(default_factory=Counter)
    earned: Counter[str] = field(default_factory=Counter)

    @property
    def record(self) -> dict[str, Any]:
        """As JSON, to go on from when the close is taken up again."""
        return {
            "cursor": self.cursor,
            "loans": self.loans,
            "folded_again": self.folded_again,
            "days_past_due": dict(sorted(self.ageing.items())),
            "earned_minor": dict(sorted(self.earned.items())),
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> "Advanced":
        """What was done before the close was stopped."""
        return cls(
            cursor=record.get("cursor", ""),
            loans=record.get("loans", 0),
            folded_again=record.get("folded_again", 0),
            ageing=Counter(record.get("days_past_due", {})),
            earned=Counter(record.get("earned_minor", {})),
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One loan on its way to the day: its figures before and on it."""

    fold: LoanFold
    before: DayFigures
    after: DayFigures


def advance_all(row: BusinessDay) -> Iterator[None]:
    """Take every open loan to the day of the row, one chunk a transaction; pause after each.

    What was done so far is kept in the row, in the transaction of the chunk.
    """
    _fold_unfolded()
    done = Advanced.of_record(row.report)
    # Also where no loan waits for the day, so that every report says how many there were.
    row.report = {**row.report, **done.record}
    while True:
        with atomic():
            references = _lock_next(row.day, after=done.cursor)
            if not references:
                return
            _advance(references, row.day, done)
            done.cursor = references[-1]
            row.report = done.record
            row.save(update_fields=["report"])
        crash_point("close.chunk-committed")
        yield


def _lock_next(day: date, *, after: str) -> list[str]:
    """The next open loans, locked in the order everybody locks them."""
    waiting = Loan.objects.filter(
        fold__is_open=True, fold__as_of__lte=day, reference__gt=after
    ).order_by("reference")
    locked = waiting.select_for_update(of=("self",), no_key=True)
    return list(locked.values_list("reference", flat=True)[:CHUNK])


def _advance(references: Sequence[str], day: date, done: Advanced) -> None:
    # Read again under the lock: a payment may have moved or settled a loan meanwhile.
    folds = LoanFold.objects.filter(
        loan__reference__in=references, is_open=True, as_of__lte=day
    ).select_related("loan")
    # Terms are read only where a loan is folded again.
    folds = folds.defer("loan__terms", "loan__created_at")
    at, steps, short = clock.now(), [], []
    for fold in folds:
        step = _step(fold, day)
        if step is None:
            short.append(fold)
        else:
            steps.append(step)
    renewed = _renewed(short)
    for fold in renewed:
        step = _step(fold, day)
        if step is not None:
            steps.append(step)
        else:
            # An event known beforehand takes effect by the day: the whole position is compared.
            loan_events.accrue(fold.loan, day, at=at)
    crash_point("close.accrued")
    _book(steps, day, at=at)
    _mark(steps, renewed={fold.pk for fold in renewed}, day=day)
    crash_point("close.marked")
    done.loans += len(references)
    done.folded_again += len(short)
    _count(done, steps)


def _step(fold: LoanFold, day: date) -> _Step | None:
    before, after = figures_on(fold, fold.as_of), figures_on(fold, day)
    return None if before is None or after is None else _Step(fold, before, after)


def _renewed(folds: Sequence[LoanFold]) -> list[LoanFold]:
    """The folds made again from the events, still on the day they had come to."""
    whole = Loan.objects.in_bulk([fold.pk for fold in folds])
    for fold in folds:
        fold.loan = whole[fold.pk]
    events = _events_of([fold.loan for fold in folds])
    return [
        made_fold(
            fold.loan, terms_from_record(fold.loan.terms), events[fold.loan.stream],
            as_of=fold.as_of,
        )
        for fold in folds
    ]  # fmt: skip


def _events_of(loans: Sequence[Loan]) -> dict[str, list[Event]]:
    rows = LogEvent.objects.filter(stream__in=[loan.stream for loan in loans])
    events: dict[str, list[Event]] = defaultdict(list)
    for row in rows.order_by("stream", "number"):
        events[row.stream].append(event_from_record(log.logged(row).body))
    return events


def _book(steps: Sequence[_Step], day: date, *, at: datetime) -> None:
    """One entry for each loan on which something was earned, with the difference of the days."""
    moves = [(step, _postings(step)) for step in steps]
    entries = JournalEntry.objects.bulk_create(
        _entry(step.fold.loan, day, at=at) for step, postings in moves if postings
    )
    by_loan = {entry.loan_id: entry for entry in entries}
    Posting.objects.bulk_create(
        Posting(entry=by_loan[step.fold.pk], **posting)
        for step, postings in moves
        for posting in postings
    )


def _entry(loan: Loan, day: date, *, at: datetime) -> JournalEntry:
    return JournalEntry(
        loan=loan,
        kind="loan.accrued",
        reference=f"{loan.book_name}:accrued {day.isoformat()}",
        currency=loan.currency,
        effective_on=day,
        as_of=day,
        posted_at=at,
    )


def _postings(step: _Step) -> list[dict[str, Any]]:
    found = []
    for name in _EARNED:
        change = getattr(step.after, name) - getattr(step.before, name)
        pair = (f"receivable.{name}", f"income.{name}")
        if change:
            debit, credit = pair if change > 0 else pair[::-1]
            found.append({"debit": debit, "credit": credit, "amount_minor": abs(change)})
    return found


def _mark(steps: Sequence[_Step], *, renewed: set[int], day: date) -> None:
    """Say in the stored folds that the loans have come to the day."""
    for step in steps:
        step.fold.as_of = day
    keep_folds([step.fold for step in steps if step.fold.pk in renewed])
    unchanged = [step.fold.pk for step in steps if step.fold.pk not in renewed]
    LoanFold.objects.filter(pk__in=unchanged).update(as_of=day)


def _count(done: Advanced, steps: Sequence[_Step]) -> None:
    for step in steps:
        done.ageing[ageing_bucket(step.after.days_past_due)] += 1
        for name in _EARNED:
            change = getattr(step.after, name) - getattr(step.before, name)
            done.earned[f"{step.fold.loan.currency} {name}"] += change


def ageing_bucket(days_past_due: int) -> str:
    """The row of the ageing table that so many days past due belong to."""
    if days_past_due <= 0:
        return "0"
    if days_past_due > _AGED_DAYS:
        return f"{_AGED_DAYS + 1}+"
    month = (days_past_due - 1) // _BUCKET_DAYS
    return f"{month * _BUCKET_DAYS + 1}-{(month + 1) * _BUCKET_DAYS}"


_BUCKET_DAYS, _AGED_DAYS = 30, 180


def _fold_unfolded() -> None:
    """Make the stored fold of loans that were booked before there was one."""
    for loan in Loan.objects.filter(fold__isnull=True).order_by("reference"):
        with atomic():
            as_of = ledger_day(loan)
            if as_of is not None:
                known = loan_events.terms(loan), loan_events.events(loan)
                keep_folds([made_fold(loan, *known, as_of=as_of)])
