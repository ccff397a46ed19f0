"""Documents: a file is kept the moment it is chosen; without a script, by a button."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import sections
from tideover.app.portal.forms import Problem
from tideover.app.portal.shown import files
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import application, evidence_files, evidence_parts
from tideover.app.verbs.application import AnswerProblems, Draft
from tideover.app.verbs.application.knowing import SENSITIVE_PAPERS
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.evidence import TooLarge
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.UPLOAD)
def evidence(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show what is needed and what is there; take one more file, or go on without."""
    draft = application.draft(borrower, number)
    if request.method != "POST":
        if not draft.needs or (_is_draft(draft) and not sections.has_consent(draft)):
            return redirect("portal:tasks", number=number)
        return _page(request, draft)
    if "done" in request.POST:
        return _go_on(request, borrower, draft=draft)
    if "size" in request.POST:
        return _take_part(request, borrower, number=number)
    is_script = request.headers.get("Accept", "") == "application/json"
    need = request.POST.get("need", "")
    try:
        _attach(request, borrower, number=number, need=need)
    except NotFound:
        raise
    except Refusal as refusal:
        problem = problem_from(refusal, path=f"file-{need}")
        if is_script:
            return JsonResponse({"state": "refused", "words": problem.message}, status=422)
        return _page(request, draft, problem)
    if is_script:
        return JsonResponse({"state": "received", "words": _("Received")})
    return redirect(request.get_full_path())


def _take_part(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Take the next part of a file from the script, or say how far it has come."""
    need, key = request.POST.get("need", ""), key_of(request)
    size, at = (_count(request.POST.get(name, "")) for name in ("size", "at"))
    part = request.FILES.get("file")
    try:
        if not isinstance(part, UploadedFile):
            coming = evidence_parts.received(borrower, number, need=need, key=key, size=size)
        else:
            _demand_consent(request, borrower, number=number, need=need)
            coming = evidence_parts.add(
                borrower, number, need=need, name=part.name or "", key=key, size=size, at=at,
                part=part.read() if (part.size or 0) <= evidence_parts.PART_BYTES_MAX else b"",
            )  # fmt: skip
    except NotFound:
        raise
    except evidence_parts.PartOutOfPlace as elsewhere:
        return JsonResponse({"state": "coming", "received": elsewhere.received}, status=409)
    except Refusal as refusal:
        words = problem_from(refusal).message
        return JsonResponse({"state": "refused", "words": words}, status=422)
    if coming.is_kept:
        return JsonResponse({"state": "received", "words": _("Received")})
    return JsonResponse({"state": "coming", "received": coming.received})


def _count(typed: str) -> int:
    """Return a number of bytes as a script sends it; anything else is none that fits."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 12 else -1


@require_POST
@for_helpers(posts=Scope.UPLOAD)
def remove(
    request: HttpRequest, borrower: Borrower, *, number: str, evidence_id: str
) -> HttpResponse:
    """Take a file back while the request is not sent."""
    try:
        evidence_files.remove(borrower, number, evidence_id, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.warning(request, problem_from(refusal).message)
    return redirect("portal:evidence", number=number)


def _is_draft(draft: Draft) -> bool:
    return draft.case.state == CaseState.DRAFT


def _attach(request: HttpRequest, borrower: Borrower, *, number: str, need: str) -> None:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise files.NothingChosen
    limit = files.bytes_max(clock.today())
    if (upload.size or 0) > limit:  # before its bytes come into memory
        raise TooLarge(size=upload.size or 0, limit=limit)
    _demand_consent(request, borrower, number=number, need=need)
    evidence_files.attach(
        borrower,
        number,
        need=need,
        name=upload.name or "",
        content=upload.read(),
        key=key_of(request),
    )


def _demand_consent(request: HttpRequest, borrower: Borrower, *, number: str, need: str) -> None:
    """Keep the tick for papers about health or family; without it such a paper is not taken."""
    if need not in SENSITIVE_PAPERS or application.has_sensitive_consent(borrower, number):
        return
    if request.POST.get("agree") != "yes":
        raise files.ConsentFirst
    application.agree_sensitive(borrower, number, key=f"{key_of(request)}:agree"[:120])


def _go_on(request: HttpRequest, borrower: Borrower, *, draft: Draft) -> HttpResponse:
    """Keep why a document cannot be had, and go on; no document yet is a valid answer."""
    number = draft.case.number
    if draft.case.state != CaseState.DRAFT:
        return redirect("portal:case", number=number)
    missing = files.read_missing(request.POST, draft.needs)
    if not missing and not draft.evidence:
        missing = files.all_to_follow(draft.needs)
    if not missing:
        return _onward(borrower, number)
    try:
        application.save_section(
            borrower, number, "evidence", {"missing": missing}, key=key_of(request)
        )
    except AnswerProblems as refusal:
        return _page(request, draft, files.problem_of_missing(refusal, missing))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, draft, problem_from(refusal))
    return _onward(borrower, number)


def _onward(borrower: Borrower, number: str) -> HttpResponse:
    is_ready = sections.is_ready(application.draft(borrower, number))
    return redirect(sections.address("check" if is_ready else "tasks", number=number))


def _page(request: HttpRequest, draft: Draft, problem: Problem | None = None) -> HttpResponse:
    number = draft.case.number
    is_draft = draft.case.state == CaseState.DRAFT
    is_from_check = "check" in (request.GET.get("return"), request.POST.get("return"))
    if not is_draft:
        back, back_words = "case", _("Where my request stands")
    elif is_from_check:
        back, back_words = "check", _("Check your answers")
    else:
        back, back_words = "tasks", _("Your application")
    context = {
        "number": number,
        "is_draft": is_draft,
        "needs": files.shelves(draft, problem=problem, post=request.POST),
        "limit_words": files.limit_words(clock.today()),
        "accept": files.accepted(clock.today()),
        "step_words": sections.step_words("evidence") if is_draft else "",
        "back_url": sections.address(back, number=number),
        "back_words": back_words,
        "return_to_check": is_from_check,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/evidence.html", context, status=422 if problem else 200)
