"""A book of contracts with their payments, taken to a day: what the fold of each loan says.

What is plain is done by compiled code; a loan that closes early, overpays, carries interest or has
its payments out of order is folded by the scalar engine, and so is everything without numba.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import numpy as np

from tideover.dates import DayCount
from tideover.kernels.arrays import Int, Mask
from tideover.kernels.cohorts import BY_YEAR_OF_365, Cohorts
from tideover.kernels.engines import Engine, is_installed
from tideover.kernels.totals import totals
from tideover.loan import (
    AnnualRate,
    DayFigures,
    Disbursed,
    Event,
    LoanTerms,
    Method,
    Paid,
    days_ahead,
)
from tideover.money import Currency, Money

__all__ = ["FIGURES", "Serviced", "figures_on", "terms_and_events"]

#: The columns of a closed day, in their order.
FIGURES: Final = DayFigures.__slots__
EPOCH: Final = date(1970, 1, 1)
THOUSAND_MILLION: Final = 10**9
#: Where compiled code puts what it counts.
COUNTED: Final = ("principal", "interest", "penalty", "past_due", "due_today", "days_past_due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Serviced:
    """Level loans by actual days as columns, smallest clearing instalment, interest half up.

    Amounts are minor units, rates 10^-9 a year of 365 days, days since 1970-01-01. `penalty_rate`
    comes on top of the rate while principal is late; nothing counts within `grace_days`. Payments
    of loan i are those from `offsets[i]` to `offsets[i + 1]`.
    """

    loan: Int
    principal: Int
    counts: Int
    rate: Int
    penalty_rate: Int
    disbursed: Int
    earliest: Int
    day_of_month: Int
    offsets: Int
    paid_on: Int
    paid: Int
    grace_days: int

    def __len__(self) -> int:
        """How many loans there are."""
        return len(self.loan)


def figures_on(
    book: Serviced, on: date, *, currency: Currency, engine: Engine | None = None
) -> tuple[Int, Mask]:
    """Return the figures (loans, 8) at the end of a day, as `days_ahead`, and which were compiled.

    A loan that is not paid out by the day has nothing but noughts.

    Raises:
        BeyondExact: an amount is above what arrays hold exactly.
    """
    day = (on - EPOCH).days
    found = np.zeros((len(book), len(FIGURES)), dtype=np.int64)
    is_sure = np.zeros(len(book), dtype=np.bool_)
    engine = engine or (Engine.NUMBA if is_installed() else Engine.NUMPY)
    if engine is Engine.NUMBA and len(book):
        is_sure = _compiled(book, day, found)
    not_yet = book.disbursed > day
    for place in np.flatnonzero(~is_sure & ~not_yet).tolist():
        terms, events = terms_and_events(book, place, currency=currency)
        found[place] = days_ahead(terms, events, start=on, count=1)[0].row
    found[not_yet] = 0
    return found, is_sure | not_yet


def terms_and_events(
    book: Serviced, place: int, *, currency: Currency
) -> tuple[LoanTerms, list[Event]]:
    """Return one loan of the book as the scalar engine knows it."""
    rate, late = int(book.rate[place]), int(book.penalty_rate[place])
    terms = LoanTerms(
        principal=Money(int(book.principal[place]), currency),
        rate=AnnualRate(Fraction(rate, THOUSAND_MILLION), DayCount.ACT_365F),
        method=Method.LEVEL,
        instalments=int(book.counts[place]),
        disbursed_on=_day(book.disbursed[place]),
        earliest_due=_day(book.earliest[place]),
        penalty_uplift=Fraction(late, rate) if rate else Fraction(0),
        grace_days=book.grace_days,
    )
    events: list[Event] = [Disbursed(terms.disbursed_on, "disbursed", terms.principal)]
    for at in range(int(book.offsets[place]), int(book.offsets[place + 1])):
        paid = Money(int(book.paid[at]), currency)
        events.append(Paid(_day(book.paid_on[at]), f"payment {at}", paid))
    return terms, events


def _day(number: np.int64) -> date:
    return EPOCH + timedelta(days=int(number))


def _compiled(book: Serviced, day: int, found: Int) -> Mask:
    from tideover.kernels.compiled.servicing import closed_on

    cohorts = Cohorts.by_days(
        book.principal, book.counts, rate=book.rate, method=Method.LEVEL,
        disbursed=book.disbursed, earliest=book.earliest, day_of_month=book.day_of_month,
    )  # fmt: skip
    level = cohorts.restored(totals(cohorts, engine=Engine.NUMBA).level)
    counted = np.zeros((len(book), len(COUNTED)), dtype=np.int64)
    is_sure = np.zeros(len(book), dtype=np.bool_)
    closed_on(
        day, book.grace_days, BY_YEAR_OF_365, book.principal, book.counts, book.rate,
        book.penalty_rate, book.disbursed, book.earliest, book.day_of_month, level, book.offsets,
        book.paid_on, book.paid, counted, is_sure,
    )  # fmt: skip
    for place, name in enumerate(COUNTED):
        found[:, FIGURES.index(name)] = counted[:, place]
    return is_sure & _in_order(book)


def _in_order(book: Serviced) -> Mask:
    """Whether the payments of each loan stand in the order of their days."""
    falls = np.zeros(len(book.paid_on) + 1, dtype=np.int64)
    falls[1:-1] = np.diff(book.paid_on) < 0 if len(book.paid_on) else 0
    falls[np.minimum(book.offsets[:-1], len(falls) - 1)] = 0
    before = np.concatenate([[0], np.cumsum(falls)])
    return np.asarray(before[book.offsets[1:]] == before[book.offsets[:-1]], dtype=np.bool_)
