"""What doing nothing costs, honestly: the path of the penalty and of the credit record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tideover.loan import Event, LoanTerms, Restructured, carried_by_line, loan_state
from tideover.money import Money
from tideover.offers.credit import credit_mark
from tideover.policy import Parameters, Words, load_book

__all__ = ["WaitingCost", "cost_of_waiting"]

DAYS_AHEAD: Final = (30, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCost:
    """Where the loan stands on the day `on` if nothing is paid until then.

    `past_due` is everything overdue by then, `penalty` and `interest` what is in it of each;
    `added` is what waiting alone brings: the penalty and late interest on top of today's.
    """

    on: date
    days: int
    penalty: Money
    interest: Money
    past_due: Money
    added: Money
    days_past_due: int
    credit_mark: Words


def cost_of_waiting(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    on: date,
    days: Sequence[int] = DAYS_AHEAD,
    parameters: Parameters | None = None,
) -> tuple[WaitingCost, ...]:
    """Return what waiting so many days costs, one entry for each of `days`.

    Without `parameters` the marks of the credit record are those of the Weilidai pack on `on`.
    """
    policy = parameters or load_book().on(on, product="weilidai")
    now = _late_cost(terms, events, on)
    return tuple(
        _after(terms, events, on=on + timedelta(days=count), days=count, now=now, policy=policy)
        for count in days
    )


def _after(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    on: date,
    days: int,
    now: Money,
    policy: Parameters,
) -> WaitingCost:
    state = loan_state(terms, events, on)
    return WaitingCost(
        on=on,
        days=days,
        penalty=state.past_due.penalty,
        interest=state.past_due.interest,
        past_due=state.past_due.total,
        added=_late_cost(terms, events, on) - now,
        days_past_due=state.days_past_due,
        credit_mark=credit_mark(state.days_past_due, policy),
    )


def _late_cost(terms: LoanTerms, events: Sequence[Event], on: date) -> Money:
    """Return the penalty owed and the interest that overdue principal has gone on bearing."""
    state = loan_state(terms, events, on)
    none = Money.zero(terms.currency)
    carried = _carried_interest(events, on)
    late = state.outstanding.penalty
    for line in state.lines:
        if line.due_date < on:
            asked = line.remaining.interest + line.paid.interest + line.waived.interest
            agreed = line.line.interest + carried.get(line.number, none)
            late += max(asked - agreed, none)
    return late


def _carried_interest(events: Sequence[Event], on: date) -> dict[int, Money]:
    """Return the interest that an agreement in force carries beside each line."""
    signed = [event for event in events if isinstance(event, Restructured) and event.on <= on]
    if not signed:
        return {}
    schedule = signed[-1].schedule
    parts = carried_by_line(schedule, signed[-1].carried)
    return {line.number: part.interest for line, part in zip(schedule.lines, parts, strict=True)}
