"""What happens when a command about a signed plan reaches its case. They change nothing."""

from datetime import date
from typing import ClassVar

from tideover.cases.case import Case
from tideover.cases.commands import (
    EndAgreement,
    RecordBreach,
    RecordCure,
    SaveSection,
    TellEarly,
)
from tideover.cases.events import (
    AgreementEnded,
    CaseEvent,
    EarlyNoticeGiven,
    PlanBreached,
    PlanCured,
    SectionSaved,
)
from tideover.cases.refusals import UnableToDecide

Events = tuple[CaseEvent, ...]


class TooLateToTellEarly(UnableToDecide):
    """An instalment was to be foretold as a miss after its due date."""

    code: ClassVar[str] = "too-late-to-tell-early"

    def __init__(self, case: Case, due: date) -> None:
        super().__init__(
            f"the instalment of {due} was due already; write to us about case {case.number} "
            f"instead, talking costs nothing",
            f"{due.month}月{due.day}日这一期已经到期；请直接给我们留言（{case.number}），沟通不收费",
        )


class AnswersHandedIn(UnableToDecide):
    """Answers were to be changed after they had been declared true and handed in."""

    code: ClassVar[str] = "answers-handed-in"

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"the answers of case {case.number} were handed in and stay as they are; say in a "
            f"message what has changed",
            f"案件 {case.number} 的内容已提交，不能再改；如有变化，请留言告诉我们",
        )


class StillToCure(UnableToDecide):
    """An agreement was to be ended that is not broken, or that can still be put right."""

    code: ClassVar[str] = "still-to-cure"

    def __init__(self, case: Case) -> None:
        until = case.cure_until
        en = f"can be put right until {until}" if until else "is not broken"
        zh = f"在 {until} 前仍可补救" if until else "没有违约"
        super().__init__(
            f"the agreement of case {case.number} {en}; it cannot be ended before",
            f"案件 {case.number} 的协议{zh}，现在不能终止",
        )


def tell_early(case: Case, command: TellEarly) -> Events:
    """Return that a miss was foretold; the agreement stays in force while it is talked over.

    Raises:
        TooLateToTellEarly: the instalment was due before today.
    """
    if command.due < command.on:
        raise TooLateToTellEarly(case, command.due)
    return (
        EarlyNoticeGiven(
            command.due, command.message_digest, command.answer_by,
            at=command.at, actor=command.actor,
        ),
    )  # fmt: skip


def save_section_again(case: Case, command: SaveSection) -> Events:
    """Return that answers were brought up to date, while a plan is talked over again.

    Raises:
        AnswersHandedIn: this is the first talk; its answers stay as they were declared.
    """
    if case.in_force is None:
        raise AnswersHandedIn(case)
    return (
        SectionSaved(
            command.section, command.answers_digest, command.is_complete,
            at=command.at, actor=command.actor,
        ),
    )  # fmt: skip


def record_breach(case: Case, command: RecordBreach) -> Events:
    """Return the breach; nothing when it is known already."""
    if case.cure_until is not None:
        return ()
    return (PlanBreached(command.missed, command.cure_until, at=command.at, actor=command.actor),)


def record_cure(case: Case, command: RecordCure) -> Events:
    """Return that the breach is put right; nothing when there is none."""
    if case.cure_until is None:
        return ()
    return (PlanCured(at=command.at, actor=command.actor),)


def end_agreement(case: Case, command: EndAgreement) -> Events:
    """Return the end of a broken agreement.

    Raises:
        StillToCure: it is not broken, or it can still be put right.
    """
    if case.cure_until is None or command.on <= case.cure_until:
        raise StillToCure(case)
    return (AgreementEnded(command.on, command.note_digest, at=command.at, actor=command.actor),)
