"""The household's own book: the statement it gave, kept up by the borrower while a plan runs.

It is the borrower's: no offer, no plan and no agent reads it. It begins as a copy of what the
request said and goes its own way from the first change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tideover.affordability import MonthCapacity, capacity_by_month, months_ahead
from tideover.app import clock
from tideover.app.db.models import Answer, Borrower, Case, Scope
from tideover.app.verbs import loans
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.application.answers import household_of, parse_section
from tideover.app.verbs.application.drafts import asked_of, keep_answer
from tideover.app.verbs.case.rows import lock_theirs, parameters_of
from tideover.app.verbs.reading.fields import storable
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.money import Money, currency
from tideover.policy import Parameters

PARTS: Final = ("income", "outgoings")
_MONTHS = 6
_OWN: Final = "own-"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMonth:
    """A month of the book: its money, what the plan asks for, and what is left after all of it."""

    money: MonthCapacity
    due: Money
    left: Money

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.money.month


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The statement as the borrower keeps it, and the months ahead by it."""

    case_number: str
    parts: Mapping[str, Mapping[str, Any]]
    months: tuple[BookMonth, ...]


def book(borrower: Borrower, reference: str) -> Book:
    """The book of one of the borrower's loans. Raises NotFound where there is no statement."""
    view = loans.loan_view(borrower, reference, clock.today())
    if view.case is None:
        raise NotFound("book")
    parts = {part: _part(view.case, part) for part in PARTS}
    if not all(parts.values()):
        raise NotFound("book")
    months = _months(view, parts, parameters=parameters_of(view.case))
    return Book(case_number=view.case.number, parts=parts, months=months)


def change_book(
    borrower: Borrower, case_number: str, part: str, raw: Mapping[str, Any], *, key: str
) -> None:
    """Keep a part of the book.

    Raises:
        AnswerProblems: field by field what needs another look.
        NotFound: the case is not theirs, or there is no such part.
    """
    demand_scope(borrower, Scope.ANSWER)
    if part not in PARTS:
        raise NotFound("part")

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, case_number)
        typed = storable(raw)
        clean = parse_section(part, typed, asked=asked_of(case))
        record = {"raw": dict(typed), "clean": clean, "is_checked": True}
        keep_answer(case, f"{_OWN}{part}", record=record, at=clock.now())
        return {}

    run_once(
        effect,
        actor=borrower.actor,
        command="household_book.change",
        key=key,
        request={"case": case_number, "part": part, "answers": storable(raw)},
    )


def _part(case: Case, part: str) -> Mapping[str, Any]:
    kept = Answer.objects.filter(case=case, section__in=(part, f"{_OWN}{part}"))
    records = {answer.section: answer.record["clean"] for answer in kept}
    return dict(records.get(f"{_OWN}{part}") or records.get(part) or {})


def _months(
    view: loans.LoanView, parts: Mapping[str, Any], *, parameters: Parameters
) -> tuple[BookMonth, ...]:
    today = clock.today()
    unit = currency(view.loan.currency)
    living = household_of(parts["income"], parts["outgoings"], unit)
    dues: dict[date, Money] = {}
    for line in view.state.lines:
        month = max(line.due_date, today).replace(day=1)
        dues[month] = dues.get(month, Money.zero(unit)) + line.remaining.total
    months = months_ahead(today, count=_MONTHS)
    ahead = capacity_by_month(living, months=months, parameters=parameters)
    found = []
    for one in ahead:
        due = dues.get(one.month, Money.zero(unit))
        left = one.income - one.outgoings - one.other_debts - due
        found.append(BookMonth(money=one, due=due, left=left))
    return tuple(found)
