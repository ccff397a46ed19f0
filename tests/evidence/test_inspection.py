import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import pdf, picture, png_head, zeros
from tideover import evidence
from tideover.evidence import FileKind, Limits
from tideover.money import Refusal

MEGABYTE = 1024 * 1024


def looked_at(content, name="photo.jpg", **options):
    return evidence.inspect(content, name=name, bytes_max=20 * MEGABYTE, **options)


def refusal_of(content):
    """The refusal the file ends in, or None when it is accepted; anything else is an error."""
    try:
        looked_at(content, "")
    except Refusal as refused:
        return refused
    return None


class TestInspect:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_tells_a_picture_from_its_bytes(self, kind):
        found = looked_at(picture(kind, size=(320, 240)), f"scan.{kind.lower()}")

        assert found.kind is FileKind(kind.lower())
        assert (found.width, found.height, found.pages) == (320, 240, 1)
        assert found.media_type == f"image/{kind.lower()}"

    def test_counts_the_pages_of_a_document(self):
        found = looked_at(pdf(pages=3), "statement.pdf")

        assert found.kind is FileKind.PDF
        assert (found.pages, found.width) == (3, None)

    @pytest.mark.parametrize("name", ["IMG_1.HEIC", "照片.png", "微信图片", "诊断.2026年"])
    def test_forgives_a_wrong_ending_among_pictures(self, name):
        assert looked_at(picture(), name).kind is FileKind.JPEG

    def test_forgives_blanks_before_a_document(self):
        assert looked_at(b"\xef\xbb\xbf\r\n" + pdf(), "a.pdf").kind is FileKind.PDF

    def test_refuses_an_empty_file(self):
        with pytest.raises(evidence.EmptyFile, match="0 bytes"):
            looked_at(b"")

    def test_refuses_a_large_file_with_both_sizes(self):
        with pytest.raises(evidence.TooLarge) as refused:
            looked_at(b"x" * (20 * MEGABYTE + 1))

        # One byte over is shown as over: 20.1 MB against 20 MB, never 20.0 against 20.
        assert "20.1 MB" in str(refused.value)
        assert "不能超过 20 MB" in refused.value.zh

    def test_takes_a_file_of_exactly_the_limit(self):
        content = picture()

        assert evidence.inspect(content, name="a.jpg", bytes_max=len(content)).pages == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("statement.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
            ("photo.jpg", b"<svg xmlns='x' onload='alert(1)'/>"),
            ("photo.jpg", pdf()),
            ("statement.pdf", picture()),
            ("photo.png", b"MZ\x90\x00" + bytes(100)),
            ("photo.jpg", "就是一段文字".encode()),
            ("wages.exe", picture()),
            ("wages.pdf.exe", pdf()),
            ("statement.pdf", b"GIF89a" + pdf()),
        ],
    )
    def test_refuses_a_file_that_is_not_what_it_says(self, name, content):
        with pytest.raises(evidence.NotWhatItSays):
            looked_at(content, name)

    @pytest.mark.parametrize(
        ("name", "content", "word"),
        [
            ("a.gif", b"GIF89a" + bytes(20), "GIF"),
            ("a.docx", b"PK\x03\x04" + bytes(20), "Office"),
            ("a.svg", b"<svg/>", "web page"),
            ("a.txt", b"hello", "plain text"),
            ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
            ("a.mov", b"\x00\x00\x00\x18ftypqt  " + bytes(20), "video"),
            ("nothing", bytes(range(200, 256)), "nobody here knows"),
        ],
    )
    def test_names_a_kind_that_is_not_accepted(self, name, content, word):
        with pytest.raises((evidence.KindNotAccepted, evidence.NotWhatItSays), match=word):
            looked_at(content, name)

    def test_takes_only_the_kinds_asked_for(self):
        with pytest.raises(evidence.KindNotAccepted):
            looked_at(picture("PNG"), "a.png", kinds=("jpeg", "pdf"))

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_refuses_a_picture_that_was_cut_off(self, part):
        content = picture("PNG", size=(500, 500), colour="teal")

        with pytest.raises(evidence.UnreadableFile):
            looked_at(content[: int(len(content) * part)], "a.png")

    def test_refuses_a_picture_of_too_many_pixels(self):
        with pytest.raises(evidence.PixelFlood, match="9000 × 9000"):
            looked_at(png_head(9_000, 9_000), "a.png")

    def test_refuses_a_document_of_too_many_pages(self):
        with pytest.raises(evidence.TooManyPages, match="61 pages"):
            looked_at(pdf(pages=61), "a.pdf")

    def test_refuses_what_needs_more_memory_than_a_document_should(self):
        small = Limits(memory_max=300 * MEGABYTE)
        bomb = pdf().replace(b"<</Length 0>>stream\n\nendstream", zeros(400))

        with pytest.raises((evidence.TooMuchToOpen, evidence.UnreadableFile)):
            looked_at(bomb, "a.pdf", limits=small)

    @settings(max_examples=15, deadline=None)
    @given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0"]))
    def test_ends_every_file_in_an_answer_or_a_named_refusal(self, content, head):
        refused = refusal_of(head + content)

        assert refused is None or refused.code.startswith("file-")
        assert refused is None or refused.zh != str(refused)


class TestActiveContent:
    def test_is_refused_by_name(self):
        catalog = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"

        with pytest.raises(evidence.ActiveContent, match="a script, an action on opening"):
            looked_at(pdf(catalog=catalog), "a.pdf")

    def test_is_an_archive_hidden_behind_a_photograph(self):
        archive = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)

        with pytest.raises(evidence.ActiveContent, match="hidden archive"):
            looked_at(picture() + archive)


class TestEncryptedPdf:
    def test_is_refused_and_never_asks_for_the_password(self):
        locked = pdf(trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(a)/U(b)>>")

        with pytest.raises(evidence.EncryptedPdf) as refused:
            looked_at(locked, "statement.pdf")

        assert "never send us the password" in str(refused.value)
        assert "不要把密码发给我们" in refused.value.zh
