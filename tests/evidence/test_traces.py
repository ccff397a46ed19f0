"""Traces: `revisions`, `coverings`, `makers`, `pixels`, and the findings of `editing`."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from papers import pdf, picture
from tideover.evidence import Facts, Weight, examine, inspect
from tideover.evidence.checks import edits
from tideover.evidence.sandbox import (
    DEFAULT_LIMITS,
    coverings,
    ghosts,
    layers,
    makers,
    pixels,
    reading,
    shades,
)

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
WAGES = b"BT /F1 12 Tf 20 300 Td (Gross pay: 8,000.00 in March 2026) Tj ET"


def appended(content, number, body):
    """The file saved again with object `number` replaced by `body`."""
    start = content.rindex(b"startxref")
    before = int(content[start:].split()[1])
    place = len(content)
    new = content + b"%d 0 obj\n%s\nendobj\n" % (number, body)
    index = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    trailer = b"trailer\n<</Size 600/Root 1 0 R/Prev %d>>\n" % before
    return new + index + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(new))


def stream(body):
    return b"<</Length %d>>stream\n%s\nendstream" % (len(body), body)


def traces_of(content, kind="pdf"):
    return reading.read(content, kind=kind, limits=DEFAULT_LIMITS)["traces"]


def codes(traces):
    return [(finding.code, finding.weight) for finding in edits(traces)]


class TestRevisions:
    def test_that_change_the_text_are_told_with_both_states(self):
        original = pdf(content=WAGES)
        changed = appended(original, 3, stream(WAGES.replace(b"8,000", b"9,000")))

        found = list(edits(traces_of(changed)))

        assert [(one.code, one.weight) for one in found] == [
            ("changed-after-saving", Weight.EDITED)
        ]
        assert "8,000.00" in found[0].why.en
        assert "9,000.00" in found[0].why.en

    def test_that_change_only_metadata_are_a_note(self):
        saved = appended(pdf(content=WAGES), 550, b"<</Producer(Demo)>>")

        assert codes(traces_of(saved)) == [("saved-again", Weight.NOTE)]

    def test_are_none_in_a_file_saved_once(self):
        assert codes(traces_of(pdf(content=WAGES))) == []


class TestCoverings:
    def test_hide_the_text_below_them(self):
        patch = b" q 1 1 1 rg 70 295 150 16 re f Q BT /F1 12 Tf 90 300 Td (9,000.00) Tj ET"

        read = reading.read(pdf(content=WAGES + patch), kind="pdf", limits=DEFAULT_LIMITS)
        found = list(edits(read["traces"]))

        assert "painted-over" in [one.code for one in found]
        assert found[0].where is not None
        assert "8,000.00" not in " ".join(text for text, *_ in read["pages"][0]["lines"])

    def test_below_the_text_are_the_shading_of_a_table(self):
        shading = b"q 0.9 0.9 0.9 rg 10 295 280 16 re f Q "

        assert codes(traces_of(pdf(content=shading + WAGES))) == []


class TestOddDigits:
    """One digit of a number covered or replaced, and the rest of the page left alone."""

    def odd(self, *, fonts):
        letters = [
            replace(layers.A_LETTER, left=at * 6.0, right=at * 6.0 + 6, font=font, at=at)
            for at, font in enumerate(fonts)
        ]
        cells = [layers.Cell(tuple(letters[at : at + 10])) for at in range(0, len(letters), 10)]
        return coverings.odd_cells(cells)

    def test_in_another_font_inside_a_number_are_told(self):
        assert len(self.odd(fonts=["Song"] * 14 + ["Helvetica"] + ["Song"] * 45)) == 1

    def test_that_stand_alone_in_their_font_are_not(self):
        usual = ["Song"] * 50
        letters = [replace(layers.A_LETTER, font=font, left=at * 6.0, right=at * 6.0 + 6)
                   for at, font in enumerate(usual)]  # fmt: skip
        page = [layers.Cell(tuple(letters[at : at + 10])) for at in range(0, 50, 10)]
        footnote = layers.Cell((replace(layers.A_LETTER, font="Helvetica"),))

        assert coverings.odd_cells([*page, footnote]) == []

    def test_half_under_a_patch_with_a_digit_on_it_are_hidden(self):
        # Helvetica is 12 points high: its figures are 6.7 wide, and the patch begins amid one.
        wages = b"BT /F1 12 Tf 20 300 Td (88888888) Tj ET "
        patch = b"q 1 1 1 rg 36.7 297 9.7 14 re f Q "
        typed = b"BT /F1 12 Tf 37 300 Td (9) Tj ET"

        page = pypdfium2.PdfDocument(pdf(content=wages + patch + typed))[0]
        seen, hidden = coverings.split(page, layers.letters_of(page))

        assert "".join(letter.text for letter in hidden) == "88"
        assert seen[-1].text == "9"


class TestMakers:
    def test_are_named_by_a_photograph(self):
        exif = Image.Exif()
        exif[0x0131] = "Adobe Photoshop 24.0"

        named = makers.named_in(picture(exif=exif))

        assert named == ["Adobe Photoshop 24.0"]
        assert codes({"makers": named}) == [("editing-program", Weight.EDITED)]

    def test_of_a_phone_say_nothing(self):
        exif = Image.Exif()
        exif[0x0131] = "HarmonyOS 4.2"

        assert codes({"makers": makers.named_in(picture(exif=exif))}) == []


class TestPixels:
    def page(self, *, grain=4.0):
        noise = np.random.default_rng(5).normal(0, grain, (900, 700, 3)) if grain else 0
        return np.clip(np.full((900, 700, 3), 225.0) + noise, 0, 255).astype(np.uint8)

    def test_find_a_part_without_grain(self):
        page = self.page()
        page[400:440, 200:420] = 225

        found = pixels.traces(page, [(200, 405, 420, 435)])

        assert [part["how"] for part in found] == ["smooth"]
        assert found[0]["where"][1] in range(420, 470)

    def test_leave_alone_a_smooth_place_that_grazes_a_line(self):
        page = self.page()
        page[400:440, 200:420] = 225

        assert pixels.traces(page, [(200, 430, 420, 470)]) == []

    def test_find_a_part_that_stands_twice(self):
        page = self.page()
        page[500:540, 200:420] = page[200:240, 100:320]

        found = pixels.traces(page, [(200, 500, 420, 540)])

        assert [part["how"] for part in found] == ["copied"]

    @pytest.mark.parametrize("grain", [0, 3.0, 6.0])
    def test_find_nothing_on_an_even_page(self, grain):
        assert pixels.traces(self.page(grain=grain), [(100, 100, 300, 130)]) == []


class TestGhosts:
    """`ghosts`: what was changed between two compressions was compressed once only."""

    BOXES = tuple((40, 40 + 60 * row, 680, 72 + 60 * row) for row in range(12))

    def page(self):
        page = Image.new("RGB", (720, 800), "white")
        draw = ImageDraw.Draw(page)
        font = ImageFont.truetype(FONT, 26, index=2)
        for row, (left, top, _, _) in enumerate(self.BOXES):
            text = f"第{row}项 2026-03-{row + 10} 金额 ¥{row}7,{row}31.50 元整合计"
            draw.text((left, top), text, font=font, fill="#111")
        return self.saved(page, 70)

    def saved(self, page, quality):
        out = BytesIO()
        page.save(out, "JPEG", quality=quality)
        return Image.open(out).convert("RGB")

    def found(self, page):
        return ghosts.foreign_parts(np.asarray(page), list(self.BOXES))

    def test_are_found_where_a_figure_was_changed(self):
        page = self.page()
        draw = ImageDraw.Draw(page)
        draw.rectangle((320, 160, 520, 196), fill="white")
        font = ImageFont.truetype(FONT, 26, index=2)
        draw.text((320, 160), "¥98,765.43", font=font, fill="#111")

        parts = self.found(self.saved(page, 95))

        assert {part["how"] for part in parts} == {"ghost"}
        assert all(180 < part["where"][1] < 260 for part in parts)

    @pytest.mark.parametrize("again", [60, 80, 92])
    def test_are_none_in_a_page_that_was_only_saved_again(self, again):
        assert self.found(self.saved(self.page(), again)) == []


class TestEditing:
    def test_reaches_the_examination(self):
        content = appended(pdf(content=WAGES), 3, stream(WAGES.replace(b"8,000", b"9,000")))
        sniffed = inspect(content, name="a.pdf", bytes_max=20_000_000)

        examined = examine(content, sniffed=sniffed, facts=Facts(as_of=date(2026, 4, 1)))

        assert examined.is_suspicious
        assert "changed-after-saving" in [finding.code for finding in examined.findings]

    def test_of_a_photograph_leaves_its_pixels_alone(self):
        out = BytesIO()
        Image.fromarray(TestPixels().page()).save(out, "JPEG", quality=85)

        assert codes(traces_of(out.getvalue(), "jpeg")) == []


class TestShades:
    """`shades`: twelve lines of text; in one of them the end was covered and typed again."""

    BOXES = tuple((60, 60 + 60 * at, 500, 92 + 60 * at) for at in range(12))

    def page(self, *, paper=241, cover=None, grain=2.0, shading=None):
        image = Image.new("RGB", (600, 800), (paper,) * 3)
        draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 26)
        if shading:
            draw.rectangle((40, 350, 560, 400), fill=(shading,) * 3)
        for left, top, _, _ in self.BOXES:
            draw.text((left, top - 4), "金额 12,345.60 元 合计 7,890.12", font=font, fill="black")
        noise = np.random.default_rng(3).normal(0, grain, (800, 600, 1)) if grain else 0
        page = np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8)
        if cover is None:
            return page
        whole = Image.fromarray(page)
        ImageDraw.Draw(whole).rectangle((330, 358, 505, 394), fill=(cover,) * 3)
        ImageDraw.Draw(whole).text((330, 356), "97,890.12", font=font, fill="black")
        return np.asarray(whole)

    def test_tell_a_whiter_cover(self):
        found = shades.odd_parts(self.page(cover=255), list(self.BOXES))

        assert [part["how"] for part in found] == ["whiter"]
        assert found[0]["where"][0] in range(500, 640)
        assert codes({"parts": [found[0] | {"page": 1}]}) == [("pasted-part", Weight.EDITED)]

    @pytest.mark.parametrize(
        "page",
        [{}, {"grain": 0}, {"shading": 225}, {"grain": 5.0}],
        ids=["even", "drawn", "shaded heading", "coarse"],
    )
    def test_say_nothing_of(self, page):
        assert shades.odd_parts(self.page(**page), list(self.BOXES)) == []

    def test_say_nothing_of_uneven_light(self):
        fall = np.linspace(0.7, 1.0, 600)[None, :, None]
        page = (self.page(cover=255) * fall).astype(np.uint8)

        assert shades.odd_parts(page, list(self.BOXES)) == []

    def test_tell_grain_on_a_page_that_has_none(self):
        page = self.page(grain=0).astype(np.int16)
        page[355:398, 330:505] += np.random.default_rng(4).integers(-12, 13, (43, 175, 1))

        found = shades.odd_parts(np.clip(page, 0, 255).astype(np.uint8), list(self.BOXES))

        assert [part["how"] for part in found] == ["coarse"]
