"""The outbox, the books and the chain of events: pages that only read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tideover.app.db.models import Role
from tideover.app.messages import recent
from tideover.app.verbs import audit, ledger
from tideover.app.verbs.refusals import NotFound
from tideover.app.workbench.access import STAFF, staff_only
from tideover.app.workbench.pages.chrome import chrome

MESSAGES_SHOWN = 100


@require_safe
@staff_only(*STAFF)
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys of the desk, for whoever has no script or has switched them off."""
    return render(request, "workbench/keys.html", chrome(request, active="keys"))


@require_safe
@staff_only(*STAFF)
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the latest messages to borrowers, in the demo only: they may hold one-time codes."""
    if not settings.DEMO:
        raise NotFound("page")
    return render(
        request,
        "workbench/outbox.html",
        chrome(request, active="outbox") | {"outgoing": recent(count_max=MESSAGES_SHOWN)},
    )


@require_safe
@staff_only(Role.FINANCE, Role.APPROVER)
def verify(request: HttpRequest) -> HttpResponse:
    """Check the books and the chain of events now and show what was found."""
    return render(
        request,
        "workbench/checks.html",
        chrome(request, active="checks") | {"books": ledger.verify(), "chain": audit.verify()},
    )
