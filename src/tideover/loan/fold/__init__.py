"""The fold of a loan's dated events into its state on a day."""

from tideover.loan.fold.accounts import LineAccount, explain_state
from tideover.loan.fold.folding import loan_state
from tideover.loan.fold.ordering import (
    DisbursedTwice,
    DuplicateReference,
    NotDisbursed,
    NothingToReverse,
)
from tideover.loan.fold.state import Allocation, LineState, LineStatus, LoanState

__all__ = [
    "Allocation",
    "DisbursedTwice",
    "DuplicateReference",
    "LineAccount",
    "LineState",
    "LineStatus",
    "LoanState",
    "NotDisbursed",
    "NothingToReverse",
    "explain_state",
    "loan_state",
]
