"""Which notices of a plan belong to a day, and on which day there is something to look at again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tideover.agreements.keeping.judging import KeepingRules, PlanJudgement
from tideover.loan import LoanState


class NoticeKind(StrEnum):
    """What a notice tells."""

    DUE_SOON = "plan-due-soon"
    DUE_TODAY = "plan-due-today"
    MISSED = "plan-missed"
    BREACHED = "plan-breached"
    CURED = "plan-cured"
    COMPLETED = "plan-completed"
    RECEIVED = "plan-received"
    PART_RECEIVED = "plan-part-received"

    @property
    def is_chase(self) -> bool:
        """Whether it asks for money that is late: those are limited to one a day."""
        return self in (NoticeKind.MISSED, NoticeKind.BREACHED)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: what it tells, of which due date; `key` names it, so that it is written once."""

    kind: NoticeKind
    due: date
    days: int = 0

    @property
    def key(self) -> str:
        """Unique among the notices of one plan."""
        return f"{self.due.isoformat()}:{self.days}"


def notices_due(
    state: LoanState, judgement: PlanJudgement, *, rules: KeepingRules
) -> tuple[Notice, ...]:
    """Return the reminders and questions of the day; what breach and cure say is not among them.

    Nothing is said of an instalment that is paid already. What is late is asked after once on each
    of the days policy names, for the oldest missed line only.
    """
    return (*_reminders(state, rules), *_questions(judgement, rules))


def receipt_due(state: LoanState) -> Notice:
    """Return the notice of the day on which money came in: all that is due by now, or a part.

    A part payment is said to be one, in a voice that does not count it as a miss.
    """
    open_lines = (line for line in state.lines if line.due_date <= state.on and line.remaining)
    oldest = next(open_lines, None)
    if oldest is not None:
        return Notice(NoticeKind.PART_RECEIVED, oldest.due_date)
    upcoming = state.next_due
    return Notice(NoticeKind.RECEIVED, upcoming.due_date if upcoming else state.on)


def _reminders(state: LoanState, rules: KeepingRules) -> Iterator[Notice]:
    for line in state.lines:
        days = (line.due_date - state.on).days
        if days < 0 or not line.remaining:
            continue
        if days == 0:
            yield Notice(NoticeKind.DUE_TODAY, line.due_date)
        elif days in rules.before_due_days:
            yield Notice(NoticeKind.DUE_SOON, line.due_date, days)


def _questions(judgement: PlanJudgement, rules: KeepingRules) -> Iterator[Notice]:
    if judgement.missed:
        due = judgement.missed[0].due_date
        days = (judgement.on - due).days
        if days in rules.after_missed_days:
            yield Notice(NoticeKind.MISSED, due, days)


def next_look(state: LoanState, judgement: PlanJudgement, *, rules: KeepingRules) -> date:
    """Return the next day on which the plan can say or become anything if no money comes.

    The day after, while anything is late.
    """
    tomorrow = state.on + timedelta(days=1)
    upcoming = state.next_due
    if judgement.late or upcoming is None:
        return tomorrow
    due = upcoming.due_date
    days = [due - timedelta(days=count) for count in (*rules.before_due_days, 0, -1)]
    return min((day for day in days if day > state.on), default=tomorrow)
