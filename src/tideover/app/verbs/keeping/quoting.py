"""What it takes to be done early, for the borrower's own loan and any day."""

from datetime import date

from tideover.agreements.keeping import SettlementQuote, settlement_quote
from tideover.app.db.models import Borrower
from tideover.app.verbs.loans import events, own_loan, terms


def quote(borrower: Borrower, reference: str, on: date) -> SettlementQuote:
    """The one payment that closes the loan on a day.

    Raises QuoteBeforeEvents, and NotFound when the loan is not theirs.
    """
    loan = own_loan(borrower, reference)
    return settlement_quote(terms(loan), events(loan), on=on)
