from io import BytesIO

from PIL import Image

from papers import pdf
from tideover.evidence import FileKind, page_picture

GB1 = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"


def naming_a_font(name, *, encoding, text):
    """A page of Chinese text in a font that the file names and does not carry."""
    typed = text.encode("gbk" if encoding.startswith(b"GBK") else "utf-16-be").hex().encode()
    fonts = (
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s/DescendantFonts[501 0 R]>>"
        % (name, encoding),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s%s/FontDescriptor 502 0 R>>" % (name, GB1),
        b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[0 -200 1000 880]/ItalicAngle 0"
        b"/Ascent 752/Descent -271/CapHeight 737/StemV 58>>" % name,
    )
    content = b"BT /F1 40 Tf 20 200 Td <%s> Tj ET" % typed
    return pdf(content=content, extra=fonts).replace(b"/F1 4 0 R", b"/F1 500 0 R")


def ink(content):
    """How many pixels of the first page are dark."""
    picture = Image.open(BytesIO(page_picture(content, kind=FileKind.PDF).content)).convert("L")
    return sum(picture.histogram()[:128])


class TestInstallChineseFont:
    def test_keeps_a_page_from_coming_out_blank(self):
        # What iText and old bank systems write: STSong-Light or SimSun, neither carried.
        assert ink(naming_a_font(b"STSong-Light", encoding=b"UniGB-UCS2-H", text="工资")) > 500
        assert ink(naming_a_font(b"SimSun", encoding=b"GBK-EUC-H", text="工资")) > 500

    def test_draws_the_characters_that_were_written(self):
        one = naming_a_font(b"SimSun", encoding=b"GBK-EUC-H", text="一")
        many = naming_a_font(b"SimSun", encoding=b"GBK-EUC-H", text="赢")

        # 一 is one stroke, 赢 is seventeen.
        assert ink(many) > 3 * ink(one) > 0

    def test_leaves_latin_text_to_the_engine(self):
        assert ink(pdf(content=b"BT /F1 40 Tf 20 200 Td (WAGES) Tj ET")) > 500
