"""Staff sign in with a login and a password, then a code; or with a passkey, which is both."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app.db.models import Account
from tideover.app.verbs import demo, second_factor
from tideover.app.verbs.rights import Right, may
from tideover.app.verbs.second_factor import passkeys
from tideover.app.workbench import session
from tideover.app.workbench.access import first_page
from tideover.app.workbench.refusals import refused
from tideover.money import Refusal


@sensitive_post_parameters("password", "passkey")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form; after the right password ask for the second factor, after a passkey go on."""
    if request.method == "POST" and request.POST.get("passkey"):
        return _by_passkey(request)
    typed = request.POST.get("login", "").replace("\x00", "").strip()
    if request.method == "POST":
        account = authenticate(request, username=typed, password=request.POST.get("password", ""))
        if isinstance(account, Account) and may(account, Right.SIGN_IN):
            session.password_shown(request, account)
            step = "enrol" if session.needs_to_enrol(account) else "second"
            return _to(f"workbench:{step}", request)
    is_wrong = request.method == "POST"
    return _page(request, login=typed, is_wrong=is_wrong)


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Return what the browser needs to sign in by passkey, as JSON; the challenge works once."""
    return HttpResponse(passkeys.options_to_prove(None), content_type="application/json")


@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask whoever has shown the password for a code or a passkey, and open the desk."""
    account = session.who_waits(request)
    if account is None:
        return _to("workbench:sign-in", request)
    if session.needs_to_enrol(account):
        return _to("workbench:enrol", request)
    if request.method != "POST":
        return _second_page(request, account)
    try:
        factor = prove(request, account)
    except Refusal as refusal:
        return _second_page(request, account, refusal=refusal)
    session.sign_in_whole(request, account, factor=factor)
    return HttpResponseRedirect(_where_to(request, account))


def prove(request: HttpRequest, account: Account) -> str:
    """Return which factor the request proves: its passkey, or the code that was typed.

    Raises WrongSecondCode, TooManySecondCodes and PasskeyRefused.
    """
    answer = request.POST.get("passkey", "")
    if answer:
        passkeys.check(answer, account=account)
        return "webauthn"
    return second_factor.check_code(account, request.POST.get("code", ""))


@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Take on the second factor of somebody who has none, sign in, and show the recovery codes."""
    account = session.who_waits(request)
    if account is None or not session.needs_to_enrol(account):
        return _to("workbench:sign-in", request)
    if request.method != "POST":
        return enrol_page(request, account)
    secret, answer = session.secret_of(request), request.POST.get("passkey", "")
    add: Callable[[], None] = (
        (lambda: passkeys.add(account, answer, name=request.POST.get("name", "")))
        if answer
        else (lambda: second_factor.enrol_app(account, secret, request.POST.get("code", "")))
    )
    try:
        add()
    except Refusal as refusal:
        return enrol_page(request, account, refusal=refusal)
    codes = second_factor.new_recovery_codes(account)
    session.sign_in_whole(request, account, factor="webauthn" if answer else "totp")
    context = {"codes": codes, "onward": _where_to(request, account)}
    return render(request, "workbench/recovery.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go back to the sign-in page."""
    logout(request)
    return HttpResponseRedirect(reverse("workbench:sign-in"))


def enrol_page(
    request: HttpRequest, account: Account, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Show how an app or a passkey is set up."""
    secret, why = session.secret_of(request), refused(refusal) if refusal else None
    context = {
        "refused": why,
        "secret": secret,
        "address": second_factor.setup_address(account, secret),
        "picture": second_factor.setup_picture(account, secret),
        "passkey_options": passkeys.options_to_add(account),
        "next": _asked_for(request),
    }
    return render(request, "workbench/enrol.html", context, status=why.status if why else 200)


def _by_passkey(request: HttpRequest) -> HttpResponse:
    try:
        account = passkeys.check(request.POST["passkey"])
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    if not may(account, Right.SIGN_IN):
        return _page(request, refusal=passkeys.PasskeyRefused())
    session.sign_in_whole(request, account, factor="webauthn")
    return HttpResponseRedirect(_where_to(request, account))


def _page(
    request: HttpRequest, *, login: str = "", is_wrong: bool = False, refusal: Refusal | None = None
) -> HttpResponse:
    why = refused(refusal) if refusal else None
    context = {
        "is_wrong": is_wrong and why is None,
        "refused": why,
        "login": login,
        "next": _asked_for(request),
    }
    status = 422 if is_wrong or why else 200
    return render(request, "workbench/sign_in.html", context, status=status)


def _second_page(
    request: HttpRequest, account: Account, *, refusal: Refusal | None = None
) -> HttpResponse:
    why = refused(refusal) if refusal else None
    kinds = {one.kind for one in second_factor.factors_of(account)}
    context = {
        "refused": why,
        "has_app": "totp" in kinds,
        "passkey_options": passkeys.options_to_prove(account) if "webauthn" in kinds else "",
        "demo_code": demo.code_now(account) if settings.DEMO else "",
        "next": _asked_for(request),
    }
    return render(request, "workbench/second.html", context, status=why.status if why else 200)


def _to(page: str, request: HttpRequest) -> HttpResponseRedirect:
    asked = _asked_for(request)
    query = f"?{urlencode({'next': asked})}" if asked else ""
    return HttpResponseRedirect(reverse(page) + query)


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
