"""The thread of a case on the borrower's page: read it, write into it, lose nothing typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import lender
from tideover.app.portal.views import care, unsent
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import conversation
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.ANSWER)
def thread(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show the thread or take a message; what was typed after the session ended is kept too."""
    if request.method != "POST":
        waiting = unsent.taken(request)
        typed = waiting.get("message", "") if waiting else ""
        return _page(request, borrower, number=number, typed=typed)
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
    page = reverse("portal:thread", args=[number])
    paused = care.pause(request, borrower, number=number, said=[text], onward=page)
    return paused or redirect(page)


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
