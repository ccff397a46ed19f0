"""Every operation on a loan whose schedule follows the money, once: for pairs and for kept figures.

An operation is a name and a maker of its event, given the day and a reference.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from tideover.dates import MONTHLY, DayCount
from tideover.loan import (
    AnnualRate,
    Component,
    Conventions,
    Disbursed,
    LevelRule,
    LoanTerms,
    Method,
    Paid,
)
from tideover.loan.progressive import (
    Allocation,
    ChargeDue,
    ContractEnded,
    Credited,
    Due,
    DueDateMoved,
    Future,
    GraceGiven,
    HostRules,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
)
from tideover.money import CNY, Money, Rounding

START: Final = date(2026, 1, 31)
TERMS: Final = LoanTerms(
    principal=Money(100_000, CNY),
    rate=AnnualRate.percent("9.9", DayCount.MONTHLY),
    method=Method.LEVEL,
    instalments=6,
    disbursed_on=START,
    rounding=Rounding.HALF_EVEN,
    conventions=Conventions(level=LevelRule.ROUNDED, payment_rounding=Rounding.HALF_EVEN),
)
OUT: Final = Disbursed(START, "00", TERMS.principal)

Operation = Callable[[date, str], ProjectedEvent]


def yuan(cents: int) -> Money:
    return Money(cents, CNY)


def re_aged(interest: ReAgeInterest) -> Operation:
    return lambda on, name: ReAged(on, name, on + timedelta(10), MONTHLY, 4, interest)


OPERATIONS: Final[dict[str, Operation]] = {
    "charge": lambda on, name: ChargeDue(on, name, Component.FEE, yuan(1234), on),
    "charge after maturity": lambda on, name: ChargeDue(
        on, name, Component.PENALTY, yuan(321), date(2026, 10, 10)
    ),
    "pay": lambda on, name: Paid(on, name, yuan(17_152)),
    "pay more than is owed": lambda on, name: Paid(on, name, yuan(230_000)),
    "refund": lambda on, name: Credited(on, name, yuan(30_000), Kind.MERCHANT_REFUND),
    "pay back": lambda on, name: PaidBack(on, name, yuan(700)),
    "rate": lambda on, name: RateChanged(on, name, on, Fraction(4, 100)),
    "pause": lambda on, name: InterestPaused(on, name, on, on + timedelta(20)),
    "due date": lambda on, name: DueDateMoved(on, name, date(2026, 3, 31), date(2026, 4, 15)),
    "terms": lambda on, name: TermsAdded(on, name, on, 2),
    "grace": lambda on, name: GraceGiven(on, name, on, 2),
    **{f"re-age, {interest}": re_aged(interest) for interest in ReAgeInterest},
    "re-amortise": lambda on, name: ReAmortised(on, name),
    "re-amortise, split": lambda on, name: ReAmortised(on, name, splits_interest=True),
    "end": lambda on, name: ContractEnded(on, name),
    "tranche": lambda on, name: Disbursed(on, name, yuan(50_000)),
}


def going_to(future: Future, **rules: bool) -> HostRules:
    """Fees, penalties, interest and principal in this order, and ahead to `future`."""
    parts = (Component.FEE, Component.PENALTY, Component.INTEREST, Component.PRINCIPAL)
    order = tuple((due, part) for due in Due for part in parts)
    allocations = {Kind.PAYMENT: Allocation(order, future)}
    return HostRules(recalculates=True, allocations=allocations, **rules)
