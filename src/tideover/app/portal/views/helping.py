"""Asking somebody to help, and helping somebody: who acts for whom, what for and until when."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.db.models import Account, Borrower, Mandate, Role
from tideover.app.portal import words
from tideover.app.portal.forms import Problem, helper
from tideover.app.portal.views.access import (
    act_for,
    for_borrowers,
    key_of,
    problem_from,
    sign_in_first,
)
from tideover.app.verbs.acting import held_by
from tideover.app.verbs.mandates import giving
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal
from tideover.safety import mask_name


@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def helpers(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Show who may act for this borrower, let somebody new, or stop somebody at once."""
    if request.method != "POST":
        return _page(request, borrower)
    if request.POST.get("step") == "end":
        giving.end(borrower, request.POST.get("mandate", ""), key=key_of(request))
        messages.success(request, _("Stopped. From this moment they see nothing of yours."))
        return redirect("portal:helpers")
    try:
        asked = giving.MandateAsked.typed(request.POST, scopes=request.POST.getlist("scopes"))
        giving.give(borrower, asked, key=key_of(request))
    except NotFound:
        raise
    except giving.MandateProblem as refusal:
        return _page(request, borrower, problem=problem_from(refusal, path=refusal.field))
    except Refusal as refusal:
        return _page(request, borrower, problem=problem_from(refusal))
    messages.success(
        request, _("Kept. Tell them to sign in here with their own phone; we do not write to them.")
    )
    return redirect("portal:helpers")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """Choose whom to act for, or go back to one's own pages."""
    account = request.user
    if not isinstance(account, Account) or account.is_staff_member:
        return sign_in_first(request)
    if request.method == "POST":
        if not act_for(request, request.POST.get("mandate", "")):
            raise NotFound("mandate")
        return redirect("portal:loans")
    context = {
        "held": [_shown(one, name=one.borrower.name) for one in held_by(account)],
        "has_own": account.role == Role.BORROWER,
    }
    return render(request, "portal/acting.html", context)


def _page(
    request: HttpRequest, borrower: Borrower, *, problem: Problem | None = None
) -> HttpResponse:
    today = clock.today()
    given = [_shown(one, name=one.name) for one in giving.mandates_of(borrower)]
    context = {
        "given": given,
        "fields": helper.shown(request.POST, today=today, problem=problem),
        "is_open": problem is not None or not given,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/helpers.html", context, status=422 if problem else 200)


def _shown(mandate: Mandate, *, name: str) -> dict[str, Any]:
    return {
        "id": mandate.pk,
        "name": mask_name(name),
        "relation": words.relation_words(mandate.relation),
        "scopes": [words.scope_words(scope) for scope in mandate.scopes],
        "last_day": mandate.last_day,
        "is_waiting": mandate.source == Mandate.Source.PAPER and mandate.checked_at is None,
    }
