"""Evidence as pictures, the original as a download, and the signed agreement."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tideover.app.verbs import evidence_files, signing
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.evidence import FileKind, FileRefused, page_picture

SANDBOX = "default-src 'none'; sandbox"


@require_safe
@staff_only(Right.READ_CASES)
def evidence(request: HttpRequest, number: str, evidence_id: UUID) -> HttpResponseBase:
    """Send a page of the file as a picture drawn anew, or with ?original=1 the file to save."""
    media_type, content = evidence_files.content(account_of(request), number, evidence_id)
    if request.GET.get("original"):
        return guarded(content, media_type=media_type, save_as=f"{number}-{evidence_id}")
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isdecimal() and len(typed) < 5 else 1
    try:
        picture = page_picture(content, kind=_kind(media_type), page=page)
    except FileRefused as refused:
        raise Http404 from refused
    return guarded(picture.content, media_type=picture.media_type)


def _kind(media_type: str) -> FileKind:
    return next(kind for kind in FileKind if kind.media_type == media_type)


@require_safe
@staff_only(Right.READ_CASES)
def agreement(request: HttpRequest, number: str) -> HttpResponseBase:
    """Send the sealed agreement of the case."""
    content = signing.pdf(account_of(request), number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=False, filename=f"{number}.pdf"
    ) or "inline"  # fmt: skip
    return response


def guarded(content: bytes, *, media_type: str, save_as: str = "") -> HttpResponse:
    """Return somebody's file in a cage: no script, no sniffing, no cache; to save when named."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if save_as:
        response["Content-Disposition"] = f'attachment; filename="{save_as}"'
    return response
