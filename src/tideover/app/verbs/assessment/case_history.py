"""What has been said, done and booked about a case, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tideover.app.db.models import (
    PORTAL_ROLES,
    Account,
    Case,
    JournalEntry,
    LogEvent,
    Mandate,
    Posting,
)
from tideover.app.verbs import ledger
from tideover.app.verbs.books.words import account_words, kind_words
from tideover.app.verbs.case.event_words import ANSWERED_BY_POLICY, words_of
from tideover.cases import BY_POLICY
from tideover.cases.events import CaseEvent
from tideover.money import Money, currency
from tideover.policy import Words
from tideover.safety import mask_name

_MESSAGES = ("talk", "early-notice", "message", "call", "answer", "reply")


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something that happened, and who did it, by a name that colleagues know."""

    at: datetime
    actor: str
    kind: str
    words: Words


@dataclass(frozen=True, slots=True)
class MessageItem:
    """Words of the borrower or of an agent."""

    at: datetime
    sender: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One side of a posting: an amount in debit or in credit of an account, the other zero."""

    number: int
    effective_on: date
    posted_at: datetime
    kind: Words
    reference: str
    account: Words
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row of the case's log, with the digests of its chain."""

    number: int
    at: datetime
    actor: str
    kind: str
    digest: str
    previous: str


@dataclass(frozen=True, slots=True)
class Names:
    """What actors are called on a page: staff by name, borrowers masked."""

    by_login: Mapping[str, str]

    def __getitem__(self, login: str) -> str:
        return self.by_login.get(login, login)


def names_of(case: Case, logins: set[str]) -> Names:
    """The names of everybody who acted on a case."""
    borrower = case.borrower
    masked = {borrower.account.login: mask_name(borrower.name)}
    # One name for pages in both languages, as staff have one.
    automatic = {BY_POLICY: f"{ANSWERED_BY_POLICY.zh} {ANSWERED_BY_POLICY.en}"}
    staff = Account.objects.filter(login__in=logins).exclude(role__in=PORTAL_ROLES)
    known = {one.login: one.display_name or one.login for one in staff}
    return Names(known | _holders(case) | masked | automatic)


def _holders(case: Case) -> dict[str, str]:
    """Those who act or acted for the borrower, masked, and for whom."""
    acting = Mandate.objects.filter(borrower=case.borrower).select_related("holder")
    whom = mask_name(case.borrower.name)
    return {one.holder.login: f"{mask_name(one.name)}（代 {whom}）" for one in acting}


def timeline(events: tuple[CaseEvent, ...], names: Names) -> tuple[TimelineItem, ...]:
    """What happened, the newest first."""
    items = [TimelineItem(one.at, names[one.actor], one.kind, words_of(one)) for one in events]
    return tuple(reversed(items))


def messages(case: Case, names: Names) -> tuple[MessageItem, ...]:
    """What the borrower and the agents wrote to each other, the oldest first."""
    notes = case.notes.filter(kind__in=_MESSAGES).select_related("author")
    return tuple(
        MessageItem(note.at, names[note.author.login], note.text) for note in notes.order_by("at")
    )


def journal(case: Case) -> tuple[JournalLine, ...]:
    """Every posting of the loan, both sides, in the order of the books."""
    unit = currency(case.loan.currency)
    entries = JournalEntry.objects.filter(loan=case.loan).order_by("id")
    lines: list[JournalLine] = []
    for entry in entries.prefetch_related("postings"):
        for posting in entry.postings.all():
            amount = Money(posting.amount_minor, unit)
            lines += _sides(entry, posting, amount=amount, none=Money.zero(unit))
    return tuple(lines)


def balances(case: Case) -> dict[str, Money]:
    """The balance of every account of the loan's books; debit is positive."""
    unit = currency(case.loan.currency)
    found = ledger.balances_of(case.loan)
    return {account: Money(minor, unit) for account, minor in sorted(found.items())}


def audit(case: Case) -> tuple[AuditLine, ...]:
    """The rows of the case in the log."""
    rows = LogEvent.objects.filter(stream=case.stream).order_by("number")
    return tuple(
        AuditLine(row.number, row.recorded_at, row.actor, row.kind, row.digest, row.previous)
        for row in rows
    )


def _sides(
    entry: JournalEntry, posting: Posting, *, amount: Money, none: Money
) -> tuple[JournalLine, JournalLine]:
    def side(account: str, *, debit: Money, credit: Money) -> JournalLine:
        return JournalLine(
            number=entry.pk,
            effective_on=entry.effective_on,
            posted_at=entry.posted_at,
            kind=kind_words(entry.kind),
            reference=entry.reference.partition(":")[2] or entry.reference,
            account=account_words(account),
            debit=debit,
            credit=credit,
        )

    return (
        side(posting.debit, debit=amount, credit=none),
        side(posting.credit, debit=none, credit=amount),
    )
