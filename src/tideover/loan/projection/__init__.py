"""A schedule that follows the money: interest on actual balances, instalments level again."""

from tideover.loan.projection.asof import (
    Owed,
    due_until,
    interest_until,
    outstanding_until,
    until,
    window_interest_until,
)
from tideover.loan.projection.basis import Basis, basis_of
from tideover.loan.projection.changes import (
    add_terms,
    change_rate,
    disburse,
    disburse_full_term,
    move_due_date,
    pause,
    projected,
)
from tideover.loan.projection.closing import with_room_at_the_end
from tideover.loan.projection.overdue import with_overdue
from tideover.loan.projection.paying import (
    corrected,
    credited,
    pay_excess,
    pay_interest,
    pay_principal,
)
from tideover.loan.projection.pieces import Figures, Segment, Window
from tideover.loan.projection.projection import Projection
from tideover.loan.projection.restarting import (
    end_contract,
    equal_parts,
    parts_of,
    re_age,
    re_age_equally,
    re_amortise,
    re_amortise_splitting,
)

__all__ = [
    "Basis",
    "Figures",
    "Owed",
    "Projection",
    "Segment",
    "Window",
    "add_terms",
    "basis_of",
    "change_rate",
    "corrected",
    "credited",
    "disburse",
    "disburse_full_term",
    "due_until",
    "end_contract",
    "equal_parts",
    "interest_until",
    "move_due_date",
    "outstanding_until",
    "parts_of",
    "pause",
    "pay_excess",
    "pay_interest",
    "pay_principal",
    "projected",
    "re_age",
    "re_age_equally",
    "re_amortise",
    "re_amortise_splitting",
    "until",
    "window_interest_until",
    "with_overdue",
    "with_room_at_the_end",
]
