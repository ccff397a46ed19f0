"""A loan: terms, schedule, and the fold of its dated events into a state on any day."""

from tideover.loan.building import build_schedule
from tideover.loan.carrying import carried_by_line
from tideover.loan.components import Component, Components
from tideover.loan.events import (
    Charged,
    Disbursed,
    Event,
    Paid,
    Restructured,
    Reversed,
    Waived,
)
from tideover.loan.fold import (
    Allocation,
    DisbursedTwice,
    DuplicateReference,
    LineState,
    LineStatus,
    LoanState,
    NotDisbursed,
    NothingToReverse,
    loan_state,
)
from tideover.loan.rates import AnnualRate, DailyRate, NotARate, Rate, RateLooksLikePercent
from tideover.loan.schedule import Schedule, ScheduleLine
from tideover.loan.terms import (
    CIVIL_CODE_ORDER,
    Conventions,
    FirstDueBeforeDisbursement,
    LevelRule,
    LoanTerms,
    Method,
    NoInstalments,
    RateMissing,
    ZeroPrincipal,
)

__all__ = [
    "CIVIL_CODE_ORDER",
    "Allocation",
    "AnnualRate",
    "Charged",
    "Component",
    "Components",
    "Conventions",
    "DailyRate",
    "Disbursed",
    "DisbursedTwice",
    "DuplicateReference",
    "Event",
    "FirstDueBeforeDisbursement",
    "LevelRule",
    "LineState",
    "LineStatus",
    "LoanState",
    "LoanTerms",
    "Method",
    "NoInstalments",
    "NotARate",
    "NotDisbursed",
    "NothingToReverse",
    "Paid",
    "Rate",
    "RateLooksLikePercent",
    "RateMissing",
    "Restructured",
    "Reversed",
    "Schedule",
    "ScheduleLine",
    "Waived",
    "ZeroPrincipal",
    "build_schedule",
    "carried_by_line",
    "loan_state",
]
