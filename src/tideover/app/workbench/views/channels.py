"""The register of official channels: enter one, verify a colleague's, end one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tideover.app.verbs import registry
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.refusals import refused
from tideover.app.workbench.views._acting import go_on, key_of
from tideover.money import Refusal


@require_safe
@staff_only(Right.READ_CHANNELS)
def channels(request: HttpRequest) -> HttpResponse:
    """Show what borrowers are told is ours, who verified it and when."""
    return _page(request)


@require_POST
@staff_only(Right.KEEP_CHANNELS)
def keep(request: HttpRequest) -> HttpResponse:
    """Enter an entry, verify a colleague's, or take one out."""
    if request.POST.get("step", "") not in {"enter", "verify", "end"}:
        return _page(request)
    try:
        done = _act(request)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return go_on(request, reverse("workbench:channels"), done=done)


def _act(request: HttpRequest) -> str:
    account, key, step = account_of(request), key_of(request), request.POST.get("step", "")
    if step == "enter":
        registry.enter(
            account,
            request.POST.get("kind", ""),
            request.POST.get("value", "").strip(),
            source=request.POST.get("source", "").strip(),
            key=key,
        )
        return _("Entered. Borrowers see it once a colleague has verified it.")
    try:
        entry = UUID(request.POST.get("entry", ""))
    except ValueError:
        raise NotFound("entry") from None
    if step == "end":
        registry.end(account, entry, key=key)
        return _("Taken out.")
    registry.verify(account, entry, key=key)
    return _("Verified today.")


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    account = account_of(request)
    why = refused(refusal) if refusal else None
    context = chrome(request, active="channels") | {
        "entries": registry.register(account),
        "kinds": [(kind.value, words) for kind, words in registry.KIND_WORDS.items()],
        "may_keep": may(account, Right.KEEP_CHANNELS),
        "typed": request.POST,
        "refused": why,
    }
    return render(request, "workbench/channels.html", context, status=why.status if why else 200)
