"""Every plan that loans could have, as columns of whole numbers."""

from tideover.offers.grid.bargaining import evenly_split
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.candidate import Candidate
from tideover.offers.grid.granted import Granted, granted_of
from tideover.offers.grid.plans import LoanPlans, Table, plans_of
from tideover.offers.grid.reach import within_reach
from tideover.offers.grid.searching import Found, Grid, grid_of
from tideover.offers.grid.ways import Plans, Ways
from tideover.offers.grid.worth import contract_value

__all__ = [
    "Calendar", "Candidate", "Found", "Granted", "Grid", "LoanPlans", "Plans", "Table", "Ways",
    "contract_value", "evenly_split", "granted_of", "grid_of", "plans_of", "within_reach",
]  # fmt: skip
