"""The second factor of staff: a code of an app, a passkey, or a recovery code.

The library (django-allauth) makes, seals and checks them; here stands what the lender's rules add:
how many wrong ones are heard, what is written to the log, and who may do without. Wrong codes are
counted only after the right password, so nobody can lock another out by guessing.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.db import IntegrityError

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.envelope import blind_index
from tideover.app.db.models import Account, FailedSignIn
from tideover.money import Refusal

__all__ = [
    "Factor",
    "LastFactor",
    "TooManySecondCodes",
    "WrongSecondCode",
    "check_code",
    "enrol_app",
    "factors_of",
    "has_factor",
    "new_recovery_codes",
    "new_secret",
    "remove",
    "reset",
    "setup_address",
    "setup_picture",
    "tell",
]

COUNTED_MINUTES = 15
WRONG_CODES_MAX = 5
_NAME_LENGTH_MAX = 60


class WrongSecondCode(Refusal):
    """The code is not right, or was used already."""

    code: ClassVar[str] = "wrong-second-code"

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(
            f"This code is not right, or was used already. {tries_left} more tries; wait for the "
            "next code of the app, or take a recovery code.",
            f"验证码不正确，或已经用过。还可以试 {tries_left} 次；请等应用显示下一个验证码，"
            "或使用恢复码。",
        )


class TooManySecondCodes(Refusal):
    """Too many wrong codes after the right password."""

    code: ClassVar[str] = "too-many-second-codes"

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            f"Too many wrong codes. Wait {minutes} minutes. If somebody else may know your "
            "password, tell an administrator now.",
            f"错误次数过多，请 {minutes} 分钟后再试。如果密码可能被别人知道，请立即告诉管理员。",
        )


class LastFactor(Refusal):
    """Without this one the account would be left with a password alone."""

    code: ClassVar[str] = "last-factor"

    def __init__(self) -> None:
        super().__init__(
            "This is your last second factor. Add another one first, then remove this one.",
            "这是你唯一的第二重验证方式。请先添加另一种，再移除它。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One way to prove who one is; `kind` is totp, webauthn or recovery_codes."""

    id: int
    kind: str
    name: str
    added_at: Any
    used_at: Any
    left: int | None = None


def has_factor(account: Account) -> bool:
    """Whether the account has an app or a passkey; recovery codes alone are none."""
    return bool(_of(account).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def factors_of(account: Account) -> tuple[Factor, ...]:
    """Everything that the account can prove itself with, the oldest first."""
    return tuple(_factor(one) for one in _of(account).order_by("created_at", "pk"))


def new_secret() -> str:
    """A secret for an app, not kept until `enrol_app` has seen a code made with it."""
    return str(generate_totp_secret())


def setup_address(account: Account, secret: str) -> str:
    """The otpauth:// address that an app takes up."""
    return str(get_adapter().build_totp_url(account, secret))


def setup_picture(account: Account, secret: str) -> str:
    """The same as a QR code: an SVG document in base64, as an address of data carries it."""
    drawn = str(get_adapter().build_totp_svg(setup_address(account, secret)))
    return base64.b64encode(drawn.encode()).decode("ascii")


def enrol_app(account: Account, secret: str, code: str) -> None:
    """Take an app on whose code proves that it holds the secret; one it had before goes.

    Raises WrongSecondCode and TooManySecondCodes.
    """
    _demand_pace(account)
    if not validate_totp_code(secret, _plain(code)):
        raise _wrong(account)
    with atomic():
        _of(account).filter(type=Authenticator.Type.TOTP).delete()
        TOTP.activate(account, secret)
        tell(account, "access.factor.added", kind=Authenticator.Type.TOTP.value)


def check_code(account: Account, code: str) -> str:
    """Which factor the code is of, `totp` or `recovery_codes`; each code works once.

    Raises WrongSecondCode and TooManySecondCodes.
    """
    _demand_pace(account)
    typed = _plain(code)
    for one in _of(account).filter(type__in=("totp", "recovery_codes")).order_by("-type"):
        if typed and one.wrap().validate_code(typed):
            one.record_usage()
            return str(one.type)
    raise _wrong(account)


def new_recovery_codes(account: Account) -> tuple[str, ...]:
    """Ten codes for the day the telephone is lost; those of before stop working."""
    with atomic():
        _of(account).filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        try:
            made = RecoveryCodes.activate(account)
        except IntegrityError:  # two windows at once: the other one's codes are the codes
            made = RecoveryCodes.activate(account)
        tell(account, "access.factor.added", kind=Authenticator.Type.RECOVERY_CODES.value)
    return tuple(str(code) for code in made.generate_codes())


def remove(account: Account, factor_id: int) -> None:
    """Take a factor away, never the last one. Nothing happens to what is not theirs.

    Raises LastFactor.
    """
    with atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        found = _of(account).filter(pk=factor_id).first()
        if found is None:
            return
        others = _of(account).exclude(pk=found.pk).exclude(type="recovery_codes")
        if found.type != Authenticator.Type.RECOVERY_CODES and not others.exists():
            raise LastFactor
        found.delete()
        tell(account, "access.factor.removed", kind=str(found.type))


def reset(account: Account, *, by: str) -> int:
    """Take every factor away, for somebody who lost them all; the next sign-in asks for new ones.

    Returns how many there were.
    """
    with atomic():
        count = int(_of(account).count())
        _of(account).delete()
        tell(account, "access.factors.reset", kind="all", actor=by)
    return count


def tell(account: Account, kind_of_event: str, *, kind: str, actor: str = "") -> None:
    """Write to the log that a factor came, went or was used."""
    log.append(
        "access",
        kind=kind_of_event,
        body={"login": account.login, "factor": kind},
        at=clock.now(),
        actor=actor or account.login,
    )


def name_of_passkey(typed: str) -> str:
    """What a passkey is called: what was typed, cut to a line."""
    return " ".join(typed.split())[:_NAME_LENGTH_MAX] or "passkey"


def _of(account: Account) -> Any:
    return Authenticator.objects.filter(user=account)


def _factor(one: Any) -> Factor:
    is_key, is_codes = one.type == "webauthn", one.type == "recovery_codes"
    return Factor(
        id=one.pk,
        kind=str(one.type),
        name=str(one.data.get("name", "")) if is_key else "",
        added_at=one.created_at,
        used_at=one.last_used_at,
        left=len(one.wrap().get_unused_codes()) if is_codes else None,
    )


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "")[:20]


def _demand_pace(account: Account) -> None:
    if _wrong_codes(account) >= WRONG_CODES_MAX:
        raise TooManySecondCodes(COUNTED_MINUTES)


def _wrong(account: Account) -> Refusal:
    FailedSignIn.objects.create(login_index=_index(account), at=clock.now())
    left = WRONG_CODES_MAX - _wrong_codes(account)
    return WrongSecondCode(left) if left > 0 else TooManySecondCodes(COUNTED_MINUTES)


def _wrong_codes(account: Account) -> int:
    since = clock.now() - timedelta(minutes=COUNTED_MINUTES)
    return FailedSignIn.objects.filter(login_index=_index(account), at__gt=since).count()


def _index(account: Account) -> str:
    return blind_index(account.login, purpose="second-factor")
