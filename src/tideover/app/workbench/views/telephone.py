"""The telephone: find the caller, write down what is said while talking, promise a call back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app import clock
from tideover.app.verbs import conversation
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.workbench import text
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.WORK_CASES)
def telephone(request: HttpRequest) -> HttpResponse:
    """Show the intake; look a number up, keep a note on a case, or a wish to be called."""
    step = request.POST.get("step", "")
    if request.method != "POST" or step == "find":
        return _page(request)
    try:
        done = _note(request) if step == "note" else _call_back(request)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:telephone"), done=done)


@require_POST
@staff_only(Right.WORK_CASES)
def begin_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Begin a call, or say which rule forbids it now."""
    try:
        conversation.begin(account_of(request), call_id, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:telephone"), done=_("Counted. You may call now."))


@require_POST
@staff_only(Right.WORK_CASES)
def call_done(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Keep that somebody was called back."""
    conversation.call_done(account_of(request), call_id, key=key_of(request))
    return go_on(request, reverse("workbench:telephone"), done=_("The call is done."))


def _note(request: HttpRequest) -> str:
    number = request.POST.get("case", "").replace("\x00", "")
    conversation.note_call(
        account_of(request), number, request.POST.get("text", "").strip(), key=key_of(request)
    )
    return _("Noted in %(number)s.") % {"number": number}


def _call_back(request: HttpRequest) -> str:
    call_at = conversation.ask_call_back(
        account_of(request),
        request.POST.get("phone", ""),
        request.POST.get("text", "").strip(),
        key=key_of(request),
    )
    return _("Tell the caller: somebody calls on %(day)s.") % {"day": text.moment(call_at)}


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    account = account_of(request)
    phone = request.POST.get("phone", "")[:20]
    why = refused(refusal) if refusal else None
    context = chrome(request, active="telephone") | {
        "caller": conversation.caller_of(account, phone) if phone else None,
        "phone": phone,
        "typed": request.POST,
        "slot": conversation.next_slot(clock.now()),
        "calls": conversation.calls_to_make(account),
        "refused": why,
    }
    return render(request, "workbench/telephone.html", context, status=why.status if why else 200)
