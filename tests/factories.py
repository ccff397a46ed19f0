"""Objects with one obvious default each. Every person and loan in them is made up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import settings

from tideover.affordability import Household, Income, IncomeKind, Outgoing, OutgoingCategory
from tideover.loan import (
    DailyRate,
    Disbursed,
    Event,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money, Rounding
from tideover.offers import OfferRequest
from tideover.policy import Parameters, load_book

#: Twenty days after the third instalment of the loan below was due.
TODAY = date(2026, 11, 23)


#: For properties that build whole plans: fewer examples, and no clock on a busy machine.
steady = settings(deadline=None, max_examples=25)


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def weilidai(**changes: object) -> LoanTerms:
    """10,000.00 drawn on 3 August 2026 at 0.04 % a day, ten instalments of equal principal."""
    usual = LoanTerms(
        principal=yuan("10000"),
        rate=DailyRate.parse("0.0004"),
        method=Method.EQUAL_PRINCIPAL,
        instalments=10,
        disbursed_on=date(2026, 8, 3),
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
    )
    return replace(usual, **changes)


def card(**changes: object) -> LoanTerms:
    """A card bill of 12,000.00 over twelve instalments at a fee of 0.60 % each."""
    usual = LoanTerms(
        principal=yuan("12000"),
        rate=None,
        method=Method.FLAT,
        fee_rate=Fraction(6, 1000),
        instalments=12,
        disbursed_on=date(2026, 5, 11),
        penalty_uplift=Fraction(1, 2),
        grace_days=3,
    )
    return replace(usual, **changes)


def paid_until(terms: LoanTerms, *, instalments: int) -> tuple[Event, ...]:
    """The disbursement, and so many instalments each paid on its day."""
    lines = build_schedule(terms).lines[:instalments]
    return (
        Disbursed(terms.disbursed_on, "out", terms.principal),
        *(Paid(line.due_date, f"paid-{line.number}", line.instalment) for line in lines),
    )


def in_arrears(terms: LoanTerms | None = None, *, paid: int = 2, on: date = TODAY) -> LoanState:
    terms = terms or weilidai()
    return loan_state(terms, paid_until(terms, instalments=paid), on)


def household(*, able: str = "680.00", outgoings: str = "3000", **changes: object) -> Household:
    """One adult who can pay `able` a month after the buffer of a tenth, up to 200.00."""
    wanted = yuan(able).minor
    surplus = wanted + min(wanted // 9, 20_000) - 1
    # One fen at a time: the buffer is a tenth of the surplus, rounded half up.
    while surplus - min(Rounding.HALF_UP(Fraction(surplus, 10)), 20_000) < wanted:
        surplus += 1
    income = Money(yuan(outgoings).minor + surplus, CNY)
    usual = Household(
        incomes=(Income(name="零工", kind=IncomeKind.SELF_EMPLOYED, monthly=income),),
        outgoings=(Outgoing(category=OutgoingCategory.HOUSING, monthly=yuan(outgoings)),),
    )
    return replace(usual, **changes)


def policy(product: str = "weilidai", on: date = TODAY) -> Parameters:
    return load_book().on(on, product=product)


def request(
    *, able: str = "680.00", terms: LoanTerms | None = None, paid: int = 2, **changes: object
) -> OfferRequest:
    terms = terms or weilidai()
    product = "card-instalment" if terms.method is Method.FLAT else "weilidai"
    usual = OfferRequest(
        loan_reference="WL-DEMO-1",
        terms=terms,
        events=paid_until(terms, instalments=paid),
        on=TODAY,
        household=household(able=able),
        parameters=policy(product),
    )
    return replace(usual, **changes)


def codes(answers: Sequence[object]) -> list[str]:
    return [str(getattr(answer, "code", "")) for answer in answers]
