import random
import re
from datetime import timedelta

import pytest

from tideover.app import pdf
from tideover.app.pdf.byte_range import NotAsSealed, bears_a_seal, check_outermost

from conftest import SIGNED_AT  # isort: skip

RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]")


def changed(content, at):
    """One byte turned into the nearest other one that could stand there."""
    old = content[at : at + 1]
    new = b"0123456789ABCDEF"[int(old, 16) ^ 1 :][:1] if old in b"0123456789ABCDEF" else b""
    return content[:at] + (new or bytes([old[0] ^ 1])) + content[at + 1 :]


def seal_bytes(content):
    _, length, resume, _ = (int(figure) for figure in RANGE.search(content).groups())
    return length, resume


class TestVerify:
    def test_says_who_when_and_that_nothing_changed(self, sealed, trust):
        report = pdf.verify(sealed, trust)

        assert report.who == "Tideover Demo Lender seal — not for production"
        assert report.when == SIGNED_AT + timedelta(seconds=2)
        assert report.is_intact
        assert report.is_trusted
        assert report.covers_whole_file

    def test_notices_one_changed_byte_anywhere(self, sealed, trust):
        generator = random.Random(20261205)  # the same bytes on every run
        length, resume = seal_bytes(sealed)
        places = [0, length - 1, length, length + 1, resume - 1, resume, len(sealed) - 1]
        places += generator.sample(range(len(sealed)), 60)

        for at in places:
            report = pdf.verify(changed(sealed, at), trust)
            assert not report.is_intact, at

    def test_notices_one_changed_digit_of_the_seal_itself(self, sealed, trust):
        generator = random.Random(20261206)
        length, resume = seal_bytes(sealed)
        end = length + len(sealed[length : resume - 1].rstrip(b"0"))

        for at in generator.sample(range(length + 1, end), 12):
            report = pdf.verify(changed(sealed, at), trust)
            assert not (report.is_intact and report.is_trusted), at - length

    @pytest.mark.parametrize("added", [b"\n", b"%", b"\n%%EOF\n"])
    def test_notices_what_was_added_behind(self, sealed, trust, added):
        assert not pdf.verify(sealed + added, trust).is_intact

    def test_notices_a_file_cut_short(self, sealed, trust):
        assert not pdf.verify(sealed[:-1], trust).is_intact

    def test_refuses_a_file_without_a_seal(self, agreement, trust):
        with pytest.raises(pdf.NotSealed, match="bears no seal"):
            pdf.verify(agreement, trust)

    def test_trusts_nobody_without_a_folder_and_still_sees_changes(self, sealed):
        assert pdf.verify(sealed).is_intact
        assert not pdf.verify(sealed).is_trusted
        assert not pdf.verify(changed(sealed, 5_000)).is_intact

    def test_refuses_a_trust_folder_with_something_else_in_it(self, sealed, tmp_path):
        (tmp_path / "notes.pem").write_text("nothing")

        with pytest.raises(pdf.TrustUnreadable, match=r"notes\.pem"):
            pdf.verify(sealed, tmp_path)

    def test_passes_over_a_key_among_the_certificates(self, sealed, trust, tmp_path):
        both = (trust / "ca.pem").read_bytes() + (trust / "ca.key").read_bytes()
        (tmp_path / "ca.pem").write_bytes(both)

        assert pdf.verify(sealed, tmp_path).is_trusted

    def test_does_not_trust_a_seal_of_the_same_name(self, agreement, signature, trust, tmp_path):
        pdf.make_demo_authority(tmp_path / "seal", at=SIGNED_AT)
        forger = pdf.load_signer(tmp_path / "seal")

        forged = pdf.seal(agreement, signer=forger, borrower_signature=signature, at=SIGNED_AT)

        assert pdf.verify(forged, tmp_path / "seal").is_trusted
        assert not pdf.verify(forged, trust).is_trusted

    def test_notices_another_text_under_the_same_facts(
        self, agreement, signer, signature, trust, monkeypatch
    ):
        lying = {**signature, "file_digest": "0" * 64}

        sealed = pdf.seal(agreement, signer=signer, borrower_signature=lying, at=SIGNED_AT)

        # What the caller claims about the digest is overwritten by what was sealed.
        assert pdf.verify(sealed, trust).is_intact


class TestCheckOutermost:
    def test_refuses_small_letters_in_the_seal(self, sealed):
        length, resume = seal_bytes(sealed)
        lower = sealed[:length] + sealed[length:resume].lower() + sealed[resume:]

        with pytest.raises(NotAsSealed, match="spelling"):
            check_outermost(lower)

    def test_refuses_a_file_without_a_range(self, agreement):
        assert not bears_a_seal(agreement)
        with pytest.raises(NotAsSealed, match="range"):
            check_outermost(agreement)
