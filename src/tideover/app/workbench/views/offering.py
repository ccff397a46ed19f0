"""The offer studio: working out the offers and sending the chosen ones."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tideover.app.verbs import offering
from tideover.app.verbs.offering import findings
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.views._acting import act, key_of, version_of
from tideover.cases import CaseState


@require_POST
@staff_only(Right.WORK_CASES)
def generate(request: HttpRequest, number: str) -> HttpResponse:
    """Work out the offers from today's balance and budget."""
    return act(
        request,
        number,
        command=lambda: offering.generate(account_of(request), number, key=key_of(request)),
        tab="offers",
        done=lambda _offers: _("Worked out from today's balance and budget."),
    )


@require_POST
@staff_only(Right.WORK_CASES)
def hold_line(request: HttpRequest, number: str) -> HttpResponse:
    """Hold a line of the budget to what is proven, with a reason."""
    return act(
        request,
        number,
        command=lambda: findings.hold_line(
            account_of(request),
            number,
            request.POST.get("line", "")[:60],
            amount=request.POST.get("amount", ""),
            reason=request.POST.get("reason", ""),
            key=key_of(request),
        ),
        tab="budget",
        done=lambda _none: _("Kept. Work the offers out again so that they follow it."),
    )


@require_POST
@staff_only(Right.WORK_CASES)
def send(request: HttpRequest, number: str) -> HttpResponse:
    """Send the ticked offers to the borrower, or to an approver when one is over the limit."""
    return act(
        request,
        number,
        command=lambda: offering.send(
            account_of(request),
            number,
            offer_keys=tuple(request.POST.getlist("offer")),
            version=version_of(request),
            key=key_of(request),
        ),
        tab="offers",
        done=_sent_words,
    )


def _sent_words(state: CaseState) -> str:
    if state is CaseState.AWAITING_APPROVAL:
        return _("With an approver now. The borrower hears when the offers are approved.")
    return _("Sent. The borrower has been told.")
