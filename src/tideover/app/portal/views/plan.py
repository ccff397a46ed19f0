"""The plan after signing: the next payment large, what has come in, what is left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.agreements import PlanProgress, plan_progress
from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.portal.shown import lender
from tideover.app.portal.shown.cards import balances
from tideover.app.portal.views.access import for_borrowers
from tideover.app.verbs import loans, offering
from tideover.loan import LineStatus

_BAR_WIDTH = 320


@require_safe
@for_borrowers
def show(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Show the running plan; a loan without one shows its own page."""
    view = loans.loan_view(borrower, reference, clock.today())
    state = view.state
    if state.restructured_on is None:
        return redirect("portal:loan", reference=reference)
    plan = plan_progress(state.schedule, state)
    channels = lender.channels(clock.today())
    payments = loans.payments_received(borrower, reference)
    context = {
        **_next_payment(plan),
        "progress_words": _("%(paid)d of %(count)d instalments paid")
        % {"paid": plan.paid_count, "count": plan.total_count},
        "progress_filled": plan.paid_count * _BAR_WIDTH // max(plan.total_count, 1),
        "pay_words": _("Inside the loan's own page, or ask on %(hotline)s.")
        % {"hotline": channels.hotline},
        "payments": [one for one in payments if one.on >= state.restructured_on],
        "balances": balances(state),
        "lines": state.lines,
        "allowance": offering.allowance_of(view.loan),
        "case_number": view.case.number if view.case else "",
    }
    return render(request, "portal/plan.html", context)


def _next_payment(plan: PlanProgress) -> dict[str, object]:
    """Return the words and figures of what to pay next; what is late comes first, kindly."""
    if plan.is_settled:
        return {"headline": _("You have done it"), "next_due": None}
    if plan.is_on_track:
        return {
            "headline": _("Your plan is on track"),
            "next_label": _("Next payment"),
            "next_due": plan.next_due,
            "next_amount": plan.next_amount,
        }
    late = next(line for line in plan.lines if line.status is LineStatus.PAST_DUE)
    return {
        "headline": _("One payment has not reached us yet"),
        "next_label": _("That is all right, tell us first. Open today:"),
        "next_due": late.due_date,
        "next_amount": plan.past_due,
    }
