"""The offers side by side, and each one by itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower, Scope
from tideover.app.portal.forms import Problem
from tideover.app.portal.shown.offers import capacity_words, card_of, plot_of, table_of
from tideover.app.portal.shown.stress import stress_of
from tideover.app.portal.templatetags.portal_words import day_text
from tideover.app.portal.views.access import for_helpers, key_of, problem_from
from tideover.app.verbs import offering
from tideover.app.verbs.offering import OffersView
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState
from tideover.money import Refusal
from tideover.offers import Offer

#: The offers went on without this page: 409, and the page says how.
_MOVED_ON = frozenset(
    {"offer-not-on-the-table", "offer-expired", "offer-out-of-date", "command-not-allowed"}
)


@require_safe
@for_helpers(posts=Scope.NEGOTIATE)
def compare(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show at most three offers, the recommended one first and marked with its reason."""
    view = offering.borrower_offers(borrower, number)
    offers = sorted(view.offers, key=lambda offer: not offer.is_recommended)
    if not offers:
        return redirect("portal:case", number=number)
    if _is_signed(view):
        return redirect("portal:agreement", number=number)
    count = len(offers)
    context = {
        "number": number,
        "headline": ngettext(
            "We have worked out %(n)d offer for you",
            "We have worked out %(n)d offers for you",
            count,
        )
        % {"n": count},
        "capacity_words": capacity_words(view.capacity),
        "open_until": view.open_until,
        "is_open": view.is_open,
        "closed_words": _closed_words(view),
        "cards": [card_of(offer) for offer in offers],
        "plot": plot_of(offers[0], loan=view.loan, on=clock.today()),
    }
    return render(request, "portal/offers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers(posts=Scope.NEGOTIATE)
def detail(request: HttpRequest, borrower: Borrower, *, number: str, key: str) -> HttpResponse:
    """Show one offer with every instalment; the button chooses it."""
    view = offering.borrower_offers(borrower, number)
    offer = next((one for one in view.offers if one.key == key), None)
    if offer is None:
        if key not in view.earlier_keys:
            raise Http404
        messages.warning(
            request,
            _(
                "The offer you were looking at has been taken back, so nothing was agreed. What "
                "you told us and your documents still count; here is what is open now."
            ),
        )
        return redirect("portal:offers", number=number)
    if _is_signed(view):
        return redirect("portal:agreement", number=number)
    if request.method != "POST":
        return _page(request, borrower, view, offer=offer)
    try:
        seen = request.POST.get("seen") or None
        offering.accept(borrower, number, key, key=key_of(request), seen=seen)
    except NotFound:
        raise
    except Refusal as refusal:
        status = 409 if refusal.code in _MOVED_ON else 422
        problem = problem_from(refusal)
        return _page(request, borrower, view, offer=offer, problem=problem, status=status)
    return redirect("portal:agreement", number=number)


def _is_signed(view: OffersView) -> bool:
    return view.loan.case is not None and view.loan.case.state == CaseState.ACTIVE


def _closed_words(view: OffersView) -> str:
    """Return why none of the offers can be chosen now."""
    if view.open_until < clock.today():
        return _(
            "These offers closed on %(day)s. What you told us and your documents still count: "
            "ask us to work the figures out again."
        ) % {"day": day_text(view.open_until)}
    return _(
        "Something has been booked on your loan since these figures were worked out. What you "
        "told us still counts: ask us for new ones."
    )


def _page(
    request: HttpRequest,
    borrower: Borrower,
    view: OffersView,
    *,
    offer: Offer,
    problem: Problem | None = None,
    status: int = 422,
) -> HttpResponse:
    card = card_of(offer)
    context = {
        "number": view.case_number,
        "offer": offer,
        "rows": card.rows,
        "bar": card.bar,
        "table": table_of(offer.proposal.due_lines),
        "plot": plot_of(offer, loan=view.loan, on=clock.today()),
        "stress": None
        if offer.is_settlement
        else stress_of(offering.look_around(borrower, view.case_number, offer.key), offer=offer),
        "is_open": view.is_open,
        "open_until": view.open_until,
        "closed_words": _closed_words(view),
        "set_digest": view.set_digest,
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/offer.html", context, status=status if problem else 200)
