"""The loan that the tests of the fold tell stories about: 10,000.00 by the day, five lines."""

from datetime import date
from fractions import Fraction

from tideover.loan import DailyRate, Disbursed, LoanTerms, Method, Paid, loan_state
from tideover.money import CNY, Money

OUT = date(2018, 9, 11)
DUE = date(2018, 10, 11)
TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=OUT,
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
DISBURSED = Disbursed(OUT, "out", TERMS.principal)


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def paid(day: str, amount: str, reference: str = "") -> Paid:
    return Paid(date.fromisoformat(day), reference or f"paid {day}", yuan(amount))


def state(*events, on: str, terms: LoanTerms = TERMS):
    return loan_state(terms, (DISBURSED, *events), date.fromisoformat(on))


def split(components):
    return tuple(part.text for part in (
        components.principal, components.interest, components.penalty, components.fee
    ))  # fmt: skip
