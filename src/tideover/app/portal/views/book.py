"""The household's book: the statement kept up while a plan runs, and the months ahead by it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app.db.models import Borrower, Scope
from tideover.app.portal import sections, words
from tideover.app.portal.forms import Problem
from tideover.app.portal.forms.field import problem_of
from tideover.app.portal.templatetags.portal_words import month
from tideover.app.portal.views import unsent
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import household_book
from tideover.app.verbs.application import AnswerProblems
from tideover.app.verbs.household_book import Book
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal


@require_safe
@for_helpers()
def book(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Show the months ahead: what comes in, what goes out, the plan, and what is left."""
    told = household_book.book(borrower, reference)
    context = {"reference": reference, "book": told, "title": _title(told)}
    return render(request, "portal/book.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.ANSWER)
def change(request: HttpRequest, borrower: Borrower, *, reference: str, part: str) -> HttpResponse:
    """Ask the questions of one part again and keep the answers in the book alone."""
    if part not in household_book.PARTS:
        raise Http404
    told = household_book.book(borrower, reference)
    form = sections.FORMS[part]
    if request.method != "POST":
        waiting = unsent.taken(request)
        answers = form.read(waiting) if waiting is not None else told.parts[part]
        return _draw(request, reference, part=part, answers=answers)
    answers = form.read(request.POST)
    if "add" in request.POST:
        return _draw(request, reference, part=part, answers=answers, adding=request.POST["add"])
    problems = form.missing(answers)
    if not problems:
        record = {name: value for name, value in answers.items() if name != "none"}
        problems = _kept(borrower, told, part=part, record=record, key=key_of(request))
    if problems:
        return _draw(request, reference, part=part, answers=answers, problems=problems)
    messages.success(request, _("Kept in your book. Your agreement stays as it is."))
    return redirect("portal:book", reference=reference)


def _kept(
    borrower: Borrower, told: Book, *, part: str, record: dict[str, object], key: str
) -> tuple[Problem, ...]:
    form = sections.FORMS[part]
    try:
        household_book.change_book(borrower, told.case_number, part, record, key=key)
    except NotFound:
        raise
    except AnswerProblems as refusal:
        found = [problem_of(path, one) for path, one in refusal.problems.items()]
        return form.placed(record, found)
    except Refusal as refusal:
        return (problem_from(refusal),)
    return ()


def _draw(
    request: HttpRequest,
    reference: str,
    *,
    part: str,
    answers: object,
    problems: tuple[Problem, ...] = (),
    adding: str = "",
) -> HttpResponse:
    form = sections.FORMS[part]
    context = {
        "heading": words.SECTIONS[part],
        "lead": _("Only in your book: nobody reads it, and your agreement stays as it is."),
        "back_url": reverse("portal:book", args=[reference]),
        "back_words": _("My book"),
        "is_book": True,
        "problems": problems,
        **form.shown(answers, problems=problems, is_adding=adding),  # type: ignore[arg-type]
    }
    return render(request, form.template, context, status=422 if problems else 200)


def _title(told: Book) -> str:
    short = next((one for one in told.months if one.left.minor < 0), None)
    if short is not None:
        return _("In %(month)s %(amount)s would be missing: tell us before the due date") % {
            "month": month(short.month),
            "amount": abs(short.left).display,
        }
    least = min(one.left for one in told.months)
    return _("At least %(amount)s a month is left after the plan") % {"amount": least.display}
