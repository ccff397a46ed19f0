"""The plan after signing: the next payment large, what has come in, what is left."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tideover.agreements import PlanProgress, plan_progress
from tideover.app import clock
from tideover.app.db.models import Borrower, Case, PlanKeeping, Scope
from tideover.app.portal.shown import lender
from tideover.app.portal.shown.cards import balances
from tideover.app.portal.templatetags.portal_words import day_text
from tideover.app.portal.views.access import for_borrowers, for_helpers, key_of, problem_from
from tideover.app.verbs import application, keeping, loans, offering
from tideover.app.verbs.case.rows import theirs
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.dates import add_months
from tideover.loan import LineStatus, Paid
from tideover.money import Refusal, total

_BAR_WIDTH = 320
_QUOTE_DAYS_MAX = 3_660


@require_safe
@for_helpers()
def show(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Show the running plan; a loan without one shows its own page."""
    view = loans.loan_view(borrower, reference, clock.today())
    state = view.state
    if state.restructured_on is None:
        return redirect("portal:loan", reference=reference)
    plan = plan_progress(state.schedule, state)
    channels = lender.channels(clock.today())
    payments = [
        one
        for one in loans.payments_received(borrower, reference)
        if one.on >= state.restructured_on
    ]
    if plan.is_settled:
        return _done(request, view, payments=payments)
    judgement = keeping.judged(view.case, state) if view.case is not None else None
    is_kept = judgement is not None and judgement.is_kept
    context = {
        **_next_payment(plan, is_kept=is_kept),
        "progress_words": _("%(paid)d of %(count)d instalments paid")
        % {"paid": plan.paid_count, "count": plan.total_count},
        "progress_filled": plan.paid_count * _BAR_WIDTH // max(plan.total_count, 1),
        "pay_words": _("Inside the loan's own page, or ask on %(hotline)s.")
        % {"hotline": channels.hotline},
        "payments": payments,
        "missed": None if is_kept else _missed(view, plan),
        "has_book": view.case is not None and _has_statement(view.case),
        "balances": balances(state),
        "lines": state.lines,
        "allowance": offering.allowance_of(view.loan),
        "case_number": view.case.number if view.case else "",
        **_after_signing(request, borrower, view),
    }
    return render(request, "portal/plan.html", context)


@require_POST
@for_helpers(posts=Scope.ANSWER)
def tell_early(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Take the word that the next payment will be hard; the talk opens, the plan goes on."""
    view = loans.loan_view(borrower, reference, clock.today())
    if view.case is None:
        raise NotFound("case")
    words = request.POST.get("message", "").strip()
    try:
        answer_by = keeping.tell_early(borrower, view.case.number, words, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, problem_from(refusal).message)
        return redirect("portal:plan", reference=reference)
    told = _("Thank you for telling us early. Somebody answers by %(day)s; nothing is charged.")
    messages.success(request, told % {"day": day_text(answer_by)})
    return redirect("portal:case", number=view.case.number)


@require_POST
@for_helpers(posts=Scope.ANSWER)
def say_how_it_is(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Take the answer to the review: the same, better, or harder."""
    view = loans.loan_view(borrower, reference, clock.today())
    if view.case is None:
        raise NotFound("case")
    word, number = request.POST.get("word", ""), view.case.number
    words = request.POST.get("message", "").strip()
    try:
        keeping.say_how_it_is(borrower, number, word, words, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, problem_from(refusal).message)
        return redirect("portal:plan", reference=reference)
    told = {
        "same": _("Thank you. Your plan goes on as it is."),
        "better": _("Good to hear. Somebody looks with you at a shorter plan; nothing is charged."),
        "harder": _("Thank you for telling us early. Somebody looks for another way with you."),
    }
    messages.success(request, told[word])
    if word == "harder":
        return redirect("portal:case", number=number)
    return redirect("portal:plan", reference=reference)


@require_safe
@for_helpers()
def letter(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Answer the letter that the loan is paid off."""
    content = keeping.settlement_letter(borrower, number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="settlement-{number}.pdf"'
    return response


def _done(request: HttpRequest, view: loans.LoanView, *, payments: Sequence[Paid]) -> HttpResponse:
    """Show that it is done: the letter, the record, and what happens to the papers."""
    kept = PlanKeeping.objects.filter(agreement__case=view.case, completed_on__isnull=False)
    context = {
        "reference": view.reference,
        "case_number": view.case.number if view.case else "",
        "outstanding": view.state.outstanding.total,
        "received": total((one.amount for one in payments), view.state.schedule.currency),
        "has_letter": view.case is not None and kept.exists(),
        **_kept_until(kept.select_related("agreement__case__loan").first()),
        "is_forgotten": view.case is not None and not _has_statement(view.case),
        "years": lender.parameters(clock.today()).integer("credit_record.years_kept"),
        "lines": view.state.lines,
    }
    return render(request, "portal/done.html", context)


def _kept_until(keeping: PlanKeeping | None) -> dict[str, date]:
    """Until when papers, and then the agreement and the payments, are kept."""
    if keeping is None or keeping.completed_on is None:
        return {}
    years = lender.parameters(keeping.completed_on).integer("retention.agreement_years")
    return {
        "papers_until": application.papers_until(keeping),
        "agreement_until": add_months(keeping.completed_on, 12 * years),
    }


@require_POST
@for_borrowers
def forget(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Delete the answers and papers of a request whose debt is paid off, after a tick."""
    case = theirs(borrower, number)
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Tick first that you are sure. Nothing was deleted."))
        return redirect("portal:plan", reference=case.loan.reference)
    try:
        application.forget_request(borrower, number, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.warning(request, problem_from(refusal).message)
    else:
        messages.success(request, _("Your answers and papers are deleted."))
    return redirect("portal:plan", reference=case.loan.reference)


def _has_statement(case: Case) -> bool:
    return {"income", "outgoings"} <= set(application.draft_of(case).sections)


def _missed(view: loans.LoanView, plan: PlanProgress) -> dict[str, object] | None:
    """Return what is late, until when it can be put right, and what the rules are; or nothing."""
    if plan.is_on_track or view.case is None:
        return None
    late = next(line for line in plan.lines if line.status is LineStatus.PAST_DUE)
    keeping_row = PlanKeeping.objects.filter(agreement__case=view.case).first()
    policy = lender.parameters(clock.today())
    return {
        "day": late.due_date,
        "days": view.state.days_past_due,
        "amount": view.state.past_due.total,
        "came": late.paid.total,
        "cure_until": keeping_row.cure_until if keeping_row else None,
        "cure_days": policy.integer("breach.cure_days"),
        "most": policy.integer("breach.missed_max"),
    }


def _after_signing(
    request: HttpRequest, borrower: Borrower, view: loans.LoanView
) -> dict[str, object]:
    """What the borrower can do about a plan: speak early, or pay it all off."""
    case = view.case
    return {
        "reference": view.reference,
        "review": keeping.open_review(case) if case is not None else None,
        "may_tell_early": case is not None and case.state == CaseState.ACTIVE.value,
        **_quote(request, borrower, view),
    }


def _quote(request: HttpRequest, borrower: Borrower, view: loans.LoanView) -> dict[str, object]:
    """What closes the loan on the day asked for, today unless a day can be read."""
    today = clock.today()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    on = min(max(on, today), today + timedelta(days=_QUOTE_DAYS_MAX))
    try:
        found = keeping.quote(borrower, view.reference, on)
    except Refusal:
        return {}
    return {"quote": found, "quote_on": on.isoformat()} if found.amount else {}


def _next_payment(plan: PlanProgress, *, is_kept: bool) -> dict[str, object]:
    """Return the words and figures of what to pay next; what is late comes first, kindly.

    `is_kept` says that what is late is too little to be a missed instalment.
    """
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
    if is_kept:
        return {
            "headline": _("Your payment has arrived, a small rest is open"),
            "next_label": _("This is no missed payment. Please add the rest with the next one:"),
            "next_due": late.due_date,
            "next_amount": plan.past_due,
        }
    if late.paid:
        return {
            "headline": _("A part of one payment has arrived"),
            "next_label": _("Thank you. Still open today:"),
            "next_due": late.due_date,
            "next_amount": plan.past_due,
        }
    return {
        "headline": _("One payment has not reached us yet"),
        "next_label": _("That is all right, tell us first. Open today:"),
        "next_due": late.due_date,
        "next_amount": plan.past_due,
    }
