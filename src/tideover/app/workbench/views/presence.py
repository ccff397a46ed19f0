"""Who else has the case open, and words kept while they are written; both asked for by the page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from tideover.app.verbs.assessment import presence
from tideover.app.verbs.case.rows import for_staff
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.case_page import here_words


@require_safe
@staff_only(Right.READ_CASES)
def here(request: HttpRequest, number: str) -> HttpResponse:
    """Say who else has the case open, as JSON: a sentence, and the version the case now has."""
    account = account_of(request)
    case = for_staff(account, number)
    others = presence.arrive(account, case)
    return JsonResponse({"words": here_words(others), "version": case.version})


@require_POST
@staff_only(Right.READ_CASES)
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what somebody is writing, so that a closed window loses nothing."""
    presence.keep_draft(
        account_of(request),
        number,
        place=request.POST.get("place", ""),
        text=request.POST.get("text", "").replace("\x00", ""),
    )
    return HttpResponse(status=204)
