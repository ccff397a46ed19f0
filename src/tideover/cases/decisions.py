"""What happens when a command reaches a case that listens to it: one function for each.

They change nothing. Where several refusals apply, the one raised is the first in the order of the
function's body: not the agent, not on the table, expired, then the rest.
"""

from collections.abc import Sequence

from tideover.cases.case import Case
from tideover.cases.commands import (
    AcceptOffer,
    AddEvidence,
    AnswerTalk,
    Approve,
    AskForMore,
    AskForReview,
    AskToTalk,
    Claim,
    Command,
    Decline,
    EvidenceOutcome,
    ExpireOffers,
    GenerateOffers,
    MarkEvidence,
    OpenCase,
    RecordSettlement,
    RemoveEvidence,
    RequestApproval,
    SaveSection,
    SendBack,
    SendOffers,
    ShowDisclosure,
    Sign,
    Submit,
    Withdraw,
)
from tideover.cases.events import (
    AgreementSigned,
    ApprovalRequested,
    CaseClaimed,
    CaseDeclined,
    CaseEvent,
    CaseOpened,
    CaseSettled,
    CaseSubmitted,
    CaseWithdrawn,
    DisclosureShown,
    EvidenceAdded,
    EvidenceMarked,
    EvidenceRemoved,
    MoreAsked,
    OfferAccepted,
    OffersApproved,
    OffersExpired,
    OffersGenerated,
    OffersReturned,
    OffersSent,
    ReviewAsked,
    SectionSaved,
    TalkAnswered,
    TalkAsked,
)
from tideover.cases.refusals import (
    AlreadyClaimed,
    ApprovalNeeded,
    DisclosureNotShown,
    MakerCannotApprove,
    NoSuchCandidates,
    NotComplete,
    NotTheAgent,
    OfferExpired,
    OfferNotOnTheTable,
    OffersAlreadyOver,
    OffersStillOpen,
    ReadingTimeNotOver,
    ReviewByAnother,
    UnknownEvidence,
)

Events = tuple[CaseEvent, ...]


def open_case(_case: None, command: OpenCase) -> Events:
    """Return the beginning of a case."""
    return (CaseOpened(command.number, command.loan_reference, at=command.at, actor=command.actor),)


def save_section(_case: Case, command: SaveSection) -> Events:
    """Return that answers were kept, complete or not."""
    return (
        SectionSaved(
            command.section,
            command.answers_digest,
            command.is_complete,
            at=command.at,
            actor=command.actor,
        ),
    )


def add_evidence(_case: Case, command: AddEvidence) -> Events:
    """Return that a file came in."""
    return (
        EvidenceAdded(
            command.evidence,
            command.need,
            command.content_digest,
            command.answer_by,
            at=command.at,
            actor=command.actor,
        ),
    )


def remove_evidence(case: Case, command: RemoveEvidence) -> Events:
    """Return that a file of this case was taken away."""
    _need(case, command.evidence)
    return (EvidenceRemoved(command.evidence, at=command.at, actor=command.actor),)


def submit(case: Case, command: Submit) -> Events:
    """Return the submission, if every required section is there."""
    if case.missing:
        raise NotComplete(case)
    return (
        CaseSubmitted(
            command.answers_digest, command.answer_by, at=command.at, actor=command.actor
        ),
    )


def claim(case: Case, command: Claim) -> Events:
    """Return the claim of a case that nobody has, and nothing for the one who has it."""
    if case.agent == command.actor:
        return ()
    if case.agent is not None:
        raise AlreadyClaimed(case)
    if case.refused_by == command.actor:
        raise ReviewByAnother(case)
    return (CaseClaimed(at=command.at, actor=command.actor),)


def mark_evidence(case: Case, command: MarkEvidence) -> Events:
    """Return what was found and, when the file must come again, that it was asked for."""
    _by_its_agent(case, command)
    need = _need(case, command.evidence)
    marked = EvidenceMarked(command.evidence, command.outcome, at=command.at, actor=command.actor)
    if command.ask_by is None or command.outcome is EvidenceOutcome.CLEAR:
        return (marked,)
    return (marked, MoreAsked((need,), command.ask_by, at=command.at, actor=command.actor))


def ask_for_more(case: Case, command: AskForMore) -> Events:
    """Return that the borrower was asked for evidence."""
    _by_its_agent(case, command)
    return (MoreAsked(command.needs, command.ask_by, at=command.at, actor=command.actor),)


def generate_offers(case: Case, command: GenerateOffers) -> Events:
    """Return the candidates; those on the table stay there until others are sent."""
    _by_its_agent(case, command)
    return (
        OffersGenerated(
            command.on,
            command.set_digest,
            command.policy_digest,
            command.loan_digest,
            command.offers,
            command.record,
            at=command.at,
            actor=command.actor,
        ),
    )


def send_offers(case: Case, command: SendOffers) -> Events:
    """Return that candidates are on the table, if the agent may decide every one alone."""
    _by_its_agent(case, command)
    set_digest = _candidates(case, command.offer_keys)
    over = _over_the_limit(case, command.offer_keys)
    if over:
        raise ApprovalNeeded(case, over)
    if command.open_until <= command.at:
        raise OffersAlreadyOver(command.at, command.open_until)
    return (
        OffersSent(
            set_digest,
            command.offer_keys,
            command.open_until,
            at=command.at,
            actor=command.actor,
        ),
    )


def request_approval(case: Case, command: RequestApproval) -> Events:
    """Return that candidates were laid before an approver; the table is empty meanwhile."""
    _by_its_agent(case, command)
    set_digest = _candidates(case, command.offer_keys)
    return (
        ApprovalRequested(
            set_digest,
            command.offer_keys,
            command.answer_by,
            at=command.at,
            actor=command.actor,
        ),
    )


def approve(case: Case, command: Approve) -> Events:
    """Return the approval and that the offers are on the table, if the maker is another."""
    set_digest = _candidates(case, case.requested)
    _by_another(case, command)
    if command.open_until <= command.at:
        raise OffersAlreadyOver(command.at, command.open_until)
    return (
        OffersApproved(set_digest, at=command.at, actor=command.actor),
        OffersSent(
            set_digest, case.requested, command.open_until, at=command.at, actor=command.actor
        ),
    )


def send_back(case: Case, command: SendBack) -> Events:
    """Return that the agent has the candidates again, with a remark of somebody else."""
    _by_another(case, command)
    return (OffersReturned(command.note_digest, at=command.at, actor=command.actor),)


def decline(case: Case, command: Decline) -> Events:
    """Return the refusal with its coded reason."""
    _by_its_agent(case, command)
    return (CaseDeclined(command.reason, command.note_digest, at=command.at, actor=command.actor),)


def accept_offer(case: Case, command: AcceptOffer) -> Events:
    """Return the acceptance, if the offer is on the table and open; nothing the second time."""
    table = case.table
    if table is None or command.offer_key not in table.offer_keys:
        raise OfferNotOnTheTable(case, command.offer_key)
    if command.set_digest is not None and command.set_digest != table.set_digest:
        raise OfferNotOnTheTable(case, command.offer_key)
    if case.has_lapsed(command.at):
        raise OfferExpired(case, command.at)
    if case.accepted == command.offer_key:
        return ()
    return (OfferAccepted(table.set_digest, command.offer_key, at=command.at, actor=command.actor),)


def ask_to_talk(case: Case, command: AskToTalk) -> Events:
    """Return the wish to talk; offers that lapsed before it are taken off the table first."""
    talk = TalkAsked(command.message_digest, command.answer_by, at=command.at, actor=command.actor)
    if case.table is not None and case.has_lapsed(command.at):
        lapsed = OffersExpired(case.table.set_digest, at=command.at, actor=command.actor)
        return (lapsed, talk)
    return (talk,)


def answer_talk(case: Case, command: AnswerTalk) -> Events:
    """Return that the borrower was answered; nothing when nobody asked."""
    _by_its_agent(case, command)
    if not case.wants_to_talk:
        return ()
    return (TalkAnswered(command.message_digest, at=command.at, actor=command.actor),)


def ask_for_review(_case: Case, command: AskForReview) -> Events:
    """Return that the case waits for somebody else than the one who refused it."""
    return (
        ReviewAsked(command.message_digest, command.answer_by, at=command.at, actor=command.actor),
    )


def show_disclosure(case: Case, command: ShowDisclosure) -> Events:
    """Return that the document was shown; nothing when it already was in this wording."""
    if case.has_lapsed(command.at):
        raise OfferExpired(case, command.at)
    if case.shown == command.document_digest:
        return ()
    return (
        DisclosureShown(
            command.document_digest, command.reading_seconds, at=command.at, actor=command.actor
        ),
    )


def sign(case: Case, command: Sign) -> Events:
    """Return the signature, if the offer is open and this document was shown long enough."""
    if case.has_lapsed(command.at):
        raise OfferExpired(case, command.at)
    if case.shown != command.document_digest:
        raise DisclosureNotShown(case)
    if case.signable_from is not None and command.at < case.signable_from:
        raise ReadingTimeNotOver(case, command.at)
    return (
        AgreementSigned(
            command.agreement,
            command.document_digest,
            command.sealed_digest,
            at=command.at,
            actor=command.actor,
        ),
    )


def withdraw(_case: Case, command: Withdraw) -> Events:
    """Return that the borrower stopped."""
    return (CaseWithdrawn(at=command.at, actor=command.actor),)


def expire_offers(case: Case, command: ExpireOffers) -> Events:
    """Return that the offers are off the table, if their last day is over."""
    if case.table is None or not case.has_lapsed(command.at):
        raise OffersStillOpen(case)
    return (OffersExpired(case.table.set_digest, at=command.at, actor=command.actor),)


def record_settlement(_case: Case, command: RecordSettlement) -> Events:
    """Return that the loan is paid off."""
    return (CaseSettled(at=command.at, actor=command.actor),)


def _by_its_agent(case: Case, command: Command) -> None:
    if case.agent != command.actor:
        raise NotTheAgent(case, command.actor)


def _by_another(case: Case, command: Command) -> None:
    makers = {case.requested_by, case.candidates.made_by if case.candidates else None}
    if command.actor in makers:
        raise MakerCannotApprove(case, command.actor)


def _need(case: Case, evidence: str) -> str:
    for file in case.evidence:
        if file.evidence == evidence:
            return file.need
    raise UnknownEvidence(case, evidence)


def _candidates(case: Case, keys: Sequence[str]) -> str:
    known = {offer.key for offer in case.candidates.offers} if case.candidates else set()
    if case.candidates is None or not keys or not set(keys) <= known:
        raise NoSuchCandidates(case, keys)
    return case.candidates.set_digest


def _over_the_limit(case: Case, keys: Sequence[str]) -> tuple[str, ...]:
    offers = case.candidates.offers if case.candidates else ()
    return tuple(offer.key for offer in offers if offer.key in keys and offer.needs_approval)
