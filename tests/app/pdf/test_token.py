"""Sealing with a key that never leaves its token: SoftHSM by PKCS#11, an authority by HTTP."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.oid import NameOID

from tideover.app import pdf
from tideover.app.home import secret
from tideover.app.pdf.token import TokenAddress, TokenSigner, load_token

from conftest import SIGNED_AT  # isort: skip

pkcs11 = pytest.importorskip("pkcs11")

PIN, LABEL = "270915", "lender seal"
_LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def library() -> str:
    found = [path for path in _LIBRARIES if Path(path).exists()]
    if shutil.which("softhsm2-util") is None or not found:
        pytest.skip("needs SoftHSM: apt-get install softhsm2")
    return found[0]


@pytest.fixture(scope="module")
def token(tmp_path_factory, trust) -> Iterator[str]:
    """A token in software with the lender's key and certificate; its PKCS#11 URI."""
    module = library()
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(conf))
        patch.setenv("TIDEOVER_SEAL_PIN", PIN)
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", "--label", "lender", "--pin", PIN,
             "--so-pin", "60915270"], check=True, capture_output=True,
        )  # fmt: skip
        _fill(module, trust)
        yield f"pkcs11:token=lender;object=lender%20seal?module-path={module}"


def _fill(module: str, trust: Path) -> None:
    """Make the key inside the token, and have the demo authority certify it."""
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.rsa import encode_rsa_public_key

    with pkcs11.lib(module).get_token(token_label="lender").open(rw=True, user_pin=PIN) as session:
        public, private = session.generate_keypair(KeyType.RSA, 2048, label=LABEL, store=True)
        assert private[Attribute.SENSITIVE]
        assert not private[Attribute.EXTRACTABLE]
        key = serialization.load_der_public_key(_subject_info(encode_rsa_public_key(public)))
        content = _certified(key, trust).public_bytes(serialization.Encoding.DER)
        subject = x509.load_der_x509_certificate(content).subject.public_bytes()
        session.create_object({
            Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: LABEL,
            Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509, Attribute.TOKEN: True,
            Attribute.SUBJECT: subject, Attribute.VALUE: content,
        })  # fmt: skip


def _subject_info(rsa_key: bytes) -> bytes:
    from asn1crypto import keys

    return keys.PublicKeyInfo.wrap(keys.RSAPublicKey.load(rsa_key), "rsa").dump()


def _certified(key, trust: Path) -> x509.Certificate:
    root = x509.load_pem_x509_certificate((trust / "ca.pem").read_bytes())
    passphrase = secret("TIDEOVER_SEAL_PASSPHRASE").encode()
    root_key = serialization.load_pem_private_key((trust / "ca.key").read_bytes(), passphrase)
    model = x509.load_pem_x509_certificate((trust / "seal.pem").read_bytes())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lender on a token")]))
        .issuer_name(root.subject).public_key(key).serial_number(x509.random_serial_number())
        .not_valid_before(model.not_valid_before_utc).not_valid_after(model.not_valid_after_utc)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )  # fmt: skip
    for kind in (x509.BasicConstraints, x509.KeyUsage, x509.AuthorityKeyIdentifier):
        extension = model.extensions.get_extension_for_class(kind)
        builder = builder.add_extension(extension.value, critical=extension.critical)
    return builder.sign(root_key, hashes.SHA256())


@pytest.fixture
def on_token(token, authority) -> TokenSigner:
    return load_token(token, time_stamp_url=authority.url)


def sealed_by(signer: TokenSigner, agreement: bytes, signature: dict) -> bytes:
    at = SIGNED_AT + timedelta(seconds=2)
    return pdf.seal(agreement, signer=signer, borrower_signature=signature, at=at)


class TestTokenSigner:
    def test_seals_what_every_reader_can_check(
        self, on_token, agreement, signature, trust, authority, tmp_path
    ):
        sealed = sealed_by(on_token, agreement, signature)

        report = pdf.verify(sealed, trust)
        assert (report.is_intact, report.is_trusted) == (True, True)
        assert report.who == "Lender on a token"
        assert report.when == SIGNED_AT + timedelta(seconds=2)
        assert authority.asked == 2  # once for the size of an answer, once for the seal
        if shutil.which("pdfsig"):
            path = tmp_path / "sealed.pdf"
            path.write_bytes(sealed)
            said = subprocess.run(
                ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
            ).stdout
            assert "Signature is Valid." in said

    def test_signs_as_a_key_in_a_file_does(self, on_token):
        signed = on_token.sign(b"what is signed")

        key = x509.load_der_x509_certificate(on_token.certificate).public_key()
        key.verify(signed, b"what is signed", padding.PKCS1v15(), hashes.SHA256())

    def test_says_when_the_pin_is_wrong(self, token, on_token, monkeypatch):
        monkeypatch.setenv("TIDEOVER_SEAL_PIN", "000000")

        with pytest.raises(pdf.TokenUnavailable, match="PinIncorrect"):
            on_token.sign(b"text")

    @pytest.mark.parametrize(
        ("old", "new"),
        [("token=lender", "token=nobody"), ("object=lender%20seal", "object=nothing"),
         ("module-path=/usr", "module-path=/nowhere")],
    )  # fmt: skip
    def test_says_when_the_token_is_not_there(self, token, old, new):
        with pytest.raises(pdf.TokenUnavailable, match="nothing was sealed"):
            load_token(token.replace(old, new), time_stamp_url="")

    def test_seals_nothing_without_a_time_stamp(self, on_token, authority, agreement, signature):
        authority.answer = b"not an answer"

        with pytest.raises(pdf.TimeNotStamped, match="nothing was sealed"):
            sealed_by(on_token, agreement, signature)

    def test_says_when_the_authority_is_not_reached(self, token, agreement, signature):
        unreached = load_token(token, time_stamp_url="http://127.0.0.1:9/tsa")

        with pytest.raises(pdf.TimeNotStamped, match="127"):
            sealed_by(unreached, agreement, signature)


class TestTokenAddress:
    def test_reads_a_uri(self):
        uri = "pkcs11:token=lender;object=lender%20seal?module-path=/usr/lib/p11.so"

        assert TokenAddress.parse(uri) == TokenAddress("/usr/lib/p11.so", "lender", "lender seal")

    @pytest.mark.parametrize(
        ("uri", "lacking"),
        [
            ("token=a;object=b?module-path=c", "pkcs11:"),
            ("pkcs11:object=b?module-path=c", "token"),
            ("pkcs11:token=a?module-path=c", "object"),
            ("pkcs11:token=a;object=b", "module-path"),
        ],
    )
    def test_says_what_is_lacking(self, uri, lacking):
        with pytest.raises(pdf.TokenMisnamed, match=f"lacks {lacking}"):
            TokenAddress.parse(uri)


class TestSealSigner:
    def test_is_the_token_that_the_settings_name(self, token, authority, settings):
        settings.SEAL_TOKEN, settings.TIME_STAMP_URL = token, authority.url

        assert isinstance(pdf.seal_signer(), TokenSigner)

    def test_wants_an_authority_beside_a_token(self, settings):
        settings.SEAL_TOKEN = "pkcs11:token=a;object=b?module-path=c"

        with pytest.raises(pdf.TimeStampMissing, match="TIDEOVER_TIME_STAMP_URL"):
            pdf.seal_signer()

    def test_sends_the_chain_along(self, token, authority, settings, trust):
        settings.SEAL_TOKEN, settings.TIME_STAMP_URL = token, authority.url
        settings.SEAL_CHAIN = os.fspath(trust / "ca.pem")

        signer = pdf.seal_signer()
        assert [x509.load_der_x509_certificate(link).subject for link in signer.chain] == [
            x509.load_pem_x509_certificate((trust / "ca.pem").read_bytes()).subject
        ]
