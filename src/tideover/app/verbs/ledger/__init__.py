"""Verifying that the books are right: the double-entry ledger against the fold of every loan.

The checks, by their code (I1 to I12 are the invariants of docs/reference/ledger-checks.md):

* `currency`, `account`: every entry is in its loan's currency, every account is known (I1);
* `payments`: allocations and credit of a loan add up to its payments (I2);
* `schedule-sum`: the active schedule's principal adds up, no line is negative (I3);
* `balances`: what the ledger says is owed, credited and received is what the fold says (I4, I6);
* `both-signs`: nothing is owed and overpaid at once (I5);
* `accrual`: interest and penalty are day balances times rates, counted a second time (I7);
* `replay`: booking all events again from nothing gives the same postings (I8);
* `stored-fold`: what the close of a day reads is what a fresh fold of the events gives (I8);
* `value`: an agreement states all that was owed, waived, carried or in the new schedule (I9);
* `schedule`, `agreement`: exactly one active schedule, the fold's, and at most one agreement is in
  force, only on a restructured loan (I10);
* `charge`, `charged`: each charge is booked as charged; waived, paid and due add up to it (I11);
* `annual-cost`: the annual cost an agreement names, worked out again by halving (I12);
* `suspense`: unmatched bank lines are what the suspense account holds;
* `bank-line`: a booked line has its payment in the loan's log.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import JournalEntry, Loan, Posting
from tideover.app.verbs.ledger.book_checks import account_faults, suspense_faults
from tideover.app.verbs.ledger.cost_checks import cost_faults
from tideover.app.verbs.ledger.earning_checks import earning_faults
from tideover.app.verbs.ledger.faults import LedgerFault, fault
from tideover.app.verbs.ledger.loan_books import balances_of, books_of
from tideover.app.verbs.ledger.loan_checks import loan_faults
from tideover.app.verbs.ledger.stored_checks import stored_faults

__all__ = ["LedgerFault", "LedgerReport", "balances_of", "verify", "verify_stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What was checked, and everything that is not right.

    `recounted` loans had their interest counted a second time; the others' terms or events go
    beyond that count.
    """

    loans: int
    recounted: int
    entries: int
    postings: int
    faults: tuple[LedgerFault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(references: Collection[str] | None = None) -> LedgerReport:
    """Check every loan, every entry and the suspense account. Changes nothing.

    With `references` only these loans are checked.
    """
    loans_to_check = Loan.every.order_by("reference", "edition")
    if references is not None:
        loans_to_check = loans_to_check.filter(reference__in=references)
    faults: list[LedgerFault] = []
    recounted = 0
    for loan in loans_to_check.iterator():
        books = books_of(loan)
        if books is None:
            faults.append(fault(loan, "balances", zh="没有任何分录", en="it has no journal entry"))
            continue
        recounted += books.earned is not None
        faults += (*loan_faults(books), *earning_faults(books), *cost_faults(books))
    if references is None:
        faults.extend(suspense_faults())
        faults.extend(account_faults())
    return LedgerReport(
        loans=loans_to_check.count(),
        recounted=recounted,
        entries=JournalEntry.objects.count(),
        postings=Posting.objects.count(),
        faults=tuple(faults),
    )


def verify_stored(closed_through: date) -> tuple[LedgerFault, ...]:
    """Check every loan of the book by what is stored, without a fold; some ms for a thousand loans.

    What `verify` finds and this does not is a fold that is stored wrongly together with its ledger.
    """
    return (
        *stored_faults(closed_through),
        *suspense_faults(),
        *account_faults(),
    )
