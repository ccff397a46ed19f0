"""Trying lengths of a plan, and other ways out, after the offers were read."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app.db.models import Borrower
from tideover.app.portal.shown.frontier import frontier_of
from tideover.app.portal.shown.ways import plot_of_ways, title_of, ways_of
from tideover.app.portal.views.access import for_helpers
from tideover.app.verbs import offering


@require_safe
@for_helpers()
def explore(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show the curve of all lengths with one looked at; the slider needs no script to work."""
    typed = request.GET.get("n", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
    view = offering.borrower_offers(borrower, number)
    context = {
        "number": number,
        "frontier": frontier_of(offering.explore(borrower, number), wanted=wanted),
        "is_open": view.is_open,
    }
    return render(request, "portal/explore.html", context)


@require_safe
@for_helpers()
def explore_table(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Answer every length as CSV: numbers only, so that no spreadsheet finds a formula in it."""
    told = offering.explore(borrower, number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plans-{number}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Months"),
            _("A month"),
            _("To pay in all"),
            _("Interest and fees"),
            _("Last instalment"),
        ]
    )
    for point in told.points:
        writer.writerow(
            [point.instalments, point.payment.text, point.total.text, point.cost.text,
             point.latest_due.isoformat()]
        )  # fmt: skip
    return response


@require_safe
@for_helpers()
def ways(request: HttpRequest, borrower: Borrower, *, number: str, key: str) -> HttpResponse:
    """Show one offer beside paying all at once, borrowing elsewhere, and doing nothing."""
    view = offering.borrower_offers(borrower, number)
    offer = next((one for one in view.offers if one.key == key), None)
    if offer is None:
        raise Http404
    listed = ways_of(offer, offering.look_around(borrower, number, key))
    context = {
        "number": number,
        "offer": offer,
        "ways": listed,
        "title": title_of(listed),
        "plot": plot_of_ways(listed),
    }
    return render(request, "portal/ways.html", context)
