"""The forbearance status of European supervisors: cure, probation and what throws a loan back.

Source: EBA ITS on forbearance and non-performing exposures (Commission Implementing Regulation
(EU) 2021/451, Annex V, 213 to 268) and the questions 2014_1018 and 2015_1842.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tideover.dates import add_months
from tideover.policy import Parameters, Words


class Forbearance(StrEnum):
    """Where a loan stands after concessions for financial difficulty."""

    NONE = "none"
    NON_PERFORMING = "non-performing"
    PROBATION = "probation"

    @property
    def words(self) -> Words:
        """The status for people."""
        return _WORDS[self]


_WORDS = {
    Forbearance.NONE: Words("无宽容措施", "not forborne"),
    Forbearance.NON_PERFORMING: Words("宽容措施（不良，治愈期）", "forborne, non-performing"),
    Forbearance.PROBATION: Words("宽容措施（正常，考察期）", "forborne, performing on probation"),
}


@dataclass(frozen=True, slots=True, order=True)
class LateOn:
    """How many days past due the loan was on a day."""

    on: date
    days_past_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbearanceFacts:
    """The days of the measures, whether the loan was non-performing at each, and its lateness.

    `late` is lateness at regular days, month's ends for example, in order.
    """

    measures: tuple[tuple[date, bool], ...]
    late: tuple[LateOn, ...] = ()


@dataclass(slots=True)
class _Run:
    """Where the loan stands while the facts are gone through, day by day."""

    status: Forbearance = Forbearance.NONE
    since: date = date.min
    was_non_performing: bool = False


def forbearance_on(
    facts: ForbearanceFacts, day: date, *, parameters: Parameters
) -> tuple[Forbearance, date | None]:
    """Return the status on `day` and since when it holds (None without any measure).

    A measure on a non-performing loan opens a cure period; when it is over with nothing past due,
    probation follows. A measure on a performing loan opens probation at once. On probation after
    cure, another measure or more than the tolerated days past due make it non-performing again; so
    do the days of default at any time. Probation ends when its time is over and nothing is late.
    """
    run = _Run()
    happened: list[tuple[date, int, bool | int]] = [
        *((on, 0, was) for on, was in facts.measures),
        *((seen.on, 1, seen.days_past_due) for seen in facts.late),
    ]
    for on, kind, value in sorted(happened):
        if on > day:
            break
        if kind == 0:
            _measure(run, on, is_non_performing=bool(value))
        else:
            _look(run, on, late=int(value), parameters=parameters)
    return run.status, None if run.since == date.min else run.since


def _measure(run: _Run, on: date, *, is_non_performing: bool) -> None:
    falls_back = run.status is Forbearance.PROBATION and run.was_non_performing
    if is_non_performing or falls_back or run.status is Forbearance.NON_PERFORMING:
        run.status, run.since, run.was_non_performing = Forbearance.NON_PERFORMING, on, True
    else:
        run.status, run.since = Forbearance.PROBATION, on


def _look(run: _Run, on: date, *, late: int, parameters: Parameters) -> None:
    if run.status is Forbearance.NONE:
        return
    tolerated = parameters.integer("forbearance.probation_days_past_due_max")
    falls_back = run.status is Forbearance.PROBATION and run.was_non_performing and late > tolerated
    if late > parameters.integer("forbearance.default_days") or falls_back:
        if run.status is not Forbearance.NON_PERFORMING:
            run.since = on
        run.status, run.was_non_performing = Forbearance.NON_PERFORMING, True
        return
    if late:
        return
    cured_on = add_months(run.since, parameters.integer("forbearance.cure_months"))
    if run.status is Forbearance.NON_PERFORMING and on >= cured_on:
        run.status, run.since = Forbearance.PROBATION, on
        return
    free_on = add_months(run.since, parameters.integer("forbearance.probation_months"))
    if run.status is Forbearance.PROBATION and on >= free_on:
        run.status, run.since, run.was_non_performing = Forbearance.NONE, on, False
