"""The days of a plan, and the day of an answer, for the phone's own calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.db.models import Borrower
from tideover.app.portal.shown.calendar import Entry, calendar_file
from tideover.app.portal.views.access import for_helpers
from tideover.app.verbs import application, loans


@require_safe
@for_helpers()
def of_plan(request: HttpRequest, borrower: Borrower, *, reference: str) -> HttpResponse:
    """Answer the due dates that are still to come."""
    view = loans.loan_view(borrower, reference, clock.today())
    entries = [
        Entry(
            key=f"{reference}-{line.number}", on=line.due_date, words=_("Tideover: a day to note")
        )
        for line in view.state.lines
        if line.remaining and line.due_date >= clock.today()
    ]
    return _file(entries, name=reference)


@require_safe
@for_helpers()
def of_case(request: HttpRequest, borrower: Borrower, *, number: str) -> HttpResponse:
    """Answer the day by which the lender has to be heard of."""
    progress = application.progress(borrower, number)
    if progress.answer_by is None:
        raise Http404
    words = _("Tideover: you hear from us by today")
    entry = Entry(key=f"{number}-answer", on=progress.answer_by, words=words, remind_days=0)
    return _file([entry], name=number)


def _file(entries: list[Entry], *, name: str) -> HttpResponse:
    content = calendar_file(entries, at=clock.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dates-{name}.ics"'
    return response
