"""Who may act for a case's borrower: kept from paper, looked at by a colleague, ended at once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app.verbs import assessment
from tideover.app.verbs.mandates import desk as verb
from tideover.app.verbs.mandates.giving import MandateAsked
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, demand
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.pages.mandate_page import mandate_context
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.app.workbench.views.files import guarded
from tideover.evidence import TooLarge
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.READ_CASES)
def mandates(request: HttpRequest, number: str) -> HttpResponse:
    """Show the mandates of a borrower; keep one, look at one, or end one."""
    if request.method != "POST":
        return _page(request, number)
    demand(account_of(request), Right.END_MANDATES)
    if request.POST.get("step", "") not in {"record", "check", "end"}:
        return _page(request, number)
    try:
        done = _act(request, number)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, number, refusal=refusal)
    return go_on(request, reverse("workbench:mandates", args=[number]), done=done)


@require_safe
@staff_only(Right.READ_CASES)
def paper(request: HttpRequest, number: str, mandate_id: UUID) -> HttpResponseBase:
    """Send the paper that a mandate rests on, to save."""
    media_type, content = verb.mandate_paper(account_of(request), number, mandate_id)
    return guarded(content, media_type=media_type, save_as=f"mandate-{mandate_id}")


def _act(request: HttpRequest, number: str) -> str:
    account, key, post = account_of(request), key_of(request), request.POST
    step, mandate = post.get("step", ""), post.get("mandate", "")
    if step == "check":
        verb.check(account, number, mandate, key=key)
        return _("Looked at. They may act from now on.")
    if step == "end":
        verb.end_by_staff(account, number, mandate, post.get("why", ""), key=key)
        return _("Ended. From this moment they see nothing.")
    asked = MandateAsked.typed(post, scopes=post.getlist("scopes"))
    uploaded = request.FILES.get("paper")
    limit = verb.paper_bytes_max()
    if uploaded and (uploaded.size or 0) > limit:  # before its bytes come into memory
        raise TooLarge(size=uploaded.size or 0, limit=limit)
    content, name = (uploaded.read(), uploaded.name or "") if uploaded else (b"", "")
    verb.record(account, number, asked, verb.MandateFile(name, content), key=key)
    return _("Kept. It counts once a colleague has looked at the paper.")


def _page(request: HttpRequest, number: str, *, refusal: Refusal | None = None) -> HttpResponse:
    account = account_of(request)
    file = assessment.case_file(account, number)
    why = refused(refusal) if refusal else None
    context = chrome(request, active="queue") | mandate_context(
        account, number, typed=request.POST, file=file
    )
    status = why.status if why else 200
    return render(request, "workbench/mandates.html", context | {"refused": why}, status=status)
