"""The lines of a loan made anew from a day on, by the builder that made the first ones.

What differs from a new loan: due dates are given; interest earned before that day and not yet due
is asked by the first line, and bears none itself; days of a pause bear no interest; a period that
was under way goes on, so that its two pieces are the whole; and fees and flat interest go on
counting on what was lent, not on what is left of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from tideover.dates import Period
from tideover.loan._factors import Factors
from tideover.loan._level import Parts, level_parts
from tideover.loan.building import (
    factors_of,
    fee_of,
    level_factors,
    level_instalment,
    parts_by_method,
)
from tideover.loan.rates import Rate
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.loan.terms import LoanTerms, Method
from tideover.money import Money

_NOTHING: Final = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the lines from a day on are made from, in minor units.

    `terms` say principal, method, rate and the day the lines start (`disbursed_on`). `earned` is
    interest earned before that day, `begun` the day the period under way began, `base` what fees
    and flat interest count on, `number` that of the first line.
    """

    terms: LoanTerms
    due_dates: tuple[date, ...]
    begun: date
    base: int
    earned: int = 0
    number: int = 1
    pauses: tuple[Period, ...] = ()


def bearing_days(period: Period, pauses: Iterable[Period]) -> int:
    """Return how many days of `period` lie in none of the pauses."""
    return sum(piece.days for piece in bearing_pieces(period, pauses))


def bearing_pieces(period: Period, pauses: Iterable[Period]) -> tuple[Period, ...]:
    """Return the stretches of `period` that lie in none of the pauses, in order."""
    pieces = [period]
    for pause in pauses:
        pieces = [
            Period(start, end)
            for piece in pieces
            for start, end in (
                (piece.start, min(piece.end, pause.start)),
                (max(piece.start, pause.end), piece.end),
            )
            if start < end
        ]
    return tuple(pieces)


def factor_since(rate: Rate, period: Period, *, begun: date) -> Fraction:
    """Return the interest on one unit over `period`, a piece of a stretch that began at `begun`.

    Pieces add up to the whole by every day count: a piece is the stretch to its end, less the
    stretch to its start.
    """
    if begun >= period.start:
        return rate.over(period)
    whole, before = rate.over(Period(begun, period.end)), rate.over(Period(begun, period.start))
    return max(whole - before, _NOTHING)


def rebuilt_schedule(course: Course) -> Schedule:
    """Return the lines of `course`; their principal adds up to the principal of its terms."""
    terms = course.terms
    periods = _periods(terms.disbursed_on, course.due_dates)
    parts = _parts(course, Factors.of(_factors(course, periods)))
    fee = fee_of(replace(terms, principal=_base(course))) if terms.fee_rate else 0
    parts = [(principal, interest, fee, carried) for principal, interest, _, carried in parts]
    lines = _lines(terms.principal, periods, parts, number=course.number)
    return Schedule(terms.principal, terms.disbursed_on, lines)


def _periods(start: date, due_dates: Sequence[date]) -> tuple[Period, ...]:
    return tuple(map(Period, (start, *due_dates[:-1]), due_dates))


def _base(course: Course) -> Money:
    return Money(max(course.base, 1), course.terms.currency)


def bare_schedule(
    principal: Money,
    due_dates: Sequence[date],
    *,
    start: date,
    earned: int,
    fee: int,
    number: int,
) -> Schedule:
    """Return lines of which the first asks for everything at once, and the others for nothing.

    `principal` may be zero, and the first due date the start, neither of which terms can have.
    """
    first: Parts = (principal.minor, earned, fee, 0)
    parts = [first, *[(0, 0, 0, 0)] * (len(due_dates) - 1)]
    periods = _periods(start, due_dates)
    return Schedule(principal, start, _lines(principal, periods, parts, number=number))


def _factors(course: Course, periods: Sequence[Period]) -> tuple[Fraction, ...]:
    terms, first = course.terms, periods[0]
    rate = terms.rate
    factors = factors_of(terms, periods)
    if course.begun < first.start and rate is not None:
        is_whole = terms.is_whole_step(course.begun, first.end)
        whole = terms.factor(Period(course.begun, first.end), is_whole=is_whole)
        rest = max(whole - rate.over(Period(course.begun, first.start)), _NOTHING)
        factors = (rest, *factors[1:])
    if not course.pauses:
        return factors
    return tuple(
        factor * bearing_days(period, course.pauses) / period.days
        for factor, period in zip(factors, periods, strict=True)
    )


def _parts(course: Course, factors: Factors) -> list[Parts]:
    terms, earned = course.terms, course.earned
    if terms.method is Method.FLAT:
        parts = _flat(course, factors)
    elif terms.method is Method.LEVEL and not (terms.grace_on_principal or terms.grace_on_interest):
        long = level_factors(terms, factors)
        level = level_instalment(terms, long, carried=earned)
        return level_parts(
            terms.principal.minor, factors, instalment=level, rounding=terms.rounding, fee=0,
            carried=earned,
        )  # fmt: skip
    else:
        parts = parts_by_method(terms, factors)
    return _with_earned(terms, parts, earned)


def _flat(course: Course, factors: Factors) -> list[Parts]:
    """Interest of flat lines counts on the base; principal comes back in even parts."""
    terms = course.terms
    on_base = replace(terms, principal=_base(course))
    left, grace = terms.principal.minor, terms.grace_on_principal
    share = terms.rounding.of(left, terms.instalments - grace)
    lines: list[Parts] = []
    made = parts_by_method(on_base, factors)
    for place, (_, interest, _, carried) in enumerate(made, start=1):
        part = 0 if place <= grace else min(share, left)
        part = left if place == terms.instalments else part
        lines.append((part, interest, 0, carried))
        left -= part
    return lines


def _with_earned(terms: LoanTerms, parts: list[Parts], earned: int) -> list[Parts]:
    """Let the first line that asks for interest ask for what was earned before, too."""
    is_bullet = terms.method is Method.BULLET
    asking = terms.instalments - 1 if is_bullet else terms.grace_on_interest
    for place in range(asking):
        principal, interest, fee, carried = parts[place]
        parts[place] = (principal, interest, fee, carried + earned)
    principal, interest, fee, carried = parts[asking]
    parts[asking] = (principal, interest + earned, fee, carried)
    return parts


def _lines(
    principal: Money, periods: Sequence[Period], parts: Sequence[Parts], *, number: int
) -> tuple[ScheduleLine, ...]:
    currency, balance = principal.currency, principal.minor
    lines = []
    for place, (period, part) in enumerate(zip(periods, parts, strict=True)):
        share, interest, fee, carried = part
        balance -= share
        lines.append(
            ScheduleLine(
                number=number + place,
                period=period,
                due_date=period.end,
                principal=Money(share, currency),
                interest=Money(interest, currency),
                fee=Money(fee, currency),
                closing_balance=Money(balance, currency),
                carried_interest=Money(carried, currency) if carried else None,
            )
        )
    return tuple(lines)
