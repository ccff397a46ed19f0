"""One-time codes that sign one text: six digits, kept as a keyed digest, good for minutes.

A code belongs to an agreement, to the digest of its pages and to its borrower; only the newest
one counts. A wrong try is counted in a transaction of its own, so that it stays counted when the
signature is refused.
"""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from tideover.app.db.atomic import atomic
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Agreement, SigningCode
from tideover.money import Refusal
from tideover.policy import Parameters

DIGITS = 6
#: New codes wait while this many were sent within the window: guessing gets no second supply.
CODES_MAX = 5
WINDOW = timedelta(hours=1)


class WrongCode(Refusal):
    """The code is not the one that was sent."""

    code: ClassVar[str] = "wrong-code"

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(
            f"this code is not right; {tries_left} more tries, or ask for a new code",
            f"验证码不正确，还可以再试 {tries_left} 次，也可以重新获取",
        )


class UsedCode(Refusal):
    """The code has signed already."""

    code: ClassVar[str] = "used-code"

    def __init__(self) -> None:
        super().__init__(
            "this code has been used; ask for a new one if you still have to sign",
            "这个验证码已经使用过；如果还需要签署，请重新获取",
        )


class ExpiredCode(Refusal):
    """The code is too old, was sent for another text, or none was sent."""

    code: ClassVar[str] = "expired-code"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"there is no valid code for this text: a code lasts {minutes} minutes and signs only "
            f"the text it was sent for; ask for a new one",
            f"没有可用的验证码：验证码 {minutes} 分钟内有效，且只对应当前协议；请重新获取",
        )


class TooManyTries(Refusal):
    """The code was tried too often."""

    code: ClassVar[str] = "too-many-tries"

    def __init__(self, tries_max: int) -> None:
        super().__init__(
            f"the code was tried {tries_max} times and is closed; ask for a new one",
            f"验证码已试 {tries_max} 次，不能再用；请重新获取",
        )


class TooManyCodes(Refusal):
    """Codes were asked for too often."""

    code: ClassVar[str] = "too-many-codes"

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            f"{CODES_MAX} codes were sent within an hour; the next one can be sent at "
            f"{until:%H:%M}, or call the hotline",
            f"一小时内已发送 {CODES_MAX} 次验证码；{until:%H:%M} 后可以再获取，也可以拨打官方热线",
        )


def new_code(agreement: Agreement, *, parameters: Parameters, at: datetime) -> tuple[str, datetime]:
    """Make a code for an agreement and return it with its end; older ones stop counting.

    Raises:
        TooManyCodes: the next one can be sent later.
    """
    recent = agreement.codes.filter(created_at__gt=at - WINDOW).order_by("created_at")
    if len(recent) >= CODES_MAX:
        raise TooManyCodes((recent[0].created_at + WINDOW).astimezone())
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    expires_at = at + timedelta(minutes=parameters.integer("signature.code_minutes"))
    SigningCode.objects.create(
        agreement=agreement,
        document_digest=agreement.document_digest,
        digest=_digest(agreement, code),
        created_at=at,
        expires_at=expires_at,
    )
    return code, expires_at


def try_code(agreement: Agreement, code: str, *, parameters: Parameters, at: datetime) -> None:
    """Count a try and say whether it is right; nothing is used up by a right one.

    Call it outside any transaction: the count stays, whatever becomes of the signature.

    Raises:
        UsedCode, ExpiredCode, TooManyTries, WrongCode: the first that applies, in this order.
    """
    with atomic():
        refusal = _refusal(agreement, code, parameters=parameters, at=at)
    if refusal is not None:
        raise refusal


def use_code(agreement: Agreement, code: str, *, parameters: Parameters, at: datetime) -> None:
    """Use the code up, in the transaction of the signature. Raises as `try_code`."""
    refusal = _refusal(agreement, code, parameters=parameters, at=at)
    if refusal is not None:
        raise refusal
    row = _newest(agreement)
    if row is not None:
        row.used_at = at
        row.save(update_fields=["used_at"])


def _refusal(
    agreement: Agreement, code: str, *, parameters: Parameters, at: datetime
) -> Refusal | None:
    row, tries_max = _newest(agreement), parameters.integer("signature.code_tries")
    if row is not None and row.used_at is not None:
        return UsedCode()
    if row is None or at >= row.expires_at or row.document_digest != agreement.document_digest:
        return ExpiredCode(parameters.integer("signature.code_minutes"))
    if row.tries >= tries_max:
        return TooManyTries(tries_max)
    if secrets.compare_digest(row.digest, _digest(agreement, code)):
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    left = tries_max - row.tries
    return WrongCode(left) if left else TooManyTries(tries_max)


def _newest(agreement: Agreement) -> SigningCode | None:
    codes = SigningCode.objects.select_for_update().filter(agreement=agreement)
    return codes.order_by("-created_at", "-id").first()


def _digest(agreement: Agreement, code: str) -> str:
    bound = f"{agreement.number}:{agreement.document_digest}:{agreement.case.borrower_id}:{code}"
    return blind_index(bound, purpose="signing-code")
