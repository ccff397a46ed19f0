"""One command, one transaction.

On SQLite every transaction begins IMMEDIATE: a second writer waits at the door. On PostgreSQL a
command locks what it decides about, always in this order, so that two commands cannot wait for
each other: receipt, account, case, loan (several by reference), end of the log. The locks leave
room for foreign keys (FOR NO KEY UPDATE): a row that only points at a case need not wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tideover.app.db.models import Account, Case, Loan


@contextmanager
def atomic() -> Iterator[None]:
    """All of it or nothing. Joins a transaction that is already open."""
    with transaction.atomic():
        yield


def lock_account(key: int) -> Account | None:
    """The account as it is now, locked until the transaction ends; None when it is gone."""
    accounts = Account.objects.select_for_update(of=("self",), no_key=True)
    return accounts.filter(pk=key).first()


def lock_case(number: str) -> Case | None:
    """The case, locked until the transaction ends; None when there is none of that number."""
    cases = Case.objects.select_for_update(of=("self",), no_key=True)
    return cases.filter(number=number).first()


def lock_loan(reference: str) -> Loan | None:
    """The loan, locked until the transaction ends; None when there is none of that reference."""
    loans = Loan.objects.select_for_update(of=("self",), no_key=True)
    return loans.filter(reference=reference).first()
