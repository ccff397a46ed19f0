"""Drawing pages: as a picture with any of several fonts, or as a PDF by reportlab."""

import math
from io import BytesIO
from pathlib import Path
from random import Random

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from bench.evidence.strangers.pages import Mark, Page

_TRUE = "/usr/share/fonts/truetype"
_OPEN = "/usr/share/fonts/opentype/noto"
#: Name → file and face, for pictures. What Debian packages for everybody.
FACES = {
    "noto-sans": (f"{_OPEN}/NotoSansCJK-Regular.ttc", 2),
    "noto-serif": (f"{_OPEN}/NotoSerifCJK-Regular.ttc", 2),
    "zenhei": (f"{_TRUE}/wqy/wqy-zenhei.ttc", 0),
    "microhei": (f"{_TRUE}/wqy/wqy-microhei.ttc", 0),
    "song": (f"{_TRUE}/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    "kai": (f"{_TRUE}/arphic-gkai00mp/gkai00mp.ttf", 0),
    "wenkai": (f"{_TRUE}/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
}
SEAL = (205, 30, 36)


def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """The font, or the one in a package of ours where Debian's is not installed."""
    path, index = FACES[name]
    if not Path(path).exists():
        path, index = str(Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"), 0
    return ImageFont.truetype(path, max(6, round(size)), index=index)


def box_of(mark: Mark, font: str, scale: float) -> tuple[int, int, int, int]:
    """Where the mark is on the picture."""
    set_in = face(font, mark.size * scale)
    left, top, right, bottom = set_in.getbbox(mark.text)
    x, y = mark.x * scale, mark.y * scale
    return round(x + left), round(y + top), round(x + right), round(y + bottom)


def picture(page: Page, *, font: str, scale: float, ground: str = "#ffffff") -> Image.Image:
    image = Image.new("RGB", (round(page.wide * scale), round(page.high * scale)), ground)
    draw = ImageDraw.Draw(image)
    if page.watermark:
        image = _watermarked(image, page.watermark, font, scale)
        draw = ImageDraw.Draw(image)
    for line in page.lines:
        draw.line([at * scale for at in line], fill="#333333", width=max(1, round(scale * 0.7)))
    for mark in page.marks:
        weight = round(scale * 0.35) if mark.bold else 0
        draw.text(
            (mark.x * scale, mark.y * scale), mark.text, font=face(font, mark.size * scale),
            fill=mark.colour, stroke_width=weight, stroke_fill=mark.colour,
        )  # fmt: skip
    for seal in page.seals:
        image = _sealed(image, seal, font, scale)
    return image


def _watermarked(image: Image.Image, words: str, font: str, scale: float) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for y in range(0, image.height, round(220 * scale)):
        draw.text((120 * scale, y), words, font=face(font, 26 * scale), fill=(120, 120, 120, 60))
    return Image.alpha_composite(image.convert("RGBA"), layer.rotate(24)).convert("RGB")


def _sealed(
    image: Image.Image, seal: tuple[float, float, str], font: str, scale: float
) -> Image.Image:
    x, y, words = seal
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    x, y, radius, ink = x * scale, y * scale, 58 * scale, (*SEAL, 170)
    ring = (x - radius, y - radius, x + radius, y + radius)
    draw.ellipse(ring, outline=ink, width=max(2, round(2.5 * scale)))
    draw.regular_polygon((x, y, radius * 0.26), 5, fill=ink)
    letter = face(font, 11 * scale)
    for at, sign in enumerate(words):
        angle = math.radians(210 - 240 * (at + 0.5) / len(words))
        tile = Image.new("RGBA", (round(24 * scale),) * 2, (0, 0, 0, 0))
        ImageDraw.Draw(tile).text(
            (12 * scale, 12 * scale), sign, font=letter, fill=ink, anchor="mm"
        )
        turned = tile.rotate(math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        near = radius - 12 * scale
        spot = (x + near * math.cos(angle), y - near * math.sin(angle))
        layer.alpha_composite(
            turned, (max(0, round(spot[0] - 12 * scale)), max(0, round(spot[1] - 12 * scale)))
        )
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def printed(
    pages: list[Page], seed: Random, *, fonts: dict[int, str] | None = None, producer: str = ""
) -> bytes:
    """The pages as a PDF with a text layer; `fonts` sets marks of the first page in other fonts."""
    from reportlab.lib.colors import Color, HexColor
    from reportlab.pdfgen.canvas import Canvas

    usual = registered(seed)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(pages[0].wide, pages[0].high), pageCompression=1)
    canvas.setProducer(producer or "ReportLab PDF Library - www.reportlab.com")
    for number, page in enumerate(pages):
        canvas.setStrokeColor(HexColor("#333333"))
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in page.lines:
            canvas.line(x0, page.high - y0, x1, page.high - y1)
        for at, mark in enumerate(page.marks):
            name = (fonts or {}).get(at, usual) if number == 0 else usual
            canvas.setFillColor(HexColor(mark.colour))
            canvas.setFont(name, mark.size)
            canvas.drawString(mark.x, page.high - mark.y - mark.size * 0.9, mark.text)
        for x, y, words in page.seals:
            canvas.setStrokeColor(Color(0.8, 0.1, 0.12, alpha=0.6))
            canvas.setFillColor(Color(0.8, 0.1, 0.12, alpha=0.6))
            canvas.circle(x, page.high - y, 56, stroke=1, fill=0)
            canvas.setFont(usual, 8)
            canvas.drawCentredString(x, page.high - y - 30, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def registered(seed: Random) -> str:
    """A font that reportlab knows: embedded, or the kind that a PDF names and does not bring."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = seed.choice(("zenhei", "song", "wenkai", "STSong-Light"))
    for one in ("zenhei", "song", "wenkai", "microhei"):
        if one not in pdfmetrics.getRegisteredFontNames():
            path, index = FACES[one]
            pdfmetrics.registerFont(TTFont(one, path, subfontIndex=index))
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return name


def bound(images: list[Image.Image], seed: Random) -> bytes:
    """Pictures of pages in a PDF without text, as an office scanner saves them."""
    out = BytesIO()
    first, *rest = [image.convert("RGB") for image in images]
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=150,
        quality=seed.randrange(70, 90),
    )
    return out.getvalue()
