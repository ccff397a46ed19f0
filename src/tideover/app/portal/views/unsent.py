"""Nothing typed is lost when the session has ended: it waits, sealed, until the sign-in.

A form that arrives from somebody who is not signed in any more is kept in their session, encrypted,
under the page it stood on. After the sign-in that page shows it again, and no other page does.
"""

import base64
import binascii
import json
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from tideover.app.db.envelope import EnvelopeBroken, EnvelopeKeyUnknown, seal, unseal

_PLACE, _CONTEXT = "unsent", "unsent-form"
_KEPT_MAX = 100_000
#: What is the page's own and not the person's.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "key", "seen", "document", "action"})


def page_of_form(request: HttpRequest) -> str:
    """Return the path of the page a form was shown on, "" when it came from elsewhere."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else ""


def keep(request: HttpRequest) -> None:
    """Keep the typed fields of a form until the sign-in, unless there are none or far too many."""
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
    record = json.dumps({"page": page_of_form(request) or request.path, "fields": fields})
    content = record.encode("utf-8", "replace")
    if any(value.strip() for values in fields.values() for value in values) and (
        len(content) <= _KEPT_MAX
    ):
        sealed = seal(content, context=_CONTEXT)
        request.session[_PLACE] = base64.b64encode(sealed).decode("ascii")


def taken(request: HttpRequest) -> QueryDict | None:
    """Return what was typed on this page before the sign-in, once; None when there is nothing."""
    sealed = request.session.get(_PLACE, "") if request.method == "GET" else ""
    if not sealed:
        return None
    try:
        record = json.loads(unseal(base64.b64decode(sealed), context=_CONTEXT))
    except (EnvelopeBroken, EnvelopeKeyUnknown, binascii.Error, ValueError):
        del request.session[_PLACE]
        return None
    if record["page"] != request.path:
        return None
    del request.session[_PLACE]
    form = QueryDict(mutable=True)
    for name, values in record["fields"].items():
        form.setlist(name, values)
    return form
