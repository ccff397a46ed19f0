"""What somebody reads when the disk is full or the database is away: nothing was half done.

Both are said by the machine in an error that no page expects. They are told from a fault of ours,
because the person has nothing to do but to come back, and the operator has something to do at once.
"""

import errno

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tideover.app.middleware import GetResponse

_FULL_ERRNO = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_WORDS = ("disk is full", "no space left", "disk full")
_AGAIN_AFTER_SECONDS = 60


def is_out_of_room(error: BaseException) -> bool:
    """Whether the disk or a quota is full."""
    if isinstance(error, OSError):
        return error.errno in _FULL_ERRNO
    told = str(error).lower()
    return isinstance(error, DatabaseError) and any(words in told for words in _FULL_WORDS)


def is_away(error: BaseException) -> bool:
    """Whether the database cannot be reached, as while it is started again."""
    return isinstance(error, OperationalError | InterfaceError)


class Unavailable:
    """Answers 507 when there is no room and 503 while the database is away."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what it raises goes through `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what is, that nothing was half done, and when to try again."""
        if is_out_of_room(exception):
            status, words = 507, _(
                "There is no room left on our side, so this was not kept. What you had saved is "
                "safe. Our people have been told; please try again in an hour."
            )  # fmt: skip
        elif is_away(exception):
            status, words = 503, _(
                "Our records cannot be reached for a moment, so this was not done. What you had "
                "saved is safe. Please try again in a minute."
            )  # fmt: skip
        else:
            return None
        structlog.get_logger("tideover.web").error("unavailable", status=status)
        response = _answer(request, words, status=status)
        response["Retry-After"] = str(_AGAIN_AFTER_SECONDS)
        return response


def _answer(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"words": words}, status=status)
    return render(request, "unavailable.html", {"words": words}, status=status)
