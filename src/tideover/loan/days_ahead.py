"""What a loan will owe on each of the coming days while nothing happens.

Between two events everything a state holds follows from the day alone. So the fold is made once and
asked for many days, and whoever closes a day reads its figures instead of folding again.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from tideover.loan.components import Component
from tideover.loan.events import Event
from tideover.loan.fold.book import Book
from tideover.loan.fold.bucket import Bucket
from tideover.loan.fold.folding import folded
from tideover.loan.terms import LoanTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """A loan at the end of a day, in whole minor units.

    `principal` to `fee` are what is outstanding by component, `past_due` and `due_today` what of
    it is late or falls due on the day, `credit` what was overpaid. `days_past_due` is that of the
    oldest line that still asks for something.
    """

    principal: int
    interest: int
    penalty: int
    fee: int
    past_due: int
    due_today: int
    credit: int
    days_past_due: int

    @property
    def outstanding(self) -> int:
        """Everything owed to close the loan."""
        return self.principal + self.interest + self.penalty + self.fee

    @property
    def row(self) -> tuple[int, ...]:
        """The figures in their order, to be stored."""
        return astuple(self)

    @classmethod
    def of_row(cls, row: Iterable[int]) -> "DayFigures":
        """The figures of a stored row."""
        return cls(**dict(zip(cls.__slots__, row, strict=True)))


def days_ahead(
    terms: LoanTerms, events: Sequence[Event], *, start: date, count: int
) -> tuple[DayFigures, ...]:
    """Return the figures of `start` and the days after it, `count` days in all.

    They are those of `loan_state` on each day. Fewer are returned where an event of a later day is
    known already: the last is that of the day before it; none where the loan is not yet paid out.

    Raises:
        Refusal: as `loan_state` does for the same events.
    """
    latest = max((event.on for event in events if event.on <= start), default=start)
    book = folded(terms, events, on=latest)
    if book is None:
        return ()
    waiting = min((event.on for event in events if event.on > start), default=None)
    length = count if waiting is None else min(count, (waiting - start).days)
    return tuple(_figures(book, start + timedelta(days=place)) for place in range(length))


def _figures(book: Book, on: date) -> DayFigures:
    reached = _on_day(book, on)
    owed = reached.owed(on)
    return DayFigures(
        principal=owed[Component.PRINCIPAL],
        interest=owed[Component.INTEREST],
        penalty=owed[Component.PENALTY],
        fee=owed[Component.FEE],
        past_due=sum(bucket.left_in_all() for bucket in reached.buckets if bucket.due < on),
        due_today=sum(bucket.left_in_all() for bucket in reached.buckets if bucket.due == on),
        credit=sum(amount for _, amount in reached.credit),
        days_past_due=reached.days_past_due(on),
    )


def _on_day(book: Book, on: date) -> Book:
    """The book on a later day. Only late lines change, so only they are copied.

    Each day counts from the last event in one stretch, as a fold of that day would.
    """
    reached = copy(book)
    reached.buckets = [_late_copy(one) if one.due < on else one for one in book.buckets]
    reached.accrue(on)
    return reached


def _late_copy(bucket: Bucket) -> Bucket:
    late = copy(bucket)
    late.stretches = []
    return late
