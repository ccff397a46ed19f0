"""How the second factors of sign-in lie in the database: their secrets only as envelopes."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter

from tideover.app.db.envelope import seal, unseal
from tideover.app.db.models import Account
from tideover.safety import mask_phone

_CONTEXT = "mfa_authenticator:data"


class SealedAuthenticators(DefaultMFAAdapter):  # type: ignore[misc]
    """The library's own adapter, with seeds and secrets sealed under the keys of fields.

    An envelope is bound to its column and not to its row: the library seals before the row is made.
    """

    def encrypt(self, text: str) -> str:
        """Return the text as an envelope."""
        return base64.b64encode(seal(text.encode(), context=_CONTEXT)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return what an envelope holds. Raises EnvelopeBroken and EnvelopeKeyUnknown."""
        return unseal(base64.b64decode(encrypted_text), context=_CONTEXT).decode()

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, str | bytes]:
        """What a device calls the passkey: the login of staff, a borrower's masked phone.

        A borrower's login says nothing to a person, and a device shows this to whoever holds it.
        """
        entity: dict[str, str | bytes] = super().get_public_key_credential_user_entity(user)
        if user.is_staff_member:
            return entity
        shown = mask_phone(user.borrower.phone)
        return entity | {"name": shown, "display_name": shown}
