"""Where a request came from, for limits only: never trusted for anything else.

`TIDEOVER_PROXIES` is how many reverse proxies of our own stand in front (by default none). Each
appends the address it saw to `X-Forwarded-For`, so the one we want is that many from the right;
whatever stands further left was written by the caller.
"""

import os

from django.http import HttpRequest

#: Where a request carries its id, for the page of a failure.
REQUEST_ID = "tideover.request_id"


def address_of(request: HttpRequest) -> str:
    """The address of whoever sent the request, as our outermost proxy or the socket saw it."""
    proxies = int(os.environ.get("TIDEOVER_PROXIES", "0") or 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies][:64]
    return str(request.META.get("REMOTE_ADDR", ""))[:64]
