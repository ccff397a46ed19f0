"""Finance: money that names no loan, assigned to one or paid back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app.verbs.payments import suspense as verb
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.money import Refusal

_REFERENCE_LENGTH_MAX = 80


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.BOOK_PAYMENTS)
def suspense(request: HttpRequest) -> HttpResponse:
    """Show what is in suspense, the oldest first; assign a line to a loan, or note it paid back."""
    if request.method != "POST":
        return _page(request)
    line = request.POST.get("line", "")[:_REFERENCE_LENGTH_MAX]
    loan = request.POST.get("loan", "").strip()[:_REFERENCE_LENGTH_MAX]
    is_refund = request.POST.get("step") == "refund"
    if not is_refund and not loan:
        return _page(request, problem=_("Type the loan it is for, or choose a suggestion."))
    try:
        done = _act(request, line, loan="" if is_refund else loan)
    except NotFound:
        return _page(request, problem=_("There is no loan of that number. Nothing was booked."))
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:suspense"), done=done)


def _act(request: HttpRequest, line: str, *, loan: str) -> str:
    account, key = account_of(request), key_of(request)
    if not loan:
        amount = verb.pay_back(account, line, key=key)
        return _("%(amount)s is noted as paid back.") % {"amount": amount.display}
    booked = verb.assign(account, line, loan, key=key)
    return _("Booked to loan %(loan)s.") % {"loan": booked.reference}


def _page(
    request: HttpRequest, *, problem: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    why = refused(refusal) if refusal else None
    context = chrome(request, active="payments") | {
        "lines": verb.waiting(account_of(request)),
        "problem": problem,
        "refused": why,
    }
    status = why.status if why else 422 if problem else 200
    return render(request, "workbench/suspense.html", context, status=status)
