"""The thread of a case on the borrower's page: read it, write into it, lose nothing typed."""

import base64
import binascii

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.db.envelope import EnvelopeBroken, EnvelopeKeyUnknown, seal, unseal
from tideover.app.db.models import Borrower
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import lender
from tideover.app.portal.views.access import borrower_of, for_borrowers, key_of, problem_from
from tideover.app.verbs import conversation
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal

_KEPT_MAX = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, number: str) -> HttpResponse:
    """Show the thread or take a message; what was typed after the session ended is kept too."""
    if request.method == "POST" and borrower_of(request) is None:
        _keep(request, number, request.POST.get("message", ""))
    return _thread(request, number=number)


@for_borrowers
def _thread(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, borrower, number=number, typed=_kept(request, number))
    text = request.POST.get("message", "")
    if not text.strip():
        problem = Problem("message", _("Write a few words first. One sentence is enough."))
        return _page(request, borrower, number=number, problem=problem)
    try:
        note = conversation.write(borrower, number, text, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        problem = problem_from(refusal, path="message")
        return _page(request, borrower, number=number, problem=problem, typed=text)
    if note.flags.exists():
        messages.warning(
            request,
            _("Your message has arrived. Please read the warning beside it first."),
        )
    else:
        messages.success(request, _("Your message has arrived. A person answers you."))
    return redirect("portal:thread", number=number)


def _page(
    request: HttpRequest,
    borrower: Borrower,
    *,
    number: str,
    problem: Problem | None = None,
    typed: str = "",
) -> HttpResponse:
    said = conversation.thread_for(borrower, number)
    field = Field(
        name="message",
        label=_("What would you like to say or ask?"),
        value=typed,
        hint=_("If a stranger wrote to you about your loan, paste it here: we look at it."),
        problem=problem.message if problem else "",
    )
    context = {
        "number": number,
        "thread": said,
        "message": field,
        "hotline": lender.channels(clock.today()).hotline,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/thread.html", context, status=422 if problem else 200)


def _place(number: str) -> str:
    return f"unsent:{number}"


def _keep(request: HttpRequest, number: str, text: str) -> None:
    """Keep words, sealed, until the sign-in; only the page of the same case shows them again."""
    if text.strip():
        sealed = seal(text[:_KEPT_MAX].encode("utf-8", "replace"), context=_place(number))
        request.session[_place(number)] = base64.b64encode(sealed).decode("ascii")


def _kept(request: HttpRequest, number: str) -> str:
    sealed = request.session.pop(_place(number), "") if request.method == "GET" else ""
    try:
        return unseal(base64.b64decode(sealed), context=_place(number)).decode() if sealed else ""
    except (EnvelopeBroken, EnvelopeKeyUnknown, binascii.Error):
        return ""
