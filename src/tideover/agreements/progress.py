"""Expected against received: how a plan stands on a day."""

from dataclasses import dataclass
from datetime import date

from tideover.loan import Components, LineState, LineStatus, LoanState, Schedule
from tideover.money import Money

__all__ = ["PlanProgress", "plan_progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """How far a plan has come.

    `received` is what was paid toward its lines, `expected` what had fallen due by the day;
    `past_due` is the part of it not received. `remaining` is what the lines still ask for.
    `next_amount` is everything to pay by the next due date, what is past due included.
    """

    on: date
    total_count: int
    paid_count: int
    expected: Money
    received: Money
    past_due: Money
    days_past_due: int
    remaining: Money
    next_due: date | None
    next_amount: Money
    latest_due: date
    is_settled: bool
    lines: tuple[LineState, ...]

    @property
    def is_on_track(self) -> bool:
        """Whether nothing is past due."""
        return not self.past_due


def plan_progress(schedule: Schedule, state: LoanState) -> PlanProgress:
    """Return how the plan whose schedule is `schedule` stands in `state`.

    Raises:
        AnotherSchedule: `schedule` is not the active one of `state`.
    """
    if schedule != state.schedule:
        raise AnotherSchedule(schedule, state)
    none = Components.zero(schedule.currency)
    lines = state.lines
    due = [line for line in lines if line.due_date <= state.on]
    received = sum((line.paid for line in lines), start=none).total
    remaining = sum((line.remaining for line in lines), start=none).total
    upcoming = state.next_due
    asked = (line.paid + line.waived + line.remaining for line in due)
    return PlanProgress(
        on=state.on,
        total_count=len(lines),
        paid_count=sum(line.status is LineStatus.PAID for line in lines),
        expected=sum(asked, start=none).total,
        received=received,
        past_due=state.past_due.total,
        days_past_due=state.days_past_due,
        remaining=remaining,
        next_due=upcoming.due_date if upcoming else None,
        next_amount=state.past_due.total + (upcoming.remaining if upcoming else none).total,
        latest_due=schedule.maturity_date,
        is_settled=state.is_settled,
        lines=lines,
    )


class AnotherSchedule(ValueError):
    """Progress was asked of a schedule that is not the active one: a slip of the caller's."""

    def __init__(self, schedule: Schedule, state: LoanState) -> None:
        super().__init__(
            f"the schedule from {schedule.start} is not the active one on {state.on}, which counts "
            f"from {state.schedule.start}"
        )
