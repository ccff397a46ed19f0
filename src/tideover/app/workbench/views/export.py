"""The queue as a table for a spreadsheet; no cell of it can be a formula."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app.verbs import assessment
from tideover.app.verbs.rights import Right
from tideover.app.workbench import text
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.queue_page import view_named
from tideover.app.workbench.pages.states import state_words

PAGES_MAX = 100
#: What begins a formula in a spreadsheet, full-width forms included.
_FORMULA = frozenset("=+-@\t\r＝＋－＠")


@require_safe
@staff_only(Right.EXPORT)
def queue_csv(request: HttpRequest) -> HttpResponse:
    """Send the rows of a view, names masked, what is due first on top."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="queue.csv"'
    # Spreadsheets take a file for Chinese of another encoding unless it begins with this mark.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [_("Case"), _("Borrower"), _("Cause"), _("Loan"), _("Owed"), _("Days past due"),
         _("State"), _("Deadline"), _("Agent")]
    )  # fmt: skip
    for item in _items(request):
        cells = (
            item.number, item.masked_name, text.in_words(item.cause),
            f"{text.in_words(item.product)} {item.last4}", item.outstanding.display,
            str(item.days_past_due), state_words(item.state),
            item.answer_by.isoformat() if item.answer_by else "", item.agent_login or "",
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return response


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if cell[:1] in _FORMULA or cell.lstrip()[:1] in _FORMULA else cell


def _items(request: HttpRequest) -> Iterator[assessment.QueueItem]:
    account = account_of(request)
    view = view_named(request.GET.get("view", ""), account=account)
    for page in range(1, PAGES_MAX + 1):
        found = assessment.queue(account, view=view, page=page)
        yield from found.items
        if not found.has_more:
            return
