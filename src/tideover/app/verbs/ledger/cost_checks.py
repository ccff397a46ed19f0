"""The annual cost that an agreement names, worked out again by halving (I12)."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Final

from tideover.app.db.models import Agreement
from tideover.app.verbs.ledger.faults import LedgerFault, fault
from tideover.app.verbs.ledger.loan_books import LoanBooks
from tideover.loan import Method
from tideover.offers import offer_from_record
from tideover.options import Proposal

#: A hundredth of a percentage point.
TOLERANCE: Final = Decimal("0.0001")
_DAYS_OF_YEAR: Final = 365
_HALVINGS: Final = 60
_DIGITS: Final = 30
_PERCENT: Final = re.compile(r"(-?\d+\.\d+)%")

#: What falls due on a day, in minor units.
Due = tuple[date, int]


def cost_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """What each signed agreement of a loan says it costs a year, kept and printed."""
    by_month = books.terms.method is Method.FLAT
    for agreement in Agreement.objects.filter(loan=books.loan, signed_at__isnull=False):
        offer = offer_from_record(agreement.offer)
        simple, effective = annual_cost(offer.proposal, by_month=by_month)
        with localcontext(Context(prec=_DIGITS)):
            kept = [
                Decimal(rate.numerator) / rate.denominator
                for rate in (offer.annual_cost.nominal, offer.annual_cost.effective)
            ]
            printed = [
                Decimal(text) / 100
                for text in _PERCENT.findall(agreement.document["cost_table"][-1]["rate"]["zh"])
            ]
        for what, rates in (("kept", kept), ("printed", printed)):
            again = [simple, effective]
            if len(rates) != 2 or any(
                abs(rate - found) > TOLERANCE for rate, found in zip(rates, again, strict=True)
            ):
                yield _fault(books, agreement.number, what, rates=rates, again=again)


def annual_cost(proposal: Proposal, *, by_month: bool) -> tuple[Decimal, Decimal]:
    """Return the simple and the effective annual rate at which a plan repays what was owed.

    Both as fractions of one, to twelve places and more, by halving an interval of rates. The simple
    rate settles interest at every due date, by actual days, or by months where `by_month`.
    """
    carried, schedule = proposal.restructured.carried, proposal.schedule
    owed = schedule.opening_balance.minor + carried.total.minor
    dues = [(one.line.due_date, one.amount.minor) for one in proposal.due_lines if one.amount]
    days = [(day - schedule.start).days for day, _ in dues]
    steps = [after - before for before, after in zip([0, *days], days, strict=False)]
    with localcontext(Context(prec=_DIGITS)):
        part = Decimal(1) / 12 if by_month else Decimal(1) / _DAYS_OF_YEAR
        gaps = [part] * len(dues) if by_month else [part * step for step in steps]

        def simple(rate: Decimal) -> Decimal:
            left = Decimal(owed)
            for (_, amount), gap in zip(dues, gaps, strict=True):
                left = left * (1 + rate * gap) - amount
            return left

        def effective(rate: Decimal) -> Decimal:
            growth = (1 + rate).ln() / _DAYS_OF_YEAR
            worth = sum(
                (
                    amount * (-growth * day).exp()
                    for (_, amount), day in zip(dues, days, strict=True)
                ),
                Decimal(0),
            )
            return owed - worth

        return _halved(simple), _halved(effective)


def _halved(left_over: Callable[[Decimal], Decimal]) -> Decimal:
    """Where what is left over turns from below zero to above it, between -50 % and 1,000 %."""
    low, high = Decimal("-0.5"), Decimal(10)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if left_over(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _fault(
    books: LoanBooks,
    number: str,
    what: str,
    *,
    rates: Sequence[Decimal],
    again: Sequence[Decimal],
) -> LedgerFault:
    named = " / ".join(f"{100 * rate:.4f} %" for rate in rates) or "—"
    right = " / ".join(f"{100 * rate:.4f} %" for rate in again)
    kinds = {"kept": ("记录的", "kept"), "printed": ("印出的", "printed")}
    zh, en = kinds[what]
    return fault(
        books.loan,
        "annual-cost",
        zh=f"协议 {number} {zh}年化成本为 {named}，重算为 {right}",
        en=f"agreement {number}, {en} annual cost: {named}, worked out again: {right}",
    )
