"""Who may ask. The demo is open; elsewhere a bearer token of the lender is needed.

`TIDEOVER_API_TOKENS` holds the SHA-256 of each token, with commas: who reads the settings of the
service learns no token. A plan is computed from what is sent and from nothing else, so a token
opens no case and no loan; there is no other verb behind it.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest


def may_ask(request: HttpRequest) -> bool:
    """Return whether the caller may have a plan computed."""
    if settings.DEMO:
        return True
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return False
    given = sha256(token.strip().encode()).hexdigest()
    return any(hmac.compare_digest(given, known) for known in settings.API_TOKEN_DIGESTS)
