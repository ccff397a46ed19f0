"""What holds of every state of a loan, whatever happened to it."""

from collections.abc import Sequence

from tideover.loan import (
    Component,
    Disbursed,
    Event,
    LoanState,
    Paid,
    Restructured,
    Schedule,
)


def check_state(state: LoanState, events: Sequence[Event]) -> None:
    """Check a state against the events in force; those later than its day do not count."""
    counted = [event for event in events if event.on <= state.on]
    check_schedule(state.schedule)
    check_lines(state)
    assert not (state.outstanding and state.in_advance_credit)
    assert state.payoff <= state.outstanding.total
    assert state.worst_days_past_due >= state.days_past_due
    if not any(isinstance(event, Restructured) for event in counted):
        # An agreement states amounts; what they were wrong by is a payment that nobody made.
        check_money(state, counted)
        check_principal(state, counted)


def check_schedule(schedule: Schedule) -> None:
    """The principal of the lines is the opening balance, and no part of a line is below zero."""
    balance = schedule.opening_balance.minor
    for line in schedule.lines:
        balance -= line.principal.minor
        assert line.closing_balance.minor == balance
        assert min(line.principal.minor, line.interest.minor, line.fee.minor) >= 0
    assert balance == 0


def check_lines(state: LoanState) -> None:
    for line in state.lines:
        assert min(line.remaining.get(part).minor for part in Component) >= 0
        assert min(line.paid.get(part).minor for part in Component) >= 0
        assert min(line.waived.get(part).minor for part in Component) >= 0
    dates = [line.due_date for line in state.lines]
    assert dates == sorted(dates)
    numbers = [line.number for line in state.lines]
    assert len(set(numbers)) == len(numbers)


def check_money(state: LoanState, events: Sequence[Event]) -> None:
    """Every cent that came in is allocated, held as credit, or was paid back."""
    received = sum(event.amount.minor for event in events if isinstance(event, Paid))
    allocated = sum(part.amount.minor for part in state.allocations)
    paid_back = state.refunded.minor - state.refunded_beyond_credit.minor
    assert allocated + state.in_advance_credit.minor + paid_back == received


def check_principal(state: LoanState, events: Sequence[Event]) -> None:
    """Principal lent, owed again or capitalised is owed, was paid, or was given up."""
    lent = sum(event.amount.minor for event in events if isinstance(event, Disbursed))
    came = lent + state.refunded_beyond_credit.minor + state.capitalised.total.minor
    lines = (*state.lines, *state.closed_lines)
    gone = sum(line.waived.principal.minor for line in lines)
    gone += sum(
        part.amount.minor for part in state.allocations if part.component is Component.PRINCIPAL
    )
    assert state.outstanding.principal.minor == came - gone
