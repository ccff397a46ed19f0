"""The case page, with its tabs by address; also what a refused command shows again."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tideover.app.verbs import assessment
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.case_page import TABS, case_context
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.money import Refusal


@require_safe
@staff_only(Right.READ_CASES)
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the case on the tab that the address names."""
    return show_case(request, number, tab=request.GET.get("tab", ""))


def show_case(
    request: HttpRequest,
    number: str,
    *,
    tab: str = "",
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Show the case; after a refusal with its words, its status and all that was typed."""
    account = account_of(request)
    file = assessment.case_file(account, number)
    if tab and tab not in TABS:
        raise Http404
    why = refused(refusal, file=file) if refusal else None
    context = chrome(request, active="queue") | case_context(
        file, account=account, tab=tab, asked=_asked_for(request)
    )
    context |= {"refused": why, "typed": typed or (request.POST if why else {})}
    if why and "offer" in request.POST:
        context["ticked"] = frozenset(request.POST.getlist("offer"))
    return render(request, "workbench/case.html", context, status=why.status if why else 200)


def _asked_for(request: HttpRequest) -> QueryDict:
    """Return what the address asks to see: after a refused mark, the file that was marked."""
    asked = request.GET.copy()
    match = request.resolver_match
    if match is not None and "evidence_id" in match.kwargs:
        asked["file"] = str(match.kwargs["evidence_id"])
    return asked
