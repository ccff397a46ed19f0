"""The signature of a webhook: HMAC-SHA256 over the time and the bytes that were sent.

    Tideover-Signature: t=1764500000,v1=5d41…

A receiver computes it over `t`, a full stop and the body, and refuses what is older than five
minutes, so that a copied request cannot be sent again later.
"""

import hashlib
import hmac
import re
from typing import ClassVar, Final

from tideover.money import Refusal

SIGNATURE_HEADER: Final = "Tideover-Signature"
AGE_SECONDS_MAX: Final = 300
_FORM: Final = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class SignatureWrong(Refusal):
    """The request does not come from who holds the secret, or is too old."""

    code: ClassVar[str] = "signature-wrong"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the signature of the request is not good: {why}; check the secret and the clock",
            f"请求签名无效：{why}。请核对密钥和系统时间。",
        )


def signature(body: bytes, *, secret: str, seconds: int) -> str:
    """The value of the header for a body sent at that second since 1970."""
    return f"t={seconds},v1={_digest(body, secret=secret, seconds=seconds)}"


def verify(header: str, body: bytes, *, secret: str, now: int) -> None:
    """See that the body comes from who holds the secret, and is fresh. Raises SignatureWrong."""
    found = _FORM.fullmatch(header)
    if found is None:
        raise SignatureWrong("it is not of the form t=…,v1=…")
    seconds = int(found[1])
    if abs(now - seconds) > AGE_SECONDS_MAX:
        raise SignatureWrong(f"it was made {abs(now - seconds)} seconds from now")
    if not hmac.compare_digest(found[2], _digest(body, secret=secret, seconds=seconds)):
        raise SignatureWrong("the bytes or the secret are others")


def _digest(body: bytes, *, secret: str, seconds: int) -> str:
    signed = f"{seconds}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
