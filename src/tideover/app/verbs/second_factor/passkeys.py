"""Passkeys (WebAuthn): what the browser is asked, and what it answered.

A passkey is always kept on its device and unlocked there (fingerprint, face, PIN), so that it is
both factors at once and can sign in alone. Options and challenge are bound to the session.
"""

import json
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from tideover.app.db.atomic import atomic
from tideover.app.db.models import Account, Borrower, Role
from tideover.app.verbs.acting import demand_themselves
from tideover.app.verbs.case.security_notices import passkey_added
from tideover.app.verbs.second_factor import Factor, factors_of, name_of_passkey, tell
from tideover.money import Refusal

_ANSWER_LENGTH_MAX = 20_000


class PasskeyRefused(Refusal):
    """The browser's answer does not prove a passkey of this account."""

    code: ClassVar[str] = "passkey-refused"

    def __init__(self) -> None:
        super().__init__(
            "The passkey was not accepted. Try it again, or sign in with a code.",
            "通行密钥未通过验证。请重试，或改用验证码登录。",
        )


def options_to_add(account: Account) -> str:
    """What the browser needs to make a passkey for the account, as JSON."""
    return json.dumps(auth.begin_registration(account, passwordless=True))


def add(account: Account, answer: str, *, name: str) -> None:
    """Keep the passkey that the browser made. Raises PasskeyRefused."""
    credential = _read(answer)
    try:
        auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    with atomic():
        auth.WebAuthn.add(account, name_of_passkey(name), credential)
        tell(account, "access.factor.added", kind=Authenticator.Type.WEBAUTHN.value)


def options_to_prove(account: Account | None) -> str:
    """What the browser needs to prove a passkey: of the account, or of whoever holds one."""
    return json.dumps(auth.begin_authentication(account))


def check(answer: str, *, account: Account | None = None) -> Account:
    """Whose passkey the browser proved; `account`'s own where one is given.

    Raises PasskeyRefused.
    """
    response = _read(answer)
    try:
        owner = account or auth.extract_user_from_response(response)
        used = auth.complete_authentication(owner, response)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefused from error
    used.record_usage()
    return owner


def of_borrower(account: Account) -> tuple[Factor, ...]:
    """The passkeys with which a borrower signs in instead of a code, the oldest first."""
    return tuple(one for one in factors_of(account) if one.kind == Authenticator.Type.WEBAUTHN)


def sign_in_borrower(answer: str) -> Account:
    """The borrower's account that the browser's passkey is of; it is written to the log.

    Raises PasskeyRefused, for staff too: their passkey opens the desk and nothing else.
    """
    account = check(answer)
    if account.role != Role.BORROWER or not account.is_active:
        raise PasskeyRefused
    with atomic():
        tell(account, "access.signed-in", kind=Authenticator.Type.WEBAUTHN.value)
    return account


def add_for_borrower(borrower: Borrower, answer: str, *, name: str) -> None:
    """Keep a borrower's passkey and tell them by their phone. Raises PasskeyRefused."""
    demand_themselves(borrower)
    with atomic():
        add(borrower.account, answer, name=name)
        newest = Authenticator.objects.filter(user=borrower.account).latest("pk")
        passkey_added(borrower, key=f"passkey:{newest.pk}")


def remove_for_borrower(borrower: Borrower, factor_id: int) -> None:
    """Take a borrower's passkey away, the last one too: the code by phone is always there."""
    demand_themselves(borrower)
    with atomic():
        rows = Authenticator.objects.filter(user=borrower.account, pk=factor_id)
        if rows.delete()[0]:
            kind = Authenticator.Type.WEBAUTHN.value
            tell(borrower.account, "access.factor.removed", kind=kind)


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer[:_ANSWER_LENGTH_MAX])
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(found, dict):
        raise PasskeyRefused
    return found
