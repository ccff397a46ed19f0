"""Signing in with a phone and a one-time code.

A code has six digits, is valid for minutes and for a few tries (policy book: `sign_in.*`), works
once, and is kept only as a keyed digest. Whether a phone belongs to a borrower never shows: the
answers and the limits are the same, only the message is sent or not.
"""

import hmac
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import ClassVar

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, Borrower, LogEvent, SignInCode
from tideover.app.messages import post, post_to_phone
from tideover.app.verbs.acting import holder_of_phone
from tideover.app.verbs.books.opening import PHONE, borrower_by_phone
from tideover.app.verbs.case.security_notices import new_device
from tideover.app.verbs.receipts import run_once
from tideover.money import Refusal
from tideover.policy import Parameters, Words, load_book

__all__ = [
    "ExpiredCode",
    "NotAPhone",
    "TooManyCodes",
    "TooManyTries",
    "UsedCode",
    "WrongCode",
    "check_code",
    "device_seen",
    "send_code",
]

_PHONE_FORM = re.compile(r"(?:\+?86)?(1\d{10})")
_ANYBODY = "anonymous"
_COUNTED_MINUTES = 15
_CODES_OF_PHONE_MAX = 10
_CODES_OF_ADDRESS_MAX = 60
# A code may be guessed a few times; so a phone gets so few a day that guessing all year is vain.
_CODES_OF_PHONE_A_DAY_MAX = 20


class NotAPhone(Refusal):
    """What was typed is no mobile number."""

    code: ClassVar[str] = "not-a-phone"

    def __init__(self) -> None:
        super().__init__(
            "That is not a mobile number: type its 11 digits, beginning with 1.",
            "这不是有效的手机号：请填写以 1 开头的 11 位数字。",
        )


class TooManyCodes(Refusal):
    """Too many codes were asked for from this phone or from this place."""

    code: ClassVar[str] = "too-many-codes"

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        is_long = minutes >= 120
        wait = f"up to {minutes // 60} hours" if is_long else f"{minutes} minutes"
        wait_zh = f"最多 {minutes // 60} 小时" if is_long else f" {minutes} 分钟"
        super().__init__(
            f"Too many codes were asked for. Wait {wait}, then ask for a new one, or call the "
            "hotline.",
            f"验证码请求过于频繁。请等待{wait_zh}后再获取，也可以拨打官方热线。",
        )


class WrongCode(Refusal):
    """The code is not the one that was sent."""

    code: ClassVar[str] = "wrong-code"

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(
            f"The code is not right. {tries_left} more tries; look at the newest message.",
            f"验证码不正确。还可以试 {tries_left} 次，请查看最新一条短信。",
        )


class UsedCode(Refusal):
    """The code was used already."""

    code: ClassVar[str] = "used-code"

    def __init__(self) -> None:
        super().__init__(
            "This code was used already. Ask for a new one.", "该验证码已使用过，请重新获取。"
        )


class ExpiredCode(Refusal):
    """The code is too old."""

    code: ClassVar[str] = "expired-code"

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            f"This code was valid for {minutes} minutes and is not any more. Ask for a new one.",
            f"该验证码有效期为 {minutes} 分钟，现已过期，请重新获取。",
        )


class TooManyTries(Refusal):
    """The code was tried too often."""

    code: ClassVar[str] = "too-many-tries"

    def __init__(self, tries: int) -> None:
        self.tries = tries
        super().__init__(
            f"The code was tried {tries} times and is not valid any more. Ask for a new one.",
            f"该验证码已试 {tries} 次，现已失效，请重新获取。",
        )


def send_code(phone: str, *, key: str, address: str = "") -> None:
    """Send a code to the phone, if it is a borrower's. The answer never tells whether it is.

    `address` is where the request came from, for the limit only. Raises NotAPhone, TooManyCodes.
    """
    digits = _digits(phone)
    phone_index = blind_index(digits, purpose=PHONE)
    run_once(
        lambda: _send(digits, phone_index=phone_index, address=address, key=key),
        actor=_ANYBODY,
        command="sign_in.send_code",
        key=key,
        request={"phone": phone_index},
    )


def check_code(phone: str, code: str) -> Account:
    """The account of the borrower who typed the right code; the code is used up by it.

    When several apply, the first of this list is raised: NotAPhone, TooManyTries, WrongCode,
    UsedCode, ExpiredCode.
    """
    phone_index = blind_index(_digits(phone), purpose=PHONE)
    typed = unicodedata.normalize("NFKC", code).replace(" ", "").strip()
    # A refusal must keep the try it counted, so it is raised after the transaction.
    with atomic():
        outcome = _judge(phone_index, typed, at=clock.now())
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def device_seen(account: Account, *, is_known: bool) -> None:
    """Tell a borrower of a device that was not used before, unless it is the very first one."""
    borrower = Borrower.objects.filter(account=account).first()
    if is_known or borrower is None:
        return
    with atomic():
        kinds = LogEvent.objects.filter(actor=account.login, kind="access.signed-in")
        times = kinds.order_by("-position").values_list("position", "recorded_at")[:2]
        if len(times) == 2:
            newest, at = times[0]
            new_device(borrower, at=at, key=f"new-device:{newest}")


def _digits(phone: str) -> str:
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", phone))
    match = _PHONE_FORM.fullmatch(plain)
    if match is None:
        raise NotAPhone
    return match[1]


def _send(phone: str, *, phone_index: str, address: str, key: str) -> dict[str, str]:
    at = clock.now()
    address_index = blind_index(address, purpose="address") if address else ""
    _refuse_flood(phone_index, address_index, at=at)
    borrower = borrower_by_phone(phone)
    if borrower is not None and not borrower.account.is_active:
        borrower = None
    holder = None if borrower is not None else holder_of_phone(phone_index)
    code = f"{secrets.randbelow(10**6):06d}"
    minutes = _policy()["sign_in.code_minutes"].value
    SignInCode.objects.create(
        borrower=borrower,
        representative=holder,
        phone_index=phone_index,
        address_index=address_index,
        digest=_digest(phone_index, code),
        created_at=at,
        expires_at=at + timedelta(minutes=int(str(minutes))),
    )
    if borrower is not None:
        _post_code(borrower, code, minutes=int(str(minutes)), key=key)
    elif holder is not None:
        words = _code_words(code, minutes=int(str(minutes)))
        post_to_phone(phone, kind="sign-in.code", words=words, key=f"sign-in:{key}")
    return {}


def _refuse_flood(phone_index: str, address_index: str, *, at: datetime) -> None:
    recent = SignInCode.objects.filter(created_at__gt=at - timedelta(minutes=_COUNTED_MINUTES))
    of_phone = recent.filter(phone_index=phone_index).count()
    of_address = recent.filter(address_index=address_index).count() if address_index else 0
    if of_phone >= _CODES_OF_PHONE_MAX or of_address >= _CODES_OF_ADDRESS_MAX:
        raise TooManyCodes(_COUNTED_MINUTES)
    day = SignInCode.objects.filter(created_at__gt=at - timedelta(days=1), phone_index=phone_index)
    if day.count() >= _CODES_OF_PHONE_A_DAY_MAX:
        raise TooManyCodes(24 * 60)


def _post_code(borrower: Borrower, code: str, *, minutes: int, key: str) -> None:
    words = _code_words(code, minutes=minutes)
    post(borrower, kind="sign-in.code", text_zh=words.zh, text_en=words.en, key=f"sign-in:{key}")


def _code_words(code: str, *, minutes: int) -> Words:
    return Words(
        f"【渡】登录验证码 {code}，{minutes} 分钟内有效。任何人向你索要都是诈骗，请勿告知。",
        f"Tideover: your sign-in code is {code}, valid for {minutes} minutes. Nobody from us will "
        "ever ask you for it.",
    )


def _judge(phone_index: str, typed: str, *, at: datetime) -> Account | Refusal:
    minutes, tries_max = _limits()
    code = (
        SignInCode.objects.select_for_update()
        .filter(phone_index=phone_index)
        .order_by("-created_at", "-id")
        .first()
    )
    if code is None:
        return WrongCode(tries_max - 1)
    if code.tries >= tries_max:
        return TooManyTries(tries_max)
    code.tries += 1
    is_right = hmac.compare_digest(code.digest, _digest(phone_index, typed))
    account = code.borrower.account if code.borrower else code.representative
    if not is_right or account is None:
        code.save(update_fields=["tries"])
        left = tries_max - code.tries
        return WrongCode(left) if left else TooManyTries(tries_max)
    if code.used_at is not None:
        return UsedCode()
    if at >= code.expires_at:
        return ExpiredCode(minutes)
    code.used_at = at
    code.save(update_fields=["tries", "used_at"])
    log.append("access", kind="access.signed-in", body={}, at=at, actor=account.login)
    return account


def _digest(phone_index: str, code: str) -> str:
    return blind_index(f"{phone_index}:{code}", purpose="sign-in-code")


def _limits() -> tuple[int, int]:
    policy = _policy()
    minutes, tries = policy["sign_in.code_minutes"].value, policy["sign_in.code_tries"].value
    return int(str(minutes)), int(str(tries))


def _policy() -> Parameters:
    # The numbers of signing in are the lender's, the same for every product.
    return load_book().on(clock.today(), product="weilidai")
