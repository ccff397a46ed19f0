"""Verifying that the books are right: the double-entry ledger against the fold of every loan.

The checks, by their code:

* `balances`: what the ledger says is owed, credited and received is what the fold says (I4, I6);
* `replay`: booking all events again from nothing gives the same postings (I8);
* `payments`: allocations and credit of a loan add up to its payments (I2);
* `schedule`: exactly one active schedule, and it is the fold's (I10);
* `schedule-sum`: its principal adds up to its opening balance, no line is negative (I3);
* `both-signs`: nothing is owed and overpaid at once (I5);
* `agreement`: at most one agreement is in force, and only on a restructured loan (I10);
* `suspense`: unmatched bank lines are what the suspense account holds;
* `bank-line`: a booked line has its payment in the loan's log;
* `stored-fold`: what the close of a day reads is what a fresh fold of the events gives (I8);
* `currency`, `account`: every entry is in its loan's currency, every account is known (I1).
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import F, Sum

from tideover.app.db.models import (
    Agreement,
    BankLine,
    JournalEntry,
    Loan,
    LoanFold,
    LoanSchedule,
    Posting,
)
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import (
    ADJUSTMENT,
    CASH,
    CREDIT,
    SUSPENSE,
    Position,
    disbursed_in_force,
    payments_in_force,
    position,
    receivable,
)
from tideover.app.verbs.books.stored_fold import ledger_day
from tideover.loan import Component, Event, LoanState, LoanTerms, Paid, days_ahead, loan_state
from tideover.policy import Words

__all__ = ["LedgerFault", "LedgerReport", "balances_of", "verify"]

_ACCOUNTS = frozenset(
    {CASH, CREDIT, SUSPENSE, ADJUSTMENT}
    | {receivable(component) for component in Component}
    | {f"{kind}.{component.value}" for kind in ("income", "waived") for component in Component}
)


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """One thing that is not right: where, which check, and the numbers."""

    where: str
    check: str
    words: Words

    def __str__(self) -> str:
        return f"{self.where}: {self.check}: {self.words.en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What was checked, and everything that is not right."""

    loans: int
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
    loans_to_check = Loan.objects.order_by("reference")
    if references is not None:
        loans_to_check = loans_to_check.filter(reference__in=references)
    faults = [fault for loan in loans_to_check.iterator() for fault in _loan_faults(loan)]
    if references is None:
        faults.extend(_suspense_faults())
        faults.extend(_account_faults())
    return LedgerReport(
        loans=loans_to_check.count(),
        entries=JournalEntry.objects.count(),
        postings=Posting.objects.count(),
        faults=tuple(faults),
    )


def balances_of(loan: Loan) -> Counter[str]:
    """The balance of each account in a loan's entries, in minor units; debit is positive."""
    balances: Counter[str] = Counter()
    for (debit, credit), amount in _transfers(loan).items():
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


@dataclass(frozen=True, slots=True)
class _Books:
    """Everything that is compared about one loan."""

    loan: Loan
    terms: LoanTerms
    events: tuple[Event, ...]
    state: LoanState
    replayed: Position


def _loan_faults(loan: Loan) -> Iterator[LedgerFault]:
    as_of = ledger_day(loan)
    if as_of is None:
        yield _fault(loan, "balances", zh="没有任何分录", en="it has no journal entry")
        return
    terms, events = loans.terms(loan), loans.events(loan)
    state = loan_state(terms, events, as_of)
    books = _Books(loan, terms, events, state, position(terms, events, as_of))
    yield from _balance_faults(books)
    yield from _replay_faults(books)
    yield from _stored_fold_faults(books)
    yield from _payment_faults(books)
    yield from _schedule_faults(books)
    yield from _agreement_faults(books)
    yield from _bank_line_faults(books)


def _balance_faults(books: _Books) -> Iterator[LedgerFault]:
    state, balances = books.state, balances_of(books.loan)
    expected = {receivable(part): state.outstanding.get(part).minor for part in Component}
    expected[CREDIT] = -state.in_advance_credit.minor
    for account, minor in expected.items():
        if balances[account] != minor:
            yield _differs(books.loan, "balances", account, balances[account], minor)
    owed = state.outstanding.total
    if state.in_advance_credit and owed:
        yield _fault(
            books.loan,
            "both-signs",
            zh=f"同时欠款 {owed.display} 与溢缴 {state.in_advance_credit.display}",
            en=f"{owed.display} is owed and {state.in_advance_credit.display} overpaid at once",
        )


def _replay_faults(books: _Books) -> Iterator[LedgerFault]:
    """Transfers one way and back cancel, so each pair of accounts is compared net."""
    booked, replayed = _transfers(books.loan), Counter(books.replayed.transfers)
    for debit, credit in sorted({tuple(sorted(pair)) for pair in (*booked, *replayed)}):
        found = booked[debit, credit] - booked[credit, debit]
        expected = replayed[debit, credit] - replayed[credit, debit]
        if found != expected:
            yield _differs(books.loan, "replay", f"{debit} <- {credit}", found, expected)


def _stored_fold_faults(books: _Books) -> Iterator[LedgerFault]:
    """Every day the stored fold still speaks of, not only the one it has come to."""
    fold = LoanFold.objects.filter(loan=books.loan).first()
    if fold is None:
        return
    if fold.events != len(books.events):
        yield _differs(books.loan, "stored-fold", "events", fold.events, len(books.events))
    start, count = fold.as_of, max(len(fold.ahead) - (fold.as_of - fold.start).days, 1)
    fresh = days_ahead(books.terms, books.events, start=start, count=count)
    stored = [tuple(row) for row in fold.ahead[(fold.as_of - fold.start).days :]]
    if stored != [one.row for one in fresh]:
        yield _fault(
            books.loan,
            "stored-fold",
            zh=f"{start} 起的存量推算与事件推算的不一致",
            en=f"the stored fold from {start} on is not what the events make",
        )


def _payment_faults(books: _Books) -> Iterator[LedgerFault]:
    payments = payments_in_force(books.events, books.replayed.as_of)
    allocations = books.state.allocations
    if any(one.payment_reference not in payments for one in allocations):
        # A late payment changed what an agreement had stated; `replay` covers that loan.
        return
    held = sum(one.amount.minor for one in allocations) + books.state.in_advance_credit.minor
    received = sum(payments.values())
    if held != received:
        yield _differs(books.loan, "payments", "allocations and credit", held, received)
    cash = balances_of(books.loan)[CASH] + disbursed_in_force(books.events, books.replayed.as_of)
    if cash != received:
        yield _differs(books.loan, "payments", CASH, cash, received)


def _schedule_faults(books: _Books) -> Iterator[LedgerFault]:
    active = list(LoanSchedule.objects.filter(loan=books.loan, is_active=True))
    if len(active) != 1:
        count = len(active)
        yield _fault(
            books.loan,
            "schedule",
            zh=f"生效的还款计划有 {count} 份，应为 1 份",
            en=f"{count} schedules are active, it must be 1",
        )
        return
    digest = loans.schedule_digest(books.state.schedule)
    if active[0].digest != digest or loans.record_digest(active[0].record) != digest:
        yield _fault(
            books.loan,
            "schedule",
            zh=f"生效的还款计划（第 {active[0].version} 版）与事件推算的不一致",
            en=f"the active schedule, version {active[0].version}, is not the fold's",
        )
    schedule = books.state.schedule
    principal = sum(line.principal.minor for line in schedule.lines)
    if principal != schedule.opening_balance.minor:
        yield _differs(
            books.loan, "schedule-sum", "principal", principal, schedule.opening_balance.minor
        )
    if any(min(line.principal, line.interest, line.fee).minor < 0 for line in schedule.lines):
        yield _fault(books.loan, "schedule-sum", zh="还款计划有负数", en="a line is negative")


def _agreement_faults(books: _Books) -> Iterator[LedgerFault]:
    in_force = Agreement.objects.filter(loan=books.loan, is_in_force=True).count()
    if in_force > 1 or (in_force and books.state.restructured_on is None):
        yield _fault(
            books.loan,
            "agreement",
            zh=f"生效的协议有 {in_force} 份，与还款计划不符",
            en=f"{in_force} agreements are in force, which its schedule does not follow",
        )


def _bank_line_faults(books: _Books) -> Iterator[LedgerFault]:
    paid = {event.reference for event in books.events if isinstance(event, Paid)}
    for line in BankLine.objects.filter(loan=books.loan):
        if line.bank_reference not in paid:
            yield _fault(
                books.loan,
                "bank-line",
                zh=f"银行流水 {line.bank_reference} 没有对应的还款",
                en=f"bank line {line.bank_reference} has no payment in the log",
            )


def _suspense_faults() -> Iterator[LedgerFault]:
    lines = BankLine.objects.filter(status=BankLine.Status.SUSPENSE)
    expected = lines.aggregate(total=Sum("amount_minor"))["total"] or 0
    received = Posting.objects.filter(credit=SUSPENSE).aggregate(total=Sum("amount_minor"))["total"]
    released = Posting.objects.filter(debit=SUSPENSE).aggregate(total=Sum("amount_minor"))["total"]
    held = (received or 0) - (released or 0)
    if held != expected:
        words = Words(
            zh=f"账上 {held}，应为 {expected}（分）", en=f"it holds {held}, not {expected}"
        )
        yield LedgerFault("suspense", "suspense", words)


def _account_faults() -> Iterator[LedgerFault]:
    used = {*Posting.objects.values_list("debit", flat=True).distinct()} | {
        *Posting.objects.values_list("credit", flat=True).distinct()
    }
    for account in sorted(used - _ACCOUNTS):
        words = Words(zh=f"没有科目 {account}", en=f"there is no account {account}")
        yield LedgerFault("journal", "account", words)
    others = JournalEntry.objects.exclude(loan__isnull=True).exclude(currency=F("loan__currency"))
    for entry in others.select_related("loan"):
        if entry.loan is not None:
            yield _fault(
                entry.loan,
                "currency",
                zh=f"分录 {entry.reference} 的币种是 {entry.currency}",
                en=f"entry {entry.reference} is in {entry.currency}",
            )


def _differs(loan: Loan, check: str, what: str, found: int, expected: int) -> LedgerFault:
    return _fault(
        loan,
        check,
        zh=f"{what}：账上 {found}，应为 {expected}（最小货币单位）",
        en=f"{what}: the ledger has {found}, the events make {expected} (minor units)",
    )


def _fault(loan: Loan, check: str, *, zh: str, en: str) -> LedgerFault:
    return LedgerFault(loan.reference, check, Words(zh=zh, en=en))
