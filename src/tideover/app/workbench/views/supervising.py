"""The supervisor's page: how the work goes, whether groups fare alike, and a second look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tideover.app.verbs.oversight import fairness, supervising
from tideover.app.verbs.oversight import quality as verb
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.pages.supervision_page import supervision_context
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.money import Refusal


@require_safe
@staff_only(Right.SUPERVISE)
def supervision(request: HttpRequest) -> HttpResponse:
    """Show ages, times by stage, holdings, outcomes by group, plans broken, and the sample."""
    return _page(request)


@require_POST
@staff_only(Right.REVIEW_QUALITY)
def quality(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what the second look at a decided case found."""
    try:
        verb.keep_review(
            account_of(request),
            number,
            outcome=request.POST.get("outcome", ""),
            note=request.POST.get("note", ""),
            key=key_of(request),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, number=number, refusal=refusal)
    done = _("Kept: the second look at %(number)s.") % {"number": number}
    return go_on(request, reverse("workbench:supervision") + "#sample", done=done)


def _page(
    request: HttpRequest, *, number: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    account, why = account_of(request), refused(refusal) if refusal else None
    context = chrome(request, active="supervision") | supervision_context(
        supervising.overview(account)
    )
    context |= {
        "groups": fairness.outcomes(account),
        "redefaults": fairness.redefaults(account),
        "sample": verb.sample(account),
        "may_review": may(account, Right.REVIEW_QUALITY),
        "refused": why,
        "refused_number": number,
        "typed": request.POST,
    }
    status = why.status if why else 200
    return render(request, "workbench/supervision.html", context, status=status)
