"""The whole book against what is stored of it, in a handful of queries: fast enough for every day.

No loan is folded again, so a fault of the fold itself is not seen here: `verify` finds that. What
these see is every loan every day: a half-booked change, a loan left behind by the close, a second
active schedule, money of nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, Sum

from tideover.app.db.models import Agreement, Loan, LoanFold, LogEvent, Posting
from tideover.app.verbs.books.journal import CREDIT, receivable
from tideover.app.verbs.books.stored_fold import figures_on
from tideover.app.verbs.ledger.faults import LedgerFault, differs, fault
from tideover.loan import Component, DayFigures


def stored_faults(closed_through: date) -> Iterator[LedgerFault]:
    """Everything that is not right by what is stored, each open loan being closed to that day."""
    balances = _balances()
    folds = LoanFold.objects.select_related("loan").defer("loan__terms").order_by("loan__reference")
    for fold in folds.iterator():
        if fold.is_open and fold.as_of < closed_through:
            yield fault(
                fold.loan,
                "left-behind",
                zh=f"只记到 {fold.as_of}，应到 {closed_through}",
                en=f"it counts to {fold.as_of}, not to {closed_through}",
            )
        figures = figures_on(fold, fold.as_of)
        if figures is not None:
            yield from _balance_faults(fold.loan, figures, balances[fold.loan_id])
    yield from _event_faults()
    yield from _schedule_faults()


def _balances() -> dict[int | None, Counter[str]]:
    """What each account of each loan holds, in minor units; debit is positive."""
    balances: dict[int | None, Counter[str]] = defaultdict(Counter)
    rows = Posting.objects.values_list("entry__loan_id", "debit", "credit")
    for loan, debit, credit, moved in rows.annotate(moved=Sum("amount_minor")).order_by():
        balances[loan][debit] += moved
        balances[loan][credit] -= moved
    return balances


def _balance_faults(
    loan: Loan, figures: DayFigures, balances: Counter[str]
) -> Iterator[LedgerFault]:
    expected = {receivable(part): getattr(figures, part.value) for part in Component}
    for account, minor in (expected | {CREDIT: -figures.credit}).items():
        if balances[account] != minor:
            yield differs(loan, "balances", account, balances[account], minor)
    if figures.outstanding and figures.credit:
        yield differs(loan, "both-signs", CREDIT, figures.credit, 0)


def _event_faults() -> Iterator[LedgerFault]:
    """Events of a loan that its stored fold has not heard of."""
    rows = LogEvent.objects.filter(stream__startswith="loan:").values_list("stream")
    logged = dict(rows.annotate(count=Count("position")).order_by())
    for fold in LoanFold.objects.select_related("loan").defer("ahead", "loan__terms").iterator():
        known = logged.get(fold.loan.stream, 0)
        if fold.events != known:
            yield differs(fold.loan, "stored-fold", "events", fold.events, known)


def _schedule_faults() -> Iterator[LedgerFault]:
    """Loans with more or less than one active schedule, or with two agreements in force."""
    active = Count("schedules", filter=Q(schedules__is_active=True))
    for loan in Loan.every.defer("terms").annotate(active=active).exclude(active=1):
        yield differs(loan, "schedule", "active schedules", loan.active, 1)
    doubled = (
        Agreement.objects.filter(is_in_force=True).values_list("loan_id")
        .annotate(count=Count("pk")).filter(count__gt=1).order_by()
    )  # fmt: skip
    for loan_id, count in doubled:
        yield differs(Loan.every.get(pk=loan_id), "agreement", "in force", count, 1)
