"""What happens around every request: a line in the technical log, limits, 404s."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account
from tideover.app.origin import REQUEST_ID
from tideover.app.verbs.refusals import NotFound
from tideover.evidence import TooLarge
from tideover.policy import load_book

GetResponse = Callable[[HttpRequest], HttpResponse]
_SEEN_EVERY_SECONDS = 60
_logger = structlog.get_logger("tideover.web")


class RequestLog:
    """Gives every request an id and writes one line when it is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and write one line about it."""
        request_id = uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        request.META[REQUEST_ID] = request_id
        began = time.perf_counter()
        response = self.get_response(request)
        _logger.info(
            "answered",
            method=request.method,
            path=request.path,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000),
        )
        response["X-Request-Id"] = request_id
        return response


class RequestSize:
    """Turns a body away unread when it is far above the largest file the policy book accepts.

    Django writes an upload to the disk before any page can look at its size, so without this
    anybody could fill it. A file a little too large still reaches its page, and keeps its words.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or 413 with what is accepted."""
        # A body without its length is never read by Django: it has none here.
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isascii() and length.isdigit() else 0
        if size <= settings.REQUEST_BYTES_MAX:
            return self.get_response(request)
        limit = load_book().on(clock.today(), product="weilidai").integer("upload.bytes_max")
        refusal = TooLarge(size=size, limit=limit)
        words = str(refusal) if get_language() == "en" else refusal.zh
        if request.headers.get("Accept", "") == "application/json":
            return JsonResponse({"state": "refused", "words": words}, status=413)
        if "text/html" in request.headers.get("Accept", ""):
            return render(request, "413.html", {"words": words}, status=413)
        return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")


class SessionLimits:
    """Signs out a session that has been idle too long. Drafts are in the database and stay.

    The last moment seen is written at most once a minute, so that reading pages does not write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, signed out first where the session is too old."""
        if isinstance(request.user, Account):
            self._limit(request, request.user)
        return self.get_response(request)

    def _limit(self, request: HttpRequest, account: Account) -> None:
        second = int(clock.now().timestamp())
        seen = int(request.session.get("seen", second))
        started = int(request.session.get("started", second))
        idle_max = (
            settings.SESSION_IDLE_SECONDS_STAFF
            if account.is_staff_member
            else settings.SESSION_IDLE_SECONDS_BORROWER
        )
        if second - seen > idle_max or second - started > settings.SESSION_COOKIE_AGE:
            logout(request)
            return
        request.session.setdefault("started", second)
        if "seen" not in request.session or second - seen >= _SEEN_EVERY_SECONDS:
            request.session["seen"] = second


class RefusedAccess:
    """Answers 404 when a verb says NotFound, and keeps in the audit log who asked for what.

    An address that no page of ours could have is a bad request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what it raises goes through `process_exception`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, named: dict[str, Any]
    ) -> None:
        """Refuse an address with a NUL: no page has one, and PostgreSQL would break on it."""
        asked = [*named.values(), *(one for values in request.GET.lists() for one in values[1])]
        if any("\x00" in str(one) for one in asked):
            raise BadRequest

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Turn NotFound into Django's 404, so that it looks like an address that never was."""
        if not isinstance(exception, NotFound):
            return
        if isinstance(request.user, Account):
            with atomic():
                log.append(
                    "access",
                    kind="access.refused",
                    body={"method": request.method or "", "path": request.path[:200]},
                    at=clock.now(),
                    actor=request.user.login,
                )
        raise Http404


def site(_request: HttpRequest) -> dict[str, Any]:
    """For every template: whether this is the demo, and the business date."""
    return {"is_demo": settings.DEMO, "today": clock.today()}
