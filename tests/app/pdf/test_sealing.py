import hashlib
import json
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pypdfium2
import pytest
from cryptography import x509

from tideover.app import pdf
from tideover.app.pdf.authority import AUTHORITY_NAME

from conftest import SIGNED_AT  # isort: skip


class TestSeal:
    def test_leaves_what_the_borrower_confirmed_as_it_was(self, agreement, sealed):
        assert sealed.startswith(agreement)

    def test_says_in_the_file_what_was_signed_and_how(self, agreement, sealed, trust):
        facts = pdf.verify(sealed, trust).facts

        assert facts["file_digest"] == hashlib.sha256(agreement).hexdigest()
        assert facts["file_length"] == len(agreement)
        assert facts["borrower"] == "演示·张*"
        assert facts["confirmed_by"]["zh"].startswith("短信验证码")

    def test_adds_one_page_that_a_person_can_read(self, agreement, sealed):
        before = len(pypdfium2.PdfDocument(agreement))
        document = pypdfium2.PdfDocument(sealed)
        text = document[before].get_textpage().get_text_range()

        assert len(document) == before + 1
        assert "演示·张*" in text
        assert "2026年12月5日（周六） 10:00:03（北京时间）" in text
        assert hashlib.sha256(agreement).hexdigest()[:8] in text

    @pytest.mark.parametrize("fact", ["number", "borrower", "lender", "signed_at", "confirmed_by"])
    def test_refuses_a_signature_that_proves_nothing(self, agreement, signer, signature, fact):
        lacking = {name: value for name, value in signature.items() if name != fact}

        with pytest.raises(pdf.SignatureFactMissing, match=fact):
            pdf.seal(agreement, signer=signer, borrower_signature=lacking, at=SIGNED_AT)

    def test_is_valid_for_an_independent_validator(self, sealed, tmp_path):
        if shutil.which("pdfsig") is None:
            pytest.skip("needs pdfsig: apt-get install poppler-utils")
        path = tmp_path / "sealed.pdf"
        path.write_bytes(sealed)

        said = subprocess.run(
            ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
        ).stdout

        assert "Signature is Valid." in said
        assert "ETSI.CAdES.detached" in said
        assert "Total document signed" in said

    def test_a_second_seal_leaves_the_first_intact(self, sealed, signer, signature, trust):
        later = SIGNED_AT + timedelta(days=30)

        twice = pdf.seal(sealed, signer=signer, borrower_signature=signature, at=later)

        report = pdf.verify(twice, trust)
        assert twice.startswith(sealed)
        assert report.is_intact
        assert [seal.when for seal in report.seals] == [SIGNED_AT + timedelta(seconds=2), later]
        assert [seal.covers_whole_file for seal in report.seals] == [False, True]


class TestMakeDemoAuthority:
    def test_keeps_every_key_locked_and_to_its_owner(self, trust):
        for path in trust.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert all(b"ENCRYPTED" in path.read_bytes() for path in trust.glob("*.key"))

    def test_says_on_every_certificate_that_it_is_for_a_demo(self, trust):
        for path in trust.glob("*.pem"):
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
            assert "not for production" in certificate.subject.rfc4514_string()
            assert certificate.issuer.rfc4514_string().startswith(f"CN={AUTHORITY_NAME}")

    def test_changes_nothing_the_second_time(self, trust):
        before = {path.name: path.read_bytes() for path in trust.iterdir()}

        pdf.make_demo_authority(trust)

        assert {path.name: path.read_bytes() for path in trust.iterdir()} == before

    def test_makes_one_when_two_ask_at_once(self, tmp_path):
        folder = tmp_path / "seal"

        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda _: pdf.make_demo_authority(folder, at=SIGNED_AT), range(2)))

        assert [path.name for path in tmp_path.iterdir()] == ["seal"]
        assert pdf.load_signer(folder).certificate


class TestLoadSigner:
    def test_refuses_a_folder_without_a_seal(self, tmp_path):
        with pytest.raises(pdf.SealMissing, match=r"seal\.key cannot be read"):
            pdf.load_signer(tmp_path)

    def test_refuses_the_wrong_passphrase(self, trust, monkeypatch):
        monkeypatch.setenv("TIDEOVER_SEAL_PASSPHRASE", "not this one")

        with pytest.raises(pdf.SealMissing, match="does not open with the passphrase"):
            pdf.load_signer(trust)

    def test_opens_the_keys_once_and_again_when_a_file_changes(self, trust, tmp_path):
        folder = tmp_path / "seal"
        shutil.copytree(trust, folder)
        opened = pdf.load_signer(folder)

        assert pdf.load_signer(folder) is opened
        for name in ("seal.key", "seal.pem"):
            (folder / name).write_bytes((trust / name.replace("seal", "time-stamp")).read_bytes())
        changed = pdf.load_signer(folder)
        assert changed.certificate == opened.time_key.certificate

    def test_forgets_the_keys_of_the_seal_before(self, trust, tmp_path):
        folder = tmp_path / "seal"
        shutil.copytree(trust, folder)
        (folder / "seal.pem").write_bytes((trust / "seal.pem").read_bytes() + b"\n")
        before = pdf.load_signer(trust)
        pdf.load_signer(folder)

        assert pdf.load_signer(trust) is not before


def test_the_facts_are_one_json_attachment(sealed):
    document = pypdfium2.PdfDocument(sealed)

    (attachment,) = [document.get_attachment(at) for at in range(document.count_attachments())]

    assert attachment.get_name() == "borrower-signature.json"
    assert json.loads(bytes(attachment.get_data()))["number"] == "TA-1001-1"
