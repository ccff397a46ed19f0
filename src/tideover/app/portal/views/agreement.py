"""The agreement: reading it, taking it away as PDF, and signing it."""

import math
from datetime import datetime

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.pdf import SealMissing, SealUnavailable
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import lender
from tideover.app.portal.shown.offers import table_of
from tideover.app.portal.views.access import for_borrowers, for_helpers, key_of, problem_from
from tideover.app.verbs import signing
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.signing import AgreementView
from tideover.money import Refusal

_DIGEST_SHOWN = 12
_logger = structlog.get_logger("tideover.seal")


@require_safe
@for_helpers()
def read(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show key facts, what it costs in all, and the full text; that it was shown is kept."""
    view = signing.agreement_view(borrower, number)
    readable = None
    # The time to read runs for the borrower's eyes alone.
    if not view.is_signed and borrower.mandate is None:
        readable = signing.show_disclosure(borrower, number, key=f"shown-{view.digest}")
    context = {
        "number": number,
        "document": view.document,
        "table": table_of(view.document.due_lines),
        "is_signed": view.is_signed,
        "signed_at": view.signed_at,
        "seconds_to_read": _seconds_until(readable),
        "loan_reference": view.loan.loan.reference,
    }
    return render(request, "portal/agreement.html", context)


@require_safe
@for_helpers()
def pdf(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Answer the agreement as PDF: with the seal once it is signed, as a draft before."""
    content = signing.pdf_for(borrower, number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="agreement-{number}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def sign(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Repeat the five numbers, send a code bound to this text, and take the signature."""
    view = signing.agreement_view(borrower, number)
    if view.is_signed:
        return redirect("portal:agreement", number=number)
    if request.method != "POST":
        return _page(request, view)
    if request.POST.get("action") == "send":
        return _send(request, borrower, view=view)
    return _sign(request, borrower, view=view)


def _send(request: HttpRequest, borrower: Borrower, *, view: AgreementView) -> HttpResponse:
    try:
        signing.send_code(borrower, view.case_number, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, view, problems=(problem_from(refusal),))
    request.session[_sent_mark(view)] = view.digest
    return redirect("portal:sign", number=view.case_number)


def _sign(request: HttpRequest, borrower: Borrower, *, view: AgreementView) -> HttpResponse:
    code = "".join(request.POST.get("code", "").split())
    if request.POST.get("document", view.digest) != view.digest:
        # Another offer was chosen in another window: the numbers above the button were not these.
        message = _("Your request has moved on since you opened this page. Look where it stands.")
        return _page(request, view, problems=(Problem("code", message),))
    if request.POST.get("read") != "yes":
        message = _("Please tick that you have seen the monthly amount and the total.")
        return _page(request, view, problems=(Problem("read", message),))
    try:
        signing.sign(borrower, view.case_number, code=code, key=key_of(request))
    except (NotFound, SealMissing):  # without its seal the service is broken, not the borrower
        raise
    except SealUnavailable:
        _logger.exception("seal-unavailable", case=view.case_number)
        message = _(
            "We could not put our seal on the agreement just now, so nothing is signed yet. Your "
            "code stays valid until its time is over: please try again in a minute, or call us."
        )
        return _page(request, view, problems=(Problem("code", message),))
    except Refusal as refusal:
        return _page(request, view, problems=(problem_from(refusal, path="code"),))
    request.session.pop(_sent_mark(view), None)
    messages.success(request, _("Signed. Your new plan counts from now on."))
    return redirect("portal:agreement", number=view.case_number)


def _page(
    request: HttpRequest, view: AgreementView, *, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    wrong = {problem.path: problem.message for problem in problems}
    context = {
        "number": view.case_number,
        "five_numbers": view.five_numbers,
        "is_code_sent": request.session.get(_sent_mark(view)) == view.digest,
        "code_minutes": lender.parameters(clock.today()).integer("signature.code_minutes"),
        "digest": view.digest,
        "digest_short": view.digest[:_DIGEST_SHOWN],
        "tick": Field(
            name="read",
            label=_("I have seen the monthly amount and the total."),
            value=request.POST.get("read", ""),
            problem=wrong.get("read", ""),
        ),
        "code": Field(
            name="code",
            label=_("Signing code"),
            value=request.POST.get("code", ""),
            hint=_("Six digits from the message. Nobody from us will ever ask you for it."),
            problem=wrong.get("code", ""),
        ),
        "problems": problems,
    }
    return render(request, "portal/sign.html", context, status=422 if problems else 200)


def _seconds_until(instant: datetime | None) -> int:
    """Whole seconds from now to an instant; nought when it is past or there is none."""
    left = (instant - clock.now()).total_seconds() if instant is not None else 0
    return max(math.ceil(left), 0)


def _sent_mark(view: AgreementView) -> str:
    return f"signing-code-sent-{view.case_number}"
