"""Every plan that loans could have, as columns of whole numbers."""

from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.plans import LoanPlans, plans_of
from tideover.offers.grid.searching import Found, Grid, Ways

__all__ = ["Calendar", "Found", "Grid", "LoanPlans", "Ways", "plans_of"]
