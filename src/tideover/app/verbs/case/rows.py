"""What every verb on a case does alike: find it within what is theirs, lock it, and carry out.

The events in the log are the case. The row repeats a few of its values so that queues are quick;
`carry_out` writes both in the transaction of the verb, so they cannot disagree.
"""

from datetime import date, datetime, timedelta
from functools import cache

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import lock_account, lock_case
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, Borrower, Case, CaseNote, Role
from tideover.app.verbs.acting import owned_by
from tideover.app.verbs.case.event_words import ANSWERED_BY_POLICY, words_of
from tideover.app.verbs.case.screening import (
    FROM_BORROWER,
    TO_BORROWER,
    demand_safe,
    flag_suspicion,
)
from tideover.app.verbs.refusals import NotFound, StaleVersion
from tideover.app.verbs.rights import Right, demand
from tideover.cases import (
    BY_POLICY,
    OPEN,
    CaseEvent,
    Command,
    apply,
    decide,
    event_from_record,
    event_to_record,
    fold,
)
from tideover.cases import Case as CaseFold
from tideover.cases.events import CaseClaimed
from tideover.dates import WorkingCalendar
from tideover.policy import PRODUCTS, Parameters, Words, load_book, working_calendar

#: After these nobody waits for words of ours any more.
ANSWERS = frozenset({"answer", "decline", "reply"})


def theirs(borrower: Borrower, number: str) -> Case:
    """The borrower's own case. Raises NotFound for another's as for none."""
    rows = Case.objects.filter(owned_by(borrower), number=number)
    case = rows.select_related("loan", "borrower").first()
    if case is None:
        raise NotFound("case")
    return case


def lock_theirs(borrower: Borrower, number: str) -> Case:
    """The borrower's own case, locked until the transaction ends. Raises NotFound."""
    theirs(borrower, number)
    return _locked(number)


def for_staff(account: Account, number: str, *, right: Right = Right.READ_CASES) -> Case:
    """A case for staff with the right. Raises NotFound for anybody else and for drafts."""
    demand(account, right)
    rows = Case.objects.select_related("loan", "borrower", "agent")
    case = rows.filter(number=number, submitted_at__isnull=False).first()
    if case is None:
        raise NotFound("case")
    return case


def lock_for_staff(account: Account, number: str, *, right: Right) -> Case:
    """A case for staff with the right, locked until the transaction ends. Raises NotFound.

    The role is read again under a lock: one that is taken away meanwhile waits for this decision,
    or this decision sees that it is gone.
    """
    now = lock_account(account.pk)
    if now is None:
        raise NotFound("case")
    for_staff(now, number, right=right)
    return _locked(number)


def _locked(number: str) -> Case:
    case = lock_case(number)
    if case is None:
        raise NotFound("case")
    return case


def folded(case: Case) -> CaseFold:
    """The case as its events tell it."""
    told = _told(case)
    if told is None:
        raise NotFound("case")
    return told


def events_of(case: Case) -> tuple[CaseEvent, ...]:
    """What has happened to the case, in order."""
    return tuple(event_from_record(event.body) for event in log.read(case.stream))


def _told(case: Case) -> CaseFold | None:
    return fold(events_of(case))


def carry_out(case: Case, command: Command, *, before: CaseFold | None = None) -> CaseFold:
    """Decide the command on a locked case, append its events, and bring the row up to date.

    Raises what `tideover.cases.decide` raises, and then nothing is written.
    """
    told = before or _told(case)
    events = decide(told, command)
    for event in events:
        record = event_to_record(event)
        log.append(case.stream, kind=event.kind, body=record, at=event.at, actor=event.actor)
        told = apply(told, event)
    if told is None:
        raise NotFound("case")
    case.lease_until = _lease(case, told, events)
    write_row(case, told)
    return told


def _lease(case: Case, told: CaseFold, events: tuple[CaseEvent, ...]) -> datetime | None:
    """Until when a fresh claim holds; none once its agent has done something, or was given it."""
    if any(isinstance(event, CaseClaimed) for event in events):
        minutes = parameters_of(case).integer("desk.lease_minutes")
        return events[-1].at + timedelta(minutes=minutes)
    is_touched = any(event.actor == told.agent or event.kind == "case.assigned" for event in events)
    return None if is_touched or told.agent is None else case.lease_until


def demand_version(case: Case, told: CaseFold, version: int) -> None:
    """Refuse to decide on a case that moved since the form was shown. Raises StaleVersion."""
    if told.version == version:
        return
    last = events_of(case)[-1]
    raise StaleVersion(
        case_number=case.number,
        by=last.actor,
        who=called(last.actor),
        at=last.at,
        did=words_of(last),
    )


def called(actor: str) -> Words:
    """What colleagues call an actor: staff by name, a borrower by that word."""
    if actor == BY_POLICY:
        return ANSWERED_BY_POLICY
    account = Account.objects.filter(login=actor).first()
    if account is None:
        return Words(actor, actor)
    if account.role == Role.BORROWER:
        return Words("借款人", "the borrower")
    if account.role == Role.REPRESENTATIVE:
        return Words("借款人的代办人", "the borrower's representative")
    name = account.display_name or account.login
    return Words(name, name)


def write_row(case: Case, told: CaseFold) -> None:
    """Copy what queues and pages look up by from the events to the row."""
    case.state = told.state.value
    case.is_open = told.state in OPEN
    case.version = told.version
    case.submitted_at = told.submitted_at
    case.answer_by = told.answer_by
    case.changed_at = told.last_at
    if (case.agent.login if case.agent else None) != told.agent:
        case.agent = Account.objects.get(login=told.agent) if told.agent else None
    case.save()


def add_note(
    case: Case, *, author: Account, kind: str, text: str, at: datetime, channel: str = "portal"
) -> CaseNote:
    """Keep words about the case, encrypted; what borrowers write or read is looked at first.

    A borrower's message waits from now on for an answer, and one that looks like a scam is flagged.

    Raises:
        UnsafeMessage: words to a borrower hold what the lender never writes.
    """
    if kind in TO_BORROWER:
        demand_safe(text)
    note = CaseNote.objects.create(
        case=case, author=author, kind=kind, text=text, at=at, channel=channel,
        digest=note_digest(text),
    )  # fmt: skip
    if kind in FROM_BORROWER:
        # What was said on the telephone was answered there.
        if kind != "call":
            _wait(case, since=case.waits_since or at)
        flag_suspicion(note)
    elif kind in ANSWERS:
        _wait(case, since=None)
    return note


def _wait(case: Case, *, since: datetime | None) -> None:
    case.waits_since = since
    Case.objects.filter(pk=case.pk).update(waits_since=since)


def evidence_context(case: Case) -> str:
    """The place that stored evidence of a case is bound to."""
    return f"evidence:{case.number}"


def note_digest(text: str) -> str:
    """The digest by which the log names words that it must not hold."""
    return blind_index(text, purpose="note")


def parameters_of(case: Case, *, on: date | None = None) -> Parameters:
    """The policy of a day (today) for the product of the case's loan."""
    return load_book().on(on or clock.today(), product=case.loan.product)


def parameters_of_lender() -> Parameters:
    """The policy of today where it is the lender's own and the same for every product."""
    return load_book().on(clock.today(), product=PRODUCTS[0])


@cache
def calendar() -> WorkingCalendar:
    """The working days that the book publishes."""
    return working_calendar(load_book())


def working_days_from_today(count: int) -> date:
    """The date that many working days after today's business date."""
    return calendar().add_working_days(clock.today(), count)


def promise(case: Case) -> date:
    """The day by which the borrower is promised an answer, counted from today."""
    count = parameters_of(case).integer("decision.promise_working_days")
    return working_days_from_today(count)


def end_of_day(day: date) -> datetime:
    """The first instant after a business date, with the offset of the business zone."""
    return clock.start_of_day(day + timedelta(days=1)).astimezone(clock.BUSINESS_ZONE)
