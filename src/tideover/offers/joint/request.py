"""What a whole household asks: all its loans with full terms at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tideover.affordability import Household
from tideover.loan import Event, LoanTerms
from tideover.money import Money
from tideover.policy import Parameters

__all__ = ["JointRequest", "JointWish", "PlanDebt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDebt:
    """One loan with its terms, what has happened to it, and the policy of its product."""

    name: str
    terms: LoanTerms
    events: Sequence[Event]
    parameters: Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class JointWish:
    """What the household would like, all loans together."""

    monthly: Money | None = None
    instalments: int | None = None
    pause_months: int | None = None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.monthly, self.instalments, self.pause_months))


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRequest:
    """Everything a household's plan follows from.

    `household.other_debts` are all debts without full terms; `parameters` the policy of the
    household's own part, its capacity and limits.
    """

    on: date
    household: Household
    debts: tuple[PlanDebt, ...]
    parameters: Parameters
    wish: JointWish = field(default_factory=JointWish)
