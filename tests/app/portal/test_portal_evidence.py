"""A file is kept when it is chosen, and a refusal says exactly what to do instead."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lender import PDF, SECTIONS
from PIL import Image

from tideover.app import files
from tideover.app.db.models import EvidenceFile
from tideover.app.home import home
from tideover.app.verbs import application, evidence_files
from tideover.app.verbs.case.rows import evidence_context

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def number(lender, borrower) -> str:
    case = application.open_case(lender.borrower, "WLD-0001", key="open")
    for section, answers in SECTIONS.items():
        application.save_section(lender.borrower, case.number, section, answers, key=section)
    return case.number


def photo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "#ddd").save(stream, "JPEG")
    return stream.getvalue()


def send(client, number: str, content: bytes, *, name: str, headers: dict[str, str] | None = None):
    file = io.BytesIO(content)
    file.name = name
    fields = {"key": f"k-{name}", "need": "termination_letter", "file": file}
    return client.post(f"/apply/{number}/evidence/", fields, headers=headers)


class TestUpload:
    def test_is_received_at_once(self, borrower, number):
        answer = send(borrower, number, photo(), name="离职证明.jpg", headers=SCRIPT)

        assert answer.json() == {"state": "received", "words": "已收到"}
        page = borrower.get(f"/apply/{number}/evidence/").content.decode()
        assert "离职证明.jpg" in page
        assert "已收到" in page

    def test_works_by_a_button_without_a_script(self, borrower, number):
        answer = send(borrower, number, PDF, name="letter.pdf")

        assert answer.status_code == 302
        assert "letter.pdf" in borrower.get(answer.headers["Location"]).content.decode()

    def test_is_one_file_for_five_taps(self, borrower, number):
        for _tap in range(5):
            send(borrower, number, PDF, name="letter.pdf", headers=SCRIPT)

        assert EvidenceFile.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("letter.pdf", b"<html><script>alert(1)</script></html>", "内容是"),
            ("letter.jpg", b"", "空文件"),
            ("letter.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40, "打不开"),
        ],
    )
    def test_is_refused_in_exact_words(self, borrower, number, name, content, words):
        answer = send(borrower, number, content, name=name, headers=SCRIPT)

        assert answer.status_code == 422
        assert words in answer.json()["words"]
        assert not EvidenceFile.objects.exists()

    def test_is_refused_beside_its_own_button_without_a_script(self, borrower, number):
        page = send(borrower, number, b"", name="letter.jpg").content.decode()

        assert 'href="#id_file-termination_letter"' in page
        assert 'id="id_file-termination_letter-problem"' in page

    def test_is_measured_before_it_is_read(self, borrower, number):
        answer = send(
            borrower, number, b"\xff" * (20 * 1024 * 1024 + 1), name="a.jpg", headers=SCRIPT
        )

        assert answer.status_code == 422
        assert "20 MB" in answer.json()["words"]

    def test_without_a_file_says_what_is_missing(self, borrower, number):
        answer = borrower.post(
            f"/apply/{number}/evidence/", {"key": "k", "need": "termination_letter"}
        )

        assert "还没有选择文件" in answer.content.decode()

    def test_escapes_the_name(self, borrower, number):
        send(borrower, number, photo(), name='"><img src=x onerror=alert(1)>.jpg', headers=SCRIPT)

        assert "<img src=x" not in borrower.get(f"/apply/{number}/evidence/").content.decode()


class TestLimit:
    def test_stands_beside_the_button_in_both_languages(self, borrower, english, number):
        chinese_page = borrower.get(f"/apply/{number}/evidence/").content.decode()
        english_page = english.get(f"/apply/{number}/evidence/").content.decode()

        assert "支持 JPG、PNG、WebP、PDF，每个不超过 20 MB。" in chinese_page
        assert "JPG, PNG, WebP, PDF, up to 20 MB each." in english_page


class TestRemove:
    def test_takes_the_file_away(self, borrower, number):
        send(borrower, number, PDF, name="letter.pdf")
        file = EvidenceFile.objects.get()

        borrower.post(f"/apply/{number}/evidence/{file.pk}/remove/", {"key": "k"})

        assert "letter.pdf" not in borrower.get(f"/apply/{number}/evidence/").content.decode()


class TestGoOn:
    def test_needs_no_document(self, borrower, number):
        answer = borrower.post(f"/apply/{number}/evidence/", {"key": "k", "done": "1"})

        assert answer.headers["Location"] == f"/apply/{number}/check/"

    def test_keeps_why_a_document_cannot_be_had(self, lender, borrower, number):
        reason = "单位已经注销"
        fields = {"key": "k", "done": "1", "missing-termination_letter": reason}

        borrower.post(f"/apply/{number}/evidence/", fields)

        kept = application.draft(lender.borrower, number).sections["evidence"]["missing"]
        assert kept == [{"need": "termination_letter", "reason": reason}]
        assert reason in borrower.get(f"/apply/{number}/evidence/").content.decode()


def part(client, number: str, *, content: bytes | None, size: object, at: object, key: str = "p"):
    fields = {"key": key, "need": "termination_letter", "size": str(size), "at": str(at)}
    if content is not None:
        fields["file"] = SimpleUploadedFile("离职证明.pdf", content)
    return client.post(f"/apply/{number}/evidence/", fields, headers=SCRIPT)


class TestInParts:
    """A line that breaks costs the part that was on it; what arrived stays, sealed."""

    whole = PDF + b"%" + bytes(300_000)
    size = len(whole)

    def test_goes_on_from_where_it_was_cut(self, borrower, number):
        first = part(borrower, number, content=self.whole[:200_000], size=self.size, at=0)
        asked = part(borrower, number, content=None, size=self.size, at=0)
        last = part(borrower, number, content=self.whole[200_000:], size=self.size, at=200_000)

        assert first.json() == asked.json() == {"state": "coming", "received": 200_000}
        assert last.json() == {"state": "received", "words": "已收到"}
        file = EvidenceFile.objects.get()
        assert (file.size_bytes, file.name) == (self.size, "离职证明.pdf")
        kept = files.read(file.digest, context=evidence_context(file.case))
        assert kept == self.whole

    def test_is_one_file_when_its_end_is_sent_again(self, borrower, number):
        for _twice in range(2):
            part(borrower, number, content=self.whole[:200_000], size=self.size, at=0)
            end = part(borrower, number, content=self.whole[200_000:], size=self.size, at=200_000)

        assert end.json()["state"] == "received"
        assert part(borrower, number, content=None, size=self.size, at=0).json()["state"] == (
            "received"
        )
        assert EvidenceFile.objects.count() == 1
        assert not list((home() / "parts").glob("*/*"))

    def test_leaves_nothing_readable_on_the_way(self, borrower, number):
        part(borrower, number, content=b"secret " * 30_000, size=self.size, at=0)

        stored = [path for path in home().rglob("*") if path.is_file() and "parts" in path.parts]
        assert len(stored) == 1
        assert b"secret" not in stored[0].read_bytes()
        assert re.fullmatch(r"[0-9a-f]{32}/[0-9a-f]{32}/0-210000", "/".join(stored[0].parts[-3:]))

    @pytest.mark.parametrize(
        ("at", "size", "content"),
        [
            (1, 300_000, bytes(200_000)),  # a gap before it
            (-1, 300_000, bytes(200_000)),
            ("0x10", 300_000, bytes(200_000)),
            (10**30, 300_000, bytes(200_000)),
            ("٣", 300_000, bytes(200_000)),
            (0, 100_000, bytes(200_000)),  # more than was told
            (0, -5, bytes(200_000)),
            (0, "../../etc/passwd", bytes(200_000)),
            (0, 300_000, b""),
            (0, 300_000, b"x"),  # millions of parts of a byte
            (0, 5_000_000, bytes(3_000_000)),
        ],
    )
    def test_keeps_nothing_of_a_part_out_of_place(self, borrower, number, at, size, content):
        answer = part(borrower, number, content=content, size=size, at=at, key="../../x")

        assert answer.status_code == 409
        assert answer.json() == {"state": "coming", "received": 0}
        assert not list(home().joinpath("parts").rglob("*-*"))

    def test_says_at_the_first_part_that_the_file_is_too_large(self, borrower, number):
        answer = part(borrower, number, content=bytes(200_000), size=25 * 1024 * 1024, at=0)

        assert answer.status_code == 422
        assert "20" in answer.json()["words"]

    def test_takes_none_of_a_paper_about_health_without_the_tick(self, borrower, number):
        fields = {"key": "h", "need": "diagnosis_certificate", "size": "300000", "at": "0"}
        fields["file"] = SimpleUploadedFile("a.pdf", bytes(200_000))
        answer = borrower.post(f"/apply/{number}/evidence/", fields, headers=SCRIPT)

        assert answer.status_code == 422
        assert not list(home().joinpath("parts").rglob("*-*"))

    def test_forgets_what_was_refused_and_what_was_never_finished(self, borrower, number):
        page = b"<html>" + bytes(300_000)
        part(borrower, number, content=page[:200_000], size=len(page), at=0)
        refused = part(borrower, number, content=page[200_000:], size=len(page), at=200_000)
        for place in range(files.parts.OPEN_MAX + 3):
            part(borrower, number, content=bytes(200_000), size=self.size, at=0, key=f"k{place}")

        assert refused.status_code == 422
        assert len(list((home() / "parts").glob("*/*"))) == files.parts.OPEN_MAX
        assert evidence_files.sweep(older_than=timedelta(days=-3650)) == files.parts.OPEN_MAX
        assert not list((home() / "parts").glob("*/*"))

    def test_is_nobody_elses(self, borrower, number, lender):
        part(borrower, number, content=self.whole[:200_000], size=self.size, at=0)
        other = Client()
        other.force_login(lender.stranger.account)

        assert part(other, number, content=None, size=self.size, at=0).status_code == 404
