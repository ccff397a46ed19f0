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
from tideover.app.db.models import Account
from tideover.app.verbs.second_factor import name_of_passkey, tell
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


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer[:_ANSWER_LENGTH_MAX])
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(found, dict):
        raise PasskeyRefused
    return found
