"""Short guides that answer one question each, with a tool where there is something to work out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.portal.shown import lender


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Say what is kept, how long, and who sees it."""
    parameters = lender.parameters(clock.today())
    context = {
        "channels": lender.channels(clock.today()),
        "draft_days": parameters.integer("retention.draft_days"),
        "years": parameters.integer("credit_record.years_kept"),
    }
    return render(request, "portal/guides/keeping.html", context)
