"""Sending signed changes to the core: written with the signature, carried out by the worker.

Each operation has a key of its own, so that one whose answer was lost is not booked twice. What
the core has made of it is read back and compared with the agreement to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Final

from tideover.app import clock
from tideover.app.crash import crash_point
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Agreement, HostBooking
from tideover.app.host import HostCore, HostLine, core, operation_from_record, operation_to_record
from tideover.app.jobs import lease
from tideover.app.verbs.hosting.expressing import HostCannotBook, lines_of
from tideover.money import Refusal
from tideover.offers import Offer, offer_from_record

_AT_FIRST, _AT_MOST = timedelta(seconds=30), timedelta(hours=1)
_FAILURE_LENGTH_MAX = 300
ACTOR: Final = "host"


@dataclass(frozen=True, slots=True)
class BookedInHost:
    """What one round of booking did: agreements booked, and those that failed and wait."""

    booked: int
    failed: int


def queue(agreement: Agreement, offer: Offer, *, at: datetime) -> None:
    """Note that the core is to book a signed change. Call it in the signature's transaction.

    Raises HostCannotBook: an offer that the core cannot book was signed after all, which
    `demand_bookable` keeps from being offered.
    """
    host = core()
    if not host.is_elsewhere:
        return
    said = host.express(offer.proposal)
    if not said.is_possible:
        raise HostCannotBook(host.name, said.reasons)
    HostBooking.objects.create(
        agreement=agreement,
        core=host.name,
        operations=[operation_to_record(one) for one in said.operations],
        created_at=at,
        next_try_at=at,
    )


def book_waiting() -> BookedInHost:
    """Carry out what waits, the oldest first; what fails is tried again later.

    Raises JobRunning when another worker is at it.
    """
    host, booked, failed = core(), 0, 0
    if not host.is_elsewhere:
        return BookedInHost(0, 0)
    with lease("host booking") as held:
        for row in _due():
            held.renew()
            if _carry_out(row, host):
                booked += 1
            else:
                failed += 1
    return BookedInHost(booked, failed)


def failing() -> tuple[HostBooking, ...]:
    """Bookings that did not go through so far, or came out otherwise than signed."""
    rows = HostBooking.objects.select_related("agreement__loan").order_by("created_at")
    return tuple(row for row in rows.exclude(failure="", differences=[]))


def _due() -> Iterable[HostBooking]:
    waiting = HostBooking.objects.filter(booked_at__isnull=True, next_try_at__lte=clock.now())
    return waiting.select_related("agreement__loan").order_by("created_at")


def _carry_out(row: HostBooking, host: HostCore) -> bool:
    reference = row.agreement.loan.reference
    try:
        for place, record in enumerate(row.operations):
            if place < row.done:
                continue
            key = f"{row.agreement.number}/{place + 1}"
            host.book(reference, operation_from_record(record), key=key)
            crash_point("host.operation-booked")
            row.done = place + 1
            row.save(update_fields=["done"])
        held = host.read_loan(reference).lines
    except Refusal as refusal:
        _wait(row, str(refusal))
        return False
    _finish(row, held)
    return True


def _wait(row: HostBooking, why: str) -> None:
    row.tries += 1
    pause = min(_AT_FIRST * 2 ** min(row.tries - 1, 10), _AT_MOST)
    row.next_try_at, row.failure = clock.now() + pause, why[:_FAILURE_LENGTH_MAX]
    row.save(update_fields=["tries", "next_try_at", "failure"])


def _finish(row: HostBooking, held: tuple[HostLine, ...]) -> None:
    ours = lines_of(offer_from_record(row.agreement.offer).proposal)
    theirs = [line for line in held if line.due_date >= ours[0].due_date]
    row.differences = [
        {"ours": _record(own), "theirs": _record(other)}
        for own, other in zip_longest(ours, theirs)
        if own != other
    ]
    row.booked_at, row.failure = clock.now(), ""
    with atomic():
        row.save(update_fields=["differences", "booked_at", "failure"])
        log.append(
            f"loan-host:{row.agreement.loan.reference}",
            kind="host.change.booked",
            body={
                "agreement": row.agreement.number,
                "operations": row.operations,
                "differences": row.differences,
            },
            at=row.booked_at,
            actor=ACTOR,
        )


def _record(line: HostLine | None) -> dict[str, str] | None:
    if line is None:
        return None
    return {"due_date": line.due_date.isoformat(), "amount": line.amount.text}
