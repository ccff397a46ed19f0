"""Pages open to everybody: start, identity, a person to talk to, and the demo's outbox."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.messages import outbox as sent
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import lender
from tideover.app.portal.templatetags.portal_words import moment_text
from tideover.app.portal.views import care, unsent
from tideover.app.portal.views.access import (
    address_here,
    borrower_of,
    for_borrowers,
    for_helpers,
    key_of,
    problem_from,
)
from tideover.app.portal.words import Choice
from tideover.app.verbs import conversation, demo, offering
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal
from tideover.safety import mask_phone

_MESSAGES_SHOWN = 12


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is, what it takes and what happens next."""
    today = clock.today()
    context = {
        "channels": lender.channels(today),
        "promise_days": lender.parameters(today).integer("decision.promise_working_days"),
        "demo_people": demo.sign_ins()[0] if settings.DEMO else (),
    }
    return render(request, "portal/start.html", context)


@require_safe
def official(request: HttpRequest) -> HttpResponse:
    """Say which channels are the lender's, and what it never asks."""
    today = clock.today()
    return render(request, "portal/official.html", {"rows": lender.identity(today)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """Give the phone numbers, and take a message to the agent of a case."""
    if request.method != "POST":
        waiting = unsent.taken(request)
        number = request.GET.get("case", "") or (waiting.get("case", "") if waiting else "")
        return _talk_page(
            request, number=number, typed=waiting.get("message", "") if waiting else ""
        )
    return _write(request)


@for_helpers(posts=Scope.ANSWER)
def _write(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    number = request.POST.get("case", "").replace("\x00", "")
    text = request.POST.get("message", "").strip()
    if not text:
        problem = Problem("message", _("Write a few words first. One sentence is enough."))
        return _talk_page(request, number=number, problem=problem)
    try:
        offering.ask_to_talk(borrower, number, text, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        problem = problem_from(refusal, path="message")
        return _talk_page(request, number=number, problem=problem, typed=text)
    messages.success(request, _("Your message has arrived. A person answers you."))
    page = reverse("portal:case", args=[number])
    paused = care.pause(request, borrower, number=number, said=[text], onward=page)
    return paused or redirect(page)


@require_safe
def may_i(request: HttpRequest) -> HttpResponse:
    """Say early whom this can help and whom it cannot, from three answers in the address."""
    asked = {name: request.GET.get(name, "") for name in ("ours", "sold", "court")}
    choices = (Choice("yes", _("Yes")), Choice("no", _("No")), Choice("unsure", _("Not sure")))
    labels = {
        "ours": _("Is the loan from us?"),
        "sold": _("Were you told that the loan has been sold to somebody else?"),
        "court": _("Is a court dealing with it already?"),
    }
    fields = [
        Field(name=name, label=label, value=asked[name], choices=choices)
        for name, label in labels.items()
    ]
    context = {"fields": fields, "answer": _may_apply(asked) if any(asked.values()) else None}
    return render(request, "portal/may_i.html", context)


def _may_apply(asked: dict[str, str]) -> dict[str, object]:
    if asked["ours"] == "no":
        words = _("Please ask the lender who gave you the loan. Free advice helps you with any.")
        return {"title": _("This is not our loan"), "words": words, "is_yes": False}
    if "yes" in (asked["sold"], asked["court"]):
        words = _("A person has to look at it first. Call us: nothing is lost by asking.")
        return {"title": _("Please talk to us first"), "words": words, "is_yes": False}
    words = _("Late or not late, with or without papers. You see every figure before you decide.")
    return {"title": _("Yes, you can apply"), "words": words, "is_yes": True}


@require_POST
@for_borrowers
def call_me(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Keep that the borrower wants to be called, at the next hour when we may."""
    call_at = conversation.ask_to_be_called(borrower, key=key_of(request))
    messages.success(request, _("We call you from %(when)s on.") % {"when": moment_text(call_at)})
    return redirect("portal:talk")


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show what would have gone to phones; only the demo lender has this page."""
    if not settings.DEMO:
        raise Http404
    shown = [
        {"to_masked": mask_phone(str(one.to)), "text": one.text, "sent_at": one.created_at}
        for one in sent.recent(count_max=_MESSAGES_SHOWN)
    ]
    return render(request, "portal/outbox.html", {"shown": shown})


@require_POST
def set_type(request: HttpRequest) -> HttpResponse:
    """Keep whether this reader likes large type, and stay on the page."""
    response = redirect(address_here(request, request.POST.get("next", "")) or "portal:start")
    if request.POST.get("type") == "large":
        cookie_age = settings.LANGUAGE_COOKIE_AGE
        response.set_cookie(
            "type", "large", max_age=cookie_age, secure=not settings.DEMO, httponly=True,
            samesite="Lax",
        )  # fmt: skip
    else:
        response.delete_cookie("type")
    return response


def _talk_page(
    request: HttpRequest, *, number: str, problem: Problem | None = None, typed: str = ""
) -> HttpResponse:
    message = Field(
        name="message",
        label=_("What would you like to say or ask?"),
        value=typed,
        hint=_("Say also when and how we can reach you best."),
        problem=problem.message if problem else "",
    )
    context = {
        "channels": lender.channels(clock.today()),
        "distress_line": lender.distress_line(clock.today()),
        "case_number": number if borrower_of(request) else "",
        "can_call": borrower_of(request) is not None,
        "call_at": conversation.next_slot(clock.now()),
        "message": message,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/talk.html", context, status=422 if problem else 200)
