from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from papers import pdf, picture
from tideover import evidence
from tideover.evidence import FileKind, page_picture, served_copy

ORIENTATION, SOFTWARE, GPS = 0x0112, 0x0131, 0x8825


def with_metadata():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held upright: turn by 90 degrees
    exif[SOFTWARE] = "Secret Editor 9"
    exif.get_ifd(GPS)[2] = (39.0, 54.0, 20.0)
    return picture(size=(400, 300), exif=exif) + b"<script>alert(1)</script>"


class TestServedCopy:
    def test_leaves_metadata_and_what_was_appended_behind(self):
        copy = served_copy(with_metadata(), kind=FileKind.JPEG)

        assert copy.media_type == "image/jpeg"
        assert not Image.open(BytesIO(copy.content)).getexif()
        assert b"Secret Editor" not in copy.content
        assert b"<script>" not in copy.content

    def test_stands_the_picture_upright(self):
        copy = served_copy(with_metadata(), kind=FileKind.JPEG)

        assert Image.open(BytesIO(copy.content)).size == (300, 400)

    def test_takes_a_photograph_that_is_several_in_one(self):
        out = BytesIO()
        small = Image.new("RGB", (40, 30))
        Image.new("RGB", (400, 300)).save(out, "MPO", save_all=True, append_images=[small])

        copy = served_copy(out.getvalue(), kind=FileKind.JPEG)

        assert Image.open(BytesIO(copy.content)).size == (400, 300)

    @pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1"])
    def test_takes_every_kind_of_colour(self, mode):
        out = BytesIO()
        Image.new(mode, (20, 10)).save(out, "PNG")

        copy = served_copy(out.getvalue(), kind=FileKind.PNG)

        assert Image.open(BytesIO(copy.content)).mode == "RGB"

    def test_shows_a_clear_picture_on_white(self):
        out = BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

        copy = served_copy(out.getvalue(), kind=FileKind.PNG)

        assert Image.open(BytesIO(copy.content)).getpixel((5, 5)) == (255, 255, 255)

    def test_makes_a_large_photograph_smaller(self):
        copy = served_copy(picture(size=(4_000, 3_000)), kind=FileKind.JPEG)

        assert Image.open(BytesIO(copy.content)).size == (2_000, 1_500)

    def test_makes_a_document_into_pictures_of_its_pages(self):
        words = b"BT /F1 24 Tf 40 200 Td (WAGES) Tj ET"

        copy = served_copy(pdf(pages=2, content=words), kind=FileKind.PDF)

        document = pypdfium2.PdfDocument(copy.content)
        assert len(document) == 2
        assert document[0].get_textpage().get_text_range() == ""
        assert (
            document[0].render().to_pil().convert("L").getextrema()[0] < 100
        )  # the word is there as ink

    def test_refuses_what_is_no_such_file(self):
        with pytest.raises(evidence.UnreadableFile):
            served_copy(b"nothing", kind=FileKind.PNG)


class TestPagePicture:
    def test_shows_the_page_asked_for(self):
        copy = page_picture(pdf(pages=2), kind=FileKind.PDF, page=2)

        # 300 by 400 points at 150 dots an inch.
        assert Image.open(BytesIO(copy.content)).size == (625, 834)

    @pytest.mark.parametrize("page", [0, 3, -1])
    def test_refuses_a_page_that_is_not_there(self, page):
        with pytest.raises(evidence.NoSuchPage, match="from 1 to 2"):
            page_picture(pdf(pages=2), kind=FileKind.PDF, page=page)
