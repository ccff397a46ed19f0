"""A second count of what a loan has earned: day balances times rates, in plain fractions.

It shares with the fold the lines of the schedules and which payment went to which line, and none of
its arithmetic. Principal not yet due bears the contract rate from the day it was lent; principal of
a line past due, once its grace is over, bears the late rate from the due date on, and penalty on
top; a loan whose principal is paid bears nothing. Interest becomes whole minor units once a line.

Not every loan can be counted this way: `earned` says None where terms or events go beyond it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from tideover.dates import Period
from tideover.loan import (
    Allocation,
    Charged,
    Component,
    Disbursed,
    Event,
    LineState,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    PenaltyBase,
    Rate,
    Refunded,
    Restructured,
    Schedule,
    ScheduleLine,
    Waived,
    build_schedule,
)

_COUNTED = (Disbursed, Paid, Refunded, Charged, Waived, Restructured)


@dataclass(frozen=True, slots=True)
class Earned:
    """Interest and penalty that days have earned, charges left out, in minor units."""

    interest: int
    penalty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The days one schedule was in force: up to `until`, which is no longer one of them.

    `paid` is what its lines were paid, `waived_on` when something was given up; `late_rate` is
    what a line past due bears.
    """

    schedule: Schedule
    lines: tuple[LineState, ...]
    paid: tuple[Allocation, ...]
    waived_on: tuple[date, ...]
    rate: Rate | None
    late_rate: Rate | None
    until: date

    @property
    def is_paid(self) -> bool:
        """Whether nothing is left to pay, of lines still to come either."""
        return not any(line.remaining for line in self.lines)

    @property
    def bearing_until(self) -> date:
        """The day nothing was left to pay, or the end of the stretch."""
        if not self.is_paid:
            return self.until
        days = (*(one.on for one in self.paid), *self.waived_on)
        return min(max(days, default=self.until), self.until)

    def principal_paid(self, number: int) -> Iterator[tuple[date, int]]:
        """When principal of a line was paid, and how much in minor units."""
        for one in self.paid:
            if one.component is Component.PRINCIPAL and one.line_number == number:
                yield one.on, one.amount.minor


def earned(terms: LoanTerms, events: Sequence[Event], state: LoanState) -> Earned | None:
    """What a loan has earned by the day of `state`, or None where this count does not reach.

    `events` are those in force on that day, in any order.
    """
    if not _can_count(terms, events, state):
        return None
    interest = penalty = 0
    for stretch in _stretches(terms, events, state):
        interest += sum(_scheduled(terms, stretch))
        for line in stretch.lines:
            late = _late(terms, stretch, line.line)
            interest += terms.rounding(late)
            penalty += terms.rounding(late * terms.penalty_uplift)
    return Earned(interest, penalty)


def _can_count(terms: LoanTerms, events: Sequence[Event], state: LoanState) -> bool:
    payments = {event.reference for event in events if isinstance(event, Paid)}
    lent = [event for event in events if isinstance(event, Disbursed)]
    return (
        all(isinstance(event, _COUNTED) for event in events)
        and [(one.on, one.amount) for one in lent] == [(terms.disbursed_on, terms.principal)]
        and (terms.method is not Method.FLAT or terms.rate is None)
        and (terms.method is not Method.BULLET or terms.instalments == 1)
        and terms.penalty_base is PenaltyBase.PRINCIPAL
        and not state.refunded_beyond_credit
        # A late payment that made an agreement's figures untrue is told by other checks.
        and all(one.payment_reference in payments for one in state.allocations)
        and not any(_is_beside_fees(event) for event in events)
        and not _is_charged_when_closed(events, state)
        and not any(line.waived.principal for line in (*state.closed_lines, *state.lines))
    )


def _is_beside_fees(event: Event) -> bool:
    fees = (Component.FEE, Component.PENALTY)
    return isinstance(event, Charged) and event.component not in fees


def _is_charged_when_closed(events: Sequence[Event], state: LoanState) -> bool:
    """Whether a fee came after the principal was paid: the line that asks for it earns nothing."""
    if state.outstanding.principal:
        return False
    paid = [one.on for one in state.allocations if one.component is Component.PRINCIPAL]
    closed_on = max(paid, default=state.on)
    return any(isinstance(event, Charged) and event.on >= closed_on for event in events)


def _stretches(terms: LoanTerms, events: Sequence[Event], state: LoanState) -> Iterator[_Stretch]:
    agreements = sorted(
        (event for event in events if isinstance(event, Restructured)), key=lambda event: event.on
    )
    schedules = [build_schedule(terms), *(event.schedule for event in agreements)]
    ends = [*(event.on for event in agreements), state.on]
    lines = _by_schedule((*state.closed_lines, *state.lines), schedules)
    waived_on = tuple(
        event.on
        for event in events
        if isinstance(event, Waived) and event.reference not in state.without_effect
    )
    rate, late_rate, rest = terms.rate, terms.late_rate, list(state.allocations)
    for place, schedule in enumerate(schedules):
        if place and agreements[place - 1].rate is not None:
            rate = late_rate = agreements[place - 1].rate
        mine = _taken_from(rest, lines[place], is_last=place == len(agreements))
        yield _Stretch(
            schedule=schedule,
            lines=lines[place],
            paid=tuple(mine),
            waived_on=waived_on,
            rate=rate,
            late_rate=late_rate,
            until=ends[place],
        )


def _by_schedule(
    lines: Iterable[LineState], schedules: Sequence[Schedule]
) -> list[tuple[LineState, ...]]:
    """The line states of each schedule, which follow each other in the order of the schedules."""
    rest = iter(lines)
    return [tuple(line for _, line in zip(one.lines, rest, strict=False)) for one in schedules]


def _taken_from(
    rest: list[Allocation], lines: Sequence[LineState], *, is_last: bool
) -> list[Allocation]:
    """The allocations of one schedule: they come first, and add up to what its lines were paid."""
    if is_last:
        return rest
    open_minor = sum(line.paid.total.minor for line in lines)
    taken: list[Allocation] = []
    while rest and open_minor > 0:
        taken.append(rest.pop(0))
        open_minor -= taken[-1].amount.minor
    return taken


def _scheduled(terms: LoanTerms, stretch: _Stretch) -> Iterator[int]:
    """The interest each line has earned by the end of the stretch on principal not yet due."""
    balance, carried_in = stretch.schedule.opening_balance.minor, 0
    until = stretch.bearing_until
    for line, told in zip(stretch.schedule.lines, stretch.lines, strict=True):
        carried_out = line.carried_interest.minor if line.carried_interest is not None else 0
        accrued = terms.rounding(balance * _factor(terms, stretch.rate, line.period, until=until))
        if line.due_date <= until:
            yield carried_in + accrued - carried_out
        else:
            # Interest paid before it is earned is income of the day it is paid. Of a loan paid out
            # nothing is: what such a line took then was carried from before the agreement.
            ahead = (told.paid + told.waived).interest.minor
            asked = line.interest.minor if until == stretch.until and not stretch.is_paid else 0
            has_begun = line.period.start <= until
            yield max(carried_in + accrued if has_begun else 0, min(ahead, asked))
        balance -= line.principal.minor
        carried_in = carried_out


def _factor(terms: LoanTerms, rate: Rate | None, period: Period, *, until: date) -> Fraction:
    """The interest on one unit over the days of a period before `until`."""
    end = min(period.end, until)
    if rate is None or end <= period.start:
        return Fraction(0)
    is_whole = end == period.end and terms.is_whole_step(period.start, period.end)
    if is_whole and rate == terms.rate:
        return terms.factor(period, is_whole=True)
    return rate.over(Period(period.start, end))


def _late(terms: LoanTerms, stretch: _Stretch, line: ScheduleLine) -> Fraction:
    """The late interest of a line by the end of the stretch, exact."""
    grace_until = line.due_date + timedelta(days=terms.grace_days)
    if stretch.until <= grace_until or stretch.late_rate is None:
        return Fraction(0)
    # What is paid while the grace lasts counts as paid on the due date.
    paid = sorted(
        (on if on > grace_until else line.due_date, minor)
        for on, minor in stretch.principal_paid(line.number)
    )
    turns = [(line.due_date, 0), *paid, (stretch.until, 0)]
    unpaid, late = line.principal.minor, Fraction(0)
    for (start, minor), (end, _) in pairwise(turns):
        unpaid -= minor
        if unpaid and start < end:
            late += unpaid * stretch.late_rate.over_late(Period(start, end))
    return late
