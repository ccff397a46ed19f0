"""PDFs that were worked on: saved with more, rewritten, or saying two things at once."""

import re
from io import BytesIO
from random import Random

from bench.evidence.strangers import drawing, photos
from bench.evidence.strangers.files import PDF, SCANNED_PDF, File, Setting, setting
from bench.evidence.strangers.pages import Mark
from bench.evidence.strangers.papers import Paper
from bench.evidence.strangers.retouching import other_digit, target
from bench.evidence.tampering import appended


def _overlay(put: Setting, mark: Mark, seed: Random) -> bytes:
    """Marks that cover the value and say another, as a content stream in a Latin font."""
    size, high = mark.size, put.pages[0].high
    text = "".join(
        other_digit(int(sign), seed) if sign.isdigit() else sign
        for sign in mark.text[-12:]
        if sign.isascii()
    )
    digits = re.sub(r"[^0-9.,:/-]", "", text) or "2026-11-01"
    x = mark.x + max(0.0, len(mark.text) - 12) * size * 0.55
    y = high - mark.y - size * 0.9
    wide = len(digits) * size * 0.58 + 4
    return (
        f"q 1 1 1 rg {x:.1f} {y - 2:.1f} {wide:.1f} {size * 1.2:.1f} re f 0 g "
        f"BT /Odd {size:.1f} Tf {x:.1f} {y:.1f} Td ({digits}) Tj ET Q"
    ).encode()


def saved_with_more(made: Paper, seed: Random, _medium: str) -> File | None:
    """An incremental save that paints over a value and writes another."""
    put = setting(made, seed)
    mark = target(put, seed)
    if mark is None:
        return None
    content = drawing.printed(put.pages, seed)
    page = re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Page\b(?!s).*?endobj", content, re.DOTALL)
    page = page or re.search(rb"(\d+) 0 obj\s*<<[^o]*?/Contents.*?endobj", content, re.DOTALL)
    if page is None:
        return None
    body = content[page.start() : page.end()].split(b"obj", 1)[1].rsplit(b"endobj", 1)[0].strip()
    stream = _overlay(put, mark, seed)
    size = int(re.findall(rb"/Size\s+(\d+)", content)[-1])
    body = re.sub(rb"/Contents\s+(\d+ 0 R)", rb"/Contents[\1 %d 0 R]" % size, body)
    fonts = b"/Font<</Odd<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    reference = re.search(rb"/Font\s+(\d+) 0 R", body)
    if reference is not None:
        told = re.search(
            rb"\b" + reference[1] + rb" 0 obj\s*<<(.*?)>>\s*endobj", content, re.DOTALL
        )
        if told is None:
            return None
        body = body.replace(reference[0], fonts + told[1] + b">>")
    else:
        body = re.sub(rb"/Font\s*<<", fonts, body, count=1)
    more = b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream)
    forged = appended(content, [(more, b"/More")], replaced={int(page[1]): body})
    return File(forged, made, PDF, truth=dict(made.truth))


def rewritten(made: Paper, seed: Random, _medium: str) -> File | None:
    """Opened in a PDF editor, a value painted over and typed again, all saved as one new file."""
    import pikepdf

    put = setting(made, seed)
    mark = target(put, seed)
    if mark is None:
        return None
    with pikepdf.open(BytesIO(drawing.printed(put.pages, seed))) as document:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Odd"))
        page.contents_add(_overlay(put, mark, seed))
        document.docinfo["/Producer"] = seed.choice(
            ("iLovePDF", "Sejda 5", "Foxit PDF Editor", "WPS PDF")
        )
        out = BytesIO()
        document.save(out)
    return File(out.getvalue(), made, PDF, truth=dict(made.truth))


def set_in_another_font(made: Paper, seed: Random, _medium: str) -> File | None:
    """The text of one value changed in the program that made the PDF, without its font."""
    put = setting(made, seed)
    mark = target(put, seed)
    if mark is None or mark.field == "prose":
        return None
    at = put.pages[0].marks.index(mark)
    mark.text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in mark.text)
    content = drawing.printed(put.pages, seed, fonts={at: seed.choice(("Helvetica", "microhei"))})
    if any(ord(sign) > 255 for sign in mark.text) and b"microhei" not in content.lower():
        content = drawing.printed(put.pages, seed, fonts={at: "microhei"})
    return File(content, made, PDF, truth=dict(made.truth))


def two_texts(made: Paper, seed: Random, _medium: str) -> File | None:
    """A scan whose hidden text layer says another amount or date than the picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    put = setting(made, seed)
    mark = target(put, seed)
    if mark is None or len(put.pages) > 1:
        return None
    image = photos.flatbed(put.picture(), seed)
    page, out = put.pages[0], BytesIO()
    canvas = Canvas(out, pagesize=(page.wide, page.high))
    canvas.drawImage(ImageReader(BytesIO(photos.saved(image, 85))), 0, 0, page.wide, page.high)
    usual = drawing.registered(seed)
    for one in page.marks:
        text = one.text
        if one is mark:
            text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in text)
        words = canvas.beginText(one.x, page.high - one.y - one.size * 0.9)
        words.setFont(usual, one.size)
        words.setTextRenderMode(3)
        words.textOut(text)
        canvas.drawText(words)
    canvas.save()
    return File(out.getvalue(), made, SCANNED_PDF, truth=dict(made.truth))
