"""Every operation on a loan, once: for the tests of pairs, awkward days and explanations.

An operation is a name and a maker of its event, given the terms, the day and a reference.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tideover.dates import DayCount
from tideover.loan import (
    Accelerated,
    AnnualRate,
    ArrearsCapitalised,
    Charged,
    Component,
    Components,
    DailyRate,
    Disbursed,
    DueDateMoved,
    Event,
    GraceGiven,
    InterestPaused,
    LoanTerms,
    Method,
    Paid,
    PrincipalForgiven,
    RateChanged,
    ReAged,
    ReAmortised,
    Refunded,
    Reinstated,
    Restructured,
    Settled,
    TermsAdded,
    Waived,
    build_schedule,
)
from tideover.money import CNY, Money

Operation = Callable[[LoanTerms, date, str], Event]

#: A loan by the day, as Weilidai lends: 10,000.00 at 0.05 % a day.
BY_DAY = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=6,
    disbursed_on=date(2024, 1, 31),
    penalty_uplift=Fraction(1, 2),
    grace_days=1,
)
#: A loan by the month, level.
BY_MONTH = replace(
    BY_DAY,
    rate=AnnualRate.percent("14.4", DayCount.MONTHLY),
    method=Method.LEVEL,
    grace_days=0,
)
LOANS = {"by-day": BY_DAY, "by-month": BY_MONTH}


def yuan(text: str) -> Money:
    return Money.parse(text, CNY)


def parts(**amounts: str) -> Components:
    given = {Component(name): yuan(text) for name, text in amounts.items()}
    return Components.of(given, CNY)


def disbursements(terms: LoanTerms) -> tuple[Disbursed, ...]:
    """Four fifths on the first day, so that a tranche of the rest can come later."""
    return (Disbursed(terms.disbursed_on, "out", Money(terms.principal.minor * 4 // 5, CNY)),)


def due_after(terms: LoanTerms, day: date) -> date:
    """The next due date of the contract, or its last."""
    dates = terms.due_dates()
    return next((due for due in dates if due > day), dates[-1])


def _agreement(terms: LoanTerms, on: date, name: str) -> Restructured:
    """Six level instalments for 7,000.00, with 50.00 of interest carried and 10.00 waived."""
    method = Method.FLAT if terms.rate is None else Method.LEVEL
    schedule = build_schedule(
        replace(
            terms, principal=yuan("7000"), method=method, disbursed_on=on, earliest_due=None,
            amortised_over=None, grace_on_interest=0, grace_on_principal=0,
        )
    )  # fmt: skip
    return Restructured(
        on, name, schedule, None, parts(penalty="10"), parts(), parts(interest="50"), "restructure"
    )


def _moved(terms: LoanTerms, on: date, name: str) -> DueDateMoved:
    due = due_after(terms, on)
    return DueDateMoved(on, name, due=due, new=due + timedelta(days=5))


OPERATIONS: dict[str, Operation] = {
    "tranche": lambda t, on, name: Disbursed(on, name, Money(t.principal.minor // 10, CNY)),
    "pay": lambda t, on, name: Paid(on, name, yuan("1800")),
    "pay-all": lambda t, on, name: Paid(on, name, yuan("20000")),
    "refund": lambda t, on, name: Refunded(on, name, yuan("300")),
    "fee": lambda t, on, name: Charged(on, name, Component.FEE, yuan("20"), "notice"),
    "penalty": lambda t, on, name: Charged(on, name, Component.PENALTY, yuan("15"), "late"),
    "waive-interest": lambda t, on, name: Waived(on, name, Component.INTEREST, yuan("30"), "x"),
    "waive-fee": lambda t, on, name: Waived(on, name, Component.FEE, yuan("12"), "x"),
    "pause": lambda t, on, name: InterestPaused(on, name, until=on + timedelta(days=40)),
    "rate": lambda t, on, name: RateChanged(on, name, _lower(t)),
    "move-due-date": _moved,
    "add-terms": lambda t, on, name: TermsAdded(on, name, 3),
    "grace": lambda t, on, name: GraceGiven(on, name, grace_on_principal=1),
    "re-age": lambda t, on, name: ReAged(on, name, 8, on + timedelta(days=20)),
    "re-amortise": lambda t, on, name: ReAmortised(on, name),
    "capitalise": lambda t, on, name: ArrearsCapitalised(on, name),
    "forgive": lambda t, on, name: PrincipalForgiven(on, name, yuan("900"), "hardship"),
    "accelerate": lambda t, on, name: Accelerated(on, name, "breach"),
    "reinstate": lambda t, on, name: Reinstated(on, name),
    "settle": lambda t, on, name: Settled(
        on, name, parts(principal="2000", interest="500", penalty="500", fee="500"), "settlement"
    ),
    "agree": _agreement,
}


def _lower(terms: LoanTerms) -> DailyRate | AnnualRate:
    if isinstance(terms.rate, DailyRate):
        return DailyRate.parse("0.0003")
    return AnnualRate.percent("9", DayCount.MONTHLY)
