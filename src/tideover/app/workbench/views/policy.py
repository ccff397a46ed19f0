"""The policy book: its versions, and which open cases another day of it would judge otherwise."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tideover.app import clock
from tideover.app.verbs.assessment.redeciding import next_change, redecide_for, versions_for
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench import text
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome
from tideover.app.workbench.pages.policy_page import version_rows
from tideover.money import Refusal

#: More than this waits for `tideover policy redecide`, which looks at every case.
CASES_MAX = 60


@require_safe
@staff_only(Right.READ_POLICY)
def changes(request: HttpRequest) -> HttpResponse:
    """Show the versions; readers of cases may compare two days of the book over the open ones."""
    today, account = clock.today(), account_of(request)
    typed = {"on": request.GET.get("on", ""), "against": request.GET.get("against", "")}
    ahead = next_change(today)
    context = chrome(request, active="policy") | {
        "on": typed["on"] or today.isoformat(),
        "against": typed["against"] or (ahead.isoformat() if ahead else ""),
        "ahead": ahead,
        "versions": version_rows(versions_for(account), today=today),
        "may_compare": may(account, Right.READ_CASES),
    }
    if not typed["against"]:
        return render(request, "workbench/policy.html", context)
    days = [_day(context["on"]), _day(typed["against"])]
    if days[0] is None or days[1] is None:
        context["problem"] = _("Give both days as year-month-day, for example 2026-12-31.")
        return render(request, "workbench/policy.html", context, status=422)
    try:
        context["found"] = redecide_for(account, before=days[0], after=days[1], count_max=CASES_MAX)
    except NotFound:
        raise
    except Refusal as refusal:
        context["problem"] = str(refusal) if text.is_english() else refusal.zh
        return render(request, "workbench/policy.html", context, status=422)
    return render(request, "workbench/policy.html", context)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
