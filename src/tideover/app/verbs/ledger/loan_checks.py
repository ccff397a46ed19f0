"""The checks of one loan: its entries, schedule and papers against a fresh fold of its events."""

from collections import Counter
from collections.abc import Iterator

from tideover.app.db.models import Agreement, BankLine, LoanFold, LoanSchedule
from tideover.app.verbs import loans
from tideover.app.verbs.books.journal import (
    CASH,
    CREDIT,
    disbursed_in_force,
    payments_in_force,
    receivable,
)
from tideover.app.verbs.ledger.faults import LedgerFault, differs, fault
from tideover.app.verbs.ledger.loan_books import LoanBooks
from tideover.loan import Component, Paid, Restructured, days_ahead, loan_state
from tideover.money import Money


def loan_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Everything that is not right about one loan."""
    yield from _balance_faults(books)
    yield from _replay_faults(books)
    yield from _stored_fold_faults(books)
    yield from _payment_faults(books)
    yield from _schedule_faults(books)
    yield from _agreement_faults(books)
    yield from _value_faults(books)
    yield from _bank_line_faults(books)


def _balance_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    state, balances = books.state, books.balances
    expected = {receivable(part): state.outstanding.get(part).minor for part in Component}
    expected[CREDIT] = -state.in_advance_credit.minor
    for account, minor in expected.items():
        if balances[account] != minor:
            yield differs(books.loan, "balances", account, balances[account], minor)
    currency = state.outstanding.principal.currency
    owed = Money(sum(balances[receivable(part)] for part in Component), currency)
    held = Money(-balances[CREDIT], currency)
    if owed.minor > 0 and held.minor > 0:
        yield fault(
            books.loan,
            "both-signs",
            zh=f"同时欠款 {owed.display} 与溢缴 {held.display}",
            en=f"{owed.display} is owed and {held.display} overpaid at once",
        )


def _replay_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Transfers one way and back cancel, so each pair of accounts is compared net."""
    booked, replayed = books.booked, Counter(books.replayed.transfers)
    for debit, credit in sorted({tuple(sorted(pair)) for pair in (*booked, *replayed)}):
        found = booked[debit, credit] - booked[credit, debit]
        expected = replayed[debit, credit] - replayed[credit, debit]
        if found != expected:
            yield differs(books.loan, "replay", f"{debit} <- {credit}", found, expected)


def _stored_fold_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Every day the stored fold still speaks of, not only the one it has come to."""
    fold = LoanFold.objects.filter(loan=books.loan).first()
    if fold is None:
        return
    if fold.events != len(books.events):
        yield differs(books.loan, "stored-fold", "events", fold.events, len(books.events))
    start, count = fold.as_of, max(len(fold.ahead) - (fold.as_of - fold.start).days, 1)
    fresh = days_ahead(books.terms, books.events, start=start, count=count)
    stored = [tuple(row) for row in fold.ahead[(fold.as_of - fold.start).days :]]
    if stored != [one.row for one in fresh]:
        yield fault(
            books.loan,
            "stored-fold",
            zh=f"{start} 起的存量推算与事件推算的不一致",
            en=f"the stored fold from {start} on is not what the events make",
        )


def _payment_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    payments = payments_in_force(books.events, books.replayed.as_of)
    allocations = books.state.allocations
    if any(one.payment_reference not in payments for one in allocations):
        # A late payment changed what an agreement had stated; `replay` covers that loan.
        return
    held = sum(one.amount.minor for one in allocations) + books.state.in_advance_credit.minor
    received = sum(payments.values())
    if held != received:
        yield differs(books.loan, "payments", "allocations and credit", held, received)
    cash = books.balances[CASH] + disbursed_in_force(books.events, books.replayed.as_of)
    if cash != received:
        yield differs(books.loan, "payments", CASH, cash, received)


def _schedule_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    active = list(LoanSchedule.objects.filter(loan=books.loan, is_active=True))
    if len(active) != 1:
        count = len(active)
        yield fault(
            books.loan,
            "schedule",
            zh=f"生效的还款计划有 {count} 份，应为 1 份",
            en=f"{count} schedules are active, it must be 1",
        )
        return
    digest = loans.schedule_digest(books.state.schedule)
    if active[0].digest != digest or loans.record_digest(active[0].record) != digest:
        yield fault(
            books.loan,
            "schedule",
            zh=f"生效的还款计划（第 {active[0].version} 版）与事件推算的不一致",
            en=f"the active schedule, version {active[0].version}, is not the fold's",
        )
    schedule = books.state.schedule
    principal = sum(line.principal.minor for line in schedule.lines)
    if principal != schedule.opening_balance.minor:
        yield differs(
            books.loan, "schedule-sum", "principal", principal, schedule.opening_balance.minor
        )
    if any(min(line.principal, line.interest, line.fee).minor < 0 for line in schedule.lines):
        yield fault(books.loan, "schedule-sum", zh="还款计划有负数", en="a line is negative")


def _agreement_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    in_force = Agreement.objects.filter(loan=books.loan, is_in_force=True).count()
    if in_force > 1 or (in_force and books.state.restructured_on is None):
        yield fault(
            books.loan,
            "agreement",
            zh=f"生效的协议有 {in_force} 份，与还款计划不符",
            en=f"{in_force} agreements are in force, which its schedule does not follow",
        )


def _value_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """What an agreement stated as owed against a fold of what was booked before it (I9)."""
    for place, event in enumerate(books.events):
        if not isinstance(event, Restructured):
            continue
        before = loan_state(books.terms, books.events[:place], event.on).outstanding
        stated = (event.capitalised + event.carried + event.waived).total
        stated += event.schedule.opening_balance - event.capitalised.total
        if stated != before.total:
            yield differs(books.loan, "value", event.reference, stated.minor, before.total.minor)


def _bank_line_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    paid = {event.reference for event in books.events if isinstance(event, Paid)}
    for line in BankLine.objects.filter(loan=books.loan):
        if line.event_reference not in paid:
            yield fault(
                books.loan,
                "bank-line",
                zh=f"银行流水 {line.bank_reference} 没有对应的还款",
                en=f"bank line {line.bank_reference} has no payment in the log",
            )
