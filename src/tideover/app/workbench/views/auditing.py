"""The auditor's view: the log searched, and the file of a case to take away. Nothing is changed."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app.verbs.oversight import auditing as verb
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome

_FIELDS = ("words", "kind", "since", "until")


@require_safe
@staff_only(Right.AUDIT)
def log_search(request: HttpRequest) -> HttpResponse:
    """Show rows of the log that fit what was asked, the latest first."""
    typed = {name: request.GET.get(name, "").strip()[:80] for name in _FIELDS}
    context = chrome(request, active="log") | {"typed": typed, "kinds": verb.kinds()}
    try:
        asked = verb.Asked(
            words=typed["words"], kind=typed["kind"],
            since=_day(typed["since"]), until=_day(typed["until"]),
        )  # fmt: skip
    except ValueError:
        context["problem"] = _("Give days as year-month-day, for example 2026-12-31.")
        return render(request, "workbench/log.html", context, status=422)
    before = request.GET.get("before", "")
    rows = verb.search(
        account_of(request),
        asked,
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
    )
    context["rows"] = rows
    if len(rows) == verb.ROWS_MAX:
        kept = {name: value for name, value in typed.items() if value}
        context["earlier"] = "?" + urlencode({**kept, "before": rows[-1].position})
    return render(request, "workbench/log.html", context)


@require_safe
@staff_only(Right.AUDIT)
def case_file(request: HttpRequest, number: str) -> HttpResponse:
    """Send the file of a case as a ZIP; that it was taken is in the log."""
    content = verb.case_export(account_of(request), number)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{number}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None
