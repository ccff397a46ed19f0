"""Everything that is compared about one loan, read and folded once."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from tideover.app.db.models import Loan, Posting
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import Position, in_force, position
from tideover.app.verbs.books.stored_fold import ledger_day
from tideover.app.verbs.ledger.recounting import Earned, earned
from tideover.loan import Event, LoanState, LoanTerms, loan_state


@dataclass(frozen=True, slots=True)
class LoanBooks:
    """A loan, what its events make, and what the ledger has for it.

    `booked` are the transfers `(debit, credit) -> minor units` in its entries, `replayed` those of
    booking every event again; `counted` are the events that stand, `earned` the second count of
    interest and penalty, None where that does not reach.
    """

    loan: Loan
    terms: LoanTerms
    events: tuple[Event, ...]
    counted: tuple[Event, ...]
    state: LoanState
    replayed: Position
    booked: Counter[tuple[str, str]]
    earned: Earned | None

    @property
    def balances(self) -> Counter[str]:
        """The balance of each account in the loan's entries; debit is positive."""
        return _balances(self.booked)


def books_of(loan: Loan) -> LoanBooks | None:
    """Read and fold a loan anew, so some ms a loan; None where it has no journal entry."""
    as_of = ledger_day(loan)
    if as_of is None:
        return None
    terms, events = loans.terms(loan), loans.events(loan)
    state, counted = loan_state(terms, events, as_of), in_force(events, as_of)
    return LoanBooks(
        loan=loan,
        terms=terms,
        events=events,
        counted=counted,
        state=state,
        replayed=position(terms, events, as_of),
        booked=_transfers(loan),
        earned=earned(terms, counted, state),
    )


def balances_of(loan: Loan) -> Counter[str]:
    """The balance of each account in a loan's entries, in minor units; debit is positive."""
    return _balances(_transfers(loan))


def _balances(transfers: Counter[tuple[str, str]]) -> Counter[str]:
    balances: Counter[str] = Counter()
    for (debit, credit), amount in transfers.items():
        balances[debit] += amount
        balances[credit] -= amount
    return balances


def _transfers(loan: Loan) -> Counter[tuple[str, str]]:
    rows = (
        Posting.objects.filter(entry__loan=loan)
        .values_list("debit", "credit")
        .annotate(moved=Sum("amount_minor"))
    )
    return Counter({(debit, credit): moved for debit, credit, moved in rows})
