"""What days and charges have earned, against a second count of both (I7, I11)."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Sum

from tideover.app.db.models import Posting
from tideover.app.verbs.books.journal import receivable
from tideover.app.verbs.ledger.faults import LedgerFault, differs
from tideover.app.verbs.ledger.loan_books import LoanBooks
from tideover.loan import Charged, Component

#: Interest counted by the day may differ by so many minor units a loan, all roundings together.
ROUNDING_MINOR_MAX: Final = 1


def earning_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Interest and penalty by the day, every charge by itself, and where each of them went."""
    yield from _accrual_faults(books)
    yield from _charge_faults(books)
    yield from _whereabouts_faults(books)


def _accrual_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Interest and penalty earned are day balances times rates, to a minor unit a loan (I7)."""
    if books.earned is None:
        return
    for component, minor in (
        (Component.INTEREST, books.earned.interest),
        (Component.PENALTY, books.earned.penalty),
    ):
        expected = minor + sum(one.amount.minor for one in _charges(books, component))
        found = -books.balances[_income(component)]
        if abs(found - expected) > ROUNDING_MINOR_MAX:
            yield differs(books.loan, "accrual", _income(component), found, expected)


def _charge_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Each charge that stands is booked in an entry of its own, to the minor unit (I11)."""
    if books.earned is None:
        return
    rows = Posting.objects.filter(entry__loan=books.loan, entry__kind="loan.charged")
    booked = {
        (reference, credit): moved
        for reference, credit, moved in rows.values_list("entry__reference", "credit")
        .annotate(moved=Sum("amount_minor"))
        .order_by()
    }
    for component in (Component.FEE, Component.PENALTY):
        for charge in _charges(books, component):
            entry = f"{books.loan.book_name}:{charge.reference}"
            found = booked.get((entry, _income(component)), 0)
            if found != charge.amount.minor:
                yield differs(books.loan, "charge", charge.reference, found, charge.amount.minor)


def _whereabouts_faults(books: LoanBooks) -> Iterator[LedgerFault]:
    """Of interest, penalty and fees: paid, waived, joined to the principal and due are all (I11).

    What was paid and waived is told by the lines of the loan, what was charged by the ledger.
    """
    lines = (*books.state.closed_lines, *books.state.lines)
    for component in (Component.INTEREST, Component.PENALTY, Component.FEE):
        owed = receivable(component)
        given = (
            books.booked[f"waived.{component.value}", owed]
            - books.booked[owed, f"waived.{component.value}"]
        )
        paid = sum(line.paid.get(component).minor for line in lines)
        joined = books.state.capitalised.get(component).minor
        due = books.state.outstanding.get(component).minor
        charged = -books.balances[_income(component)]
        if charged != paid + given + joined + due:
            yield differs(
                books.loan, "charged", component.value, charged, paid + given + joined + due
            )


def _charges(books: LoanBooks, component: Component) -> Iterator[Charged]:
    for event in books.counted:
        if isinstance(event, Charged) and event.component is component:
            yield event


def _income(component: Component) -> str:
    return f"income.{component.value}"
