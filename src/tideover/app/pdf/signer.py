"""Who seals: an interface small enough for a file, a PKCS#11 token or a signing service."""

from datetime import datetime
from typing import ClassVar, Protocol

from asn1crypto import keys, x509
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tideover.money import Refusal

#: Bytes of an RSA signature of 4096 bits: room enough while the size is being estimated.
_SIGNATURE_BYTES_MAX = 512


class SealUnavailable(Refusal):
    """The lender's seal cannot be had this moment: nobody who signs can help it, trying again may.

    Nothing was sealed.
    """

    code: ClassVar[str] = "seal-unavailable"


class SealSigner(Protocol):
    """The lender's seal: a certificate, a way to sign with its key, and a source of proven time."""

    @property
    def certificate(self) -> bytes:
        """The seal's certificate, DER."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates between it and a root that readers trust, DER, the root left out."""

    def sign(self, content: bytes) -> bytes:
        """Return the RSA (PKCS#1 v1.5, SHA-256) signature over `content`."""

    def time_stamper(self, at: datetime) -> TimeStamper:
        """Return the authority that will confirm that the seal existed at `at`."""


class PdfSigner(Signer):
    """A `SealSigner` as pyHanko wants it."""

    def __init__(self, signer: SealSigner) -> None:
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


def local_time_stamper(*, certificate: bytes, key: bytes, at: datetime) -> TimeStamper:
    """Return a time stamp authority that runs in this process and says the time is `at`.

    `certificate` and `key` are DER (the key PKCS#8, not encrypted). It proves nothing to a
    stranger, since the lender holds its key: production names an outside authority instead.
    """
    return DummyTimeStamper(
        x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(key), fixed_dt=at
    )
