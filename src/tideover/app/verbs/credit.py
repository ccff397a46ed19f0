"""What is reported of a loan: its credit record and asset class, for one borrower or the book."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tideover.agreements.reporting import (
    Classification,
    CreditRecord,
    classify_loan,
    credit_record,
)
from tideover.app.db.models import Borrower, Loan
from tideover.app.pdf import render_objection
from tideover.app.verbs.loans import events, own_loan, product_words, terms
from tideover.policy import Parameters, Words, load_book


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """A loan's credit record on a day, and the days that policy gives to objections."""

    reference: str
    last4: str
    product: Words
    record: CreditRecord
    objection_days: int
    years_kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLoan:
    """One loan as it is reported on a day: record and class. No name and no number of a person."""

    reference: str
    product: str
    record: CreditRecord
    classed: Classification


def own_record(borrower: Borrower, reference: str, on: date) -> CreditView:
    """The record of one of the borrower's own loans. Raises NotFound when it is not theirs."""
    loan = own_loan(borrower, reference)
    parameters = load_book().on(on, product=loan.product)
    return CreditView(
        reference=loan.reference,
        last4=loan.account_last4 or loan.reference[-4:],
        product=product_words(loan.product, on),
        record=_record(loan, on, parameters=parameters),
        objection_days=parameters.integer("credit_record.objection_days"),
        years_kept=parameters.integer("credit_record.years_kept"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What a borrower objects to: which months, what the report says, and what is true."""

    months: str
    wrong: str
    right: str


def objection_letter(
    borrower: Borrower, reference: str, objection: Objection, *, to: str, on: date
) -> bytes:
    """An objection as PDF, ready to sign; nothing of it is kept. Raises NotFound.

    `to` is whom it is addressed to, as it stands on the letter.
    """
    view = own_record(borrower, reference, on)
    return render_objection(
        {
            "made_on": on.isoformat(),
            "to": to,
            "days": view.objection_days,
            "name": str(borrower.name),
            "id_number": str(borrower.id_number),
            "loan": reference,
            "account": f"{view.product.zh} {reference}",
            "months": objection.months,
            "wrong": objection.wrong,
            "right": objection.right,
        }
    )


def reported_loans(on: date) -> Iterator[ReportedLoan]:
    """Yield every loan of the book as it is reported on a day, by reference."""
    for loan in Loan.objects.order_by("reference").iterator():
        if terms(loan).disbursed_on > on:
            continue
        parameters = load_book().on(on, product=loan.product)
        yield ReportedLoan(
            reference=loan.reference,
            product=loan.product,
            record=_record(loan, on, parameters=parameters),
            classed=classify_loan(
                terms(loan),
                events(loan),
                on=on,
                parameters=parameters,
                is_card=parameters.flag("product.is_card"),
            ),
        )


def _record(loan: Loan, on: date, *, parameters: Parameters) -> CreditRecord:
    return credit_record(terms(loan), events(loan), on=on, parameters=parameters)
