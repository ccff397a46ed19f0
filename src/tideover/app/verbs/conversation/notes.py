"""Notes of the desk for the desk: the borrower never reads them, nobody edits them."""

from typing import Any

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Case, CaseNote
from tideover.app.verbs.case.rows import add_note, lock_for_staff, note_digest
from tideover.app.verbs.case.screening import messages_stream
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right

NOTE_LENGTH_MAX = 4_000
_KIND = "desk-note"
_NOTE = ("the note", "备注")


def keep_note(account: Account, number: str, text: str, *, key: str) -> None:
    """Keep a note on a case. Raises FieldMissing, TextTooLong and NotFound."""
    words = fields.needed_text({"text": text}, "text", label=_NOTE, length_max=NOTE_LENGTH_MAX)

    def effect() -> dict[str, Any]:
        case, at = lock_for_staff(account, number, right=Right.NOTE), clock.now()
        note = add_note(case, author=account, kind=_KIND, text=words, at=at, channel="desk")
        log.append(
            messages_stream(case),
            kind="desk.noted",
            body={"note": str(note.pk), "digest": note.digest},
            at=at,
            actor=account.login,
        )
        return {}

    run_once(
        effect,
        actor=account.login,
        command="conversation.keep_note",
        key=key,
        request={"case": number, "text": note_digest(words)},
    )


def notes_of(case: Case) -> tuple[CaseNote, ...]:
    """The notes on a case, the latest first; call it for staff who read cases."""
    return tuple(case.notes.filter(kind=_KIND).select_related("author").order_by("-at"))
