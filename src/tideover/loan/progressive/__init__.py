"""Loans of a host core system, whose schedule is projected again as money comes in."""

from tideover.loan.progressive.events import (
    ChargeDue,
    ContractEnded,
    Credited,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    PaidBack,
    ProjectedEvent,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
)
from tideover.loan.progressive.folding import projected_state
from tideover.loan.progressive.products import HOST_PRODUCTS
from tideover.loan.progressive.refusals import (
    BuiltOnce,
    GraceOnProjection,
    NoRowsToCome,
    NotADueDate,
    NotProjected,
    RowsAreAgreed,
)
from tideover.loan.progressive.rules import Allocation, Due, Future, HostRules, Kind, Remainder
from tideover.loan.progressive.spreading import Spread, spread_over
from tideover.loan.progressive.state import ProjectedRow, ProjectedState, Tranche

__all__ = [
    "HOST_PRODUCTS",
    "Allocation",
    "BuiltOnce",
    "ChargeDue",
    "ContractEnded",
    "Credited",
    "Due",
    "DueDateMoved",
    "Future",
    "GraceGiven",
    "GraceOnProjection",
    "HostRules",
    "InterestPaused",
    "Kind",
    "NoRowsToCome",
    "NotADueDate",
    "NotProjected",
    "PaidBack",
    "ProjectedEvent",
    "ProjectedRow",
    "ProjectedState",
    "RateChanged",
    "ReAgeInterest",
    "ReAged",
    "ReAmortised",
    "Remainder",
    "RowsAreAgreed",
    "Spread",
    "TermsAdded",
    "Tranche",
    "projected_state",
    "spread_over",
]
