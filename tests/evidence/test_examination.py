"""`examine` with `readout` and, in the child, `reading`, `layers` and `ocr`: a file is read."""

from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from papers import pdf, picture
from tideover.evidence import Facts, Outcome, examine, inspect
from tideover.evidence.sandbox import DEFAULT_LIMITS, layers, ocr, reading

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
TEXT = (
    "演示市第一人民医院",
    "诊断证明书",
    "姓名：演示·张三",
    "身份证号：99010119900307231X",
    "诊断：急性阑尾炎",
    "开具日期：2026年3月5日",
)


def examined(content, name="a.jpg", *, as_of=date(2026, 3, 20)):
    sniffed = inspect(content, name=name, bytes_max=20_000_000)
    return examine(content, sniffed=sniffed, facts=Facts(as_of=as_of))


def photograph(*, turned=0, seal=False):
    """A page with a few lines, upright or turned, with a red seal over the text if asked."""
    from io import BytesIO

    page = Image.new("RGB", (900, 700), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 32, index=2)
    for at, text in enumerate(TEXT):
        draw.text((80, 60 + 90 * at), text, font=font, fill="black")
    if seal:
        ink = Image.new("RGB", page.size, "white")
        ImageDraw.Draw(ink).ellipse((150, 190, 400, 440), outline=(220, 60, 70), width=9)
        ImageDraw.Draw(ink).text((215, 260), "演示", font=font, fill=(220, 60, 70))
        page = ImageChops.multiply(page, ink)
    out = BytesIO()
    page.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=(120, 110, 100)).save(
        out, "JPEG", quality=85
    )
    return out.getvalue()


class TestExamine:
    def test_reads_a_photograph_with_a_seal_over_its_text(self):
        found = examined(photograph(turned=2, seal=True))

        assert {name: field.value for name, field in found.document.fields.items()} == {
            "name": "演示·张三",
            "id_number": "99010119900307231X",
            "issuer": "演示市第一人民医院",
            "issue_date": "2026-03-05",
            "diagnosis": "急性阑尾炎",
        }
        assert (found.outcome, found.is_suspicious) == (Outcome.VERIFIED, False)

    def test_contradicts_a_date_that_is_still_to_come(self):
        found = examined(photograph(), as_of=date(2026, 1, 1))

        assert (found.outcome, found.is_suspicious) == (Outcome.CONTRADICTED, True)

    def test_cannot_verify_a_picture_of_nothing(self):
        found = examined(picture())

        assert (found.outcome, found.is_suspicious) == (Outcome.UNVERIFIABLE, False)
        assert [finding.code for finding in found.findings] == ["kind-not-known"]


class TestReading:
    @pytest.mark.soak
    @pytest.mark.parametrize("turned", [90, 180, 270])
    def test_stands_a_page_upright(self, turned):
        pages = reading.read(photograph(turned=turned), kind="jpeg", limits=DEFAULT_LIMITS)["pages"]

        assert TEXT[1] in [text for text, *_ in pages[0]["lines"]]

    def test_reads_the_text_layer_of_a_document(self):
        content = pdf(content=b"BT /F1 12 Tf 20 300 Td (Net pay: 1,234.50 is what is paid) Tj ET")

        pages = reading.read(content, kind="pdf", limits=DEFAULT_LIMITS)["pages"]

        assert pages[0]["by"] == "text"
        assert pages[0]["lines"][0][0] == "Net pay: 1,234.50 is what is paid"

    def test_needs_no_picture_of_a_page_on_which_nothing_is_drawn(self):
        blank, words = pdf(pages=2), pdf(content=b"BT /F1 12 Tf 20 300 Td (Hi) Tj ET")

        told = reading.read_text(blank, limits=DEFAULT_LIMITS)

        assert [(page["by"], page["lines"]) for page in told["pages"]] == [("text", [])] * 2
        assert reading.read_text(words, limits=DEFAULT_LIMITS) == {"needs": "pictures"}


class TestLayers:
    def letter(self, text, left, **how):
        place = {"top": 10.0, "bottom": 20.0, "right": left + 5, "size": 10.0, "font": "A"}
        place |= {"coloured": False, "at": int(left), "after_blank": False}
        return layers.Letter(text=text, left=left, **(place | how))

    def test_make_a_cell_end_at_a_wide_gap(self):
        letters = [self.letter("a", 0), self.letter("b", 6), self.letter("c", 40)]

        assert [cell.text for cell in layers.cells_of(letters)] == ["ab", "c"]

    def test_make_a_cell_end_at_an_upright_line(self):
        letters = [self.letter("a", 0), self.letter("b", 8), self.letter("c", 16)]
        rules = [layers.Rule(6.5, 0.0, 40.0), layers.Rule(14.5, 60.0, 90.0)]

        assert [cell.text for cell in layers.cells_of(letters, rules)] == ["a", "bc"]

    def test_take_lines_and_sides_of_boxes_for_rules_and_no_ring(self):
        ring = b"200 200 m 260 200 260 300 200 300 c 140 300 140 200 200 200 c S"
        drawn = pdf(content=b"50 100 m 50 200 l S 80 100 60 40 re S " + ring)

        found = layers.rules_of(pypdfium2.PdfDocument(drawn)[0])

        # The sides of a box that is drawn with a line lie the width of the line farther out.
        assert [rule.at for rule in found] == pytest.approx([50, 79, 141])

    def test_keep_a_seal_apart_from_the_text_below_it(self):
        letters = [self.letter("a", 0), self.letter("X", 2, coloured=True), self.letter("b", 6)]

        assert [cell.text for cell in layers.cells_of(letters)] == ["ab", "X"]


class TestOcr:
    def test_is_installed_with_its_models(self):
        from importlib.util import find_spec
        from pathlib import Path

        assert ocr.is_installed()
        models = Path(find_spec("rapidocr").origin).parent / "models"
        assert len(list(models.glob("*.onnx"))) >= 2


class TestInk:
    def test_letters_around_a_seal_are_left_out_and_a_spread_heading_is_not(self):
        def box(text, left, top):
            corners = [(left, top), (left + 30, top), (left + 30, top + 30), (left, top + 30)]
            return (corners, text, 0.9)

        ring = [box("演", 500, 610), box("示", 560, 540)]
        heading = [box(letter, 100 + 90 * at, 40) for at, letter in enumerate("收据单")]

        kept = ocr._without_ring([*ring, *heading, box("演示专用章", 480, 700)])

        assert [text for _, text, _ in kept] == ["收", "据", "单", "演示专用章"]
