"""Closing a warning about a message: a person says what was found."""

from typing import Any
from uuid import UUID

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Case, CaseFlag
from tideover.app.verbs.case.rows import lock_for_staff, note_digest
from tideover.app.verbs.case.screening import messages_stream
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right

_CLOSING = ("what you found", "核实结果")


def close_flag(agent: Account, number: str, flag_id: UUID, *, note: str, key: str) -> None:
    """Close a warning with a note that says what was found; a closed one stays closed.

    Raises:
        FieldMissing, TextTooLong: about the note.
        NotFound: there is no such flag on a case of theirs.
    """
    words = fields.needed_text(
        {"note": note}, "note", label=_CLOSING, length_max=fields.TEXT_LENGTH_MAX
    )

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.CLOSE_FLAGS)
        flag = CaseFlag.objects.filter(case=case, pk=flag_id).first()
        if flag is None:
            raise NotFound("flag")
        if flag.closed_at is None:
            _close(flag, case, agent=agent, words=words)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="conversation.close_flag",
        key=key,
        request={"case": number, "flag": str(flag_id), "note": note_digest(words)},
    )


def _close(flag: CaseFlag, case: Case, *, agent: Account, words: str) -> None:
    flag.closed_at, flag.closed_by, flag.closing = clock.now(), agent, words
    flag.save()
    still_open = CaseFlag.objects.filter(case=case, closed_at__isnull=True).count()
    Case.objects.filter(pk=case.pk).update(flags_open=still_open)
    log.append(
        messages_stream(case),
        kind="message.flag.closed",
        body={"flag": str(flag.pk), "note": note_digest(words)},
        at=flag.closed_at,
        actor=agent.login,
    )
