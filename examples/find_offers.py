"""Find the plans that a household can carry, without any service: a library is enough.

A loan of ¥10,000.00 at 0.04 % a day, ten instalments of equal principal. Two are paid, the third is
twenty days late. The borrower lost her job and lives on unemployment benefit for now.
"""

from datetime import date
from fractions import Fraction

from tideover.affordability import (
    Household,
    Income,
    IncomeKind,
    Outgoing,
    OutgoingCategory,
)
from tideover.loan import DailyRate, Disbursed, LoanTerms, Method, Paid, loan_state
from tideover.money import CNY, Money
from tideover.offers import OfferRequest, OfferSet, find_offers
from tideover.policy import load_book

ON = date(2026, 11, 23)


def yuan(text: str) -> Money:
    """Return an amount written in yuan."""
    return Money.parse(text, CNY)


TERMS = LoanTerms(
    principal=yuan("10000"),
    rate=DailyRate.parse("0.0004"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=10,
    disbursed_on=date(2026, 8, 3),
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
EVENTS = (
    Disbursed(date(2026, 8, 3), "D1", yuan("10000")),
    Paid(date(2026, 9, 3), "P1", yuan("1124.00")),
    Paid(date(2026, 10, 3), "P2", yuan("1108.00")),
)
HOUSEHOLD = Household(
    adults=1,
    children=1,
    incomes=(
        Income(name="unemployment benefit", kind=IncomeKind.BENEFIT, monthly=yuan("3080.00")),
    ),
    outgoings=(
        Outgoing(category=OutgoingCategory.HOUSING, monthly=yuan("1200.00")),
        Outgoing(category=OutgoingCategory.FOOD, monthly=yuan("1000.00")),
    ),
)


def request() -> OfferRequest:
    """Return everything the offers follow from: the loan, the household, the day, the policy."""
    return OfferRequest(
        loan_reference="WLD-0001",
        terms=TERMS,
        events=EVENTS,
        on=ON,
        household=HOUSEHOLD,
        parameters=load_book().on(ON, product="weilidai"),
    )


def found() -> OfferSet:
    """Return the offers of this household on the day."""
    return find_offers(request())


def main() -> None:
    """Print what is owed today and the offers."""
    state = loan_state(TERMS, EVENTS, ON)
    offers = found()
    print(f"owed on {ON}: {state.outstanding.total.display}, {state.days_past_due} days past due")
    print(f"the tightest month can carry {min(m.capacity for m in offers.capacity).display}")
    for offer in offers.offers:
        print(f"{offer.label.en}: {offer.payment.display} x {offer.instalments}")
        print(f"  first on {offer.earliest_due}, in all {offer.total.display}")
        print(f"  {offer.why.en}")


if __name__ == "__main__":
    main()
