"""The platform's signature: SHA-1 over sorted strings, one of them the secret token.

In plain mode it does not cover the body, so whoever has seen one signed address could send other
words under it: a signature is therefore tied to the first body it came with, and is soon stale.
"""

import hmac
from datetime import datetime
from hashlib import sha1

#: How far the platform's clock and ours may be apart, in seconds.
FRESH_SECONDS = 300


def signature(token: str, *parts: str) -> str:
    """Return the signature over the token and the given parts, 40 hexadecimal characters."""
    joined = "".join(sorted((token, *parts)))
    return sha1(joined.encode()).hexdigest()  # noqa: S324 - the platform's, over a secret


def is_signed(given: str, *, token: str, parts: tuple[str, ...]) -> bool:
    """Return whether `given` is the signature over the parts; the time it takes tells nothing."""
    return hmac.compare_digest(given.encode(), signature(token, *parts).encode())


def is_fresh(timestamp: str, *, at: datetime) -> bool:
    """Return whether a timestamp, seconds since 1970, is of these minutes."""
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    return abs(int(timestamp) - int(at.timestamp())) <= FRESH_SECONDS
