"""A book of contracts with their payments as columns, and each of them as the engine knows it."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import numpy as np

from tideover.dates import DayCount
from tideover.kernels.arrays import Int, Mask, runs
from tideover.kernels.mixing import digest_of_rows
from tideover.loan import AnnualRate, Disbursed, Event, LoanTerms, Method, Paid
from tideover.money import Currency, Money

__all__ = ["EPOCH", "Serviced", "terms_and_events"]

EPOCH: Final = date(1970, 1, 1)
THOUSAND_MILLION: Final = 10**9


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

    def taken(self, places: Int) -> "Serviced":
        """Return the loans at these places with their payments."""
        lengths = np.diff(self.offsets)[places]
        payments = runs(self.offsets[:-1][places], lengths)
        return Serviced(
            offsets=np.concatenate([[0], np.cumsum(lengths)]),
            paid_on=self.paid_on[payments],
            paid=self.paid[payments],
            grace_days=self.grace_days,
            **{name: getattr(self, name)[places] for name in BY_LOAN},
        )

    def digests(self, day: int) -> Int:
        """Return a number for each contract with its payments by the end of a day.

        It is another one, but for one time in 2^64, where anything of them is.
        """
        payments = np.where(self.paid_on <= day, digest_of_rows(self.paid_on, self.paid), 0)
        before = np.concatenate([[0], np.cumsum(payments)])
        contract = digest_of_rows(*(getattr(self, name) for name in BY_LOAN))
        return digest_of_rows(contract, before[self.offsets[1:]] - before[self.offsets[:-1]])

    def is_in_order(self) -> Mask:
        """Whether the payments of each loan stand in the order of their days."""
        falls = np.zeros(len(self.paid_on) + 1, dtype=np.int64)
        falls[1:-1] = np.diff(self.paid_on) < 0 if len(self.paid_on) else 0
        falls[np.minimum(self.offsets[:-1], len(falls) - 1)] = 0
        before = np.concatenate([[0], np.cumsum(falls)])
        return np.asarray(before[self.offsets[1:]] == before[self.offsets[:-1]], dtype=np.bool_)


BY_LOAN: Final = (
    "loan", "principal", "counts", "rate", "penalty_rate", "disbursed", "earliest", "day_of_month",
)  # fmt: skip


def terms_and_events(
    book: Serviced, place: int, *, currency: Currency
) -> tuple[LoanTerms, list[Event]]:
    """Return one loan of the book as the scalar engine knows it."""
    rate, late = int(book.rate[place]), int(book.penalty_rate[place])
    earliest = _day(book.earliest[place])
    terms = LoanTerms(
        principal=Money(int(book.principal[place]), currency),
        rate=AnnualRate(Fraction(rate, THOUSAND_MILLION), DayCount.ACT_365F),
        method=Method.LEVEL,
        instalments=int(book.counts[place]),
        disbursed_on=_day(book.disbursed[place]),
        earliest_due=earliest,
        # A January has every day; a loan paid out on the 31st may fall due on the 28th.
        anchor=date(earliest.year, 1, int(book.day_of_month[place])),
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
