"""A tape of loans: look at what it would bring, import it once, take it back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tideover.app.db.models import Tape
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.verbs.tape import NO_PAYMENTS, TapeFiles, importing, undoing
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.app.workbench.views._carried import (
    FILES_BYTES_MAX,
    CarriedDamaged,
    file_name,
    packed,
    row_named,
    unpacked,
)
from tideover.money import Refusal

TAPES_SHOWN = 10
LINES_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.IMPORT_LOANS)
def tapes(request: HttpRequest) -> HttpResponse:
    """Show the upload, the preview of a tape, import what was previewed, or take a tape back."""
    if request.method != "POST":
        return _page(request)
    step = request.POST.get("step")
    if step == "import":
        return _import(request)
    if step in ("look-back", "undo"):
        return _take_back(request, is_sure=step == "undo")
    return _preview(request)


def _preview(request: HttpRequest) -> HttpResponse:
    loans, payments = request.FILES.get("loans"), request.FILES.get("payments")
    if not isinstance(loans, UploadedFile) or not loans.size:
        return _page(request, problem=_("Choose the file of the loans first."))
    size = loans.size + ((payments.size or 0) if isinstance(payments, UploadedFile) else 0)
    if size > FILES_BYTES_MAX:
        return _page(
            request,
            problem=_(
                "The files have %(size)s bytes together; up to %(limit)s can be imported here at "
                "once. Split them, or load them with tideover tape load."
            )
            % {"size": f"{size:,}", "limit": f"{FILES_BYTES_MAX:,}"},
        )
    files = TapeFiles(
        loans=loans.read(), loans_name=loans.name or "", payments=NO_PAYMENTS, payments_name=""
    )
    if isinstance(payments, UploadedFile) and payments.size:
        # Lines are told apart by the name of their file.
        again = " (2)" if payments.name == loans.name else ""
        name = f"{payments.name}{again}"
        files = replace(files, payments=payments.read(), payments_name=name)
    return _show_preview(request, files)


def _show_preview(
    request: HttpRequest, files: TapeFiles, *, refusal: Refusal | None = None
) -> HttpResponse:
    try:
        preview = importing.preview(account_of(request), files)
    except NotFound:
        raise
    except Refusal as unreadable:
        return _page(request, refusal=refusal or unreadable)
    lines = preview.lines[: max(LINES_SHOWN, preview.refused)]
    return _page(
        request,
        refusal=refusal,
        preview=preview,
        lines=lines,
        left_out=len(preview.lines) - len(lines),
        files=files,
        loans_content=packed(files.loans),
        payments_content=packed(files.payments),
    )


def _import(request: HttpRequest) -> HttpResponse:
    try:
        files = TapeFiles(
            loans=unpacked(request, "loans"),
            payments=unpacked(request, "payments"),
            loans_name=file_name(request, "loans_name"),
            payments_name=file_name(request, "payments_name"),
        )
    except CarriedDamaged:
        return _page(request, problem=_("The preview was damaged. Choose the files again."))
    try:
        came = importing.import_tape(account_of(request), files, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return _show_preview(request, files, refusal=refusal)
    return go_on(request, reverse("workbench:tapes"), done=_imported_words(came))


def _imported_words(came: Mapping[str, int]) -> str:
    return (
        _("Imported loans: %(loans)s, with payments: %(payments)s. Here already: %(known)s.") % came
    )


def _take_back(request: HttpRequest, *, is_sure: bool) -> HttpResponse:
    """Show what undoing a tape would take back, or do it."""
    account, tape_id = account_of(request), row_named(request, "tape")
    try:
        if is_sure:
            count = undoing.undo(account, tape_id, key=key_of(request))
            done = ngettext(
                "Undone: %(count)s loan taken back.", "Undone: %(count)s loans taken back.", count
            ) % {"count": count}
            return go_on(request, reverse("workbench:tapes"), done=done)
        undo = undoing.preview_undo(account, tape_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return _page(request, undo=undo, undo_id=tape_id)


def _latest_tapes() -> tuple[Tape, ...]:
    latest = Tape.objects.select_related("imported_by", "undone_by").order_by("-imported_at", "-pk")
    return tuple(latest.annotate(loans_count=Count("loans"))[:TAPES_SHOWN])


def _page(
    request: HttpRequest, *, problem: str = "", refusal: Refusal | None = None, **shown: object
) -> HttpResponse:
    why = refused(refusal) if refusal else None
    context: Mapping[str, Any] = chrome(request, active="tapes") | {
        "problem": problem,
        "imported": _latest_tapes(),
        "refused": why,
        **shown,
    }
    status = why.status if why else 422 if problem else 200
    return render(request, "workbench/tapes.html", context, status=status)
