"""A borrower's passkeys: made on the device, used instead of a code, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tideover.app.db.models import Borrower
from tideover.app.portal.forms import Problem
from tideover.app.portal.views.access import for_borrowers, problem_from
from tideover.app.verbs.second_factor import passkeys
from tideover.money import Refusal
from tideover.safety import mask_phone


@sensitive_post_parameters("new_passkey")
@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def signing_keys(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """List the passkeys of the borrower; keep a new one, or take one away."""
    if request.method != "POST":
        return _page(request, borrower)
    if request.POST.get("step") == "remove":
        typed = request.POST.get("passkey", "")
        if typed.isdecimal() and len(typed) < 10:
            passkeys.remove_for_borrower(borrower, int(typed))
        messages.success(request, _("Taken away. You sign in with a code to your phone."))
        return redirect("portal:passkeys")
    answer, name = request.POST.get("new_passkey", ""), request.POST.get("name", "")
    try:
        passkeys.add_for_borrower(borrower, answer, name=name)
    except Refusal as refusal:
        return _page(request, borrower, problem=problem_from(refusal))
    messages.success(request, _("The passkey is kept. Next time you can sign in with it."))
    return redirect("portal:passkeys")


def _page(
    request: HttpRequest, borrower: Borrower, *, problem: Problem | None = None
) -> HttpResponse:
    context = {
        "phone": mask_phone(borrower.phone),
        "passkeys": passkeys.of_borrower(borrower.account),
        "options": passkeys.options_to_add(borrower.account),
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/passkeys.html", context, status=422 if problem else 200)
