"""Where a request stands: what has happened, who acts now, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from tideover.app import clock
from tideover.app.db.models import Borrower, Case
from tideover.app.verbs import loans
from tideover.app.verbs.application.drafts import causes_in
from tideover.app.verbs.case.decline_reasons import DECLINE_REASONS, DeclineReason
from tideover.app.verbs.case.decline_words import decline_words
from tideover.app.verbs.case.rows import events_of, parameters_of, theirs
from tideover.app.verbs.refusals import NotFound
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState, Turn, apply, fold
from tideover.cases.events import CaseEvent
from tideover.cases.refusals import last_day
from tideover.evidence import EvidenceNeed, needed
from tideover.policy import Parameters, Words


@dataclass(frozen=True, slots=True)
class Step:
    """A state that the case came into, and when."""

    state: CaseState
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a case stands, as its borrower sees it.

    `answer_by` is the lender's promise and is absent while the borrower is waited for; `ask_by` is
    until when the lender waits for evidence; `offers_until` is the last day of the offers.
    `decline_words` is what the agent saw in the preview of a refusal.
    """

    case_number: str
    state: CaseState
    loan: loans.LoanView
    opened_at: datetime
    submitted_at: datetime | None
    answer_by: date | None
    offers_until: date | None
    waiting_on: str
    steps: tuple[Step, ...]
    asked_for: tuple[EvidenceNeed, ...]
    ask_by: date | None
    wants_to_talk: bool
    have_offers_lapsed: bool
    declined: DeclineReason | None
    decline_words: Words | None


def progress(borrower: Borrower, case_number: str) -> Progress:
    """Where the borrower's case stands today. Raises NotFound."""
    case = theirs(borrower, case_number)
    events = events_of(case)
    told = fold(events)
    if told is None:
        raise NotFound("case")
    declined = DECLINE_REASONS.get(told.reason or "")
    return Progress(
        case_number=case.number,
        state=told.state,
        loan=loans.loan_view(borrower, case.loan.reference, clock.today()),
        opened_at=case.opened_at,
        submitted_at=told.submitted_at,
        answer_by=told.answer_by,
        offers_until=last_day(told.table.open_until) if told.table else None,
        waiting_on=_turn(told).value,
        steps=steps_of(events),
        asked_for=_asked_for(told, parameters_of(case)),
        ask_by=told.ask_by,
        wants_to_talk=told.wants_to_talk,
        have_offers_lapsed=told.has_lapsed(clock.now()),
        declined=declined,
        decline_words=_decline_words(case, declined) if declined else None,
    )


def steps_of(events: tuple[CaseEvent, ...]) -> tuple[Step, ...]:
    """Every state the case came into, in order; coming back into one is a step of its own."""
    steps: list[Step] = []
    told: CaseFold | None = None
    for event in events:
        told = apply(told, event)
        if not steps or steps[-1].state is not told.state:
            steps.append(Step(told.state, event.at))
    return tuple(steps)


def _decline_words(case: Case, reason: DeclineReason) -> Words:
    note = case.notes.filter(kind="decline").order_by("at").last()
    return decline_words(parameters_of(case), reason=reason, note=note.text if note else "")


def _turn(told: CaseFold) -> Turn:
    # Offers that lapsed wait for a word of the borrower, who may ask for new ones.
    return Turn.BORROWER if told.has_lapsed(clock.now()) else told.turn


def _asked_for(told: CaseFold, parameters: Parameters) -> tuple[EvidenceNeed, ...]:
    found: dict[str, EvidenceNeed] = {}
    for cause in causes_in(parameters) if told.asked else ():
        for need in needed(cause, parameters):
            if need.code in told.asked:
                found.setdefault(need.code, need)
    return tuple(found.values())
