"""Linking a figure to an answer, and keeping what an issuer said."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tideover.app.verbs import examining
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.views._acting import act, key_of


@require_POST
@staff_only(Right.WORK_CASES)
def link_figure(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    """Say that a figure on the page bears one answer out."""
    return act(
        request,
        number,
        command=lambda: examining.link_figure(
            account_of(request),
            number,
            evidence_id,
            field=request.POST.get("field", ""),
            answer=request.POST.get("answer", ""),
            key=key_of(request),
        ),
        tab="evidence",
        done=lambda _none: _("Linked."),
        file=str(evidence_id),
    )


@require_POST
@staff_only(Right.WORK_CASES)
def issuer_answer(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    """Keep what the issuer of a document said."""
    return act(
        request,
        number,
        command=lambda: examining.record_answer(
            account_of(request),
            number,
            evidence_id,
            answer=request.POST.get("answer", ""),
            asked_through=request.POST.get("asked_through", ""),
            note=request.POST.get("note", "").strip(),
            key=key_of(request),
        ),
        tab="evidence",
        done=lambda _none: _("The answer is kept."),
        file=str(evidence_id),
    )
