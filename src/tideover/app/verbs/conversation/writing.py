"""Writing a message: the borrower at any time after handing in, the agent who has the case."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Borrower, Case, CaseNote, Scope
from tideover.app.verbs.acting import demand_scope
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import (
    add_note,
    carry_out,
    folded,
    lock_for_staff,
    lock_theirs,
    note_digest,
)
from tideover.app.verbs.case.screening import FROM_BORROWER, messages_stream
from tideover.app.verbs.reading.fields import FieldMissing, TextTooLong
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.cases import CaseState
from tideover.cases.commands import AnswerTalk
from tideover.cases.refusals import NotTheAgent
from tideover.money import Refusal

MESSAGE_LENGTH_MAX = 4_000
"""Two full pages; more belongs into a file."""

_HOUR_MAX = 20
_SAME_WITHIN = timedelta(days=1)


class SameMessage(Refusal):
    """The same words arrived on this case not long ago."""

    code: ClassVar[str] = "same-message"

    def __init__(self, at: datetime) -> None:
        self.at = at
        when = at.astimezone(clock.BUSINESS_ZONE)
        super().__init__(
            f"these words arrived on {when:%Y-%m-%d at %H:%M} and are with us; you need not send "
            "them again. If something has changed, write what is new.",
            f"这段话已在 {when:%m月%d日 %H:%M} 收到，不用重复发送。"
            "如果情况有变化，请写下新的内容。",
        )


class TooManyMessages(Refusal):
    """More messages came in an hour than anybody can read."""

    code: ClassVar[str] = "too-many-messages"

    def __init__(self, count_max: int) -> None:
        super().__init__(
            f"{count_max} messages arrived within an hour and all of them are kept; write the next "
            "one later, or call the hotline",
            f"一小时内已收到 {count_max} 条留言，都已保存；请稍后再写，或拨打官方热线",
        )


def write(
    borrower: Borrower, number: str, text: str, *, key: str, channel: str = "portal"
) -> CaseNote:
    """Put the borrower's message into the thread; one that looks like a scam is flagged as well.

    Raises:
        FieldMissing, TextTooLong: there are no words, or too many.
        SameMessage, TooManyMessages: it is here already; more came than can be read.
        NotFound: the case is not theirs, or was never handed in.
    """
    demand_scope(borrower, Scope.ANSWER)
    words = _words(text)

    def effect() -> dict[str, Any]:
        case = lock_theirs(borrower, number)
        if case.submitted_at is None:
            raise NotFound("case")
        _refuse_flood(case, words)
        note = add_note(
            case, author=borrower.hand, kind="message", text=words, at=clock.now(),
            channel=channel,
        )  # fmt: skip
        _tell_log(note, kind="message.received")
        return {"note": str(note.pk)}

    answered = run_once(
        effect,
        actor=borrower.actor,
        command="conversation.write",
        key=key,
        request={"case": number, "text": note_digest(words), "channel": channel},
    )
    return CaseNote.objects.get(pk=answered["note"])


def reply(agent: Account, number: str, text: str, *, key: str, channel: str = "portal") -> CaseNote:
    """Answer in the thread; the borrower's phone says that there is an answer.

    Where the borrower had asked to talk, this is the answer to it.

    Raises:
        UnsafeMessage: it holds what the lender never writes; nothing was sent.
        NotTheAgent: somebody else has the case, or nobody.
        FieldMissing, TextTooLong, NotFound.
    """
    words = _words(text)

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        told, at = folded(case), clock.now()
        if told.agent != agent.login:
            raise NotTheAgent(told, agent.login)
        is_answer = told.wants_to_talk and told.state is not CaseState.SUBMITTED
        if is_answer:
            carry_out(case, AnswerTalk(note_digest(words), at=at, actor=agent.login), before=told)
        kind = "answer" if is_answer else "reply"
        note = add_note(case, author=agent, kind=kind, text=words, at=at, channel=channel)
        _tell_log(note, kind="message.sent")
        notices.answered(case, key=str(note.pk))
        return {"note": str(note.pk)}

    answered = run_once(
        effect,
        actor=agent.login,
        command="conversation.reply",
        key=key,
        request={"case": number, "text": note_digest(words)},
    )
    return CaseNote.objects.get(pk=answered["note"])


def _words(text: str) -> str:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
        raise FieldMissing("your message", "留言内容")
    if len(words) > MESSAGE_LENGTH_MAX:
        raise TextTooLong(len(words), MESSAGE_LENGTH_MAX)
    return words


def _refuse_flood(case: Case, words: str) -> None:
    now = clock.now()
    theirs = CaseNote.objects.filter(case=case, kind__in=FROM_BORROWER)
    same = theirs.filter(digest=note_digest(words), at__gt=now - _SAME_WITHIN).first()
    if same is not None:
        raise SameMessage(same.at)
    if theirs.filter(at__gt=now - timedelta(hours=1)).count() >= _HOUR_MAX:
        raise TooManyMessages(_HOUR_MAX)


def _tell_log(note: CaseNote, *, kind: str) -> None:
    log.append(
        messages_stream(note.case),
        kind=kind,
        body={"note": str(note.pk), "digest": note.digest, "channel": note.channel},
        at=note.at,
        actor=note.author.login,
    )
