"""The last look before sending, and the sending."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import sections
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import beside, summary
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import application
from tideover.app.verbs.application import Draft
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.ANSWER)
def check(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show all answers; the tick and the button send them.

    However often the button is tapped, there is one case: the later taps lead to the same page.
    """
    draft = application.draft(borrower, number)
    if request.method == "POST":
        return _send(request, borrower, draft=draft)
    if draft.case.state != CaseState.DRAFT:
        return redirect("portal:case", number=number)
    if not sections.is_ready(draft):
        return redirect("portal:tasks", number=number)
    return _page(request, draft)


@require_safe
@for_helpers()
def copy(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show what was sent, to keep and to print; nothing can be changed there."""
    draft = application.draft(borrower, number)
    if draft.case.state == CaseState.DRAFT:
        return redirect("portal:check", number=number)
    context = {"number": number, "parts": summary.parts(draft), "at": draft.case.submitted_at}
    return render(request, "portal/copy.html", context)


def _send(request: HttpRequest, borrower: Borrower, *, draft: Draft) -> HttpResponse:
    is_declared = request.POST.get("declared") == "yes"
    if draft.case.state == CaseState.DRAFT and not is_declared:
        message = _("Please tick that what you told us is true.")
        return _page(request, draft, Problem("declared", message))
    try:
        application.submit(borrower, draft.case.number, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        if draft.case.state != CaseState.DRAFT:
            return redirect("portal:case", number=draft.case.number)
        return _page(request, draft, problem_from(refusal), is_declared=is_declared)
    return redirect("portal:case", number=draft.case.number)


def _page(
    request: HttpRequest,
    draft: Draft,
    problem: Problem | None = None,
    *,
    is_declared: bool = False,
) -> HttpResponse:
    declaration = Field(
        name="declared",
        label=_(
            "What I have told you is true as far as I know, and I have paid no agency for this."
        ),
        value="yes" if is_declared else "",
        problem=problem.message if problem and problem.path else "",
    )
    context = {
        "number": draft.case.number,
        "parts": summary.parts(draft),
        "loans": beside.loans_of(draft.case),
        "is_short": summary.is_short(draft),
        "declaration": declaration,
        "problems": (problem,) if problem else (),
        "back_url": sections.address("tasks", number=draft.case.number),
        "back_words": _("Your application"),
    }
    return render(request, "portal/check.html", context, status=422 if problem else 200)
