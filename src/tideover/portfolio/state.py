"""Where every loan of a block stands in a month. The arrays are this block's own and change."""

from dataclasses import dataclass, fields

import numpy as np

from tideover.kernels import Int
from tideover.portfolio.book import Book
from tideover.portfolio.months import penalty_rate
from tideover.portfolio.terms import Terms

__all__ = ["State", "opening"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Loans as columns, minor units; `worth` is what was received, discounted to today.

    `plan_month` is the month in which help was granted and `failed_after` the months it held, -1
    for neither. `written_off` is the month of it, -1 for not.
    """

    balance: Int
    remaining: Int
    instalment: Int
    rate: Int
    penalty_rate: Int
    pause: Int
    carried: Int
    overdue_principal: Int
    overdue_interest: Int
    penalty: Int
    late: Int
    written_off: Int
    got_principal: Int
    got_interest: Int
    got_penalty: Int
    recovered: Int
    lost: Int
    worth: Int
    plan_month: Int
    failed_after: Int

    def picked(self, places: Int) -> "State":
        """Return a copy of some of the loans."""
        return State(**{name: getattr(self, name)[places] for name in NAMES})

    def put(self, places: Int, *, of: "State") -> None:
        """Take over the loans of another state into these places."""
        for name in NAMES:
            getattr(self, name)[places] = getattr(of, name)


NAMES = tuple(field.name for field in fields(State))


def opening(book: Book, terms: Terms) -> State:
    """Return the loans of a book as they are today."""
    none = np.full(len(book), -1, dtype=np.int64)
    taken = {
        "balance": book.balance,
        "remaining": book.remaining,
        "instalment": book.instalment,
        "rate": book.rate,
        "penalty_rate": penalty_rate(book.rate, terms.uplift),
        "overdue_principal": book.overdue_principal,
        "overdue_interest": book.overdue_interest,
        "penalty": book.penalty,
        "late": book.months_past_due,
        "written_off": none,
        "plan_month": none,
        "failed_after": none,
    }
    return State(
        **{name: np.array(taken.get(name, np.zeros(len(book), dtype=np.int64))) for name in NAMES}
    )
