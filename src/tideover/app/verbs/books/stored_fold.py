"""The stored fold: what the ledger of a loan counts to, and the figures of the days ahead of it.

It is written again with every event, so it is always what a fresh fold of the events gives;
`tideover ledger verify` compares the two.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from tideover.app.db.models import JournalEntry, Loan, LoanFold
from tideover.loan import DayFigures, Event, LoanTerms, days_ahead

#: Longer than any month, so a loan that is paid every month is folded for its payments only.
DAYS_AHEAD = 33


def ledger_day(loan: Loan) -> date | None:
    """The day up to which interest and penalty of a loan are recognised; None for a new loan."""
    kept: date | None = (
        LoanFold.objects.filter(loan=loan).values_list("as_of", flat=True).first()
        or JournalEntry.objects.filter(loan=loan).aggregate(day=Max("as_of"))["day"]
    )
    return kept


def made_fold(loan: Loan, terms: LoanTerms, events: Sequence[Event], *, as_of: date) -> LoanFold:
    """The stored fold of a loan whose ledger counts to `as_of`. Not yet written."""
    ahead = days_ahead(terms, events, start=as_of, count=DAYS_AHEAD)
    is_waiting = not ahead or any(event.on > as_of for event in events)
    return LoanFold(
        loan=loan,
        as_of=as_of,
        start=as_of,
        ahead=[list(one.row) for one in ahead],
        events=len(events),
        is_open=is_waiting or bool(ahead[0].outstanding),
    )


def keep_folds(folds: Sequence[LoanFold]) -> None:
    """Write folds in place of the ones before them."""
    LoanFold.objects.bulk_create(
        folds,
        update_conflicts=True,
        unique_fields=["loan"],
        update_fields=["as_of", "start", "ahead", "events", "is_open"],
    )


def figures_on(fold: LoanFold, day: date) -> DayFigures | None:
    """What the stored fold says of a day; None for a day it does not reach."""
    place = (day - fold.start).days
    return DayFigures.of_row(fold.ahead[place]) if 0 <= place < len(fold.ahead) else None
