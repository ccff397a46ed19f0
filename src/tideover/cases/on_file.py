"""What a case has on file: papers, sets of candidate offers, and the offers on the table."""

from dataclasses import dataclass
from datetime import date, datetime

from tideover.cases.commands import EvidenceOutcome
from tideover.cases.rounds import OfferOnFile


@dataclass(frozen=True, slots=True)
class EvidenceOnFile:
    """One file of a case; `outcome` is None until an agent has looked."""

    evidence: str
    need: str
    outcome: EvidenceOutcome | None = None


@dataclass(frozen=True, slots=True)
class OfferSetOnFile:
    """One set of candidates: who made it, and the digests of what it was judged on."""

    set_digest: str
    policy_digest: str
    loan_digest: str
    on: date
    made_by: str
    offers: tuple[OfferOnFile, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The offers that the borrower may accept: not at `open_until` any more."""

    set_digest: str
    offer_keys: tuple[str, ...]
    open_until: datetime
