"""Staff sign in with a login and a password."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app.db.models import Account
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import first_page


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or open the desk for a member of staff with the right password."""
    typed = request.POST.get("login", "").replace("\x00", "").strip()
    if request.method == "POST":
        account = authenticate(request, username=typed, password=request.POST.get("password", ""))
        if isinstance(account, Account) and may(account, Right.SIGN_IN):
            login(request, account)
            return HttpResponseRedirect(_where_to(request, account))
    is_wrong = request.method == "POST"
    return render(
        request,
        "workbench/sign_in.html",
        {"is_wrong": is_wrong, "login": typed, "next": _asked_for(request)},
        status=422 if is_wrong else 200,
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go back to the sign-in page."""
    logout(request)
    return HttpResponseRedirect(reverse("workbench:sign-in"))


def _asked_for(request: HttpRequest) -> str:
    """Return the page of this desk that was asked for before, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours and asked.startswith(reverse("workbench:queue")) else ""


def _where_to(request: HttpRequest, account: Account) -> str:
    asked = _asked_for(request)
    if asked and asked != reverse("workbench:queue"):
        return asked
    return reverse(first_page(account))
