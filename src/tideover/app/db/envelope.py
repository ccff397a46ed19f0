"""AES-256-GCM envelopes: what is sealed, under which key, and for which place.

An envelope is `version (1 byte) | length of key id (1) | key id | nonce (12) | ciphertext + tag`.
The place (table, column, row) is bound as associated data: an envelope moved to another row or
column does not open. Nonces are random; NIST SP 800-38D allows 2^32 of them under one key.
"""

import hashlib
import hmac
import os
from functools import cache
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tideover.app.home import Keyring, keyring
from tideover.money import Refusal

_VERSION = 1
_NONCE_BYTES = 12


class EnvelopeBroken(Refusal):
    """A sealed value was altered, or moved from where it was sealed."""

    code: ClassVar[str] = "envelope-broken"

    def __init__(self, context: str) -> None:
        self.context = context
        super().__init__(
            f"The sealed value at {context} does not open: it was altered or moved there. "
            "Restore the row from a backup."
        )


class EnvelopeKeyUnknown(Refusal):
    """A sealed value names a key this deployment does not hold."""

    code: ClassVar[str] = "envelope-key-unknown"

    def __init__(self, *, context: str, key_id: str) -> None:
        self.context = context
        self.key_id = key_id
        super().__init__(
            f"The sealed value at {context} was sealed under key {key_id!r}, which is not in "
            "TIDEOVER_FIELD_KEYS. Add that key after the current one."
        )


@cache
def field_keys() -> Keyring:
    """The keys of fields and files, read once."""
    return keyring("TIDEOVER_FIELD_KEYS")


def seal(content: bytes, *, context: str, keys: Keyring | None = None) -> bytes:
    """An envelope around the content that opens only in the same context."""
    key_id, key = (keys or field_keys()).current
    nonce = os.urandom(_NONCE_BYTES)
    header = bytes([_VERSION, len(key_id)]) + key_id.encode("ascii")
    return header + nonce + AESGCM(key).encrypt(nonce, content, context.encode("utf-8"))


def unseal(envelope: bytes, *, context: str, keys: Keyring | None = None) -> bytes:
    """The content of an envelope. Raises EnvelopeBroken and EnvelopeKeyUnknown."""
    if len(envelope) < 2 or envelope[0] != _VERSION:
        raise EnvelopeBroken(context)
    after_id = 2 + envelope[1]
    key_id = envelope[2:after_id].decode("ascii", errors="replace")
    key = (keys or field_keys()).get(key_id)
    if key is None:
        raise EnvelopeKeyUnknown(context=context, key_id=key_id)
    nonce = envelope[after_id : after_id + _NONCE_BYTES]
    sealed = envelope[after_id + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, context.encode("utf-8"))
    except (InvalidTag, ValueError) as error:
        raise EnvelopeBroken(context) from error


@cache
def _index_key() -> bytes:
    return keyring("TIDEOVER_INDEX_KEY").current[1]


def blind_index(value: str, *, purpose: str = "phone") -> str:
    """A keyed digest (HMAC-SHA256, hex) to look an encrypted value up by, without opening any."""
    message = f"{purpose}\x00{value.strip()}".encode()
    return hmac.new(_index_key(), message, hashlib.sha256).hexdigest()
