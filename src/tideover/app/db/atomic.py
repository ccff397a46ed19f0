"""One command, one transaction.

On SQLite every transaction begins IMMEDIATE: a second writer waits at the door. On PostgreSQL a
command locks what it decides about, always in this order, so that two commands cannot wait for
each other: receipt, case, loan, head of the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tideover.app.db.models import Case, Loan


@contextmanager
def atomic() -> Iterator[None]:
    """All of it or nothing. Joins a transaction that is already open."""
    with transaction.atomic():
        yield


def lock_case(number: str) -> Case | None:
    """The case, locked until the transaction ends; None when there is none of that number."""
    return Case.objects.select_for_update(of=("self",)).filter(number=number).first()


def lock_loan(reference: str) -> Loan | None:
    """The loan, locked until the transaction ends; None when there is none of that reference."""
    return Loan.objects.select_for_update(of=("self",)).filter(reference=reference).first()
