"""The demo lender's own certificates: an authority, a seal and a time stamp, made once.

They are named so that nobody can take them for real ones. Private keys are encrypted under
`TIDEOVER_SEAL_PASSPHRASE` and readable by their owner alone.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import TimeStamper

from tideover.app import clock
from tideover.app.home import keys_folder, secret
from tideover.app.pdf.time_stamping import LocalTimeStamper
from tideover.money import Refusal

AUTHORITY_NAME = "Tideover Demo CA — not for production"
SEAL_NAME = "Tideover Demo Lender seal — not for production"
TIME_STAMP_NAME = "Tideover Demo time stamp — not for production"
_PASSPHRASE = "TIDEOVER_SEAL_PASSPHRASE"  # noqa: S105 (the name of a variable)
_SEAL_FILES = ("seal.key", "seal.pem", "time-stamp.key", "time-stamp.pem")
_KEY_BITS = 3072
_YEAR = timedelta(days=365)
_OWNER_ONLY = 0o600


class SealMissing(Refusal):
    """There is no seal in the folder, or its key does not open."""

    code: ClassVar[str] = "seal-missing"

    def __init__(self, folder: Path, *, why: str) -> None:
        self.folder = folder
        super().__init__(
            f"no seal can be used from {folder}: {why}. Make the demo's own with "
            f"`tideover demo`, or check {_PASSPHRASE}.",
            f"{folder} 中没有可用的电子印章：{why}。请运行 tideover demo 生成演示印章，"
            f"或检查 {_PASSPHRASE}。",
        )


class SealOutOfDate(SealMissing):
    """The certificate of the seal is not valid on the day: what it seals proves nothing."""

    code: ClassVar[str] = "seal-out-of-date"

    def __init__(self, *, begins: datetime, ends: datetime, at: datetime) -> None:
        Refusal.__init__(
            self,
            f"the seal's certificate began on {begins:%Y-%m-%d} and ended on {ends:%Y-%m-%d}, so "
            f"nothing can be sealed at {at:%Y-%m-%d %H:%M}; put a current certificate in its place",
            f"电子印章证书有效期为 {begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}，{at:%Y-%m-%d %H:%M} "
            "不能用印；请更换有效证书",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKey:
    """A key that lay in a file, and its certificate."""

    certificate: bytes
    key: rsa.RSAPrivateKey
    chain: tuple[bytes, ...] = ()

    def sign(self, content: bytes) -> bytes:
        """Return the RSA (PKCS#1 v1.5, SHA-256) signature over `content`."""
        return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSigner(FileKey):
    """A seal whose key lies in a file: for the demo and for tests."""

    time_key: FileKey

    def time_stamper(self, at: datetime) -> TimeStamper:
        """Return the demo's own time stamp authority, set to `at`."""
        return LocalTimeStamper(self.time_key, at)


def seal_folder() -> Path:
    """Return where this deployment keeps its seal."""
    return keys_folder() / "seal"


def make_demo_authority(folder: Path, *, at: datetime | None = None) -> None:
    """Fill `folder` with an authority, a seal and a time stamp key, unless it is already there.

    The folder appears complete or not at all. Certificates hold from a year before `at` (by
    default now) for twenty years, so that a demo may play in the past.
    """
    if folder.exists():
        return
    passphrase = secret(_PASSPHRASE).encode()
    first_day = (at or clock.now()) - _YEAR
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    draft.mkdir(mode=0o700, parents=True)
    root_key = _new_key()
    root = _certificate(AUTHORITY_NAME, root_key, issuer=None, first_day=first_day)
    _keep(draft / "ca.pem", root.public_bytes(serialization.Encoding.PEM))
    _keep(draft / "ca.key", _locked(root_key, passphrase))
    for stem, name in (("seal", SEAL_NAME), ("time-stamp", TIME_STAMP_NAME)):
        key = _new_key()
        made = _certificate(name, key, issuer=(root, root_key), first_day=first_day)
        _keep(draft / f"{stem}.pem", made.public_bytes(serialization.Encoding.PEM))
        _keep(draft / f"{stem}.key", _locked(key, passphrase))
    try:
        draft.rename(folder)
    except OSError:
        # Somebody else was quicker: theirs is the one, and ours was never used.
        shutil.rmtree(draft)
        if not folder.exists():
            raise


#: The seal that was opened last, by the digest of its files and passphrase. Opening a key checks
#: its primes, a quarter of a second for the two; the key stays in the process that holds the
#: passphrase in its environment anyway, and another seal takes its place.
_OPENED: dict[bytes, FileSigner] = {}


def load_signer(folder: Path) -> FileSigner:
    """Return the seal kept in `folder`, opened once for as long as its files are the same.

    Raises:
        SealMissing: a file is not there, or the passphrase does not open the key.
    """
    passphrase = secret(_PASSPHRASE).encode()
    files = {name: _read(folder, name) for name in _SEAL_FILES}
    parts = b"".join(hashlib.sha256(part).digest() for part in (passphrase, *files.values()))
    digest = hashlib.sha256(parts).digest()
    opened = _OPENED.get(digest)
    if opened is None:
        opened = _opened(folder, files, passphrase)
        _OPENED.clear()
        _OPENED[digest] = opened
    return opened


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=_KEY_BITS)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    *,
    issuer: tuple[x509.Certificate, rsa.RSAPrivateKey] | None,
    first_day: datetime,
) -> x509.Certificate:
    """Return a certificate for `key`, self-signed when it has no issuer."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tideover demo (fictitious)"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    signing_key = key if issuer is None else issuer[1]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first_day)
        .not_valid_after(first_day + 20 * _YEAR)
        .add_extension(
            x509.BasicConstraints(ca=issuer is None, path_length=0 if issuer is None else None),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()),
            critical=False,
        )
        .add_extension(_usage(is_root=issuer is None), critical=True)
    )
    if name == TIME_STAMP_NAME:
        only_time = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(only_time, critical=True)
    return builder.sign(signing_key, hashes.SHA256())


def _usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def _locked(key: rsa.RSAPrivateKey, passphrase: bytes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


def _keep(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _opened(folder: Path, files: Mapping[str, bytes], passphrase: bytes) -> FileSigner:
    def key(name: str) -> rsa.RSAPrivateKey:
        try:
            opened = serialization.load_pem_private_key(files[name], passphrase)
        except (ValueError, TypeError):
            raise SealMissing(folder, why=f"{name} does not open with the passphrase") from None
        if not isinstance(opened, rsa.RSAPrivateKey):
            raise SealMissing(folder, why=f"{name} is not an RSA key")
        return opened

    return FileSigner(
        certificate=_der(files["seal.pem"]),
        key=key("seal.key"),
        time_key=FileKey(certificate=_der(files["time-stamp.pem"]), key=key("time-stamp.key")),
    )


def _der(text: bytes) -> bytes:
    certificate = x509.load_pem_x509_certificate(text)
    return certificate.public_bytes(serialization.Encoding.DER)


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise SealMissing(folder, why=f"{name} cannot be read") from None
