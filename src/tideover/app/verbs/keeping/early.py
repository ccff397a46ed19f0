"""The borrower says beforehand that an instalment will not be managed."""

from datetime import date
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Borrower, Case, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.books import loan_events
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    folded,
    lock_theirs,
    note_digest,
    promise,
)
from tideover.app.verbs.keeping.words import early_notice_words
from tideover.app.verbs.reading.fields import TEXT_LENGTH_MAX, TextTooLong
from tideover.app.verbs.receipts import run_once
from tideover.cases.commands import TellEarly
from tideover.money import Refusal


class NothingDue(Refusal):
    """There is no instalment left to speak of."""

    code: ClassVar[str] = "nothing-due"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"no instalment of {case.number} is still to come; if you need help, write to us",
            f"{case.number} 已没有未到期的分期；如果需要帮助，请给我们留言",
        )


def tell_early(borrower: Borrower, number: str, message: str, *, key: str) -> date:
    """Say that the next instalment will be hard; return by when somebody answers.

    The case goes back to its agent, who works out new offers within what policy still allows for
    this loan. The agreement stays in force meanwhile: nothing is charged, nobody chases, and the
    plan cannot break while it is talked over.

    Raises:
        NothingDue: nothing is still to come.
        TextTooLong: more words than are kept.
        CommandNotAllowed: no agreement is in force, or it is talked over already.
        NotFound: the case is not theirs.
    """
    demand_scope(borrower, Scope.ANSWER)
    if len(message) > TEXT_LENGTH_MAX:
        raise TextTooLong(len(message), TEXT_LENGTH_MAX)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        lock_loan(case.loan.reference)
        return {"answer_by": tell_of(case, borrower, message).isoformat()}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="keeping.tell_early",
        key=key,
        request={"case": number, "message": note_digest(message)},
    )
    return date.fromisoformat(answer["answer_by"])


def tell_of(case: Case, borrower: Borrower, message: str) -> date:
    """Say it of a case that is locked with its loan; see `tell_early`."""
    told, at, today = folded(case), clock.now(), clock.today()
    upcoming = loan_events.state(case.loan, today).next_due
    if upcoming is None:
        raise NothingDue(case)
    answer_by = promise(case)
    command = TellEarly(
        today, upcoming.due_date, note_digest(message), answer_by,
        at=at, actor=borrower.actor,
    )  # fmt: skip
    told = carry_out(case, command, before=told)
    if message.strip():
        add_note(case, author=borrower.hand, kind="early-notice", text=message, at=at)
    words = early_notice_words(case.number, answer_by)
    notices.send(case, kind="early-notice", words=words, key=str(told.version))
    return answer_by
