"""A seal whose key never leaves its token: an HSM or a card, reached through PKCS#11.

The token is named by a URI of RFC 7512, for example
`pkcs11:token=lender;object=seal?module-path=/usr/lib/softhsm/libsofthsm2.so`: `object` is the label
of the private key and of its certificate, `module-path` the library of the token's maker. The PIN
comes from the environment (`TIDEOVER_SEAL_PIN`), never from the URI.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import unquote

from pyhanko.sign.timestamps import TimeStamper

from tideover.app.home import secret
from tideover.app.pdf.signer import SealUnavailable
from tideover.app.pdf.time_stamping import HttpTimeStamper
from tideover.money import Refusal

if TYPE_CHECKING:
    from pkcs11 import Session

_SCHEME: Final = "pkcs11:"
_PIN: Final = "TIDEOVER_SEAL_PIN"
#: Who is signed in is known to a token by process, not by thread.
_ONE_AT_A_TIME: Final = Lock()


class TokenMisnamed(Refusal):
    """The address of the token lacks something, or is no PKCS#11 URI."""

    code: ClassVar[str] = "token-misnamed"

    def __init__(self, lacking: str) -> None:
        example = "pkcs11:token=LABEL;object=LABEL?module-path=/path/of/the/library.so"
        super().__init__(
            f"TIDEOVER_SEAL_TOKEN lacks {lacking}: write it as {example}",
            f"TIDEOVER_SEAL_TOKEN 缺少 {lacking}：请按 {example} 填写",
        )


class TokenUnavailable(SealUnavailable):
    """The token does not sign: it is not there, refuses the PIN, or lacks the key."""

    code: ClassVar[str] = "token-unavailable"

    def __init__(self, address: "TokenAddress", *, why: str) -> None:
        super().__init__(
            f"the seal {address.key!r} on token {address.token!r} cannot be used: {why}. Check "
            f"that the token is there, its labels, and {_PIN}; nothing was sealed",
            f"令牌 {address.token!r} 上的印章 {address.key!r} 无法使用：{why}。"
            f"请检查令牌、标签和 {_PIN}；尚未用印",
        )


@dataclass(frozen=True, slots=True)
class TokenAddress:
    """Which key on which token, and the library that speaks to it."""

    module: str
    token: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> "TokenAddress":
        """Return the address written as a PKCS#11 URI. Raises TokenMisnamed."""
        if not uri.startswith(_SCHEME):
            raise TokenMisnamed(_SCHEME)
        path, _, query = uri.removeprefix(_SCHEME).partition("?")
        parts = _attributes(path, ";") | _attributes(query, "&")
        for name in ("token", "object", "module-path"):
            if not parts.get(name):
                raise TokenMisnamed(name)
        return cls(module=parts["module-path"], token=parts["token"], key=parts["object"])


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A seal whose key lies in a token; its signatures are stamped by an outside authority."""

    address: TokenAddress
    certificate: bytes
    chain: tuple[bytes, ...]
    time_stamp_url: str

    def sign(self, content: bytes) -> bytes:
        """Return the RSA (PKCS#1 v1.5, SHA-256) signature over `content`.

        Raises TokenUnavailable.
        """
        from pkcs11 import Key, Mechanism, ObjectClass

        with _session(self.address) as session:
            key: Key = session.get_key(ObjectClass.PRIVATE_KEY, label=self.address.key)
            signature: bytes = key.sign(content, mechanism=Mechanism.SHA256_RSA_PKCS)  # type: ignore[attr-defined]
            return signature

    def time_stamper(self, at: datetime) -> TimeStamper:  # noqa: ARG002
        """Return the outside authority; it tells the time itself."""
        return HttpTimeStamper(self.time_stamp_url)


def load_token(uri: str, *, time_stamp_url: str, chain: tuple[bytes, ...] = ()) -> TokenSigner:
    """Return the seal on the token of that URI, its certificate read from the token.

    Raises TokenMisnamed, TokenUnavailable.
    """
    from pkcs11 import Attribute, ObjectClass

    address = TokenAddress.parse(uri)
    with _session(address) as session:
        wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: address.key}
        found = next(iter(session.get_objects(wanted)), None)
        if found is None:
            raise TokenUnavailable(address, why="it holds no certificate of that label")
        certificate = bytes(found[Attribute.VALUE])
    return TokenSigner(address, certificate, chain, time_stamp_url)


@contextmanager
def _session(address: TokenAddress) -> Iterator["Session"]:
    """Sign in to the token, for as long as the block runs."""
    try:
        import pkcs11
    except ImportError:
        why = "python-pkcs11 is not installed (pip install 'tideover[hsm]')"
        raise TokenUnavailable(address, why=why) from None
    with _ONE_AT_A_TIME:
        try:
            token = pkcs11.lib(address.module).get_token(token_label=address.token)
            with token.open(user_pin=secret(_PIN)) as session:
                yield session
        except (pkcs11.PKCS11Error, RuntimeError) as error:
            why = f"{error}" or type(error).__name__
            raise TokenUnavailable(address, why=why) from error


def _attributes(text: str, mark: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(mark) if part)
    return {name: unquote(value) for name, _, value in pairs}
