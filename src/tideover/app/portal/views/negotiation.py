"""None of them fits: the borrower proposes other terms, and reads the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tideover.app.db.models import Borrower, Scope
from tideover.app.portal.forms import Field, Problem, proposal
from tideover.app.portal.shown.offers import card_of
from tideover.app.portal.shown.rounds import shown_round
from tideover.app.portal.views import unsent
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import offering
from tideover.app.verbs.refusals import NotFound
from tideover.money import Refusal

#: Somebody was quicker, or the page is old: 409, with all that was typed.
_CONFLICTS = frozenset({"offers-changed", "command-not-allowed", "round-still-open"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.NEGOTIATE)
def propose(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show the questions and the rounds so far; answer a proposal at once."""
    if request.method != "POST":
        return _propose_page(request, borrower, number=number)
    view = offering.borrower_offers(borrower, number)
    terms, wrong = offering.read_terms(request.POST, unit=view.loan.state.schedule.currency)
    if wrong:
        problems = tuple(problem_from(refusal, path=path) for path, refusal in wrong)
        return _propose_page(request, borrower, number=number, problems=problems)
    try:
        seen = request.POST.get("seen", "")[:64]
        place = offering.propose(borrower, number, terms, seen=seen, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        status = 409 if refusal.code in _CONFLICTS else 422
        problems = (problem_from(refusal),)
        return _propose_page(request, borrower, number=number, problems=problems, status=status)
    return redirect("portal:round", number=number, place=place)


@require_safe
@for_helpers(posts=Scope.NEGOTIATE)
def answer(request: HttpRequest, borrower: Borrower, *, number: str, place: int) -> HttpResponse:
    """Show the answer to one proposal, and what can be done with it."""
    return _round_page(request, borrower, number=number, place=place)


@require_POST
@for_helpers(posts=Scope.NEGOTIATE)
def take_back(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Take a proposal back that a person has not answered yet."""
    try:
        offering.withdraw_terms(borrower, number, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.warning(request, problem_from(refusal).message)
    else:
        messages.success(request, _("You have taken your proposal back. Your offers stay open."))
    return redirect("portal:offers", number=number)


@require_POST
@for_helpers(posts=Scope.NEGOTIATE)
def review(request: HttpRequest, borrower: Borrower, *, number: str, place: int) -> HttpResponse:
    """Ask that another person looks at the latest proposal again."""
    text = request.POST.get("message", "").strip()
    if not text:
        problem = Problem("message", _("Write a few words first. One sentence is enough."))
        return _round_page(request, borrower, number=number, place=place, problem=problem)
    try:
        offering.ask_for_another(borrower, number, text, key=key_of(request))
    except NotFound:
        raise
    except Refusal as refusal:
        problem = problem_from(refusal, path="message")
        return _round_page(
            request, borrower, number=number, place=place, problem=problem, typed=text
        )
    messages.success(request, _("Another person looks at it again and answers you."))
    return redirect("portal:round", number=number, place=place)


def _propose_page(
    request: HttpRequest,
    borrower: Borrower,
    *,
    number: str,
    problems: tuple[Problem, ...] = (),
    status: int = 422,
) -> HttpResponse:
    told = offering.negotiation(borrower, number)
    if not told.set_digest and not told.rounds:
        return redirect("portal:case", number=number)
    context = {
        "number": number,
        "told": told,
        "rounds": [shown_round(one) for one in reversed(told.rounds)],
        "fields": proposal.shown(_typed(request), problems=problems),
        "is_waiting": bool(told.rounds) and told.rounds[-1].is_open,
        "problems": problems,
    }
    return render(request, "portal/propose.html", context, status=status if problems else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return what was typed, or the length that was tried before coming here, or the unsent."""
    if request.method == "POST":
        return proposal.read(request.POST)
    return proposal.read(unsent.taken(request) or request.GET)


def _round_page(
    request: HttpRequest,
    borrower: Borrower,
    *,
    number: str,
    place: int,
    problem: Problem | None = None,
    typed: str = "",
) -> HttpResponse:
    told = offering.negotiation(borrower, number)
    view = next((one for one in told.rounds if one.number == place), None)
    if view is None:
        raise Http404
    offers = offering.borrower_offers(borrower, number)
    offer = next((one for one in offers.offers if one.key == view.offer_key), None)
    message = Field(
        name="message",
        label=_("What should they know?"),
        value=typed,
        hint=_("For example why another figure is not possible for you."),
        problem=problem.message if problem else "",
    )
    context = {
        "number": number,
        "told": told,
        "round": shown_round(view),
        "card": card_of(offer) if offer and told.is_open else None,
        "message": message,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/round.html", context, status=422 if problem else 200)
