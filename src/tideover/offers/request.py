"""What offers are found for: a loan, a household, a day, and what the borrower would like."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from tideover.affordability import Household
from tideover.loan import Event, LoanTerms
from tideover.money import Money
from tideover.policy import Parameters, Words

__all__ = ["WISH_WORDS", "OfferRequest", "Wish", "WishKind"]


class WishKind(StrEnum):
    """What a borrower asks for."""

    PAY_LESS = "pay-less"
    PAUSE = "pause"
    LONGER = "longer"
    MOVE_DATE = "move-date"
    SETTLE = "settle"
    ADVICE = "advice"


WISH_WORDS: Final = {
    WishKind.PAY_LESS: Words("每月少还一些", "Pay less each month"),
    WishKind.PAUSE: Words("先停一停", "Pause first"),
    WishKind.LONGER: Words("延长时间", "More time"),
    WishKind.MOVE_DATE: Words("换还款日", "Another due date"),
    WishKind.SETTLE: Words("一次结清", "Settle at once"),
    WishKind.ADVICE: Words("听听建议", "Advice, please"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the borrower would like; a wish never decides what is affordable.

    `lump_sum` is what the borrower can put up at once to settle.
    """

    kind: WishKind = WishKind.ADVICE
    monthly: Money | None = None
    pause_months: int | None = None
    instalments: int | None = None
    lump_sum: Money | None = None

    @property
    def is_to_settle(self) -> bool:
        """Whether a settlement is asked for."""
        return self.kind is WishKind.SETTLE or self.lump_sum is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRequest:
    """Everything offers follow from. The same request always gives the same offers."""

    loan_reference: str
    terms: LoanTerms
    events: Sequence[Event]
    on: date
    household: Household
    parameters: Parameters
    wish: Wish = field(default_factory=Wish)
