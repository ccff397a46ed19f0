"""The borrower's loans: what is owed, what waiting costs, and asking for help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal.shown.cards import balances, card_of
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import application, credit, loans
from tideover.app.verbs.acting import held_by
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal


@require_safe
@for_helpers()
def list_loans(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Show every loan as a card."""
    return _list(request, borrower)


@require_safe
@for_helpers()
def show_loan(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Show one loan: balances today, what doing nothing costs, all instalments."""
    view = loans.loan_view(borrower, reference, clock.today())
    context = {
        "card": card_of(view),
        "balances": balances(view.state),
        "waiting_costs": [cost for cost in view.waiting_costs if cost.past_due],
    }
    return render(request, "portal/loan.html", context)


@require_safe
@for_helpers()
def show_record(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Show what is reported of a loan, the newest month first, in words."""
    view = credit.own_record(borrower, reference, clock.today())
    late = sum(month.is_adverse for month in view.record.months)
    context = {
        "view": view,
        "months": tuple(reversed(view.record.months)),
        "headline": _record_words(late, len(view.record.months)),
    }
    return render(request, "portal/record.html", context)


@require_POST
@for_helpers(posts=Scope.ANSWER)
def open_case(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Begin a request for a loan, or go on with the one there is."""
    try:
        case = application.open_case(borrower, reference, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return _list(request, borrower, refusal)
    return redirect("portal:tasks", number=case.number)


@require_POST
@for_helpers(posts=Scope.ANSWER)
def open_together(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Begin one request for every loan that was ticked."""
    try:
        case = application.open_together(
            borrower, request.POST.getlist("loan"), key=key_of(request)
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _list(request, borrower, refusal)
    return redirect("portal:tasks", number=case.number)


def _record_words(late: int, months: int) -> str:
    """Say in one sentence what the marks come to."""
    if not late:
        return _("No late mark in %(months)s months") % {"months": months}
    return ngettext(
        "%(late)s late mark in %(months)s months", "%(late)s late marks in %(months)s months", late
    ) % {"late": late, "months": months}


def _list(request: HttpRequest, borrower: Borrower, refusal: Refusal | None = None) -> HttpResponse:
    cards = [card_of(view) for view in loans.borrower_loans(borrower, clock.today())]
    askable = [card for card in cards if card.can_ask]
    context = {
        "cards": cards,
        "askable": askable if len(askable) > 1 else (),
        "problems": (problem_from(refusal),) if refusal else (),
        "may_act": bool(held_by(borrower.hand)),
    }
    return render(request, "portal/loans.html", context, status=422 if refusal else 200)
