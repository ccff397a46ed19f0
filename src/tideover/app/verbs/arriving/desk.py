"""What came in and found no case: a person says whose it is, or that nothing is to be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from tideover.app import clock
from tideover.app.db.models import Account, Arrival
from tideover.app.verbs.arriving.placing import place, tell
from tideover.app.verbs.case.rows import for_staff, note_digest
from tideover.app.verbs.case.screening import judged
from tideover.app.verbs.reading import fields
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.money import Refusal
from tideover.safety import Direction, ScamVerdict, mask_name

State = Arrival.State
_OPEN = (State.UNKNOWN, State.WAITING)
_SHOWN_MAX = 100
_NOTE = ("what you found", "核实结果")


class NoCaseThere(Refusal):
    """The number that was typed is no case that was handed in."""

    code: ClassVar[str] = "no-case-there"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"there is no case {number[:20]} that was handed in; look the number up in the queue",
            f"没有已提交的申请 {number[:20]}，请在队列里核对编号",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One arrival that waits for a person."""

    id: UUID
    at: datetime
    channel: str
    sender: str
    text: str
    files: tuple[str, ...]
    borrower: str
    why: str
    is_suspicious: bool


def tasks(agent: Account) -> tuple[Task, ...]:
    """What waits, the oldest first. Raises NotFound for staff who do not work cases."""
    demand(agent, Right.WORK_CASES)
    rows = Arrival.objects.filter(state__in=_OPEN).select_related("borrower")
    return tuple(_task(row) for row in rows[:_SHOWN_MAX])


def tasks_count() -> int:
    """How many wait."""
    return Arrival.objects.filter(state__in=_OPEN).count()


def assign(agent: Account, arrival_id: UUID, number: str, *, key: str) -> str:
    """Put an arrival into a case, as its borrower's, and return the case's number.

    The address is not connected by this: that only the borrower can.

    Raises:
        NoCaseThere: the number is none.
        NotFound: there is no such arrival that waits.
    """
    demand(agent, Right.WORK_CASES)
    named = number.strip().upper()[:20]

    def effect() -> dict[str, Any]:
        arrival = _locked(arrival_id)
        try:
            case = for_staff(agent, named)
        except NotFound:
            raise NoCaseThere(named) from None
        arrival.borrower, arrival.case, arrival.done_by = case.borrower, case, agent
        arrival.save()
        tell(arrival, kind="arrival.assigned", actor=agent.login, case=case.number)
        return {"case": case.number}

    answered = run_once(
        effect,
        actor=agent.login,
        command="arriving.assign",
        key=key,
        request={"arrival": str(arrival_id), "case": named},
    )
    arrival = Arrival.objects.get(pk=arrival_id)
    if arrival.state in _OPEN:
        place(arrival)
    return str(answered["case"])


def close_task(agent: Account, arrival_id: UUID, *, note: str, key: str) -> None:
    """Close an arrival that belongs to no case, with what was found.

    Raises FieldMissing, NotFound.
    """
    demand(agent, Right.WORK_CASES)
    words = fields.needed_text({"note": note}, "note", label=_NOTE, length_max=2_000)

    def effect() -> dict[str, Any]:
        arrival = _locked(arrival_id)
        arrival.state, arrival.note = State.CLOSED, words
        arrival.done_at, arrival.done_by = clock.now(), agent
        arrival.save()
        tell(arrival, kind="arrival.closed", actor=agent.login, note=note_digest(words))
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="arriving.close",
        key=key,
        request={"arrival": str(arrival_id), "note": note_digest(words)},
    )


def _locked(arrival_id: UUID) -> Arrival:
    rows = Arrival.objects.select_for_update(of=("self",)).filter(pk=arrival_id, state__in=_OPEN)
    arrival = rows.first()
    if arrival is None:
        raise NotFound("arrival")
    return arrival


def _task(row: Arrival) -> Task:
    report = judged(row.text, direction=Direction.INBOUND)
    return Task(
        id=row.pk,
        at=row.arrived_at,
        channel=row.channel,
        sender=row.sender if row.channel == "email" else "",
        text=row.text,
        files=tuple(file["name"] for file in row.files["kept"]),
        borrower=mask_name(row.borrower.name) if row.borrower else "",
        why=row.why,
        is_suspicious=report.verdict is ScamVerdict.SCAM,
    )
