"""How a borrower is reached: the phone, a mailbox, WeChat; and everything they were told."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app.db.models import Borrower, Channel, ContactAddress
from tideover.app.messages import recent
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.views.access import for_borrowers, problem_from
from tideover.app.verbs import arriving
from tideover.money import Refusal
from tideover.safety import mask_mailbox, mask_phone

_SHOWN_MAX = 60


@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def reach(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Show by which ways this borrower is told, and connect or let go of one."""
    if request.method != "POST":
        return _page(request, borrower)
    step, channel = request.POST.get("step", ""), request.POST.get("channel", "")
    if step == "mailbox":
        return _add_mailbox(request, borrower)
    if step == "close":
        arriving.close_address(borrower, channel)
        messages.success(request, _("Disconnected. We tell you by your phone again."))
    elif step == "tell-by":
        arriving.tell_by(borrower, channel)
        messages.success(request, _("Kept. Codes still come to your phone only."))
    return redirect("portal:reach")


@require_http_methods(["GET", "HEAD", "POST"])
@for_borrowers
def connect(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Ask whether the address of a link is the borrower's own, and connect it."""
    is_sure = request.method == "POST"
    token = request.POST.get("t", "") if is_sure else request.GET.get("t", "")
    try:
        row = arriving.confirm(borrower, token, is_sure=is_sure)
    except Refusal as refusal:
        problems = (problem_from(refusal),)
        return render(request, "portal/connect.html", {"problems": problems}, status=422)
    if is_sure or row.confirmed_at is not None:
        messages.success(request, _("Connected. What you write there goes into your request."))
        return redirect("portal:reach")
    is_wechat = row.channel == Channel.WECHAT
    context = {
        "row": row,
        "token": token,
        "is_wechat": is_wechat,
        "mailbox": "" if is_wechat else mask_mailbox(row.address),
    }
    return render(request, "portal/connect.html", context)


@require_safe
@for_borrowers
def notices(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    """Show everything this borrower was told, whichever way it left; codes are not shown again."""
    shown = [
        {"at": one.created_at, "text": one.text, "way": way_words(one.channel),
         "is_lost": one.given_up_at is not None}
        for one in recent(borrower=borrower, count_max=_SHOWN_MAX)
        if not one.kind.endswith("code") and one.kind != "mailbox.confirm"
    ]  # fmt: skip
    return render(request, "portal/notices.html", {"notices": shown})


def way_words(channel: str) -> str:
    """Return by which way a message left, in words."""
    return {
        Channel.SMS: _("text message"),
        Channel.WECHAT: _("WeChat"),
        Channel.EMAIL: _("e-mail"),
        Channel.PORTAL: _("only here"),
    }.get(Channel(channel), channel)


def _add_mailbox(request: HttpRequest, borrower: Borrower) -> HttpResponse:
    typed = request.POST.get("mailbox", "")
    try:
        link_to = request.build_absolute_uri(reverse("portal:connect"))
        arriving.confirm_mailbox(borrower, typed, link_to=link_to)
    except Refusal as refusal:
        problem = problem_from(refusal, path="mailbox")
        return _page(request, borrower, problem=problem, typed=typed)
    messages.success(request, _("We have sent a link to that mailbox. Open it within a day."))
    return redirect("portal:reach")


def _page(
    request: HttpRequest, borrower: Borrower, *, problem: Problem | None = None, typed: str = ""
) -> HttpResponse:
    borrower.refresh_from_db()
    known = arriving.addresses_of(borrower)
    field = Field(
        name="mailbox",
        label=_("Your e-mail address"),
        value=typed,
        hint=_("We send a link there first, so that nobody else can use your name."),
        problem=problem.message if problem else "",
    )
    context = {
        "phone": mask_phone(borrower.phone),
        "wechat": known.get(Channel.WECHAT),
        "mailbox": known.get(Channel.EMAIL),
        "mailbox_shown": _shown(known),
        "field": field,
        "ways": [(way, way_words(way), borrower.notify_by == way) for way in _ways(known)],
        "problems": (problem,) if problem else (),
    }
    return render(request, "portal/reach.html", context, status=422 if problem else 200)


def _shown(known: Mapping[str, ContactAddress]) -> str:
    mailbox = known.get(Channel.EMAIL)
    return mask_mailbox(mailbox.address) if mailbox else ""


def _ways(known: Mapping[str, ContactAddress]) -> list[str]:
    return [Channel.SMS, *(way for way in (Channel.WECHAT, Channel.EMAIL) if way in known)]
