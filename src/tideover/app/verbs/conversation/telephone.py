"""The telephone: who calls, what was said, and when somebody is called back.

A call back lies in the hours when people are in, outside the quiet hours of the policy book, on a
working day: it is never promised for a moment when the lender may not call.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Account, Borrower, CallBack, Case
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.books.opening import borrower_by_phone
from tideover.app.verbs.case.rows import add_note, calendar, lock_for_staff, note_digest
from tideover.app.verbs.case.screening import messages_stream
from tideover.app.verbs.conversation.limits import begin_call
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.policy import Parameters, load_book
from tideover.safety import mask_name

_SAID = ("what was said", "通话内容")
_HOURS = re.compile(r"(\d{2}):(\d{2})\s*[–-]\s*(\d{2}):(\d{2})")
_STEP_MINUTES = 30
_NOTE_MAX = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose number it is, masked, and the cases of theirs that were handed in."""

    borrower: Borrower | None
    masked_name: str
    cases: tuple[Case, ...]


def caller_of(agent: Account, phone: str) -> Caller:
    """Who has that number; nobody for one that is not known. Raises NotFound for other staff."""
    demand(agent, Right.WORK_CASES)
    borrower = borrower_by_phone(re.sub(r"\D", "", phone)[-11:])
    if borrower is None:
        return Caller(borrower=None, masked_name="", cases=())
    theirs = Case.objects.filter(borrower=borrower, submitted_at__isnull=False)
    return Caller(
        borrower=borrower,
        masked_name=mask_name(borrower.name),
        cases=tuple(theirs.order_by("-is_open", "-opened_at")),
    )


def note_call(agent: Account, number: str, text: str, *, key: str) -> None:
    """Put what a borrower said on the telephone into the thread of a case; it is flagged if a scam.

    Raises FieldMissing, TextTooLong, NotFound.
    """
    words = fields.needed_text({"text": text}, "text", label=_SAID, length_max=_NOTE_MAX)

    def effect() -> dict[str, Any]:
        case, at = lock_for_staff(agent, number, right=Right.WORK_CASES), clock.now()
        note = add_note(case, author=agent, kind="call", text=words, at=at, channel="phone")
        log.append(
            messages_stream(case),
            kind="message.call.noted",
            body={"note": str(note.pk), "digest": note.digest},
            at=at,
            actor=agent.login,
        )
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="conversation.note_call",
        key=key,
        request={"case": number, "text": note_digest(words)},
    )


def ask_call_back(agent: Account, phone: str, text: str, *, key: str) -> datetime:
    """Keep that somebody is to be called, and return when: the next slot in which it may be done.

    Raises FieldMissing, TextTooLong, NotFound.
    """
    demand(agent, Right.WORK_CASES)
    digits = re.sub(r"\D", "", phone)[:20]
    fields.needed_text({"phone": digits}, "phone", label=("the number", "电话号码"))
    words = fields.text({"text": text}, "text", length_max=_NOTE_MAX)

    def effect() -> dict[str, Any]:
        at = clock.now()
        call_at = next_slot(at)
        call = CallBack.objects.create(
            borrower=caller_of(agent, digits).borrower,
            phone=digits, note=words, call_at=call_at, asked_at=at, asked_by=agent,
        )  # fmt: skip
        _tell("callback.asked", call, actor=agent.login)
        return {"call_at": call_at.isoformat()}

    answered = run_once(
        effect,
        actor=agent.login,
        command="conversation.ask_call_back",
        key=key,
        request={"phone": note_digest(digits), "text": note_digest(words)},
    )
    return datetime.fromisoformat(answered["call_at"])


def ask_to_be_called(borrower: Borrower, *, key: str) -> datetime:
    """Keep that a borrower wants to be called, and return when; one call waits at a time."""
    demand_themselves(borrower)

    def effect() -> dict[str, Any]:
        at = clock.now()
        waiting = CallBack.objects.filter(borrower=borrower, done_at__isnull=True).first()
        call = waiting or CallBack.objects.create(
            borrower=borrower, phone=borrower.phone, note="", call_at=next_slot(at),
            asked_at=at, asked_by=borrower.account,
        )  # fmt: skip
        if waiting is None:
            _tell("callback.asked", call, actor=borrower.account.login)
        return {"call_at": call.call_at.isoformat()}

    answered = run_once(
        effect,
        actor=borrower.account.login,
        command="conversation.ask_to_be_called",
        key=key,
        request={},
    )
    return datetime.fromisoformat(answered["call_at"])


def calls_to_make(agent: Account) -> tuple[CallBack, ...]:
    """Who is to be called, the earliest first. Raises NotFound for staff who do not call."""
    demand(agent, Right.WORK_CASES)
    return tuple(CallBack.objects.filter(done_at__isnull=True).order_by("call_at")[:200])


def begin(agent: Account, call_id: UUID, *, key: str) -> None:
    """Begin the call that somebody waits for: it is counted, or refused with the rule.

    Raises NotFound, and what `limits.demand_may_call` raises.
    """
    demand(agent, Right.WORK_CASES)

    def effect() -> dict[str, Any]:
        rows = CallBack.objects.select_for_update(of=("self",)).select_related("borrower")
        call = rows.filter(pk=call_id, done_at__isnull=True).first()
        if call is None:
            raise NotFound("call")
        if call.borrower is not None:
            # Two agents who begin at once are counted one after the other.
            Borrower.objects.select_for_update().get(pk=call.borrower.pk)
        begin_call(agent, call, at=clock.now())
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="conversation.begin_call",
        key=key,
        request={"call": str(call_id)},
    )


def call_done(agent: Account, call_id: UUID, *, key: str) -> None:
    """Keep that the call was made; one that was made already stays as it is. Raises NotFound."""
    demand(agent, Right.WORK_CASES)

    def effect() -> dict[str, Any]:
        call = CallBack.objects.select_for_update(of=("self",)).filter(pk=call_id).first()
        if call is None:
            raise NotFound("call")
        if call.done_at is None:
            call.done_at, call.done_by = clock.now(), agent
            call.save()
            _tell("callback.done", call, actor=agent.login)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="conversation.call_done",
        key=key,
        request={"call": str(call_id)},
    )


def next_slot(at: datetime) -> datetime:
    """The next half hour at which somebody is in, may call, and the day is a working day."""
    here = at.astimezone(clock.BUSINESS_ZONE)
    opens, closes = _window(load_book().on(here.date(), product="weilidai"))
    minute = here.hour * 60 + here.minute
    slot = max(opens, -(-(minute + 1) // _STEP_MINUTES) * _STEP_MINUTES)
    if not calendar().is_working(here.date()) or slot >= closes:
        return _at(calendar().add_working_days(here.date(), 1), opens)
    return _at(here.date(), slot)


def _window(parameters: Parameters) -> tuple[int, int]:
    """The minutes of the day between which a borrower may be called."""
    hours = _HOURS.search(parameters.text("official.hours"))
    opens, closes = (0, 24 * 60) if hours is None else _minutes(hours)
    quiet_until = time.fromisoformat(parameters.text("notice.quiet_until"))
    quiet_from = time.fromisoformat(parameters.text("notice.quiet_from"))
    return max(opens, _minute(quiet_until)), min(closes, _minute(quiet_from))


def _minutes(hours: re.Match[str]) -> tuple[int, int]:
    first, first_minute, last, last_minute = map(int, hours.groups())
    return first * 60 + first_minute, last * 60 + last_minute


def _minute(of: time) -> int:
    return of.hour * 60 + of.minute


def _at(day: date, minute: int) -> datetime:
    return clock.start_of_day(day) + timedelta(minutes=minute)


def _tell(kind: str, call: CallBack, *, actor: str) -> None:
    body = {"call": str(call.pk), "call_at": call.call_at.isoformat()}
    log.append("callbacks", kind=kind, body=body, at=clock.now(), actor=actor)
