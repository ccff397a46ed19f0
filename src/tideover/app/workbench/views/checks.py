"""The outbox, the keys, and the checks of the books and of the chain of events."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app import clock
from tideover.app.messages import recent
from tideover.app.verbs import audit, hosting, ledger, subscriptions
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.cases.chain import Damage

MESSAGES_SHOWN = 100


@require_safe
@staff_only(Right.SIGN_IN)
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys of the desk, for whoever has no script or has switched them off."""
    return render(request, "workbench/keys.html", chrome(request, active="keys"))


@require_safe
@staff_only(Right.SIGN_IN)
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the latest messages to borrowers, in the demo only: they may hold one-time codes."""
    if not settings.DEMO:
        raise NotFound("page")
    return render(
        request,
        "workbench/outbox.html",
        chrome(request, active="outbox") | {"outgoing": recent(count_max=MESSAGES_SHOWN)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Right.VERIFY)
def verify(request: HttpRequest) -> HttpResponse:
    """Say what can be checked; on a POST check the books and the chain of events now."""
    context = chrome(request, active="checks") | {
        "waiting_bookings": hosting.failing(),
        "subscriptions": subscriptions.listed(),
    }
    if request.method == "POST":
        context |= {"books": ledger.verify(), "chain": audit.verify(), "checked_at": clock.now()}
        context["damages"] = [
            (fault.number, damage_words(fault.damage)) for fault in context["chain"].faults
        ]
    return render(request, "workbench/checks.html", context)


def damage_words(damage: Damage) -> str:
    """Return what was done to a row of the log."""
    return {
        Damage.EDITED: _("was edited"),
        Damage.DELETED: _("and what follows: rows were deleted"),
        Damage.INSERTED: _("was inserted"),
        Damage.REORDERED: _("stands in the wrong place"),
        Damage.CUT_OFF: _("and what follows: the end was cut off"),
    }[damage]
