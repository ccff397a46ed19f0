"""What came in by WeChat or e-mail and found no case: say whose it is, or close it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app.verbs import arriving
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.WORK_CASES)
def arrivals(request: HttpRequest) -> HttpResponse:
    """Show what waits; put one into a case, or close it with what was found."""
    if request.method != "POST" or request.POST.get("step", "") not in {"assign", "close"}:
        return _page(request)
    try:
        done = _act(request)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:arrivals"), done=done)


def _act(request: HttpRequest) -> str:
    account, key = account_of(request), key_of(request)
    try:
        arrival = UUID(request.POST.get("arrival", ""))
    except ValueError:
        raise NotFound("arrival") from None
    if request.POST.get("step") == "close":
        note = request.POST.get("note", "").strip()
        arriving.close_task(account, arrival, note=note, key=key)
        return _("Closed.")
    number = request.POST.get("case", "").replace("\x00", "")
    number = arriving.assign(account, arrival, number, key=key)
    return _("Put into %(number)s.") % {"number": number}


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    why = refused(refusal) if refusal else None
    context = chrome(request, active="arrivals") | {
        "tasks": arriving.tasks(account_of(request)),
        "typed": request.POST,
        "refused": why,
    }
    return render(request, "workbench/arrivals.html", context, status=why.status if why else 200)
