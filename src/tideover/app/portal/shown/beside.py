"""The loans of one request, where it is about several: each with where it stands."""

from dataclasses import dataclass

from tideover.app import clock
from tideover.app.db.models import Case
from tideover.app.portal.shown.cards import Link, case_link
from tideover.app.verbs import application, loans
from tideover.money import Money
from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class LoanBeside:
    """One loan of a request: what it is, what is owed, and the page of its own case."""

    product: Words
    last4: str
    owed: Money
    number: str
    link: Link | None
    is_this: bool


def loans_of(case: Case) -> tuple[LoanBeside, ...]:
    """Return every loan of the request of a case; nothing where it is about one alone."""
    cases = application.asked_together(case)
    if len(cases) == 1:
        return ()
    views = [(one, loans.view_of(one.loan, clock.today())) for one in cases]
    return tuple(
        LoanBeside(
            view.product, view.last4, view.state.outstanding.total, one.number, case_link(one),
            is_this=one.pk == case.pk,
        )
        for one, view in views
    )  # fmt: skip
