"""What somebody may ask of a case. A command carries its own time: nothing here reads a clock.

`actor` names an account by role and number (`borrower:7`), never by name or telephone number.
Working-day promises arrive as dates, because the calendar belongs to the policy of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tideover.cases.rounds import OfferOnFile, RoundAnswer, Terms


class EvidenceOutcome(StrEnum):
    """What an agent found in a file. Never an accusation: a person decides about those."""

    CLEAR = "clear"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something asked of a case, when and by whom."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class OpenCase(Command):
    """Begin an application about one loan."""

    number: str
    loan_reference: str


@dataclass(frozen=True, slots=True)
class SaveSection(Command):
    """Keep the answers of a section; `answers_digest` is over the clean record."""

    section: str
    answers_digest: str
    is_complete: bool


@dataclass(frozen=True, slots=True)
class AddEvidence(Command):
    """Put a stored file with the case. `answer_by` is the promise if it was waited for."""

    evidence: str
    need: str
    content_digest: str
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class RemoveEvidence(Command):
    """Take a file away again while the application is a draft."""

    evidence: str


@dataclass(frozen=True, slots=True)
class Submit(Command):
    """Declare the answers true and hand them in; they are frozen under this digest."""

    answers_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class Claim(Command):
    """Take the case on as its agent: the actor."""


@dataclass(frozen=True, slots=True)
class Assign(Command):
    """Give the case to an agent, from the queue or from another agent."""

    agent: str


@dataclass(frozen=True, slots=True)
class Release(Command):
    """Give the case back to the queue, for any agent to take."""


@dataclass(frozen=True, slots=True)
class MarkEvidence(Command):
    """Say what was found in a file; `ask_by` is the borrower's date when it must come again."""

    evidence: str
    outcome: EvidenceOutcome
    ask_by: date | None = None


@dataclass(frozen=True, slots=True)
class AskForMore(Command):
    """Ask the borrower for evidence of these needs; the lender's own clock stands meanwhile."""

    needs: tuple[str, ...]
    ask_by: date


@dataclass(frozen=True, slots=True)
class GenerateOffers(Command):
    """Keep a set of candidate offers, with the digests of what they were judged on.

    `loan_digest` covers the loan's terms and events, `set_digest` the record of the set.
    """

    on: date
    set_digest: str
    policy_digest: str
    loan_digest: str
    offers: tuple[OfferOnFile, ...]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SendOffers(Command):
    """Put candidates on the table that the agent may decide alone."""

    offer_keys: tuple[str, ...]
    open_until: datetime


@dataclass(frozen=True, slots=True)
class RequestApproval(Command):
    """Lay candidates before an approver. `answer_by` is the promise where none stands yet."""

    offer_keys: tuple[str, ...]
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Approve(Command):
    """Put the candidates of somebody else on the table."""

    open_until: datetime


@dataclass(frozen=True, slots=True)
class SendBack(Command):
    """Return candidates to the agent with a remark kept outside the log."""

    note_digest: str


@dataclass(frozen=True, slots=True)
class Decline(Command):
    """Refuse with one of the coded reasons."""

    reason: str
    note_digest: str


@dataclass(frozen=True, slots=True)
class AcceptOffer(Command):
    """Choose an offer. `set_digest` is the set that the borrower was looking at, where known."""

    offer_key: str
    set_digest: str | None = None


@dataclass(frozen=True, slots=True)
class ProposeTerms(Command):
    """Propose other terms than those on the table, with the answer that was worked out.

    `seen` is the digest of the set that the borrower was looking at, `rounds_max` the policy's
    limit, and the two digests say what the answer was judged on.
    """

    terms: Terms
    seen: str | None
    rounds_max: int
    loan_digest: str
    policy_digest: str
    answer: RoundAnswer


@dataclass(frozen=True, slots=True)
class WithdrawTerms(Command):
    """Take a proposal back that a person has not answered yet; the offers stay as they are."""


@dataclass(frozen=True, slots=True)
class AskForAnother(Command):
    """Ask that another person looks at the latest proposal again; the offers stay as they are."""

    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class AskToTalk(Command):
    """Say something to the lender; takes an expired case up again."""

    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class AnswerTalk(Command):
    """Say that the borrower has been answered."""

    message_digest: str


@dataclass(frozen=True, slots=True)
class AskForReview(Command):
    """Ask that another person looks at a refusal."""

    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class ShowDisclosure(Command):
    """Record that key facts, full text and cost table of this document were shown.

    It cannot be signed before `reading_seconds` have gone by since.
    """

    document_digest: str
    reading_seconds: int


@dataclass(frozen=True, slots=True)
class Sign(Command):
    """Sign the document that was shown; the sealed file is already in store."""

    agreement: str
    document_digest: str
    sealed_digest: str


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Stop, by the borrower's wish."""


@dataclass(frozen=True, slots=True)
class ExpireOffers(Command):
    """Take offers whose last day has passed off the table."""


@dataclass(frozen=True, slots=True)
class TellEarly(Command):
    """Say, before it is due, that the instalment of `due` will not be managed."""

    on: date
    due: date
    message_digest: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class RecordBreach(Command):
    """Keep that so many instalments in a row are missing, and until when it can be put right."""

    missed: int
    cure_until: date


@dataclass(frozen=True, slots=True)
class RecordCure(Command):
    """Keep that what was missing has come in."""


@dataclass(frozen=True, slots=True)
class EndAgreement(Command):
    """End a broken agreement by a person's decision, once the days to cure it are over."""

    on: date
    note_digest: str


@dataclass(frozen=True, slots=True)
class RecordSettlement(Command):
    """Close the case of a loan that is paid off."""


COMMANDS: tuple[type[Command], ...] = (
    OpenCase, SaveSection, AddEvidence, RemoveEvidence, Submit, Claim, Assign, Release,
    MarkEvidence, AskForMore, GenerateOffers, SendOffers, RequestApproval, Approve, SendBack,
    Decline, AcceptOffer,
    ProposeTerms, WithdrawTerms, AskForAnother, AskToTalk, AnswerTalk, AskForReview,
    ShowDisclosure, Sign, Withdraw, ExpireOffers, TellEarly, RecordBreach, RecordCure,
    EndAgreement, RecordSettlement,
)  # fmt: skip
"""Every command, in the order of a case's life."""
