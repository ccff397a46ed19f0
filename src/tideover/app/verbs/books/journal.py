"""From the state of a loan to the double-entry ledger.

A loan's `Position` says what the events so far amount to: how much was disbursed, paid, waived,
capitalised and is still owed, by component. Each event books the *difference* between the position
before it and after it. So a back-dated payment or a reversal books the correction it causes, no
entry is ever changed, and the balances of the ledger are always those of the fold.

Income is recognised with the event: whatever is owed, was paid, waived or capitalised in interest,
penalty or fees must have been earned. Principal has no such freedom: it balances or
`tideover ledger verify` says that it does not. The one exception is an agreement whose figures a
payment that arrived later has made untrue: the fold keeps the signed schedule and gives the
difference back toward it, and the ledger books that difference through `income.adjustment`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tideover.app.db.models import JournalEntry, Loan, Posting
from tideover.loan import (
    Component,
    Components,
    Disbursed,
    Event,
    LoanState,
    LoanTerms,
    Paid,
    Restructured,
    Reversed,
    loan_state,
)
from tideover.money import Currency, Money

CASH = "cash"
CREDIT = "credit"
SUSPENSE = "suspense"
ADJUSTMENT = "income.adjustment"
_EARNED = (Component.INTEREST, Component.PENALTY, Component.FEE)

Amounts = dict[tuple[str, str], int]


def receivable(component: Component) -> str:
    """The account of what the borrower owes in a component."""
    return f"receivable.{component.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What the events of a loan amount to, as transfers `(debit, credit) -> minor units`."""

    as_of: date
    transfers: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Totals:
    """The totals a position is made of."""

    outstanding: Components
    allocated: Components
    adjusted: Components
    waived: Components
    capitalised: Components
    agrees: bool


def position(terms: LoanTerms, events: Sequence[Event], as_of: date) -> Position:
    """What the events amount to, with interest and penalty counted up to `as_of`."""
    if not events:
        return Position(as_of=as_of, transfers={})
    state = loan_state(terms, events, as_of)
    counted = in_force(events, as_of)
    # What was refunded beyond any credit went out again, and is owed like what was lent.
    disbursed = disbursed_in_force(events, as_of) + state.refunded_beyond_credit.minor
    totals = _totals(state, counted, disbursed=disbursed, currency=terms.currency)
    transfers = {(receivable(Component.PRINCIPAL), CASH): disbursed}
    transfers |= {(CASH, CREDIT): state.in_advance_credit.minor}
    transfers |= {(receivable(Component.PRINCIPAL), ADJUSTMENT): _restated(totals, disbursed)}
    for component in Component:
        transfers |= _transfers(component, totals)
    return Position(as_of=as_of, transfers=transfers)


def _transfers(component: Component, totals: _Totals) -> Amounts:
    owed = receivable(component)
    allocated = totals.allocated.get(component).minor
    adjusted = totals.adjusted.get(component).minor
    waived = totals.waived.get(component).minor
    transfers = {
        (CASH, owed): allocated,
        (ADJUSTMENT, owed): adjusted,
        (f"waived.{component.value}", owed): waived,
    }
    if component in _EARNED:
        capitalised = totals.capitalised.get(component).minor
        outstanding = totals.outstanding.get(component).minor
        transfers[(receivable(Component.PRINCIPAL), owed)] = capitalised
        transfers[(owed, f"income.{component.value}")] = (
            outstanding + allocated + adjusted + waived + capitalised
        )
    return transfers


def _totals(
    state: LoanState, counted: Sequence[Event], *, disbursed: int, currency: Currency
) -> _Totals:
    payments = {event.reference for event in counted if isinstance(event, Paid)}
    restructures = [event for event in counted if isinstance(event, Restructured)]
    none = Components.zero(currency)
    allocated, adjusted = none, none
    for allocation in state.allocations:
        part = Components.of({allocation.component: allocation.amount}, currency)
        if allocation.payment_reference in payments:
            allocated += part
        else:
            adjusted += part
    waived = sum((line.waived for line in (*state.closed_lines, *state.lines)), none)
    return _Totals(
        outstanding=state.outstanding,
        allocated=allocated,
        adjusted=adjusted,
        capitalised=state.capitalised,
        waived=sum((event.waived for event in restructures), waived),
        agrees=_agrees(state, restructures, none),
    )


def _agrees(state: LoanState, restructures: Sequence[Restructured], none: Components) -> bool:
    """Whether what each agreement stated is what was owed when it took effect."""
    owed = sum((line.remaining for line in state.closed_lines), none)
    stated = none
    for event in restructures:
        principal = event.schedule.opening_balance - event.capitalised.total
        of_principal = {Component.PRINCIPAL: principal - event.capitalised.principal}
        stated += event.capitalised + event.carried + event.waived
        stated += Components.of(of_principal, principal.currency)
    return owed == stated


def _restated(totals: _Totals, disbursed: int) -> int:
    """Principal an agreement stated beyond what was owed; zero where it stated the truth."""
    if totals.agrees:
        return 0
    gone = (totals.allocated + totals.adjusted + totals.waived).principal.minor
    expected = disbursed + totals.capitalised.total.minor - gone
    return totals.outstanding.principal.minor - expected


def payments_in_force(events: Sequence[Event], as_of: date) -> dict[str, int]:
    """The payments that stand on a day, in minor units by reference."""
    return {
        event.reference: event.amount.minor
        for event in in_force(events, as_of)
        if isinstance(event, Paid)
    }


def disbursed_in_force(events: Sequence[Event], as_of: date) -> int:
    """What was paid out by a day and not taken back, in minor units."""
    counted = in_force(events, as_of)
    return sum(event.amount.minor for event in counted if isinstance(event, Disbursed))


def in_force(events: Sequence[Event], as_of: date) -> tuple[Event, ...]:
    """The events of a day and before that nothing took back, in the order they came in."""
    reversals = [event for event in events if isinstance(event, Reversed) and event.on <= as_of]
    taken_back: set[str] = set()
    # The latest first: a reversal that was itself taken back takes nothing back.
    for reversal in sorted(reversals, key=lambda event: event.on)[::-1]:
        if reversal.reference not in taken_back:
            taken_back.add(reversal.of)
    return tuple(
        event
        for event in events
        if event.on <= as_of
        and event.reference not in taken_back
        and not isinstance(event, Reversed)
    )


def book_change(
    loan: Loan,
    before: Position,
    after: Position,
    *,
    kind: str,
    reference: str,
    effective_on: date,
    posted_at: datetime,
    log_position: int | None,
) -> JournalEntry:
    """Write one entry with the difference of two positions of a loan.

    The entry is written even where nothing moved: it says up to which day the ledger counts.
    """
    entry = JournalEntry.objects.create(
        loan=loan,
        kind=kind,
        reference=f"{loan.book_name}:{reference}",
        currency=loan.currency,
        effective_on=effective_on,
        as_of=after.as_of,
        posted_at=posted_at,
        log_position=log_position,
    )
    Posting.objects.bulk_create(
        Posting(entry=entry, debit=debit, credit=credit, amount_minor=amount)
        for debit, credit, amount in _differences(before.transfers, after.transfers)
    )
    return entry


def book_suspense(
    *, reference: str, amount: Money, effective_on: date, posted_at: datetime, log_position: int
) -> JournalEntry:
    """Write money that came in and belongs to nobody yet."""
    entry = JournalEntry.objects.create(
        loan=None,
        kind="suspense.received",
        reference=reference,
        currency=amount.currency.code,
        effective_on=effective_on,
        as_of=effective_on,
        posted_at=posted_at,
        log_position=log_position,
    )
    Posting.objects.create(entry=entry, debit=CASH, credit=SUSPENSE, amount_minor=amount.minor)
    return entry


def book_from_suspense(
    *,
    kind: str,
    reference: str,
    amount: Money,
    effective_on: date,
    posted_at: datetime,
    log_position: int,
) -> JournalEntry:
    """Write money that leaves suspense: to a loan, whose own entry receives it, or to its payer."""
    entry = JournalEntry.objects.create(
        loan=None,
        kind=kind,
        reference=reference,
        currency=amount.currency.code,
        effective_on=effective_on,
        as_of=effective_on,
        posted_at=posted_at,
        log_position=log_position,
    )
    Posting.objects.create(entry=entry, debit=SUSPENSE, credit=CASH, amount_minor=amount.minor)
    return entry


def _differences(before: Amounts, after: Amounts) -> Iterator[tuple[str, str, int]]:
    for pair in sorted({*before, *after}):
        change = after.get(pair, 0) - before.get(pair, 0)
        debit, credit = pair
        if change > 0:
            yield debit, credit, change
        elif change < 0:
            yield credit, debit, -change
