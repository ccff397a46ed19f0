"""One payment at a time, told by the bank or the paying channel: signed, and booked once.

The body is JSON with the same names as the columns of a bank file. It is signed with a shared
secret over the moment and the bytes, so that nobody else can tell us of money, and an old message
cannot be played again for long; the transaction's own number makes it one payment however often it
is told.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from tideover.app import clock
from tideover.app.db.models import Account, Role
from tideover.app.home import secret
from tideover.app.verbs.payments.rows import BANK_COLUMNS, BankCells
from tideover.app.verbs.reading.tables import Row
from tideover.money import Refusal

SETTING: Final = "TIDEOVER_PAYMENTS_SECRET"
#: How old a signed message may be: longer than clocks differ, shorter than a log is kept.
AGE_MAX: Final = timedelta(minutes=5)
LOGIN: Final = "payments-webhook"
_BYTES_MAX = 10_000


class NotSignedByUs(Refusal):
    """The signature is missing, wrong, or of another moment."""

    code: ClassVar[str] = "payment-not-signed"

    def __init__(self, why: str, why_zh: str) -> None:
        super().__init__(
            f"the payment message was not taken: {why}; sign `<seconds>.<body>` with the shared "
            "secret (HMAC-SHA-256) and send it anew",
            f"付款通知未被接收：{why_zh}；请用共享密钥对“秒数.正文”重新签名（HMAC-SHA-256）后再发",
        )


class NotAPayment(Refusal):
    """The signed body is not the JSON of a payment."""

    code: ClassVar[str] = "not-a-payment"

    def __init__(self) -> None:
        names = ", ".join(column.name for column in BANK_COLUMNS)
        super().__init__(
            f"the body is not a JSON object of texts named {names}; correct it and send it again",
            f"正文不是付款通知的 JSON（字段：{names}，值均为文本）；请更正后重发",
        )


def signature(body: bytes, *, seconds: int, key: bytes) -> str:
    """The hexadecimal HMAC-SHA-256 over `<seconds>.<body>`."""
    return hmac.new(key, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def cells_of(body: bytes, *, signed: str) -> BankCells:
    """The payment of a signed body. `signed` reads `t=<seconds>,v1=<hexadecimal>`.

    Raises NotSignedByUs and NotAPayment; what its fields hold is read when they are asked for.
    """
    _demand_signed(body, signed)
    record = _record(body)
    names = {column.name for column in BANK_COLUMNS}
    if not record.keys() <= names or not all(isinstance(one, str) for one in record.values()):
        raise NotAPayment
    cells = {name: str(record.get(name, "")).strip() for name in names}
    return BankCells(Row(line=1, cells=cells), clock.today())


def teller() -> Account:
    """The account under which payments are booked that nobody typed; it cannot sign in."""
    account, is_new = Account.objects.get_or_create(
        login=LOGIN,
        defaults={"role": Role.FINANCE, "display_name": "付款通知", "is_active": True},
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def _demand_signed(body: bytes, signed: str) -> None:
    parts = dict(part.partition("=")[::2] for part in signed.split(","))
    moment, given = parts.get("t", ""), parts.get("v1", "")
    if not (moment.isdecimal() and len(moment) < 12 and given):
        raise NotSignedByUs("there is no signature", "没有签名")
    seconds = int(moment)
    if abs(clock.now().timestamp() - seconds) > AGE_MAX.total_seconds():
        raise NotSignedByUs("its moment is more than five minutes away", "时间相差超过五分钟")
    expected = signature(body, seconds=seconds, key=secret(SETTING).encode())
    if not hmac.compare_digest(expected, given):
        raise NotSignedByUs("the signature is not right", "签名不正确")


def _record(body: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(body) if len(body) <= _BYTES_MAX else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise NotAPayment
    return record
