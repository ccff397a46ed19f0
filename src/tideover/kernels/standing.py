"""How loans stand at the end of a day, and the figures of that day and of later ones.

Between a due date and the next, and from payment to payment, only two things of a loan change by
the day: the interest of its running line, and what its late lines gather. So a close need not fold
a contract again that nothing has happened to. What is plain is done by compiled code; a loan that
closes early, overpays, carries interest or has its payments out of order is folded by the scalar
engine on every day, and so is everything without numba.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, runs
from tideover.kernels.cohorts import BY_YEAR_OF_365, Cohorts
from tideover.kernels.engines import Engine, is_installed
from tideover.kernels.servicing import EPOCH, Serviced, terms_and_events
from tideover.kernels.totals import totals
from tideover.loan import DayFigures, Method, days_ahead
from tideover.money import Currency

__all__ = ["FIGURES", "LATE", "STANDING", "Standing", "figures_on", "rolled", "standing_on"]

#: The columns of a closed day, in their order.
FIGURES: Final = DayFigures.__slots__
#: What is kept of a loan, and of each of its late lines, in the order of the compiled code.
STANDING: Final = (
    "principal",
    "opening",
    "start",
    "cost",
    "prepaid",
    "holds_until",
    "digest",
    "folded_on",
)
LATE: Final = ("due", "unpaid", "interest_left", "penalty_paid", "cent_days", "counted_to")
DAYS_OF_MONTH_MIN: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Loans at the end of a day, as columns (fields, loans) and late lines (fields, lines).

    Of a loan: `principal` outstanding; of the line that runs the `opening` balance it bears
    interest on, its `start`, its whole interest (`cost`) and what of it was `prepaid`; the day that
    the figures `holds_until`, its next due date, nought where only the scalar engine knows; the
    `digest` of the contract and the payments that are in it; and the day it was `folded_on`. The
    late lines of loan i are those from `late_offsets[i]` to `late_offsets[i + 1]`; `cent_days` of
    one are the days that its minor units were late by `counted_to`, -1 before the days of grace are
    over. Amounts are minor units, days are since 1970-01-01.
    """

    loan: Int
    rate: Int
    penalty_rate: Int
    fields: Int
    late: Int
    late_offsets: Int
    grace_days: int

    def __len__(self) -> int:
        """How many loans there are."""
        return len(self.loan)

    def column(self, name: str) -> Int:
        """Return a column by its name in `STANDING`."""
        return np.asarray(self.fields[STANDING.index(name)])

    def holds(self, day: int) -> Mask:
        """Which loans nothing has happened to by a day but that days went by."""
        return (self.column("holds_until") > day) & (self.column("folded_on") <= day)

    def figures(self, day: int) -> Int:
        """Return the figures (fields, loans) of the end of a day, right where it `holds`."""
        from tideover.kernels.compiled.standing import late_lines, running_interest

        found = np.zeros((len(FIGURES), len(self)), dtype=np.int64)
        by_name = dict(zip(FIGURES, found, strict=True))
        by_name["principal"][:] = self.column("principal")
        running_interest(
            day, BY_YEAR_OF_365, self.column("opening"), self.column("start"),
            self.column("cost"), self.column("prepaid"), self.rate, by_name["interest"],
        )  # fmt: skip
        due, unpaid, interest_left, penalty_paid, cent_days, counted_to = self.late
        late_lines(
            day, self.grace_days, BY_YEAR_OF_365, self.late_offsets, due, unpaid, interest_left,
            penalty_paid, cent_days, counted_to, self.rate, self.penalty_rate,
            by_name["interest"], by_name["penalty"], by_name["past_due"], by_name["due_today"],
            by_name["days_past_due"],
        )  # fmt: skip
        return found


def figures_on(
    book: Serviced,
    on: date,
    *,
    currency: Currency,
    engine: Engine | None = None,
    standing: Standing | None = None,
) -> tuple[Int, Mask]:
    """Return the figures (fields, loans) at the end of a day, and which compiled code found.

    They are those of `days_ahead`; a loan not paid out by the day has nothing but noughts.
    `standing` is that of the book on the day, or is found.

    Raises:
        BeyondExact: an amount is above what arrays hold exactly.
    """
    day = (on - EPOCH).days
    found = np.zeros((len(FIGURES), len(book)), dtype=np.int64)
    is_sure = np.zeros(len(book), dtype=np.bool_)
    engine = engine or (Engine.NUMBA if is_installed() else Engine.NUMPY)
    if engine is Engine.NUMBA and len(book):
        standing = standing or standing_on(book, on)
        found, is_sure = standing.figures(day), standing.holds(day)
    not_yet = book.disbursed > day
    for place in np.flatnonzero(~is_sure & ~not_yet).tolist():
        terms, events = terms_and_events(book, place, currency=currency)
        found[:, place] = days_ahead(terms, events, start=on, count=1)[0].row
    found[:, not_yet] = 0
    return found, is_sure | not_yet


def standing_on(book: Serviced, on: date) -> Standing:
    """Return how every loan stands at the end of a day, by folding each with its payments.

    Raises:
        BeyondExact: an amount is above what arrays hold exactly.
    """
    from tideover.kernels.compiled import servicing as compiled

    day = (on - EPOCH).days
    cohorts = Cohorts.by_days(
        book.principal, book.counts, rate=book.rate, method=Method.LEVEL,
        disbursed=book.disbursed, earliest=book.earliest, day_of_month=book.day_of_month,
    )  # fmt: skip
    level = cohorts.restored(totals(cohorts, engine=Engine.NUMBA).level)
    fields = np.zeros((len(STANDING), len(book)), dtype=np.int64)
    due_at_most = np.clip((day - book.earliest) // DAYS_OF_MONTH_MIN + 1, 0, book.counts)
    late = np.zeros((len(LATE), int(due_at_most.sum())), dtype=np.int64)
    late_offsets = np.zeros(len(book) + 1, dtype=np.int64)
    compiled.standing_on(
        day, book.grace_days, BY_YEAR_OF_365, book.principal, book.counts, book.rate,
        book.penalty_rate, book.disbursed, book.earliest, book.day_of_month, level, book.offsets,
        book.paid_on, book.paid, fields, late, late_offsets,
    )  # fmt: skip
    fields[STANDING.index("holds_until"), ~book.is_in_order()] = 0
    fields[STANDING.index("digest")] = book.digests(day)
    fields[STANDING.index("folded_on")] = day
    return Standing(
        loan=book.loan, rate=book.rate, penalty_rate=book.penalty_rate, fields=fields,
        late=late[:, : late_offsets[-1]].copy(), late_offsets=late_offsets,
        grace_days=book.grace_days,
    )  # fmt: skip


def rolled(before: Standing, book: Serviced, *, on: date) -> Standing:
    """Return how a book stands at the end of a day from how it stood at the end of an earlier one.

    Only those are folded again that fell due, or whose contract or payments by the day are others
    than before, whatever day they are of; all of them where it is not the same loans in order.

    Raises:
        BeyondExact: an amount is above what arrays hold exactly.
    """
    day = (on - EPOCH).days
    if before.grace_days != book.grace_days or not np.array_equal(before.loan, book.loan):
        return standing_on(book, on)
    is_kept = before.holds(day) & (before.column("digest") == book.digests(day))
    places = np.flatnonzero(~is_kept)
    fresh = standing_on(book.taken(places), on) if len(places) else None
    fields = before.fields.copy()
    lengths = np.where(is_kept, np.diff(before.late_offsets), 0)
    starts = before.late_offsets[:-1].copy()
    late = before.late
    if fresh is not None:
        fields[:, places] = fresh.fields
        lengths[places] = np.diff(fresh.late_offsets)
        starts[places] = late.shape[1] + fresh.late_offsets[:-1]
        late = np.concatenate([late, fresh.late], axis=1)
    return Standing(
        loan=book.loan, rate=book.rate, penalty_rate=book.penalty_rate, fields=fields,
        late=late[:, runs(starts, lengths)], grace_days=before.grace_days,
        late_offsets=np.concatenate([[0], np.cumsum(lengths)]),
    )  # fmt: skip
