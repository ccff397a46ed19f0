"""The one way in which a POST of the desk gives a command: run it, then go on or show why not."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tideover.app.verbs.refusals import NotFound
from tideover.app.workbench.views.case import show_case
from tideover.money import Refusal

Result = TypeVar("Result")


def key_of(request: HttpRequest) -> str:
    """Return the idempotency key that the form carried; no database keeps a NUL."""
    return request.POST.get("key", "").replace("\x00", "")[:64]


def version_of(request: HttpRequest) -> int:
    """Return the version of the case that the form was made from; −1, always stale, without it."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def case_address(number: str, **query: str) -> str:
    """Return the address of a case page."""
    address = reverse("workbench:case", args=[number])
    kept = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(kept)}" if kept else address


def go_on(request: HttpRequest, address: str, *, done: str) -> HttpResponseRedirect:
    """Go to `address`, where the page says what is `done`."""
    messages.success(request, done)
    return HttpResponseRedirect(address)


def act(
    request: HttpRequest,
    number: str,
    *,
    command: Callable[[], Result],
    tab: str,
    done: Callable[[Result], str],
    file: str = "",
) -> HttpResponse:
    """Give `command`; go back to the case on `tab` saying what is done, or show why not.

    `file` names the piece of evidence to come back to.
    """
    try:
        result = command()
    except NotFound:
        raise
    except Refusal as refusal:
        return show_case(request, number, tab=tab, refusal=refusal)
    return go_on(request, case_address(number, tab=tab, file=file), done=done(result))
