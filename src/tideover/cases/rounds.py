"""Rounds of a negotiation: what a borrower proposed, what was answered, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

#: Who answers a proposal that needs no person. A colon keeps it apart from every login of staff.
BY_POLICY: Final = "policy:automatic"


@dataclass(frozen=True, slots=True)
class OfferOnFile:
    """What a case has to know of an offer: its key in the set, and whose yes it needs."""

    key: str
    needs_approval: bool


class RoundOutcome(StrEnum):
    """How a proposal was answered; the value is what is stored."""

    ACCEPTED = "accepted"
    NEAREST = "nearest"
    WITH_PERSON = "with-a-person"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a borrower proposes: minor units a month, instalments, months of pause; or several."""

    monthly_minor: int | None
    instalments: int | None
    pause_months: int | None


@dataclass(frozen=True, slots=True)
class FoundSet:
    """The offers that answer a proposal beside those that stay, as `GenerateOffers` keeps them."""

    on: date
    set_digest: str
    policy_digest: str
    loan_digest: str
    offers: tuple[OfferOnFile, ...]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAnswer:
    """An answer that was worked out. `found` is None where no new offer came of it.

    `offer_key` names the plan that was found, `codes` the coded reasons where it is not the one
    proposed; `record` has the words and figures of both. `open_until` is the last moment of a set
    that goes on the table, `answer_by` the promise where a person has to decide.
    """

    outcome: RoundOutcome
    offer_key: str | None
    codes: tuple[str, ...]
    record: Mapping[str, Any]
    found: FoundSet | None = None
    open_until: datetime | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round as the case remembers it. `is_open` while a person still has to answer."""

    number: int
    terms: Terms
    at: datetime
    loan_digest: str
    policy_digest: str
    outcome: RoundOutcome | None = None
    offer_key: str | None = None
    is_open: bool = False
    is_withdrawn: bool = False
    is_reviewed: bool = False
