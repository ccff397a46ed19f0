"""Apache Fineract as the core, over its REST API.

Loans are found by their external id, which is our reference. Source of the addresses and fields:
Fineract's published API description (LoanTransactionsApi, RescheduleLoansApi,
LoanInterestPauseApi, LoanChargesApi).
"""

from tideover.app.host.fineract.client import FineractClient
from tideover.app.host.fineract.core import FineractCore

__all__ = ["FineractClient", "FineractCore"]
