"""Who works here: names, roles, and whether an account is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tideover.app.verbs import staff as verb
from tideover.app.verbs.rights import Right
from tideover.app.workbench.access import account_of, staff_only
from tideover.app.workbench.pages.chrome import chrome, role_words


@require_safe
@staff_only(Right.READ_STAFF)
def staff(request: HttpRequest) -> HttpResponse:
    """List everybody with an account at the desk; accounts are made by `tideover staff`."""
    rows = [(one, role_words(one)) for one in verb.everybody(account_of(request))]
    return render(request, "workbench/staff.html", chrome(request, active="staff") | {"rows": rows})
