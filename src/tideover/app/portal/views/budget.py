"""What the household's figures leave: right after they were given, and to look at again later."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import sections, words
from tideover.app.portal.shown.budget import shown_budget
from tideover.app.portal.views.access import for_helpers
from tideover.app.verbs import application, offering
from tideover.cases import CaseState


@require_safe
@for_helpers(posts=Scope.ANSWER)
def result(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show what is left each month, without blame where it is nothing."""
    draft = application.draft(borrower, number)
    if not sections.has_budget(draft):
        return redirect("portal:tasks", number=number)
    told = offering.budget(borrower, number)
    is_draft = draft.case.state == CaseState.DRAFT
    onward = "check" if sections.is_ready(draft) else "wish"
    context = {
        "number": number,
        "budget": shown_budget(told),
        "above_usual": [
            {"label": words.outgoing_name(category.value), "usual": usual}
            for category, usual in told.above_usual
        ],
        "back_url": sections.address("tasks" if is_draft else "case", number=number),
        "back_words": _("Your application") if is_draft else _("Where my request stands"),
        "onward_url": sections.address(onward, number=number) if is_draft else "",
        "onward_words": _("Go on: %(name)s") % {"name": words.SECTIONS[onward]},
    }
    return render(request, "portal/budget.html", context)
