"""Help first: when somebody writes of harming themselves, the form waits and a person comes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.portal.shown import lender
from tideover.app.portal.views.access import address_here, for_helpers, key_of
from tideover.app.verbs import application, conversation
from tideover.app.verbs.application.knowing import HARM, NEEDS
from tideover.safety import distress_words


@require_safe
@for_helpers()
def care(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Show where help is, that everything is kept, and the way back for whenever it suits."""
    draft = application.draft(borrower, number)
    wanted = address_here(request, request.GET.get("next", ""))
    context = {
        "number": number,
        "channels": lender.channels(clock.today()),
        "distress_line": lender.distress_line(clock.today()),
        "onward": wanted or reverse("portal:tasks", args=[draft.case.number]),
    }
    return render(request, "portal/care.html", context)


def pause(
    request: HttpRequest, borrower: Borrower, *, number: str, said: Iterable[str], onward: str
) -> HttpResponse | None:
    """Return the way to the page of help when distress is heard for the first time, else None."""
    found = next((text for text in said if distress_words(text)), "")
    if not found:
        return None
    key = f"{key_of(request)}:distress"[:120]
    if not conversation.hear_distress(borrower, number, found, key=key):
        return None
    return redirect(f"{reverse('portal:care', args=[number])}?next={onward}")


def said_in(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every text of a section, and the tick that says so."""
    texts = [value for value in answers.values() if isinstance(value, str)]
    if HARM in answers.get("needs", ()):
        texts.append(NEEDS[HARM].zh)
    for rows in answers.values():
        if isinstance(rows, list):
            texts += [str(row.get("reason", "")) for row in rows if isinstance(row, Mapping)]
    return tuple(texts)
