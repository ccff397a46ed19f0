"""The queue: saved views with counts, search, and the next case."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tideover.app.verbs import assessment
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench import text
from tideover.app.workbench.access import account_of, first_page, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.pages.queue_page import queue_context, view_named
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import key_of
from tideover.money import Refusal


@require_safe
@staff_only(Right.SIGN_IN)
def queue(request: HttpRequest) -> HttpResponse:
    """Show one saved view of the queue, or what a search found."""
    account = account_of(request)
    if not may(account, Right.READ_CASES):
        return HttpResponseRedirect(reverse(first_page(account)))
    search = request.GET.get("search", "").strip()[:40]
    view = view_named("all" if search else request.GET.get("view", ""), account=account)
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    page = assessment.queue(account, view=view, search=search, page=number)
    if search and len(page.items) == 1 and page.items[0].number.casefold() == search.casefold():
        return HttpResponseRedirect(reverse("workbench:case", args=[page.items[0].number]))
    return render(
        request,
        "workbench/queue.html",
        chrome(request, active="queue", queue=page)
        | queue_context(page, search=search)
        | {"agents": assessment.agents() if may(account, Right.ASSIGN) else ()},
    )


@require_POST
@staff_only(Right.ASSIGN)
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to an agent; say of each that could not be given why not."""
    numbers = request.POST.getlist("case")[: assessment.ASSIGNED_AT_ONCE_MAX]
    view = view_named(request.POST.get("view", ""), account=account_of(request))
    back = f"{reverse('workbench:queue')}?{urlencode({'view': view})}"
    try:
        given = assessment.assign(
            account_of(request), numbers, agent=request.POST.get("agent", ""), key=key_of(request)
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refused(refusal).sentence)
        return HttpResponseRedirect(back)
    done = sum(1 for each in given if each.why_not is None)
    messages.success(request, _("Given out: %(done)s.") % {"done": done})
    for each in given:
        if each.why_not is not None:
            messages.warning(request, f"{each.number}: {text.in_words(each.why_not)}")
    return HttpResponseRedirect(back)


@require_safe
@staff_only(Right.WORK_CASES)
def next_case(request: HttpRequest) -> HttpResponse:
    """Go to the case that needs somebody first: mine before the unclaimed, or the empty queue."""
    account = account_of(request)
    for view in ("mine", "unclaimed"):
        items = assessment.queue(account, view=view).items
        if items:
            return HttpResponseRedirect(reverse("workbench:case", args=[items[0].number]))
    return HttpResponseRedirect(reverse("workbench:queue"))
