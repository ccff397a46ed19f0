"""Signing in with a phone and a one-time code or with a passkey, and signing out."""

from base64 import b64decode, b64encode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app.db.envelope import EnvelopeBroken, EnvelopeKeyUnknown, seal, unseal
from tideover.app.db.models import Account
from tideover.app.origin import address_of
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.views.access import address_here, borrower_of, key_of, problem_from
from tideover.app.verbs import sign_in
from tideover.app.verbs.second_factor import passkeys
from tideover.money import Refusal
from tideover.safety import mask_phone

_PHONE, _NEXT = "sign-in-phone", "sign-in-next"
_DEVICE, _PEOPLE_OF_DEVICE_MAX = "device", 4
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_phone(request: HttpRequest) -> HttpResponse:
    """Ask for the phone number, and send a code to it."""
    if borrower_of(request) is not None:
        return redirect("portal:loans")
    if request.method == "POST" and "passkey" in request.POST:
        return _by_passkey(request)
    if request.method != "POST":
        # The demo's start page names its people; a real number never stands in an address.
        typed = request.GET.get("phone", "") if settings.DEMO else ""
        return _phone_page(request, typed=typed, problems=())
    typed = request.POST.get("phone", "").strip()
    try:
        sign_in.send_code(typed, key=key_of(request), address=address_of(request))
    except Refusal as refusal:
        return _phone_page(request, typed=typed, problems=(problem_from(refusal, path="phone"),))
    request.session[_PHONE] = b64encode(seal(typed.encode(), context=_PHONE)).decode()
    if "next" in request.POST:
        request.session[_NEXT] = address_here(request, request.POST["next"])
    return redirect("portal:sign-in-code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code; a right one signs in and leads on to the page that was wanted."""
    phone = _phone_of(request)
    if not phone:
        return redirect("portal:sign-in")
    if request.method != "POST":
        return _code_page(request, phone=phone, typed="", problems=())
    typed = "".join(request.POST.get("code", "").split())
    try:
        account = sign_in.check_code(phone, typed)
    except Refusal as refusal:
        problems = (problem_from(refusal, path="code"),)
        return _code_page(request, phone=phone, typed=typed, problems=problems)
    wanted = request.session.get(_NEXT) or reverse("portal:loans")
    auth.login(request, account, backend=_BACKEND)
    for kept in (_PHONE, _NEXT):
        request.session.pop(kept, None)
    return _remembered(request, redirect(wanted), account=account)


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Return what the browser needs to sign in by passkey, as JSON; the challenge works once."""
    return HttpResponse(passkeys.options_to_prove(None), content_type="application/json")


def _by_passkey(request: HttpRequest) -> HttpResponse:
    try:
        account = passkeys.sign_in_borrower(request.POST["passkey"])
    except Refusal as refusal:
        return _phone_page(request, typed="", problems=(problem_from(refusal),))
    wanted = address_here(request, request.POST.get("next", "")) or reverse("portal:loans")
    auth.login(request, account, backend=_BACKEND)
    return _remembered(request, redirect(wanted), account=account)


def _remembered(request: HttpRequest, response: HttpResponse, *, account: Account) -> HttpResponse:
    """Keep with the browser, signed, who has signed in on it; a new one is told to its borrower."""
    known = (request.get_signed_cookie(_DEVICE, "", salt=_DEVICE) or "").split(",")
    sign_in.device_seen(account, is_known=account.login in known)
    people = [login for login in known if login and login != account.login]
    response.set_signed_cookie(
        _DEVICE, ",".join([account.login, *people][:_PEOPLE_OF_DEVICE_MAX]), salt=_DEVICE,
        max_age=settings.LANGUAGE_COOKIE_AGE, secure=not settings.DEMO, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the start page."""
    auth.logout(request)
    return redirect("portal:start")


def _phone_of(request: HttpRequest) -> str:
    """Return the number the code went to; sessions lie in a table, so it is sealed there."""
    try:
        envelope = b64decode(request.session.get(_PHONE, ""))
        return unseal(envelope, context=_PHONE).decode()
    except (EnvelopeBroken, EnvelopeKeyUnknown, ValueError):
        return ""


def _phone_page(request: HttpRequest, *, typed: str, problems: tuple[Problem, ...]) -> HttpResponse:
    field = Field(
        name="phone",
        label=_("Phone number"),
        value=typed,
        hint=_("Eleven digits, from the mainland."),
        problem=problems[0].message if problems and problems[0].path else "",
    )
    wanted = request.POST.get("next", request.GET.get("next", ""))
    context = {"phone": field, "problems": problems, "next": address_here(request, wanted)}
    return render(request, "portal/sign_in.html", context, status=422 if problems else 200)


def _code_page(
    request: HttpRequest, *, phone: str, typed: str, problems: tuple[Problem, ...]
) -> HttpResponse:
    field = Field(
        name="code",
        label=_("Code"),
        value=typed,
        hint=_("Six digits. You can paste them."),
        problem=problems[0].message if problems else "",
    )
    context = {
        "code": field,
        "problems": problems,
        "phone_masked": mask_phone(phone),
        "phone_typed": phone,
    }
    return render(request, "portal/sign_in_code.html", context, status=422 if problems else 200)
