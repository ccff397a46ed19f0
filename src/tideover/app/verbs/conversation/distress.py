"""Somebody may harm themselves: help is shown, a person calls, and nobody chases.

It works for an application that was not sent yet too: the words wait for nothing.
"""

from typing import Any

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Borrower, CallBack, CaseFlag, CaseNote
from tideover.app.verbs.case.rows import lock_theirs, note_digest
from tideover.app.verbs.case.screening import DISTRESS, flag_distress, messages_stream
from tideover.app.verbs.conversation.telephone import next_slot
from tideover.app.verbs.receipts import run_once

_CALL = (
    "可能处于危机：请由受过培训的同事联系，先关心人，不谈欠款 · "
    "Possible distress: a trained colleague calls, about the person and not the debt"
)


def hear_distress(borrower: Borrower, number: str, words: str, *, key: str) -> bool:
    """Flag the case for a trained person, who calls at the next moment; return whether it was new.

    `words` are what was written or ticked; only staff read them. While the flag is open nobody
    chases this borrower, and hearing more of it opens no second one. Raises NotFound.
    """

    def effect() -> dict[str, Any]:
        case, at = lock_theirs(borrower, number), clock.now()
        if CaseFlag.objects.filter(case=case, verdict=DISTRESS, closed_at__isnull=True).exists():
            return {"is_new": False}
        note = CaseNote.objects.create(
            case=case, author=borrower.hand, kind=DISTRESS, text=words, at=at,
            digest=note_digest(words),
        )  # fmt: skip
        flag_distress(note, quote=words)
        call = CallBack.objects.create(
            borrower=borrower, phone=borrower.phone, note=f"{number} · {_CALL}",
            call_at=next_slot(at), asked_at=at, asked_by=borrower.hand,
        )  # fmt: skip
        log.append(
            messages_stream(case),
            kind="message.distress.heard",
            body={"note": str(note.pk), "call": str(call.pk), "call_at": call.call_at.isoformat()},
            at=at,
            actor=borrower.actor,
        )
        return {"is_new": True}

    answered = run_once(
        effect,
        actor=borrower.actor,
        command="conversation.hear_distress",
        key=key,
        request={"case": number, "words": note_digest(words)},
    )
    return bool(answered["is_new"])
