"""Months of a loan, and whether what fell due in one was paid on time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tideover.agreements.keeping.judging import lacks_too_much
from tideover.dates import add_months
from tideover.loan import Event, LoanState, LoanTerms, Restructured, Reversed, loan_state


def months_between(earliest: date, latest: date) -> Iterator[date]:
    """Yield the first day of every month from that of `earliest` to that of `latest`."""
    month = earliest.replace(day=1)
    while month <= latest:
        yield month
        month = add_months(month, 1)


def last_day(month: date) -> date:
    """Return the last day of the month that begins on `month`."""
    return add_months(month, 1) - timedelta(days=1)


def standing(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events without those that were reversed, and without the reversals."""
    gone = {event.of for event in events if isinstance(event, Reversed)}
    return tuple(
        event for event in events if not isinstance(event, Reversed) and event.reference not in gone
    )


def restructurings(events: Sequence[Event]) -> tuple[Restructured, ...]:
    """Return the restructurings that stand, in order of their days."""
    found = [event for event in standing(events) if isinstance(event, Restructured)]
    return tuple(sorted(found, key=lambda event: event.on))


def due_days(terms: LoanTerms, events: Sequence[Event], *, since: date, until: date) -> list[date]:
    """Return the days from `since` to `until` on which a line of the schedule in force fell due."""
    state = loan_state(terms, events, until)
    days = {line.due_date for line in (*state.closed_lines, *state.lines)}
    return sorted(
        day for day in days if since <= day <= until and day in _due_dates(terms, events, on=day)
    )


def missed_days(
    terms: LoanTerms,
    events: Sequence[Event],
    *,
    since: date,
    until: date,
    grace_days: int,
    shortfall_share: Fraction,
) -> list[date]:
    """Return the due days from `since` on whose amount was still owed when its grace was over.

    A due day whose grace ends after `until` is not judged yet. Under an agreement an instalment
    that lacks no more than `shortfall_share` of itself is not missed.
    """
    missed = []
    for day in due_days(terms, events, since=since, until=until):
        judged_on = day + timedelta(days=grace_days + 1)
        if judged_on <= until and _is_owed(
            loan_state(terms, events, judged_on), due=day, shortfall_share=shortfall_share
        ):
            missed.append(day)
    return missed


def _due_dates(terms: LoanTerms, events: Sequence[Event], *, on: date) -> set[date]:
    return {line.due_date for line in loan_state(terms, events, on).lines}


def _is_owed(state: LoanState, *, due: date, shortfall_share: Fraction) -> bool:
    open_lines = (line for line in state.lines if line.due_date == due and line.remaining)
    is_agreed = state.restructured_on is not None
    return any(not is_agreed or lacks_too_much(line, shortfall_share) for line in open_lines)
