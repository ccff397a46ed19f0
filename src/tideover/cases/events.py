"""What has happened to a case. The kinds are stored; the words for people are elsewhere.

No event holds personal text: only identifiers, digests, amounts, dates, codes and offer records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from tideover.cases.commands import EvidenceOutcome
from tideover.cases.rounds import OfferOnFile, RoundOutcome, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """Something that happened, when and by whom."""

    kind: ClassVar[str]

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseEvent):
    """An application about a loan was begun."""

    kind = "case.opened"
    number: str
    loan_reference: str


@dataclass(frozen=True, slots=True)
class SectionSaved(CaseEvent):
    """Answers were kept; an incomplete section still keeps what was typed."""

    kind = "case.section.saved"
    section: str
    answers_digest: str
    is_complete: bool


@dataclass(frozen=True, slots=True)
class EvidenceAdded(CaseEvent):
    """A file came in. `answer_by` is a new promise when the last missing file was this one."""

    kind = "case.evidence.added"
    evidence: str
    need: str
    content_digest: str
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class EvidenceRemoved(CaseEvent):
    """A file was taken away while the application was a draft."""

    kind = "case.evidence.removed"
    evidence: str


@dataclass(frozen=True, slots=True)
class CaseSubmitted(CaseEvent):
    """The answers were declared true and frozen under a digest."""

    kind = "case.submitted"
    answers_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class CaseClaimed(CaseEvent):
    """An agent, the actor, took the case on."""

    kind = "case.claimed"


@dataclass(frozen=True, slots=True)
class CaseAssigned(CaseEvent):
    """The actor gave the case to an agent."""

    kind = "case.assigned"
    agent: str


@dataclass(frozen=True, slots=True)
class CaseReleased(CaseEvent):
    """The case went back to the queue."""

    kind = "case.released"


@dataclass(frozen=True, slots=True)
class EvidenceMarked(CaseEvent):
    """An agent said what a file shows."""

    kind = "case.evidence.marked"
    evidence: str
    outcome: EvidenceOutcome


@dataclass(frozen=True, slots=True)
class MoreAsked(CaseEvent):
    """The borrower was asked for evidence; the lender's clock stands until it comes."""

    kind = "case.more.asked"
    needs: tuple[str, ...]
    ask_by: date


@dataclass(frozen=True, slots=True)
class OffersGenerated(CaseEvent):
    """Candidates were found; the record rebuilds every number of them."""

    kind = "case.offers.generated"
    on: date
    set_digest: str
    policy_digest: str
    loan_digest: str
    offers: tuple[OfferOnFile, ...]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ApprovalRequested(CaseEvent):
    """Candidates were laid before an approver."""

    kind = "case.approval.requested"
    set_digest: str
    offer_keys: tuple[str, ...]
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class OffersApproved(CaseEvent):
    """Somebody else than the maker agreed to the candidates."""

    kind = "case.offers.approved"
    set_digest: str


@dataclass(frozen=True, slots=True)
class OffersReturned(CaseEvent):
    """An approver gave the candidates back."""

    kind = "case.offers.returned"
    note_digest: str


@dataclass(frozen=True, slots=True)
class OffersSent(CaseEvent):
    """Offers are on the table until a moment; earlier ones are off it."""

    kind = "case.offers.sent"
    set_digest: str
    offer_keys: tuple[str, ...]
    open_until: datetime


@dataclass(frozen=True, slots=True)
class CaseDeclined(CaseEvent):
    """The lender refused, with a coded reason."""

    kind = "case.declined"
    reason: str
    note_digest: str


@dataclass(frozen=True, slots=True)
class OfferAccepted(CaseEvent):
    """The borrower chose an offer."""

    kind = "case.offer.accepted"
    set_digest: str
    offer_key: str


@dataclass(frozen=True, slots=True)
class TermsProposed(CaseEvent):
    """The borrower proposed other terms; rounds are counted from one."""

    kind = "case.terms.proposed"
    round: int
    terms: Terms
    loan_digest: str
    policy_digest: str


@dataclass(frozen=True, slots=True)
class TermsAnswered(CaseEvent):
    """A proposal was answered from the policy; the record has the words and figures."""

    kind = "case.terms.answered"
    round: int
    outcome: RoundOutcome
    offer_key: str | None
    codes: tuple[str, ...]
    record: Mapping[str, Any]
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class TermsWithdrawn(CaseEvent):
    """The borrower took a proposal back before a person answered it."""

    kind = "case.terms.withdrawn"
    round: int


@dataclass(frozen=True, slots=True)
class AnotherAsked(CaseEvent):
    """The borrower asked that another person looks at a proposal again."""

    kind = "case.terms.review.asked"
    round: int
    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class TalkAsked(CaseEvent):
    """The borrower wants to talk."""

    kind = "case.talk.asked"
    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class TalkAnswered(CaseEvent):
    """The borrower was answered."""

    kind = "case.talk.answered"
    message_digest: str


@dataclass(frozen=True, slots=True)
class ReviewAsked(CaseEvent):
    """The borrower asked another person to look at the refusal."""

    kind = "case.review.asked"
    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class DisclosureShown(CaseEvent):
    """The document was shown as a whole before signature, to be read for so many seconds at least.

    Events from before there was a reading time have none.
    """

    kind = "case.disclosure.shown"
    document_digest: str
    reading_seconds: int = 0

    @property
    def signable_from(self) -> datetime:
        """From when the document can be signed."""
        return self.at + timedelta(seconds=self.reading_seconds)


@dataclass(frozen=True, slots=True)
class AgreementSigned(CaseEvent):
    """The borrower signed and the lender's seal is on the file."""

    kind = "case.agreement.signed"
    agreement: str
    document_digest: str
    sealed_digest: str


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseEvent):
    """The borrower stopped."""

    kind = "case.withdrawn"


@dataclass(frozen=True, slots=True)
class OffersExpired(CaseEvent):
    """The last day of the offers passed without a signature."""

    kind = "case.offers.expired"
    set_digest: str


@dataclass(frozen=True, slots=True)
class EarlyNoticeGiven(CaseEvent):
    """The borrower said beforehand that an instalment will not be managed; it is talked over."""

    kind = "case.early.notice"
    due: date
    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class PlanBreached(CaseEvent):
    """So many instalments in a row are missing; until a day it can be put right."""

    kind = "case.plan.breached"
    missed: int
    cure_until: date


@dataclass(frozen=True, slots=True)
class PlanCured(CaseEvent):
    """What was missing has come in: the plan goes on."""

    kind = "case.plan.cured"


@dataclass(frozen=True, slots=True)
class AgreementEnded(CaseEvent):
    """A person ended the broken agreement."""

    kind = "case.agreement.ended"
    on: date
    note_digest: str


@dataclass(frozen=True, slots=True)
class CaseSettled(CaseEvent):
    """The loan is paid off."""

    kind = "case.settled"


EVENTS: tuple[type[CaseEvent], ...] = (
    CaseOpened, SectionSaved, EvidenceAdded, EvidenceRemoved, CaseSubmitted, CaseClaimed,
    CaseAssigned, CaseReleased, EvidenceMarked, MoreAsked, OffersGenerated, ApprovalRequested,
    OffersApproved,
    OffersReturned, OffersSent, CaseDeclined, OfferAccepted, TermsProposed,
    TermsAnswered, TermsWithdrawn, AnotherAsked, TalkAsked, TalkAnswered, ReviewAsked,
    DisclosureShown, AgreementSigned, CaseWithdrawn, OffersExpired, EarlyNoticeGiven,
    PlanBreached, PlanCured, AgreementEnded, CaseSettled,
)  # fmt: skip
"""Every event, in the order of a case's life."""
