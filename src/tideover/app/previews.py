"""What a borrower will read, shown at the desk before it is sent: the portal's own cards.

It stands above both rooms, since it shows the pages of one to the people of the other.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.portal.shown.offers import capacity_words, card_of, plot_of
from tideover.app.verbs.offering.previewing import OffersPreview, preview_offers
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.money import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.READ_CASES)
def offers(request: HttpRequest, number: str) -> HttpResponse:
    """Show the chosen candidates as the borrower would read them; nothing is sent by it."""
    asked = request.POST if request.method == "POST" else request.GET
    account, keys = account_of(request), tuple(asked.getlist("offer"))
    context = chrome(request, active="queue") | {"number": number}
    try:
        preview = preview_offers(account, number, offer_keys=keys)
    except NotFound:
        raise
    except Refusal as refusal:
        why = refused(refusal)
        return render(
            request, "workbench/offers_preview.html", context | {"refused": why}, status=why.status
        )
    context |= {
        "preview": preview,
        "read": as_read(preview),
        "may_send": may(account, Right.WORK_CASES) and request.method == "POST",
    }
    return render(request, "workbench/offers_preview.html", context)


def as_read(preview: OffersPreview) -> str:
    """Return the borrower's page in the borrower's language, without the ways on from it."""
    with translation.override(preview.language):
        count = len(preview.offers)
        offers = sorted(preview.offers, key=lambda offer: not offer.is_recommended)
        context = {
            "headline": ngettext(
                "We have worked out %(n)d offer for you",
                "We have worked out %(n)d offers for you",
                count,
            )
            % {"n": count},
            "capacity_words": capacity_words(preview.capacity),
            "open_until": preview.open_until,
            "cards": [card_of(offer) for offer in offers],
            "plot": plot_of(offers[0], loan=preview.loan, on=clock.today()),
            "message": preview.message.in_language(preview.language),
            "language": preview.language,
        }
        return render_to_string("portal/_offers_preview.html", context)
