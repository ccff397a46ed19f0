"""Every plan that loans could have, as columns of whole numbers."""

from tideover.offers.grid.bargaining import evenly_split
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.candidate import Candidate
from tideover.offers.grid.plans import LoanPlans, plans_of
from tideover.offers.grid.searching import Found, Grid, Ways, grid_of
from tideover.offers.grid.worth import contract_value

__all__ = [
    "Calendar", "Candidate", "Found", "Grid", "LoanPlans", "Ways", "contract_value", "evenly_split",
    "grid_of", "plans_of",
]  # fmt: skip
