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

#: More rows than these make a file that a spreadsheet and its reader choke on.
PAGES_MAX, ROWS_ON_PAGE = 100, 50
#: What begins a formula in a spreadsheet, full-width forms included.
_FORMULA = frozenset("=+-@\t\r＝＋－＠")


@require_safe
@staff_only(Right.EXPORT)
def queue_csv(request: HttpRequest) -> HttpResponse:
    """Send the rows of a view, names masked, what is due first on top.

    A view of more pages than fit is cut, and its last row says so.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="queue.csv"'
    # Spreadsheets take a file for Chinese of another encoding unless it begins with this mark.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [_("Case"), _("Borrower"), _("Cause"), _("Loan"), _("Owed"), _("Days past due"),
         _("State"), _("Deadline"), _("Agent")]
    )  # fmt: skip
    is_cut = False
    for page in _pages(request):
        writer.writerows([harmless(cell) for cell in _cells(item)] for item in page.items)
        is_cut = page.has_more
    if is_cut:
        writer.writerow([_("There are more: choose a narrower view.")])
    return response


def _cells(item: assessment.QueueItem) -> tuple[str, ...]:
    return (
        item.number, item.masked_name, text.in_words(item.cause),
        f"{text.in_words(item.product)} {item.last4}", item.outstanding.display,
        str(item.days_past_due), state_words(item.state),
        item.answer_by.isoformat() if item.answer_by else "", item.agent_login or "",
    )  # fmt: skip


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if cell[:1] in _FORMULA or cell.lstrip()[:1] in _FORMULA else cell


def _pages(request: HttpRequest) -> Iterator[assessment.QueuePage]:
    account = account_of(request)
    view = view_named(request.GET.get("view", ""), account=account)
    for number in range(1, PAGES_MAX + 1):
        page = assessment.queue(account, view=view, page=number, rows_max=ROWS_ON_PAGE)
        yield page
        if not page.has_more:
            return
