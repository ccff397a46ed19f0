"""Pages for when a step could not be taken: each says what became of what was typed."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure

from tideover.app import clock
from tideover.app.origin import REQUEST_ID
from tideover.app.portal.templatetags.portal_words import clock_time
from tideover.app.portal.views import unsent
from tideover.money import Refusal

_ID_SHOWN = 8


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a number to name on the phone; nothing here may need what has broken."""
    try:
        at = clock_time(clock.now())
    except Refusal:
        at = ""
    context = {"number": str(request.META.get(REQUEST_ID, ""))[:_ID_SHOWN].upper(), "at": at}
    return HttpResponse(loader.get_template("500.html").render(context), status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show the page of a form again that was open too long, with all that was typed on it.

    Only for a form of ours: one from elsewhere gets the plain refusal.
    """
    page = unsent.page_of_form(request)
    if not page or urlsplit(page).path.startswith("/desk/"):
        return plain_csrf_failure(request, reason=reason)
    unsent.keep(request)
    messages.warning(
        request,
        _("The page was open too long, so the last step was not taken. What you typed is here."),
    )
    return redirect(page)
