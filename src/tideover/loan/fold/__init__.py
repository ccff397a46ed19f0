"""The fold of a loan's dated events into its state on a day."""

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
    "LineState",
    "LineStatus",
    "LoanState",
    "NotDisbursed",
    "NothingToReverse",
    "loan_state",
]
