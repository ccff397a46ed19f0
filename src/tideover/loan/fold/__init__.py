"""The fold of a loan's dated events into its state on a day."""

from tideover.loan.fold.accounts import LineAccount, explain_state
from tideover.loan.fold.folding import loan_state
from tideover.loan.fold.refusals import (
    DisbursedTooLate,
    DisbursedTwice,
    DueDateTooEarly,
    DuplicateReference,
    NoRateToChange,
    NotDisbursed,
    NotEnded,
    NothingDueThen,
    NothingToReverse,
    PauseEndsTooEarly,
)
from tideover.loan.fold.state import Allocation, LineState, LineStatus, LoanState

__all__ = [
    "Allocation",
    "DisbursedTooLate",
    "DisbursedTwice",
    "DueDateTooEarly",
    "DuplicateReference",
    "LineAccount",
    "LineState",
    "LineStatus",
    "LoanState",
    "NoRateToChange",
    "NotDisbursed",
    "NotEnded",
    "NothingDueThen",
    "NothingToReverse",
    "PauseEndsTooEarly",
    "explain_state",
    "loan_state",
]
