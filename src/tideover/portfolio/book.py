"""A book of loans as columns: what a shard holds, and what every column means.

Amounts are `int64` minor units, rates millionths a year, months whole. Loans are level instalments
by the month: interest of a month is balance x rate / 12, rounded half up to the minor unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels import Int

__all__ = ["MEANINGS", "NO_CAUSE", "NUMBERS", "Book", "Labels", "joined"]

#: The cause of a household that is not in hardship.
NO_CAUSE: Final = "none"

#: Every column of whole numbers and its meaning, in the order of the file.
MEANINGS: Final[Mapping[str, str]] = {
    "loan": "number of the loan; draws are keyed by it, so it is one only in the book",
    "principal": "amount lent",
    "term": "instalments of the contract",
    "rate": "contract rate, millionths a year (120000 is 12 %)",
    "fallen_due": "instalments that have fallen due, paid or not",
    "instalment": "level instalment of the contract",
    "balance": "principal that has not fallen due",
    "remaining": "instalments still to fall due",
    "overdue_principal": "principal that fell due and was not paid",
    "overdue_interest": "interest that fell due and was not paid",
    "penalty": "late penalty charged and not paid",
    "months_past_due": "instalments missed",
    "income": "usual income of the household a month, before hardship; -1 when not known",
    "outgoings": "what it spends a month, other debts included, this loan not; -1 when not known",
}
NUMBERS: Final = tuple(MEANINGS)


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of words: `codes` are places in `names`."""

    names: tuple[str, ...]
    codes: Int

    def picked(self, places: Int | slice) -> "Labels":
        """Return the same column for some of the loans."""
        return Labels(self.names, self.codes[places])


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Loans as columns, one entry a loan; `MEANINGS` says what each holds.

    `cause` is why the household is in hardship, `NO_CAUSE` when it is not; `groups` are the
    columns by which fairness is looked at, by name.
    """

    loan: Int
    principal: Int
    term: Int
    rate: Int
    fallen_due: Int
    instalment: Int
    balance: Int
    remaining: Int
    overdue_principal: Int
    overdue_interest: Int
    penalty: Int
    months_past_due: Int
    income: Int
    outgoings: Int
    cause: Labels
    groups: Mapping[str, Labels]

    def __len__(self) -> int:
        """How many loans there are."""
        return len(self.loan)

    @property
    def numbers(self) -> dict[str, Int]:
        """The columns of whole numbers by name."""
        return {name: getattr(self, name) for name in NUMBERS}

    def picked(self, places: Int | slice) -> "Book":
        """Return the loans at these places, in that order."""
        return Book(
            **{name: column[places] for name, column in self.numbers.items()},
            cause=self.cause.picked(places),
            groups={name: labels.picked(places) for name, labels in self.groups.items()},
        )


def joined(books: list[Book]) -> Book:
    """Return books one after the other; words are put in order of the alphabet."""
    return Book(
        **{name: np.concatenate([getattr(book, name) for book in books]) for name in NUMBERS},
        cause=_joined_labels([book.cause for book in books]),
        groups={
            name: _joined_labels([book.groups[name] for book in books]) for name in books[0].groups
        },
    )


def _joined_labels(columns: list[Labels]) -> Labels:
    names = tuple(sorted({name for labels in columns for name in labels.names}))
    place = {name: at for at, name in enumerate(names)}
    codes = [
        np.array([place[name] for name in labels.names], dtype=np.int64)[labels.codes]
        for labels in columns
    ]
    return Labels(names, np.concatenate(codes))
