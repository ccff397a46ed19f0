"""What a borrower says to the lender, and what the lender answers."""

from datetime import date, timedelta
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db.models import Account, Borrower, Case, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    demand_version,
    folded,
    lock_for_staff,
    lock_theirs,
    note_digest,
    parameters_of,
    promise,
)
from tideover.app.verbs.reading.fields import TEXT_LENGTH_MAX, FieldMissing, TextTooLong
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState
from tideover.cases.commands import AnswerTalk, AskForReview, AskToTalk
from tideover.money import Refusal


class ReviewTooLate(Refusal):
    """A refusal is to be looked at again after the days for it are over."""

    code: ClassVar[str] = "review-too-late"

    def __init__(self, case: Case, *, until: date) -> None:
        super().__init__(
            f"case {case.number} could be reviewed until {until}; open a new application instead",
            f"案件 {case.number} 的复核申请截止到 {until}；请重新提交一份申请",
        )


class AnotherCaseOpen(Refusal):
    """A refusal is to be looked at again while a newer case of the loan is open."""

    code: ClassVar[str] = "another-case-open"

    def __init__(self, case: Case, other: Case) -> None:
        super().__init__(
            f"case {other.number} about the same loan is open; go on there instead of a review "
            f"of {case.number}",
            f"同一笔贷款的案件 {other.number} 正在处理；请在那里继续，不必复核 {case.number}",
        )


def ask_to_talk(borrower: Borrower, number: str, message: str, *, key: str) -> date:
    """Say that none of it fits, or anything else; return by when somebody answers.

    Offers that have lapsed go off the table and the case back to its agent; a refused case goes
    to another agent for review.

    Raises:
        FieldMissing, TextTooLong: there are no words, or too many.
        ReviewTooLate, AnotherCaseOpen: a refusal cannot be reviewed any more.
        CommandNotAllowed: the case is over.
        NotFound: the case is not theirs.
    """
    demand_scope(borrower, Scope.ANSWER)
    demand_words(message)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        told = folded(case)
        if told.state is CaseState.DECLINED:
            _demand_reviewable(case, told)
        answer_by = promise(case)
        kind = AskForReview if told.state is CaseState.DECLINED else AskToTalk
        at = clock.now()
        command = kind(note_digest(message), answer_by, at=at, actor=borrower.actor)
        told = carry_out(case, command, before=told)
        add_note(case, author=borrower.hand, kind="talk", text=message, at=at)
        notices.talk_received(case, answer_by=answer_by, key=str(told.version))
        return {"answer_by": answer_by.isoformat()}

    answer = run_once(
        effect,
        actor=borrower.actor,
        command="offering.ask_to_talk",
        key=key,
        request={"case": number, "message": note_digest(message)},
    )
    return date.fromisoformat(answer["answer_by"])


def answer(agent: Account, number: str, text: str, *, version: int, key: str) -> None:
    """Answer the borrower in the case; a text message says that there is an answer.

    Raises:
        StaleVersion, NotTheAgent, CommandNotAllowed, NotFound; FieldMissing and TextTooLong.
    """
    demand_words(text)

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        told = folded(case)
        demand_version(case, told, version)
        command = AnswerTalk(note_digest(text), at=clock.now(), actor=agent.login)
        told = carry_out(case, command, before=told)
        add_note(case, author=agent, kind="answer", text=text, at=command.at)
        notices.answered(case, key=str(told.version))
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="assessment.answer",
        key=key,
        request={"case": number, "version": version, "text": note_digest(text)},
    )


def demand_words(text: str) -> None:
    """Refuse a message without words, or with too many. Raises FieldMissing and TextTooLong."""
    if not text.strip():
        raise FieldMissing("your message", "留言内容")
    if len(text) > TEXT_LENGTH_MAX:
        raise TextTooLong(len(text), TEXT_LENGTH_MAX)


def _demand_reviewable(case: Case, told: CaseFold) -> None:
    until = told.last_at.astimezone(clock.BUSINESS_ZONE).date()
    until += timedelta(days=parameters_of(case).integer("review.days"))
    if clock.today() > until:
        raise ReviewTooLate(case, until=until)
    other = Case.objects.filter(loan=case.loan, is_open=True).first()
    if other is not None:
        raise AnotherCaseOpen(case, other)
