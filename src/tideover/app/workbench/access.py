"""Who may open which page of the desk.

A borrower, or a member of staff without the role, gets the same 404 as a page that does not exist,
so an address tells nothing; nobody signed in is asked to sign in and comes back. A session of staff
counts only once its second factor was shown.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tideover.app.db.models import Account
from tideover.app.verbs.rights import Right, demand, may
from tideover.app.workbench.session import is_whole

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in; only behind `staff_only`."""
    return cast("Account", request.user)


def staff_only(right: Right) -> Callable[[View[Rest]], View[Rest]]:
    """Let only staff with `right` reach the page; the role is read anew each time."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            demand(account_of(request), right)
            if not is_whole(request):
                return _ask_to_sign_in(request)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
                response["Cache-Control"] = "no-store"
            return response

        vars(guarded)["right"] = right
        return cast("View[Rest]", guarded)

    return guard


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    back = request.get_full_path() if request.method == "GET" else reverse("workbench:queue")
    return HttpResponseRedirect(f"{reverse('workbench:sign-in')}?{urlencode({'next': back})}")


def first_page(account: Account) -> str:
    """Return the name of the page on which somebody's day begins."""
    pages = (
        (Right.APPROVE, "workbench:approvals"),
        (Right.READ_CASES, "workbench:queue"),
        (Right.BOOK_PAYMENTS, "workbench:payments"),
        (Right.READ_STAFF, "workbench:staff"),
    )
    return next((page for right, page in pages if may(account, right)), "workbench:keys")
