"""Finance: look at what a bank file would change, then book it once."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app.db.models import BankFile
from tideover.app.verbs import payments as verb
from tideover.app.verbs.payments import undoing
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
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

FILES_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.BOOK_PAYMENTS)
def payments(request: HttpRequest) -> HttpResponse:
    """Show the upload, the preview of a file, or book the file that was previewed."""
    if request.method != "POST":
        return _page(request)
    step = request.POST.get("step")
    if step == "book":
        return _book(request)
    if step in ("look-back", "undo"):
        return _take_back(request, is_sure=step == "undo")
    return _preview(request)


def _preview(request: HttpRequest) -> HttpResponse:
    uploaded = request.FILES.get("file")
    if uploaded is None or not uploaded.size:
        return _page(request, problem=_("Choose a bank file first."))
    if uploaded.size > FILES_BYTES_MAX:
        return _page(
            request,
            problem=_(
                "The file has %(size)s bytes; up to %(limit)s can be booked at once. "
                "Split it by day."
            )
            % {"size": f"{uploaded.size:,}", "limit": f"{FILES_BYTES_MAX:,}"},
        )  # fmt: skip
    return _show_preview(request, content=uploaded.read(), name=uploaded.name or "")


def _show_preview(
    request: HttpRequest, *, content: bytes, name: str, refusal: Refusal | None = None
) -> HttpResponse:
    try:
        preview = verb.preview(account_of(request), content, name)
    except Refusal as unreadable:
        return _page(request, refusal=refusal or unreadable)
    return _page(
        request,
        refusal=refusal,
        preview=preview,
        name=name,
        blocked=any(line.status == "unreadable" for line in preview.lines),
        content=packed(content),
    )


def _book(request: HttpRequest) -> HttpResponse:
    try:
        content = unpacked(request, "content")
    except CarriedDamaged:
        return _page(request, problem=_("The preview was damaged. Choose the file again."))
    name = file_name(request, "name")
    try:
        booked = verb.book(account_of(request), content, name, key=key_of(request))
    except Refusal as refusal:
        return _show_preview(request, content=content, name=name, refusal=refusal)
    return go_on(request, reverse("workbench:payments"), done=_booked_words(booked))


def _take_back(request: HttpRequest, *, is_sure: bool) -> HttpResponse:
    """Show what undoing a file would take back, or do it."""
    account, file_id = account_of(request), row_named(request, "file")
    try:
        if is_sure:
            amount = undoing.undo(account, file_id, key=key_of(request))
            done = _("Undone: %(amount)s taken back.") % {"amount": amount.display}
            return go_on(request, reverse("workbench:payments"), done=done)
        undo = undoing.preview_undo(account, file_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return _page(request, undo=undo, undo_id=file_id)


def _booked_words(booked: verb.BankFileResult) -> str:
    return _(
        "Booked to loans: %(count)s, %(amount)s. In suspense: %(suspense)s. "
        "Booked before: %(known)s."
    ) % {
        "count": booked.booked,
        "amount": booked.total.display,
        "suspense": booked.suspense,
        "known": booked.duplicates,
    }


def _latest_files() -> tuple[BankFile, ...]:
    latest = BankFile.objects.select_related("booked_by").order_by("-booked_at")
    return tuple(latest.annotate(lines_count=Count("lines"))[:FILES_SHOWN])


def _page(
    request: HttpRequest, *, problem: str = "", refusal: Refusal | None = None, **shown: object
) -> HttpResponse:
    why = refused(refusal) if refusal else None
    context: Mapping[str, Any] = chrome(request, active="payments") | {
        "problem": problem,
        "booked": _latest_files(),
        "refused": why,
        **shown,
    }
    status = why.status if why else 422 if problem else 200
    return render(request, "workbench/payments.html", context, status=status)
