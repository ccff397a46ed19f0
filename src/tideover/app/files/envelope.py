"""The sealed form of a file: AES-256-GCM under a named key, bound to where the file belongs.

Layout: 4 bytes `TOF1`, 1 byte length of the key id, the key id in ASCII, 12 bytes nonce, then
ciphertext and tag. The associated text is the head and the context, so that neither the key id
can be changed nor one file's bytes be put in another's place.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tideover.app.home import Keyring

_MARK = b"TOF1"
_NONCE_BYTES = 12


class ForeignEnvelope(Exception):
    """The bytes were not sealed for this context, were changed, or are no envelope at all."""


class KeyNotHeld(Exception):
    """The file was sealed with a key that this deployment no longer holds."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"a stored file needs key {key_id!r}, which is not among TIDEOVER_FILE_KEYS; "
            "add it behind the current key"
        )


def sealed(content: bytes, *, context: str, keyring: Keyring) -> bytes:
    """Return `content` encrypted with the current key for `context`, with a fresh nonce."""
    key_id, key = keyring.current
    named = key_id.encode("ascii")
    head = _MARK + bytes([len(named)]) + named
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + context.encode())


def opened(envelope: bytes, *, context: str, keyring: Keyring) -> bytes:
    """Return what was sealed for `context`.

    Raises:
        KeyNotHeld: the key it names is not in `keyring`.
        ForeignEnvelope: the context differs or a byte was changed.
    """
    if envelope[:4] != _MARK or len(envelope) < 5:
        raise ForeignEnvelope
    end = 5 + envelope[4]
    key_id = envelope[5:end].decode("ascii", errors="replace")
    key = keyring.get(key_id)
    if key is None:
        raise KeyNotHeld(key_id)
    nonce, body = envelope[end : end + _NONCE_BYTES], envelope[end + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, envelope[:end] + context.encode())
    except (InvalidTag, ValueError):
        raise ForeignEnvelope from None
