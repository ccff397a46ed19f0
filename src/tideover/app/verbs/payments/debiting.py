"""The direct debits of a day: what falls due under plans in force, as a file for the bank.

Only what falls due that day is taken, never what is late: money that is late is talked about and
not taken by surprise. A plan that is being talked over is left out. Each debit has a number made of
loan and day, so that the same day asked for twice is the same file, and the bank can tell a repeat.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import Account, Agreement, LoanFold
from tideover.app.verbs import loans
from tideover.app.verbs.books.stored_fold import figures_on
from tideover.app.verbs.rights import Right, demand
from tideover.cases import CaseState
from tideover.money import Money, currency

HEADING = ("扣款编号", "借据号", "协议编号", "扣款日期", "金额", "币种", "扣款账户尾号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """One amount that the bank is asked to take on a day."""

    number: str
    loan_reference: str
    agreement: str
    on: date
    amount: Money
    account_last4: str


def debits(finance: Account, on: date) -> tuple[Debit, ...]:
    """What falls due on a day under the plans in force, by loan.

    Raises NotFound for anybody but finance.
    """
    demand(finance, Right.BOOK_PAYMENTS)
    return tuple(_debits(on))


def debit_file(finance: Account, on: date) -> bytes:
    """The debits of a day as CSV in UTF-8 with a mark; the same day makes the same bytes.

    Raises NotFound for anybody but finance.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADING)
    for one in debits(finance, on):
        writer.writerow(
            [
                one.number,
                one.loan_reference,
                one.agreement,
                one.on.isoformat(),
                one.amount.text,
                one.amount.currency.code,
                one.account_last4,
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _debits(on: date) -> Iterator[Debit]:
    in_force = Agreement.objects.filter(is_in_force=True, case__state=CaseState.ACTIVE.value)
    for agreement in in_force.select_related("loan").order_by("loan__reference").iterator():
        loan = agreement.loan
        minor = _due_on(agreement, on)
        if minor:
            yield Debit(
                number=f"DD{on:%Y%m%d}-{loan.reference}",
                loan_reference=loan.reference,
                agreement=agreement.number,
                on=on,
                amount=Money(minor, currency(loan.currency)),
                account_last4=loan.account_last4,
            )


def _due_on(agreement: Agreement, on: date) -> int:
    fold = LoanFold.objects.filter(loan=agreement.loan).first()
    figures = figures_on(fold, on) if fold is not None else None
    if figures is not None:
        return figures.due_today
    state = loans.state(agreement.loan, on)
    return sum(line.remaining.total.minor for line in state.lines if line.due_date == on)
