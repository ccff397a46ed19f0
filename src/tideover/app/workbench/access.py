"""Who may open which page of the desk.

A borrower, or a member of staff without the role, gets the same 404 as a page that does not exist,
so an address tells nothing; nobody signed in is asked to sign in and comes back.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tideover.app.db.models import Account, Role
from tideover.app.verbs.refusals import NotFound

STAFF = (Role.AGENT, Role.APPROVER, Role.FINANCE)
CASE_STAFF = (Role.AGENT, Role.APPROVER)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in; only behind `staff_only`."""
    return cast("Account", request.user)


def staff_only(*roles: Role) -> Callable[[View[Rest]], View[Rest]]:
    """Let only staff with one of `roles` reach the page; the role is read anew each time."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            if account_of(request).role not in roles:
                raise NotFound("page")
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
                response["Cache-Control"] = "no-store"
            return response

        return cast("View[Rest]", guarded)

    return guard


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    back = request.get_full_path() if request.method == "GET" else reverse("workbench:queue")
    return HttpResponseRedirect(f"{reverse('workbench:sign-in')}?{urlencode({'next': back})}")
