"""A second engine: what a stretch of days without events adds to a debt, in plain fractions.

It shares nothing with the fold but the lines of the state it starts from. Every day, principal not
yet due bears the rate then in force; unpaid principal of a line past due, once its grace is over,
bears the rate its line was made at, and a penalty on top; the days of a pause bear nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from tideover.loan import (
    DailyRate,
    Event,
    InterestPaused,
    LineState,
    LoanState,
    LoanTerms,
    Method,
    RateChanged,
    Restructured,
)

_ONE_DAY = timedelta(days=1)


def oracle_can_tell(terms: LoanTerms, state: LoanState) -> bool:
    """Whether interest counts by the day, no fee begins with a period, and the loan is open.

    Principal that an agreement carries bears nothing, and a state does not tell it from the rest.
    """
    is_open = not any(_is_closed_early(line) for line in state.lines if line.due_date > state.on)
    carries = state.restructured_on is not None and any(map(_has_more_principal, state.lines))
    by_day = isinstance(terms.rate, DailyRate) and terms.method is not Method.FLAT
    return by_day and is_open and not terms.fee_rate and not state.is_settled and not carries


def _has_more_principal(line: LineState) -> bool:
    asked = line.remaining.principal + line.paid.principal + line.waived.principal
    return asked > line.line.principal


def _is_closed_early(line: LineState) -> bool:
    """A line of a loan that was paid off asks for less interest than its schedule, or is paid."""
    asked = line.remaining.interest + line.paid.interest + line.waived.interest
    return asked < line.line.interest or (line.line.principal and not line.remaining.principal)


def grown_by(terms: LoanTerms, events: Sequence[Event], state: LoanState, *, to: date) -> Fraction:
    """What the payoff grows by from the day of `state` to the day `to`, in minor units, exact."""
    changes = [event for event in events if event.reference not in state.without_effect]
    grown = Fraction(0)
    day = state.on
    while day < to:
        if not _is_paused(changes, day):
            to_come = sum(line.line.principal.minor for line in state.lines if line.due_date > day)
            grown += to_come * _rate(terms, changes, before=day + _ONE_DAY)
        day += _ONE_DAY
    for line in state.lines:
        late = _late(terms, changes, line, day=to) - _late(terms, changes, line, day=state.on)
        grown += late * (1 + terms.penalty_uplift)
    return grown


def _late(terms: LoanTerms, changes: Sequence[Event], line: LineState, *, day: date) -> Fraction:
    """Late interest on what is unpaid now, as if it had been unpaid since the due date."""
    if day <= line.due_date + timedelta(days=terms.grace_days):
        return Fraction(0)
    days = (line.due_date + timedelta(days=n) for n in range((day - line.due_date).days))
    bearing = sum(not _is_paused(changes, one) for one in days)
    # A line of no days fell due when the contract ended; a change of that day came before.
    made_at_once = timedelta(days=0 if line.line.period.days else 1)
    rate = _rate(terms, changes, before=line.due_date + made_at_once)
    return line.remaining.principal.minor * rate * bearing


def _rate(terms: LoanTerms, changes: Sequence[Event], *, before: date) -> Fraction:
    """The rate by the changes before a day; on one day the last to arrive counts."""
    rate = terms.rate
    for event in sorted(changes, key=lambda event: event.on):
        if isinstance(event, RateChanged | Restructured) and event.on < before:
            rate = event.rate or rate
    assert isinstance(rate, DailyRate)
    return rate.of_day


def _is_paused(changes: Sequence[Event], day: date) -> bool:
    """Whether a pause covers the day; an agreement made after it, maybe on its day, ended it."""
    known = sorted(changes, key=lambda event: event.on)
    agreed = [
        (place, event.on) for place, event in enumerate(known) if isinstance(event, Restructured)
    ]
    return any(
        event.on <= day < event.until and not any(at > place and on <= day for at, on in agreed)
        for place, event in enumerate(known)
        if isinstance(event, InterestPaused)
    )
