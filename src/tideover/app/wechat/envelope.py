"""The platform's secure mode: AES-256-CBC around the message, with the account's id inside.

Inside lie 16 random bytes, the length of the message in four bytes (big-endian), the message and
the id of the account; it is filled up to 32 bytes in the manner of PKCS#7. The mode is the
platform's; that nothing was altered is told by the signature, which covers the sealed text.
"""

import base64
import binascii
import os
import struct
from typing import ClassVar

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tideover.money import Refusal

KEY_LENGTH = 43
"""Characters of the platform's EncodingAESKey."""

_RANDOM_BYTES = 16
_BLOCK_BITS = 32 * 8


class EnvelopeNotOurs(Refusal):
    """A sealed message does not open with our key, or was sealed for another account."""

    code: ClassVar[str] = "wechat-envelope"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the sealed message is not for this account: {why}", f"密文无法解开：{why}"
        )


class Envelope:
    """Opens and seals with the key of one account."""

    def __init__(self, encoding_key: str, *, app_id: str) -> None:
        key = base64.b64decode(encoding_key + "=")
        self._app_id = app_id.encode()
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def open(self, sealed: str) -> bytes:
        """Return the message in `sealed` (base64). Raises EnvelopeNotOurs."""
        try:
            content = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher.decryptor()
            filled = decryptor.update(content) + decryptor.finalize()
            unpadder = padding.PKCS7(_BLOCK_BITS).unpadder()
            plain = unpadder.update(filled) + unpadder.finalize()
        except (ValueError, binascii.Error) as error:
            raise EnvelopeNotOurs("it does not open") from error
        head = plain[_RANDOM_BYTES : _RANDOM_BYTES + 4]
        if len(head) < 4:
            raise EnvelopeNotOurs("it is too short")
        (length,) = struct.unpack(">I", head)
        message = plain[_RANDOM_BYTES + 4 : _RANDOM_BYTES + 4 + length]
        if len(message) != length or plain[_RANDOM_BYTES + 4 + length :] != self._app_id:
            raise EnvelopeNotOurs("it names another account")
        return message

    def seal(self, message: bytes) -> str:
        """Return the message sealed for the platform, in base64."""
        plain = os.urandom(_RANDOM_BYTES) + struct.pack(">I", len(message)) + message + self._app_id
        padder = padding.PKCS7(_BLOCK_BITS).padder()
        filled = padder.update(plain) + padder.finalize()
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(filled) + encryptor.finalize()).decode("ascii")
