"""A file is kept when it is chosen, and a refusal says exactly what to do instead."""

import io

import pytest
from lender import PDF, SECTIONS
from PIL import Image

from tideover.app.db.models import EvidenceFile
from tideover.app.verbs import application

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
