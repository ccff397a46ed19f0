"""Objecting to a credit record: a letter ready to sign, for the lender or the People's Bank."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.shown import lender
from tideover.app.portal.templatetags.portal_words import spoken
from tideover.app.portal.views import unsent
from tideover.app.portal.views.access import for_borrowers
from tideover.app.portal.words import Choice
from tideover.app.verbs import credit
from tideover.app.verbs.credit import Objection

_LENGTH_MAX = 500
_CENTRE = "中国人民银行征信中心"
_NAMES = ("to", "months", "wrong", "right")


@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def objection(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Ask what is wrong and what is true, and answer the letter; nothing of it is kept here."""
    view = credit.own_record(borrower, reference, clock.today())
    if request.method != "POST":
        waiting = unsent.taken(request) or request.GET
        return _page(request, view, typed={name: waiting.get(name, "") for name in _NAMES})
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in _NAMES}
    problems = tuple(_problems(typed))
    if problems:
        return _page(request, view, typed=typed, problems=problems)
    ours = str(lender.parameters(clock.today()).text("lender.name_zh"))
    letter = credit.objection_letter(
        borrower,
        reference,
        Objection(months=typed["months"], wrong=typed["wrong"], right=typed["right"]),
        to=_CENTRE if typed["to"] == "centre" else ours,
        on=clock.today(),
    )
    response = HttpResponse(letter, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="objection-{reference}.pdf"'
    return response


def _problems(typed: dict[str, str]) -> list[Problem]:
    found = []
    for name in ("months", "wrong", "right"):
        if not typed[name]:
            found.append(Problem(name, _("Write a few words first. One sentence is enough.")))
        elif len(typed[name]) > _LENGTH_MAX:
            words = _("Please make it shorter: up to %(most)s characters fit on the letter.")
            found.append(Problem(name, words % {"most": _LENGTH_MAX}))
    return found


def _page(
    request: HttpRequest,
    view: credit.CreditView,
    *,
    typed: dict[str, str],
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    wrong = {problem.path: problem.message for problem in problems}

    def question(name: str, label: str, hint: str = "", **more: object) -> Field:
        return Field(
            name=name, label=label, value=typed[name], hint=hint, problem=wrong.get(name, ""),
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    name = spoken(lender.channels(clock.today()).lender)
    choices = (Choice("lender", name), Choice("centre", _("The People's Bank, credit centre")))
    context = {
        "view": view,
        "problems": problems,
        "fields": {
            "to": question("to", _("Whom do you write to?"), choices=choices),
            "months": question("months", _("Which months?"), _("For example 2026-08 and 2026-09.")),
            "wrong": question("wrong", _("What does the report say?")),
            "right": question("right", _("What is true?"), _("Paid when, how much, by which way.")),
        },
    }
    return render(request, "portal/objection.html", context, status=422 if problems else 200)
