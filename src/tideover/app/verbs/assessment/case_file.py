"""Everything the desk shows of a case, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tideover.affordability import Household, MonthCapacity, Remark, remarks
from tideover.app import clock
from tideover.app.db.models import Account, Agreement, Case, EvidenceFile
from tideover.app.verbs import loans
from tideover.app.verbs.application import asked_together
from tideover.app.verbs.application.drafts import Draft, draft_of, missing_needs, needs_by_code
from tideover.app.verbs.assessment import case_history as history
from tideover.app.verbs.assessment.next_step import Clock, allowed_to, clocks_of, next_step
from tideover.app.verbs.case.rows import events_of, for_staff, parameters_of
from tideover.app.verbs.offering.agreements import current
from tideover.app.verbs.offering.basis import offer_set_of, request_of, round_of
from tideover.app.verbs.offering.findings import BudgetLine, household, lines_of
from tideover.app.verbs.offering.rounds import RoundView, rounds_of
from tideover.app.verbs.refusals import NotFound
from tideover.cases import Case as CaseFold
from tideover.cases import CaseState, fold
from tideover.cases.events import ApprovalRequested, CaseEvent, OffersSent
from tideover.cases.refusals import last_day
from tideover.evidence import EvidenceNeed
from tideover.loan import Event, LoanState, LoanTerms, loan_state
from tideover.money import currency
from tideover.offers import OfferSet, household_capacity
from tideover.policy import Words
from tideover.safety import mask_id, mask_name, mask_phone


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """A file of the case. `status` is received, clear, unclear or unreadable."""

    id: UUID
    need: str
    label: Words
    name: str
    media_type: str
    size: int
    pages: int
    status: str
    note: str
    received_at: datetime
    marked_by: str | None
    marked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That offers were laid before an approver, why, and what came back with them."""

    asked_by: str
    asked_at: datetime
    offer_keys: tuple[str, ...]
    because: tuple[Words, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as an agent or approver reads it. Names, telephone and identity are masked."""

    case: Case
    asked_together: tuple[str, ...]
    """The numbers of the other cases of the same request, about other loans."""
    version: int
    state: CaseState
    masked_name: str
    masked_phone: str
    masked_id: str
    product: Words
    last4: str
    terms: LoanTerms
    loan_state: LoanState
    events: tuple[Event, ...]
    sections: Mapping[str, dict[str, Any]]
    household: Household | None
    budget_lines: tuple[BudgetLine, ...]
    capacity: tuple[MonthCapacity, ...]
    remarks: tuple[Remark, ...]
    evidence: tuple[EvidenceItem, ...]
    needs: tuple[EvidenceNeed, ...]
    missing: tuple[str, ...]
    offer_set: OfferSet | None
    offered_keys: tuple[str, ...]
    chosen_key: str | None
    approval: Approval | None
    rounds: tuple[RoundView, ...]
    offers_open_until: date | None
    timeline: tuple[history.TimelineItem, ...]
    messages: tuple[history.MessageItem, ...]
    clocks: tuple[Clock, ...]
    next_step: Words
    allowed: frozenset[str]
    agreement: Agreement | None
    journal: tuple[history.JournalLine, ...]
    balances: Mapping[str, Any]
    audit: tuple[history.AuditLine, ...]


def case_file(agent: Account, number: str) -> CaseFile:
    """The file of a case that was handed in. Raises NotFound."""
    case = for_staff(agent, number)
    events = events_of(case)
    told = fold(events)
    if told is None:
        raise NotFound("case")
    names = history.names_of(case, {event.actor for event in events})
    return CaseFile(
        **_people_and_loan(case, told),
        **_answers(case, draft_of(case), names),
        **_offers(case, told, events, names),
        timeline=history.timeline(events, names),
        messages=history.messages(case, names),
        clocks=clocks_of(told),
        next_step=next_step(told),
        allowed=allowed_to(agent, told, is_free=_is_free(case)),
        journal=history.journal(case),
        balances=history.balances(case),
        audit=history.audit(case),
    )


def _is_free(case: Case) -> bool:
    return case.lease_until is not None and clock.now() >= case.lease_until


def _people_and_loan(case: Case, told: CaseFold) -> dict[str, Any]:
    loan, today = case.loan, clock.today()
    terms, events = loans.terms(loan), loans.events(loan)
    return {
        "case": case,
        "asked_together": tuple(
            other.number
            for other in asked_together(case)
            if other.pk != case.pk and other.submitted_at
        ),
        "version": told.version,
        "state": told.state,
        "masked_name": mask_name(case.borrower.name),
        "masked_phone": mask_phone(case.borrower.phone),
        "masked_id": mask_id(case.borrower.id_number),
        "product": loans.product_words(loan.product, today),
        "last4": loan.account_last4 or loan.reference[-4:],
        "terms": terms,
        "loan_state": loan_state(terms, events, today),
        "events": events,
    }


def _answers(case: Case, draft: Draft, names: history.Names) -> dict[str, Any]:
    living, today = household(draft), clock.today()
    return {
        "sections": draft.sections,
        "household": living,
        "budget_lines": lines_of(draft),
        "capacity": household_capacity(request_of(case, today)) if living else (),
        "remarks": remarks(living, parameters_of(case)) if living else (),
        "evidence": tuple(_evidence(case, file, names) for file in draft.evidence),
        "needs": draft.needs,
        "missing": missing_needs(draft),
    }


def _evidence(case: Case, file: EvidenceFile, names: history.Names) -> EvidenceItem:
    need = needs_by_code(parameters_of(case)).get(file.need)
    marker = file.marked_by
    return EvidenceItem(
        id=file.pk,
        need=file.need,
        label=need.label if need else Words(file.need, file.need),
        name=file.name,
        media_type=file.media_type,
        size=file.size_bytes,
        pages=file.pages,
        status=file.status,
        note=file.note or "",
        received_at=file.added_at,
        marked_by=names[marker.login] if marker else None,
        marked_at=file.marked_at,
    )


def _offers(
    case: Case, told: CaseFold, events: tuple[CaseEvent, ...], names: history.Names
) -> dict[str, Any]:
    sent = [event for event in events if isinstance(event, OffersSent)]
    digest = told.candidates.set_digest if told.candidates else None
    if digest is None and sent:
        digest = sent[-1].set_digest
    offer_set = offer_set_of(round_of(case, digest)) if digest else None
    on_table = told.table.offer_keys if told.table else ()
    is_sent_set = bool(sent) and sent[-1].set_digest == digest
    return {
        "offer_set": offer_set,
        "offered_keys": told.requested or on_table or (sent[-1].offer_keys if is_sent_set else ()),
        "chosen_key": told.accepted,
        "approval": _approval(case, events, offer_set, names),
        "rounds": rounds_of(events, told, unit=currency(case.loan.currency)),
        "offers_open_until": last_day(told.table.open_until) if told.table else None,
        "agreement": _agreement(case, told),
    }


def _approval(
    case: Case, events: tuple[CaseEvent, ...], offer_set: OfferSet | None, names: history.Names
) -> Approval | None:
    asked = [event for event in events if isinstance(event, ApprovalRequested)]
    if not asked or offer_set is None:
        return None
    last = asked[-1]
    remark = case.notes.filter(kind="sent-back", at__gte=last.at).order_by("-at").first()
    because = (
        words
        for offer in offer_set.offers
        if offer.key in last.offer_keys
        for words in offer.approval_because
    )
    return Approval(
        asked_by=names[last.actor],
        asked_at=last.at,
        offer_keys=last.offer_keys,
        because=tuple(dict.fromkeys(because)),
        note=remark.text if remark else "",
    )


def _agreement(case: Case, told: CaseFold) -> Agreement | None:
    try:
        return current(case, told)
    except NotFound:
        return None
