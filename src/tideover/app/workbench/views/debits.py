"""Finance: the file of direct debits of a day, for the bank."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.verbs.payments.debiting import debit_file
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only


@require_safe
@staff_only(Right.BOOK_PAYMENTS)
def debits(request: HttpRequest) -> HttpResponse:
    """Send what falls due on the day asked for, tomorrow unless given, as CSV."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = clock.today() + timedelta(days=1)
    content = debit_file(account_of(request), on)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="debits-{on.isoformat()}.csv"'
    return response
