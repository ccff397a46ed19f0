"""The table of the page about host systems: what each operation does on an awkward day."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from docs_tables import print_table
from tideover.dates import MONTHLY, DayCount
from tideover.loan import AnnualRate, Component, Disbursed, LoanTerms, Method, Paid, profile
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    ChargeDue,
    ContractEnded,
    Credited,
    DueDateMoved,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    TermsAdded,
    projected_state,
)
from tideover.money import CNY, Money, Refusal

#: 8,000.00 paid out on the 31st of January of a leap year at 18 %, in six months.
_TERMS = LoanTerms(
    principal=Money(800_000, CNY),
    rate=AnnualRate.percent("18", DayCount.MONTHLY),
    method=Method.LEVEL,
    instalments=6,
    disbursed_on=date(2024, 1, 31),
    conventions=profile("fineract-progressive").conventions,
)
_RULES = replace(HOST_PRODUCTS["usual"], recalculates=True)
_OUT = Disbursed(_TERMS.disbursed_on, "out", _TERMS.principal)
_DUE = _TERMS.due_dates()
_DAYS: Mapping[str, date] = {
    "day of disbursement": _TERMS.disbursed_on,
    "29 February, a due date": _DUE[0],
    "31 March, a due date": _DUE[1],
    "twenty days late": _DUE[1] + timedelta(days=20),
    "last day": _DUE[-1],
    "ten days after it": _DUE[-1] + timedelta(days=10),
}


def _yuan(minor: int) -> Money:
    return Money(minor, CNY)


def _next_due(on: date) -> date:
    return next((day for day in _DUE if day > on), _DUE[-1])


def _re_aged(interest: ReAgeInterest) -> Callable[[date], ProjectedEvent]:
    return lambda on: ReAged(on, "X", on + timedelta(days=20), MONTHLY, 8, interest)


_OPERATIONS: Mapping[str, Callable[[date], ProjectedEvent]] = {
    "paid, 1,500.00": lambda on: Paid(on, "X", _yuan(150_000)),
    "refund of a merchant, 500.00": lambda on: Credited(
        on, "X", _yuan(50_000), Kind.MERCHANT_REFUND
    ),
    "paid back, 100.00": lambda on: PaidBack(on, "X", _yuan(10_000)),
    "fee due that day, 20.00": lambda on: ChargeDue(on, "X", Component.FEE, _yuan(2_000), on),
    "tranche, 1,000.00": lambda on: Disbursed(on, "X", _yuan(100_000)),
    "rate of 9 %": lambda on: RateChanged(on, "X", on, Fraction(9, 100)),
    "pause of 40 days": lambda on: InterestPaused(on, "X", on, on + timedelta(days=40)),
    "next due date moved by 5 days": lambda on: DueDateMoved(
        on, "X", _next_due(on), _next_due(on) + timedelta(days=5)
    ),
    "three terms added": lambda on: TermsAdded(on, "X", on, 3),
    **{f"re-age, {interest}": _re_aged(interest) for interest in ReAgeInterest},
    "re-amortised": lambda on: ReAmortised(on, "X"),
    "re-amortised, interest split": lambda on: ReAmortised(on, "X", splits_interest=True),
    "contract ended": lambda on: ContractEnded(on, "X"),
}


def print_awkward_days() -> None:
    """Print what each operation leaves on each awkward day: payoff and next row, or a refusal."""
    nothing = ("nothing", *(_told((_OUT,), day) for day in _DAYS.values()))
    rows = [
        (name, *(_told((_OUT, make(day)), day) for day in _DAYS.values()))
        for name, make in _OPERATIONS.items()
    ]
    print_table(("operation", *_DAYS), [nothing, *rows], are_numbers=False)


def _told(events: tuple[ProjectedEvent, ...], on: date) -> str:
    try:
        state = projected_state(_TERMS, events, rules=_RULES, on=on)
    except Refusal as refused:
        return f"refused: `{refused.code}`"
    upcoming = [row for row in state.rows if row.due_date > on and row.outstanding.total]
    found = f"{state.payoff.text}"
    return (
        f"{found}; {upcoming[0].outstanding.total.text} on {upcoming[0].due_date}"
        if upcoming
        else found
    )
