"""Claiming a case, marking its evidence, declining it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app.verbs import assessment
from tideover.app.verbs.assessment import presence
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import act, case_address, go_on, key_of, version_of
from tideover.money import Refusal

NOTE_LENGTH_MAX = 2000


@require_POST
@staff_only(Right.WORK_CASES)
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take the case; the first of two agents gets it, the other sees who."""
    return act(
        request,
        number,
        command=lambda: assessment.claim(
            account_of(request), number, version=version_of(request), key=key_of(request)
        ),
        tab="evidence",
        done=lambda _case: _("The case is yours."),
    )


@require_POST
@staff_only(Right.GIVE_BACK)
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give the case back to the queue."""
    return act(
        request,
        number,
        command=lambda: assessment.release(account_of(request), number, key=key_of(request)),
        tab="timeline",
        done=lambda _none: _("The case is back in the queue."),
    )


@require_POST
@staff_only(Right.WORK_CASES)
def mark_evidence(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponse:
    """Say whether a file is clear, unclear or unreadable, with a note, and go to the next one."""
    return act(
        request,
        number,
        command=lambda: assessment.mark_evidence(
            account_of(request),
            number,
            evidence_id,
            outcome=request.POST.get("outcome", ""),
            note=request.POST.get("note", "").strip()[:NOTE_LENGTH_MAX],
            key=key_of(request),
        ),
        tab="evidence",
        done=lambda _file: _("Marked."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.WORK_CASES)
def decline(request: HttpRequest, number: str) -> HttpResponse:
    """Choose a reason, read what the borrower will read, then decline."""
    reason = request.POST.get("reason", "")
    if request.POST.get("step") == "decline" and reason in assessment.DECLINE_REASONS:
        try:
            assessment.decline(
                account_of(request), number, reason_code=reason, note=_note(request),
                version=version_of(request), key=key_of(request),
            )  # fmt: skip
        except NotFound:
            raise
        except Refusal as refusal:
            return _decline_page(request, number, refusal=refusal)
        presence.keep_draft(account_of(request), number, place="decline", text="")
        return go_on(
            request,
            case_address(number, tab="timeline"),
            done=_("Declined. The borrower has been told the reason and the way to a review."),
        )
    return _decline_page(request, number)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[:NOTE_LENGTH_MAX]


def _decline_page(
    request: HttpRequest, number: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    account = account_of(request)
    file = assessment.case_file(account, number)
    reason = request.POST.get("reason", "")
    is_known = reason in assessment.DECLINE_REASONS
    is_missing = request.method == "POST" and not is_known
    preview = (
        assessment.decline_preview(account, number, reason_code=reason, note=_note(request))
        if is_known and request.POST.get("step") != "change"
        else None
    )
    why = refused(refusal, file=file) if refusal else None
    context = chrome(request, active="queue") | {
        "file": file,
        "reasons": tuple(assessment.DECLINE_REASONS.values()),
        "chosen": reason,
        "note": _note(request) or presence.drafts_of(account, file.case).get("decline", ""),
        "preview": preview.in_language(file.case.borrower.language) if preview else "",
        "preview_language": file.case.borrower.language,
        "is_missing": is_missing,
        "refused": why,
    }
    status = why.status if why else 422 if is_missing else 200
    return render(request, "workbench/decline.html", context, status=status)
