"""A borrower's loans as the pages show them, and the events they are made of."""

from dataclasses import dataclass
from datetime import date

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Borrower, Case, Loan
from tideover.app.verbs.acting import owned_by
from tideover.app.verbs.books.loan_events import (
    accrue,
    events,
    record_digest,
    record_event,
    record_events,
    schedule_digest,
    state,
    terms,
)
from tideover.app.verbs.refusals import NotFound
from tideover.loan import Event, LoanState, LoanTerms, Paid, Reversed, loan_state
from tideover.offers import WaitingCost, cost_of_waiting
from tideover.policy import Words, load_book

__all__ = [
    "LoanView",
    "accrue",
    "accrue_all",
    "borrower_loans",
    "events",
    "loan_view",
    "own_loan",
    "payments_received",
    "product_words",
    "record_digest",
    "record_event",
    "record_events",
    "schedule_digest",
    "state",
    "terms",
    "view_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanView:
    """A loan on a day: its terms, where it stands, and what doing nothing would cost.

    `case` is the open hardship case of the loan, or the newest one, or None. `waiting_costs` is
    empty for a settled loan.
    """

    loan: Loan
    reference: str
    product: Words
    terms: LoanTerms
    events: tuple[Event, ...]
    state: LoanState
    waiting_costs: tuple[WaitingCost, ...]
    last4: str
    case: Case | None


def borrower_loans(borrower: Borrower, on: date) -> tuple[LoanView, ...]:
    """Every loan of a borrower, the one most days past due first."""
    views = [view_of(loan, on) for loan in Loan.objects.filter(owned_by(borrower))]
    return tuple(sorted(views, key=lambda view: (-view.state.days_past_due, view.reference)))


def loan_view(borrower: Borrower, reference: str, on: date) -> LoanView:
    """One loan of the borrower. Raises NotFound when it is not theirs, as when there is none."""
    return view_of(own_loan(borrower, reference), on)


def own_loan(borrower: Borrower, reference: str) -> Loan:
    """The loan of that reference among the borrower's own. Raises NotFound."""
    loan = Loan.objects.filter(owned_by(borrower), reference=reference).first()
    if loan is None:
        raise NotFound("loan")
    return loan


def view_of(loan: Loan, on: date) -> LoanView:
    """A loan on a day, for whoever was already allowed to see it."""
    known_terms, known = terms(loan), events(loan)
    reached = loan_state(known_terms, known, on)
    parameters = load_book().on(on, product=loan.product)
    costs: tuple[WaitingCost, ...] = ()
    if not reached.is_settled:
        costs = cost_of_waiting(known_terms, known, on=on, parameters=parameters)
    return LoanView(
        loan=loan,
        reference=loan.reference,
        product=product_words(loan.product, on),
        terms=known_terms,
        events=known,
        state=reached,
        waiting_costs=costs,
        last4=loan.account_last4 or loan.reference[-4:],
        case=Case.objects.filter(loan=loan).order_by("-is_open", "-opened_at").first(),
    )


def accrue_all(on: date) -> int:
    """Recognise interest and penalty of every loan up to a day; how many loans were behind.

    One transaction per loan, so that it can be stopped and run again.
    """
    behind = 0
    for loan in Loan.objects.order_by("reference"):
        with atomic():
            behind += accrue(loan, on, at=clock.now())
    return behind


def payments_received(borrower: Borrower, reference: str) -> tuple[Paid, ...]:
    """The payments that came in on a loan and stand, the newest first. Raises NotFound."""
    known = events(own_loan(borrower, reference))
    taken_back = {event.of for event in known if isinstance(event, Reversed)}
    payments = [
        event for event in known if isinstance(event, Paid) and event.reference not in taken_back
    ]
    return tuple(sorted(payments, key=lambda event: event.on, reverse=True))


def product_words(product: str, on: date) -> Words:
    """What a product is called, in both languages."""
    parameters = load_book().on(on, product=product)
    return Words(
        zh=str(parameters["product.name_zh"].value), en=str(parameters["product.name_en"].value)
    )
