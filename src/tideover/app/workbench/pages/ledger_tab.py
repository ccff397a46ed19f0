"""The books of the loan: what is owed today, line by line, and every entry."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.agreements import plan_progress
from tideover.app.verbs import assessment, keeping
from tideover.loan import LineState, LineStatus
from tideover.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of the schedule in force; `asked` is all of it, carried and late sums included."""

    number: int
    due_date: date
    asked: Money
    paid: Money
    remaining: Money
    status: str
    is_late: bool


def ledger_context(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    """Return what is owed with its past-due part, the schedule, and entries, newest first."""
    return {
        "owed": file.loan_state.outstanding,
        "past_due": file.loan_state.past_due,
        "journal": tuple((_reference(line), line) for line in reversed(file.journal)),
        "lines": tuple(_line(each) for each in file.loan_state.lines),
    }


def agreement_context(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    """Return how far the plan has come, once there is one."""
    state, review = file.loan_state, keeping.task_of(file.case)
    if state.restructured_on is None:
        return {"progress": None}
    return {
        "progress": plan_progress(state.schedule, state),
        "review": review,
        "review_said": _WORDS[review.word]() if review is not None else "",
    }


_WORDS = {
    "": lambda: _("The borrower has not answered: ask how things are."),
    "same": lambda: _("The borrower says that things are about the same."),
    "better": lambda: _("The borrower says that things are better: look at a shorter plan."),
    "harder": lambda: _("The borrower says that things are harder: work out another plan."),
}


def _reference(line: assessment.JournalLine) -> str:
    """Return the number of a payment or an agreement; the engine's own names say nothing here."""
    return line.reference if line.reference == line.reference.upper() else ""


def _line(each: LineState) -> LedgerLine:
    return LedgerLine(
        number=each.number,
        due_date=each.due_date,
        asked=(each.paid + each.waived + each.remaining).total,
        paid=each.paid.total,
        remaining=each.remaining.total,
        status=status_words(each.status),
        is_late=each.status is LineStatus.PAST_DUE,
    )


def status_words(status: LineStatus) -> str:
    """Return where a line of the schedule stands."""
    return {
        LineStatus.PAID: _("paid"),
        LineStatus.PART_PAID: _("part paid"),
        LineStatus.PAST_DUE: _("past due line"),
        LineStatus.DUE: _("due today"),
        LineStatus.FUTURE: _("to come"),
    }[status]
