"""A case as the fold of its events. `apply` never refuses: the past has happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Any

from tideover.cases.events import (
    AgreementEnded,
    AgreementSigned,
    AnotherAsked,
    ApprovalRequested,
    CaseAssigned,
    CaseClaimed,
    CaseDeclined,
    CaseEvent,
    CaseOpened,
    CaseReleased,
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    DisclosureShown,
    EarlyNoticeGiven,
    EvidenceAdded,
    EvidenceMarked,
    EvidenceRemoved,
    MoreAsked,
    OfferAccepted,
    OffersExpired,
    OffersGenerated,
    OffersReturned,
    OffersSent,
    PlanBreached,
    PlanCured,
    ReviewAsked,
    SectionSaved,
    TalkAnswered,
    TalkAsked,
    TermsAnswered,
    TermsProposed,
    TermsWithdrawn,
)
from tideover.cases.on_file import EvidenceOnFile, OfferSetOnFile, Table
from tideover.cases.rounds import BY_POLICY, Round, RoundOutcome
from tideover.cases.states import NOTHING_AGREED, ON_THE_TABLE, UNDECIDED, CaseState, Turn

REQUIRED_SECTIONS = ("cause", "income", "outgoings", "wish", "evidence")
"""What has to be there before an application can be handed in.

"evidence" is there when a file is, or when the borrower said which one cannot be had and why.
"""

#: Here the lender owes an answer, whoever has talked in between.
_ANSWER_OWED = frozenset({CaseState.SUBMITTED, CaseState.ASSESSING, CaseState.AWAITING_APPROVAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a case after `version` events."""

    number: str
    loan_reference: str
    borrower: str
    state: CaseState = CaseState.DRAFT
    version: int = 0
    last_at: datetime
    last_actor: str
    complete: frozenset[str] = frozenset()
    evidence: tuple[EvidenceOnFile, ...] = ()
    agent: str | None = None
    submitted_at: datetime | None = None
    answer_by: date | None = None
    asked: frozenset[str] = frozenset()
    ask_by: date | None = None
    candidates: OfferSetOnFile | None = None
    requested: tuple[str, ...] = ()
    requested_by: str | None = None
    table: Table | None = None
    wants_to_talk: bool = False
    accepted: str | None = None
    shown: str | None = None
    signable_from: datetime | None = None
    agreement: str | None = None
    in_force: str | None = None
    cure_until: date | None = None
    reason: str | None = None
    refused_by: str | None = None
    rounds: tuple[Round, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The sections that stand between this draft and its submission, in their order."""
        done = self.complete | ({"evidence"} if self.evidence else set())
        return tuple(section for section in REQUIRED_SECTIONS if section not in done)

    @property
    def turn(self) -> Turn:
        """Who acts next."""
        if self.state is CaseState.DRAFT or self.asked:
            return Turn.BORROWER
        if self.state in ON_THE_TABLE or self.state is CaseState.ACTIVE:
            return Turn.LENDER if self.wants_to_talk else Turn.BORROWER
        return Turn.LENDER if self.state in UNDECIDED else Turn.NOBODY

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the offers on the table, if any, can no longer be accepted at this moment."""
        return self.table is not None and at >= self.table.open_until


def apply(case: Case | None, event: CaseEvent) -> Case:
    """Return the case after the event. Of no case only an opening makes one."""
    if case is None:
        return _opened(event)
    folded = _FOLDS.get(type(event), _nothing_else)(case, event)
    after = replace(
        folded,
        state=_LEADS_TO.get(type(event), folded.state),
        version=case.version + 1,
        last_at=event.at,
        last_actor=event.actor,
    )
    if after.in_force and after.state in NOTHING_AGREED:  # talking again came to nothing
        after = replace(after, state=CaseState.ACTIVE, agreement=after.in_force, in_force=None)
    return after


def fold(events: Iterable[CaseEvent], case: Case | None = None) -> Case | None:
    """Return the case after all of these events, in their order; None when there are none."""
    return reduce(apply, events, case)


def _opened(event: CaseEvent) -> Case:
    if not isinstance(event, CaseOpened):
        message = f"a case begins with {CaseOpened.kind}, not with {event.kind}"
        raise TypeError(message)
    return Case(
        number=event.number,
        loan_reference=event.loan_reference,
        borrower=event.actor,
        version=1,
        last_at=event.at,
        last_actor=event.actor,
    )


def _nothing_else(case: Case, _event: CaseEvent) -> Case:
    return case


def _section_saved(case: Case, event: SectionSaved) -> Case:
    section = {event.section}
    complete = case.complete | section if event.is_complete else case.complete - section
    return replace(case, complete=complete)


def _evidence_added(case: Case, event: EvidenceAdded) -> Case:
    asked = case.asked - {event.need}
    is_answered = bool(case.asked) and not asked
    return replace(
        case,
        evidence=(*case.evidence, EvidenceOnFile(event.evidence, event.need)),
        asked=asked,
        ask_by=None if is_answered else case.ask_by,
        answer_by=event.answer_by if is_answered else case.answer_by,
    )


def _evidence_removed(case: Case, event: EvidenceRemoved) -> Case:
    left = tuple(file for file in case.evidence if file.evidence != event.evidence)
    return replace(case, evidence=left)


def _evidence_marked(case: Case, event: EvidenceMarked) -> Case:
    marked = tuple(
        replace(file, outcome=event.outcome) if file.evidence == event.evidence else file
        for file in case.evidence
    )
    return replace(case, evidence=marked)


def _submitted(case: Case, event: CaseSubmitted) -> Case:
    return replace(case, submitted_at=event.at, answer_by=event.answer_by)


def _claimed(case: Case, event: CaseEvent) -> Case:
    # A case with offers on the table is taken over as it stands, for a proposal seen again.
    is_new = case.state is CaseState.SUBMITTED
    state = CaseState.ASSESSING if is_new else case.state
    return replace(case, agent=event.actor, state=state)


def _assigned(case: Case, event: CaseAssigned) -> Case:
    return replace(_claimed(case, event), agent=event.agent)


def _released(case: Case, _event: CaseReleased) -> Case:
    return replace(case, agent=None)


def _more_asked(case: Case, event: MoreAsked) -> Case:
    # While the borrower looks for papers the lender has nothing to keep.
    return replace(case, asked=case.asked | set(event.needs), ask_by=event.ask_by, answer_by=None)


def _generated(case: Case, event: OffersGenerated) -> Case:
    found = OfferSetOnFile(
        set_digest=event.set_digest,
        policy_digest=event.policy_digest,
        loan_digest=event.loan_digest,
        on=event.on,
        made_by=event.actor,
        offers=event.offers,
    )
    return replace(case, candidates=found)


def _requested(case: Case, event: ApprovalRequested) -> Case:
    answer_by = case.answer_by or event.answer_by
    cleared = replace(case, table=None, accepted=None, shown=None, answer_by=answer_by)
    return replace(cleared, requested=event.offer_keys, requested_by=event.actor)


def _sent(case: Case, event: OffersSent) -> Case:
    table = Table(event.set_digest, event.offer_keys, event.open_until)
    sent = replace(case, table=table, accepted=None, shown=None, requested=())
    if event.actor == BY_POLICY:
        # Nobody has read what the borrower wrote: the answer to that is still owed.
        return sent
    answered = replace(sent, wants_to_talk=False, answer_by=None, asked=frozenset(), ask_by=None)
    return _latest_round(answered, is_open=False)


def _returned(case: Case, _event: OffersReturned) -> Case:
    return replace(case, requested=(), requested_by=None)


def _declined(case: Case, event: CaseDeclined) -> Case:
    told = replace(case, reason=event.reason, wants_to_talk=False, answer_by=None)
    return replace(told, asked=frozenset(), ask_by=None)


def _accepted(case: Case, event: OfferAccepted) -> Case:
    return replace(case, accepted=event.offer_key, shown=None)


def _talk_asked(case: Case, event: TalkAsked) -> Case:
    asked = replace(case, wants_to_talk=True, answer_by=case.answer_by or event.answer_by)
    if case.state in ON_THE_TABLE:
        # Offers that are still open stay on the table, an acceptance of one does not.
        return replace(asked, state=CaseState.OFFERED, accepted=None, shown=None)
    return replace(asked, state=CaseState.ASSESSING) if case.state is CaseState.EXPIRED else asked


def _talk_answered(case: Case, _event: TalkAnswered) -> Case:
    still_owed = case.answer_by if case.state in _ANSWER_OWED else None
    return _latest_round(replace(case, wants_to_talk=False, answer_by=still_owed), is_open=False)


def _terms_proposed(case: Case, event: TermsProposed) -> Case:
    proposed = Round(
        number=event.round,
        terms=event.terms,
        at=event.at,
        loan_digest=event.loan_digest,
        policy_digest=event.policy_digest,
    )
    return replace(case, rounds=(*case.rounds, proposed))


def _terms_answered(case: Case, event: TermsAnswered) -> Case:
    waits = event.outcome is RoundOutcome.WITH_PERSON
    answered = _latest_round(case, outcome=event.outcome, offer_key=event.offer_key, is_open=waits)
    if not waits:
        return answered
    return replace(answered, wants_to_talk=True, answer_by=case.answer_by or event.answer_by)


def _terms_withdrawn(case: Case, _event: TermsWithdrawn) -> Case:
    taken_back = _latest_round(case, is_open=False, is_withdrawn=True)
    return replace(taken_back, wants_to_talk=False, answer_by=None)


def _another_asked(case: Case, event: AnotherAsked) -> Case:
    asked = replace(case, wants_to_talk=True, agent=None, refused_by=case.agent)
    asked = replace(asked, answer_by=case.answer_by or event.answer_by)
    return _latest_round(asked, is_open=True, is_reviewed=True)


def _latest_round(case: Case, **changes: Any) -> Case:
    if not case.rounds:
        return case
    return replace(case, rounds=(*case.rounds[:-1], replace(case.rounds[-1], **changes)))


def _review_asked(case: Case, event: ReviewAsked) -> Case:
    again = replace(case, agent=None, refused_by=case.agent, reason=None, candidates=None)
    return replace(again, submitted_at=event.at, answer_by=event.answer_by)


def _shown(case: Case, event: DisclosureShown) -> Case:
    return replace(case, shown=event.document_digest, signable_from=event.signable_from)


def _signed(case: Case, event: AgreementSigned) -> Case:
    signed = replace(case, agreement=event.agreement, in_force=None, cure_until=None, table=None)
    return replace(signed, wants_to_talk=False, answer_by=None)


def _stopped(case: Case, _event: CaseWithdrawn) -> Case:
    return replace(case, table=None, accepted=None, shown=None, answer_by=None, asked=frozenset())


def _expired(case: Case, _event: OffersExpired) -> Case:
    return replace(case, table=None, accepted=None, shown=None, candidates=None)


def _told_early(case: Case, event: EarlyNoticeGiven) -> Case:
    again = replace(case, in_force=case.agreement, agreement=None, accepted=None, shown=None)
    return replace(again, candidates=None, rounds=(), answer_by=event.answer_by)


def _breached(case: Case, event: PlanBreached) -> Case:
    return replace(case, cure_until=event.cure_until)


def _cured(case: Case, _event: PlanCured) -> Case:
    return replace(case, cure_until=None)


_FOLDS: Mapping[type[CaseEvent], Callable[[Case, Any], Case]] = {
    SectionSaved: _section_saved,
    EvidenceAdded: _evidence_added,
    EvidenceRemoved: _evidence_removed,
    EvidenceMarked: _evidence_marked,
    CaseSubmitted: _submitted,
    CaseClaimed: _claimed,
    CaseAssigned: _assigned,
    CaseReleased: _released,
    MoreAsked: _more_asked,
    OffersGenerated: _generated,
    ApprovalRequested: _requested,
    OffersReturned: _returned,
    OffersSent: _sent,
    CaseDeclined: _declined,
    OfferAccepted: _accepted,
    TermsProposed: _terms_proposed,
    TermsAnswered: _terms_answered,
    TermsWithdrawn: _terms_withdrawn,
    AnotherAsked: _another_asked,
    TalkAsked: _talk_asked,
    TalkAnswered: _talk_answered,
    ReviewAsked: _review_asked,
    DisclosureShown: _shown,
    AgreementSigned: _signed,
    CaseWithdrawn: _stopped,
    OffersExpired: _expired,
    EarlyNoticeGiven: _told_early,
    PlanBreached: _breached,
    PlanCured: _cured,
    AgreementEnded: _cured,
}

#: Where an event takes a case, whatever came before; the others leave it to their fold.
_LEADS_TO: Mapping[type[CaseEvent], CaseState] = {
    CaseSubmitted: CaseState.SUBMITTED,
    ApprovalRequested: CaseState.AWAITING_APPROVAL,
    OffersReturned: CaseState.ASSESSING,
    OffersSent: CaseState.OFFERED,
    CaseDeclined: CaseState.DECLINED,
    ReviewAsked: CaseState.SUBMITTED,
    OfferAccepted: CaseState.AWAITING_SIGNATURE,
    AgreementSigned: CaseState.ACTIVE,
    CaseWithdrawn: CaseState.WITHDRAWN,
    OffersExpired: CaseState.EXPIRED,
    EarlyNoticeGiven: CaseState.ASSESSING,
    AgreementEnded: CaseState.ENDED,
    CaseSettled: CaseState.SETTLED,
}
