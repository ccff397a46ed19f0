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

from tideover.app.db.models import Account, Borrower, Role, Scope
from tideover.app.portal.forms.field import Problem, problem_of
from tideover.app.portal.views import unsent
from tideover.app.verbs import acting, borrowers
from tideover.money import Refusal

Arguments = ParamSpec("Arguments")
Page = Callable[Concatenate[HttpRequest, Borrower, Arguments], HttpResponse]
Plain = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]
_ACTING = "acting"


def borrower_of(request: HttpRequest) -> Borrower | None:
    """Return the borrower whose pages these are; staff and strangers have none.

    Somebody who acts for a borrower sees that borrower's, with the mandate in hand.
    """
    account = request.user
    if not isinstance(account, Account) or account.is_staff_member:
        return None
    if _ACTING in request.session:
        return acting.for_holder(account, request.session[_ACTING])
    if account.role == Role.BORROWER:
        return account.borrower
    held = acting.held_by(account)
    return acting.for_holder(account, held[0].pk) if len(held) == 1 else None


def act_for(request: HttpRequest, mandate_id: str) -> bool:
    """Go on as somebody who acts by that mandate; without one, for oneself. Whether it is held."""
    account = request.user
    if not isinstance(account, Account):
        return False
    if not mandate_id:
        request.session.pop(_ACTING, None)
        return True
    if acting.for_holder(account, mandate_id) is None:
        return False
    request.session[_ACTING] = mandate_id
    return True


def for_borrowers(page: Page[Arguments]) -> Plain[Arguments]:
    """Return `page` behind the sign-in, for the borrower alone: who acts for them gets a 404.

    Afterwards the borrower is back where they wanted to be. A form that comes too late is kept
    until then (see `tideover.app.portal.views.unsent`). Messages to the phone follow the language
    of the pages. Nothing on these pages may stay in a cache that somebody else can open.
    """
    return _guarded(page, reads=None, posts=None)


def for_helpers(*, posts: Scope | None = None) -> Callable[[Page[Arguments]], Plain[Arguments]]:
    """Return the same for a page that is also open to whoever acts for the borrower.

    A form on it needs the mandate to allow `posts`; without one it is the borrower's alone.
    """
    return lambda page: _guarded(page, reads=Scope.READ, posts=posts)


def _guarded(
    page: Page[Arguments], *, reads: Scope | None, posts: Scope | None
) -> Plain[Arguments]:
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        borrower = borrower_of(request)
        if borrower is None:
            response = _without_a_borrower(request)
        else:
            needed = posts if request.method == "POST" else reads
            _demand(borrower, needed)
            if borrower.mandate is None:
                borrowers.use_language(borrower, get_language() or "")
            vars(request)["acting"] = borrower.mandate
            response = page(request, borrower, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    update_wrapper(guarded, page)
    vars(guarded).update(helpers_read=reads, helpers_post=posts)
    return guarded


def _demand(borrower: Borrower, needed: Scope | None) -> None:
    if needed is None:
        acting.demand_themselves(borrower)
    else:
        acting.demand_scope(borrower, needed)


def _without_a_borrower(request: HttpRequest) -> HttpResponse:
    """Ask to sign in, or to choose whom to act for where somebody came in for that."""
    account = request.user
    if isinstance(account, Account) and not account.is_staff_member:
        request.session.pop(_ACTING, None)
        return redirect("portal:acting")
    if request.method == "POST":
        unsent.keep(request)
    return sign_in_first(request)


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


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Ask to sign in, and lead back to the page that was wanted."""
    wanted = request.get_full_path() if request.method == "GET" else _page_of_form(request)
    return redirect(f"{reverse('portal:sign-in')}?{urlencode({'next': wanted})}")


def _page_of_form(request: HttpRequest) -> str:
    """Return the page a form was shown on: what was kept of it is there after the sign-in."""
    return unsent.page_of_form(request) or reverse("portal:loans")
