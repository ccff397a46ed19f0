"""Who seals: an interface small enough for a file, a PKCS#11 token or a signing service."""

from datetime import datetime
from typing import ClassVar, Protocol

from asn1crypto import x509
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tideover.money import Refusal

#: Bytes of an RSA signature of 4096 bits: room enough while the size is being estimated.
_SIGNATURE_BYTES_MAX = 512


class SealUnavailable(Refusal):
    """The lender's seal cannot be had this moment: nobody who signs can help it, trying again may.

    Nothing was sealed.
    """

    code: ClassVar[str] = "seal-unavailable"


class SigningKey(Protocol):
    """A certificate, and a way to sign with its key."""

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates between it and a root that readers trust, DER, the root left out."""

    def sign(self, content: bytes) -> bytes:
        """Return the RSA (PKCS#1 v1.5, SHA-256) signature over `content`."""


class SealSigner(SigningKey, Protocol):
    """The lender's seal: a key of the lender's, and a source of proven time."""

    def time_stamper(self, at: datetime) -> TimeStamper:
        """Return the authority that will confirm that the seal existed at `at`."""


class CmsSigner(Signer):
    """A `SigningKey` as pyHanko wants it."""

    def __init__(self, signer: SigningKey) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(x509.Certificate.load(link) for link in signer.chain)
        super().__init__(
            signing_cert=x509.Certificate.load(signer.certificate),
            cert_registry=store,
            embed_roots=False,
        )
        self._signer = signer

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002
    ) -> bytes:
        """Return the signature over `data`; nothing is signed while sizes are estimated."""
        if dry_run:
            return bytes(_SIGNATURE_BYTES_MAX)
        if digest_algorithm != "sha256":
            raise ValueError(f"the seal signs SHA-256 digests, not {digest_algorithm}")
        return self._signer.sign(data)
