"""The second factors of whoever is signed in; and the code asked for again before money moves."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tideover.app.verbs import demo, second_factor
from tideover.app.verbs.rights import Right
from tideover.app.verbs.second_factor import passkeys
from tideover.app.workbench import session
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on
from tideover.app.workbench.views.sign_in import prove
from tideover.money import Refusal

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
_PROOF = ("csrfmiddlewaretoken", "code", "passkey")


def confirmed(view: View[Rest]) -> View[Rest]:
    """Let a POST through when the second factor was shown lately, else ask for it first.

    The page that asks carries everything that was sent, so that nothing typed is lost.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if request.method != "POST" or session.is_fresh(request):
            return view(request, *args, **kwargs)
        if not (request.POST.get("code") or request.POST.get("passkey")):
            return _confirm_page(request)
        try:
            prove(request, account_of(request))
        except Refusal as refusal:
            return _confirm_page(request, refusal=refusal)
        session.factor_seen(request)
        return view(request, *args, **kwargs)

    return cast("View[Rest]", guarded)


@sensitive_post_parameters("code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.SIGN_IN)
@confirmed
def security(request: HttpRequest) -> HttpResponse:
    """List the second factors; add, replace or remove one, or make new recovery codes."""
    if request.method != "POST":
        return _page(request)
    steps: Mapping[str, Callable[[HttpRequest], str]] = {
        "app": _replace_app,
        "passkey": _add_passkey,
        "remove": _remove,
    }
    step = request.POST.get("step", "")
    if step == "recovery":
        codes = second_factor.new_recovery_codes(account_of(request))
        context = {"codes": codes, "onward": reverse("workbench:security")}
        return render(request, "workbench/recovery.html", context)
    if step not in steps:
        return _page(request)
    try:
        done = steps[step](request)
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:security"), done=done)


def _replace_app(request: HttpRequest) -> str:
    secret = session.secret_of(request)
    second_factor.enrol_app(account_of(request), secret, request.POST.get("new_code", ""))
    session.forget(request)
    return _("The app is set up. The one before shows codes that no longer work.")


def _add_passkey(request: HttpRequest) -> str:
    answer, name = request.POST.get("new_passkey", ""), request.POST.get("name", "")
    passkeys.add(account_of(request), answer, name=name)
    return _("The passkey is added.")


def _remove(request: HttpRequest) -> str:
    typed = request.POST.get("factor", "")
    if typed.isdecimal() and len(typed) < 10:
        second_factor.remove(account_of(request), int(typed))
    return _("Taken away.")


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    account, secret = account_of(request), session.secret_of(request)
    why = refused(refusal) if refusal else None
    context: dict[str, Any] = chrome(request, active="security") | {
        "refused": why,
        "factors": second_factor.factors_of(account),
        "secret": secret,
        "address": second_factor.setup_address(account, secret),
        "picture": second_factor.setup_picture(account, secret),
        "passkey_options": passkeys.options_to_add(account),
        "is_fresh": session.is_fresh(request),
    }
    return render(request, "workbench/security.html", context, status=why.status if why else 200)


def _confirm_page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    account, why = account_of(request), refused(refusal) if refusal else None
    kinds = {one.kind for one in second_factor.factors_of(account)}
    context = chrome(request, active="") | {
        "refused": why,
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _PROOF
            for value in values
        ],
        "passkey_options": passkeys.options_to_prove(account) if "webauthn" in kinds else "",
        "demo_code": demo.code_now(account) if settings.DEMO else "",
    }
    return render(request, "workbench/confirm.html", context, status=why.status if why else 403)
