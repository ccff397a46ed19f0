"""The checks of the whole book that are no loan's own: suspense, accounts, currencies."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F, Sum

from tideover.app.db.models import JournalEntry, Posting
from tideover.app.verbs.books.journal import ADJUSTMENT, CASH, CREDIT, SUSPENSE, receivable
from tideover.app.verbs.ledger.faults import LedgerFault, fault
from tideover.app.verbs.payments.suspense import in_suspense
from tideover.loan import Component
from tideover.policy import Words

_ACCOUNTS: Final = frozenset(
    {CASH, CREDIT, SUSPENSE, ADJUSTMENT}
    | {receivable(component) for component in Component}
    | {f"{kind}.{component.value}" for kind in ("income", "waived") for component in Component}
)


def suspense_faults() -> Iterator[LedgerFault]:
    """The suspense account against the bank lines nobody could tell the loan of."""
    expected = in_suspense().aggregate(total=Sum("amount_minor"))["total"] or 0
    received = Posting.objects.filter(credit=SUSPENSE).aggregate(total=Sum("amount_minor"))["total"]
    released = Posting.objects.filter(debit=SUSPENSE).aggregate(total=Sum("amount_minor"))["total"]
    held = (received or 0) - (released or 0)
    if held != expected:
        words = Words(
            zh=f"账上 {held}，应为 {expected}（分）", en=f"it holds {held}, not {expected}"
        )
        yield LedgerFault("suspense", "suspense", words)


def account_faults() -> Iterator[LedgerFault]:
    """Accounts that do not exist, and entries in another currency than their loan's."""
    used = {*Posting.objects.values_list("debit", flat=True).distinct()} | {
        *Posting.objects.values_list("credit", flat=True).distinct()
    }
    for account in sorted(used - _ACCOUNTS):
        words = Words(zh=f"没有科目 {account}", en=f"there is no account {account}")
        yield LedgerFault("journal", "account", words)
    others = JournalEntry.objects.exclude(loan__isnull=True).exclude(currency=F("loan__currency"))
    for entry in others.select_related("loan"):
        if entry.loan is not None:
            yield fault(
                entry.loan,
                "currency",
                zh=f"分录 {entry.reference} 的币种是 {entry.currency}",
                en=f"entry {entry.reference} is in {entry.currency}",
            )
