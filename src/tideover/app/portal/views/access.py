"""Who may see a page, and how a refusal becomes words on it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from tideover.app.db.models import Account, Borrower, Role
from tideover.app.portal.forms.field import Problem, problem_of
from tideover.app.portal.views import unsent
from tideover.app.verbs import borrowers
from tideover.money import Refusal

Arguments = ParamSpec("Arguments")


def borrower_of(request: HttpRequest) -> Borrower | None:
    """Return the borrower who is signed in; staff and strangers are none."""
    account = request.user
    if not isinstance(account, Account) or account.role != Role.BORROWER:
        return None
    return account.borrower


def for_borrowers(
    page: Callable[Concatenate[HttpRequest, Borrower, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Return `page` behind the sign-in; afterwards the borrower is back where they wanted to be.

    A form that comes too late is kept until then (see `tideover.app.portal.views.unsent`).

    Messages to the phone follow the language of the pages.
    Nothing on these pages may stay in a cache that somebody else can open.
    """

    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        borrower = borrower_of(request)
        if borrower is None:
            if request.method == "POST":
                unsent.keep(request)
            response = _to_sign_in(request)
        else:
            borrowers.use_language(borrower, get_language() or "")
            response = page(request, borrower, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    update_wrapper(guarded, page)
    return guarded


def problem_from(refusal: Refusal, *, path: str = "") -> Problem:
    """Return a refusal in the reader's language, beside the field of `path` where there is one."""
    return problem_of(path, refusal)


def key_of(request: HttpRequest) -> str:
    """Return the idempotency key the form was shown with; no database keeps a NUL."""
    return request.POST.get("key", "").replace("\x00", "")


def address_here(request: HttpRequest, address: str) -> str:
    """Return an address of this site as it is, and any other, or a mere word, as nothing."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if is_ours and "/" in address else ""


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" else _page_of_form(request)
    return redirect(f"{reverse('portal:sign-in')}?{urlencode({'next': wanted})}")


def _page_of_form(request: HttpRequest) -> str:
    """Return the page a form was shown on: what was kept of it is there after the sign-in."""
    return unsent.page_of_form(request) or reverse("portal:loans")
