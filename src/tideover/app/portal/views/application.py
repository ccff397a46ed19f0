"""The application: its task list and its pages of questions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import sections, words
from tideover.app.portal.forms import Problem
from tideover.app.portal.forms.field import problem_of
from tideover.app.portal.sections import Section
from tideover.app.portal.shown import beside, lender
from tideover.app.portal.templatetags.portal_words import clock_time
from tideover.app.portal.views import care, unsent
from tideover.app.portal.views.access import for_borrowers, for_helpers, key_of, problem_from
from tideover.app.verbs import application
from tideover.app.verbs.application import AnswerProblems, Draft
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.money import Refusal


@require_safe
@for_helpers()
def tasks(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show what is done and what is left; a request already sent shows where it stands."""
    draft = application.draft(borrower, number)
    if draft.case.state != CaseState.DRAFT:
        return redirect("portal:case", number=number)
    lead = application.lead_of(draft.case)
    if lead.number != number:
        return redirect("portal:tasks", number=lead.number)
    if not sections.has_consent(draft):
        return redirect(sections.address("consent", number=number))
    listed = sections.tasks(draft)
    parameters = lender.parameters(clock.today())
    kept_until = clock.day_of(draft.case.opened_at) + timedelta(
        days=parameters.integer("retention.draft_days")
    )
    context = {
        "number": number,
        "kept_until": kept_until,
        "has_budget": sections.has_budget(draft),
        "tasks": listed,
        "loans": beside.loans_of(draft.case),
        "done_count": sum(task.is_done for task in listed),
        "task_count": len(listed),
        "next_task": next((task for task in listed if task.url and not task.is_done), None),
    }
    return render(request, "portal/task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.ANSWER)
def section(request: HttpRequest, borrower: Borrower, *, number: str, section: str) -> HttpResponse:
    """Ask the questions of one section; keep the answers, or show what is wrong with them."""
    form = sections.form_of(section)
    if form is None:
        raise Http404
    draft = application.draft(borrower, number)
    if draft.case.state != CaseState.DRAFT:
        return redirect("portal:case", number=number)
    if form is not sections.CONSENT and not sections.has_consent(draft):
        return redirect(sections.address("consent", number=number))
    if request.method == "POST":
        return _receive(request, borrower, form=form, draft=draft)
    waiting = unsent.taken(request)
    if waiting is not None:
        answers = form.read(waiting)
        application.keep_typing(borrower, number, form.name, answers, key="")
        messages.info(request, _("Here is what you typed before you were signed out. It is kept."))
        return _draw(request, draft, form=form, answers=answers)
    answers = draft.typed.get(section) or draft.sections.get(section, {})
    return _draw(request, draft, form=form, answers=answers)


@require_POST
@for_borrowers
def withdraw(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Withdraw a request that has not been decided."""
    try:
        application.withdraw(borrower, number, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.warning(request, problem_from(refusal).message)
    return redirect("portal:case", number=number)


def _receive(
    request: HttpRequest, borrower: Borrower, *, form: Section, draft: Draft
) -> HttpResponse:
    answers = form.read(request.POST)
    if "add" in request.POST:
        adding = request.POST["add"]
        return _draw(request, draft, form=form, answers=answers, is_adding=adding)
    number, key = draft.case.number, key_of(request)
    if request.headers.get("X-Autosave"):
        at = application.keep_typing(borrower, number, form.name, answers, key=key)
        return JsonResponse({"words": _("Kept at %(time)s") % {"time": clock_time(at)}})
    problems = _kept(borrower, form=form, number=number, answers=answers, key=key)
    if problems:
        return _draw(request, draft, form=form, answers=answers, problems=problems)
    is_from_check = request.POST.get("return") == "check"
    leads_to = "check" if is_from_check else sections.following(form.name)
    onward = sections.address(leads_to, number=number)
    said = care.said_in(answers)
    paused = care.pause(request, borrower, number=number, said=said, onward=onward)
    return paused or redirect(onward)


def _kept(
    borrower: Borrower, *, form: Section, number: str, answers: Mapping[str, Any], key: str
) -> tuple[Problem, ...]:
    """Keep the answers of a section; return what needs another look, nothing when it is done."""
    if problems := form.missing(answers):
        application.keep_typing(borrower, number, form.name, answers, key=key)
        return problems
    record = {name: value for name, value in answers.items() if name != "none"}
    try:
        application.save_section(borrower, number, form.name, record, key=key)
    except NotFound:
        raise
    except AnswerProblems as refusal:
        found = [problem_of(path, one) for path, one in refusal.problems.items()]
        return form.placed(answers, found)
    except Refusal as refusal:
        return (problem_from(refusal),)
    return ()


def _draw(
    request: HttpRequest,
    draft: Draft,
    *,
    form: Section,
    answers: Mapping[str, Any],
    problems: tuple[Problem, ...] = (),
    is_adding: str = "",
) -> HttpResponse:
    is_from_check = "check" in (request.POST.get("return"), request.GET.get("return"))
    number = draft.case.number
    if form is sections.CONSENT and not sections.has_consent(draft):
        back_url, back_words = reverse("portal:loans"), _("My loans")
    elif is_from_check:
        back_url, back_words = sections.address("check", number=number), _("Check your answers")
    else:
        back_url, back_words = sections.address("tasks", number=number), _("Your application")
    context = {
        "number": number,
        "heading": words.HEADINGS[form.name],
        "hotline": lender.channels(clock.today()).hotline,
        "draft_days": lender.parameters(clock.today()).integer("retention.draft_days"),
        "lead": form.lead,
        "step_words": sections.step_words(form.name),
        "back_url": back_url,
        "back_words": back_words,
        "return_to_check": is_from_check,
        "problems": problems,
        **form.shown(answers, problems=problems, is_adding=is_adding),
    }
    return render(request, form.template, context, status=422 if problems else 200)
