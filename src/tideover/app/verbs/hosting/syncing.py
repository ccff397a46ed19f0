"""Taking over what came in at the core: payments and their reversals, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from tideover.app import clock
from tideover.app.db.atomic import atomic, lock_loan
from tideover.app.db.models import JobLease, Loan
from tideover.app.host import HostPayment, core
from tideover.app.jobs import lease
from tideover.app.verbs.books.loan_events import events, record_events
from tideover.app.verbs.books.settling import settle_paid_off
from tideover.app.verbs.hosting.booking import ACTOR
from tideover.loan import Event, Paid, Reversed
from tideover.money import Refusal

#: How long after a round the next one begins.
SYNC_EVERY: Final = timedelta(minutes=5)
_JOB: Final = "host sync"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a round took over, and which loans could not be read, with the reason."""

    payments: int
    reversals: int
    faults: tuple[tuple[str, Refusal], ...]


def sync_when_due() -> Synced | None:
    """Sync the managed loans when that was last done a while ago; None when it is not due.

    Raises JobRunning when another worker is at it.
    """
    if not core().is_elsewhere:
        return None
    latest = JobLease.objects.filter(name=_JOB).values_list("finished_at", flat=True).first()
    if latest is not None and clock.now() - latest < SYNC_EVERY:
        return None
    with lease(_JOB):
        return sync(managed_loans())


def managed_loans() -> tuple[Loan, ...]:
    """The loans somebody here works with: those with an open case or an agreement in force."""
    is_managed = Q(cases__is_open=True) | Q(agreements__is_in_force=True)
    return tuple(Loan.objects.filter(is_managed).distinct().order_by("reference"))


def sync(loans: Iterable[Loan]) -> Synced:
    """Book what the core has of these loans and we do not; a loan that cannot be read is named.

    One transaction a loan, so that it can be stopped and run again.
    """
    host, payments, reversals = core(), 0, 0
    faults: list[tuple[str, Refusal]] = []
    if not host.is_elsewhere:
        return Synced(0, 0, ())
    for loan in loans:
        try:
            # Read before the transaction: nothing is locked while the core takes its time.
            held = host.read_loan(loan.reference).payments
            with atomic():
                new = _book(loan, held)
        except Refusal as refusal:
            faults.append((loan.reference, refusal))
            continue
        payments += sum(isinstance(event, Paid) for event in new)
        reversals += sum(isinstance(event, Reversed) for event in new)
        if new:
            settle_paid_off([loan], actor=ACTOR)
    return Synced(payments, reversals, tuple(faults))


def _book(loan: Loan, held: Iterable[HostPayment]) -> tuple[Event, ...]:
    lock_loan(loan.reference)
    known = {event.reference for event in events(loan)}
    new: list[Event] = []
    for payment in held:
        paid, back = f"host:{payment.number}", f"host:{payment.number}:reversed"
        if paid not in known and not payment.is_reversed:
            new.append(Paid(payment.on, paid, payment.amount))
        if payment.is_reversed and paid in known and back not in known:
            new.append(Reversed(clock.today(), back, paid))
    if new:
        record_events(loan, new, actor=ACTOR, at=clock.now())
    return tuple(new)
