"""Opening accounts: a borrower with a way to sign in, and a loan that was paid out."""

from datetime import date, datetime

from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, Borrower, Loan, Tape
from tideover.app.verbs.books.loan_events import record_events
from tideover.loan import Disbursed, Event, LoanTerms, terms_to_record

PHONE, ID_NUMBER = "phone", "id_number"


def borrower_by_phone(phone: str) -> Borrower | None:
    """The borrower with that phone, or None."""
    return Borrower.objects.filter(phone_index=blind_index(phone, purpose=PHONE)).first()


def borrower_by_id_number(id_number: str) -> Borrower | None:
    """The borrower with that identity number, or None."""
    index = blind_index(id_number, purpose=ID_NUMBER)
    return Borrower.objects.filter(id_number_index=index).first()


def add_borrower(*, name: str, phone: str, id_number: str) -> Borrower:
    """A new borrower with an account. Call it inside `atomic()`."""
    return Borrower.objects.create(
        account=Account.objects.create_borrower(),
        name=name,
        phone=phone,
        phone_index=blind_index(phone, purpose=PHONE),
        id_number=id_number,
        id_number_index=blind_index(id_number, purpose=ID_NUMBER),
    )


def open_loan(
    borrower: Borrower,
    terms: LoanTerms,
    *,
    reference: str,
    product: str,
    account_last4: str,
    events: tuple[Event, ...],
    actor: str,
    at: datetime,
    until: date | None = None,
    tape: Tape | None = None,
    edition: int = 1,
) -> Loan:
    """A loan that was paid out on the day of its terms, and what happened to it `until` today.

    `tape` is what brought it; the `edition` is above one where a tape with it was undone before.
    Call it inside `atomic()`. Writes the log, the journal and the active schedule.
    """
    loan = Loan.objects.create(
        reference=reference,
        borrower=borrower,
        product=product,
        terms=terms_to_record(terms),
        currency=terms.currency.code,
        account_last4=account_last4,
        tape=tape,
        edition=edition,
    )
    paid_out = Disbursed(terms.disbursed_on, f"{reference}-disbursed", terms.principal)
    record_events(loan, [paid_out, *events], actor=actor, at=at, until=until)
    return loan
