"""The approver's inbox: what differs from the contract, what breaks a limit, and the decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tideover.app.verbs import offering
from tideover.app.verbs.mandates.desk import to_check
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.approval_page import approval_rows
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of, version_of
from tideover.app.workbench.views.assessing import NOTE_LENGTH_MAX
from tideover.app.workbench.views.security import confirmed
from tideover.money import Refusal


@require_safe
@staff_only(Right.READ_CASES)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for an approver; an agent may look, an approver may decide."""
    return _inbox(request)


@require_POST
@staff_only(Right.APPROVE)
@confirmed
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the offers of a case, so that they go to the borrower."""
    try:
        offering.approve(
            account_of(request), number, version=version_of(request), key=key_of(request)
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _inbox(request, number=number, refusal=refusal)
    return go_on(
        request,
        reverse("workbench:approvals"),
        done=_("Approved. The offers are with the borrower."),
    )


@require_POST
@staff_only(Right.APPROVE)
@confirmed
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send the offers back to the agent with a note; a note is needed."""
    note = request.POST.get("note", "").strip()[:NOTE_LENGTH_MAX]
    if not note:
        return _inbox(request, number=number, is_note_missing=True)
    try:
        offering.send_back(
            account_of(request), number, note, version=version_of(request), key=key_of(request)
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _inbox(request, number=number, refusal=refusal)
    return go_on(request, reverse("workbench:approvals"), done=_("Sent back to the agent."))


def _inbox(
    request: HttpRequest, *, number: str = "", refusal: Refusal | None = None,
    is_note_missing: bool = False,
) -> HttpResponse:  # fmt: skip
    account = account_of(request)
    why = refused(refusal) if refusal else None
    context = chrome(request, active="approvals") | {
        "rows": approval_rows(account, offering.approvals(account)),
        "may_decide": may(account, Right.APPROVE),
        "papers": to_check(account) if may(account, Right.CHECK_MANDATES) else (),
        "refused": why,
        "refused_number": number,
        "is_note_missing": is_note_missing,
        "typed": request.POST,
    }
    status = why.status if why else 422 if is_note_missing else 200
    return render(request, "workbench/approvals.html", context, status=status)
