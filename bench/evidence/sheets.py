"""A page as a list of things to draw: once for a picture, once for a PDF."""

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw, ImageFont

DOTS_PER_MM = 150 / 25.4
_NOTO = "/usr/share/fonts/opentype/noto/Noto{}CJK-{}.ttc"
_SC = 2
#: Family → file and face for a picture, and the name typst knows.
FONTS = {
    "sans": (_NOTO.format("Sans", "Regular"), "Noto Sans SC"),
    "serif": (_NOTO.format("Serif", "Regular"), "Noto Serif SC"),
    "sans-bold": (_NOTO.format("Sans", "Bold"), "Noto Sans SC"),
    "serif-bold": (_NOTO.format("Serif", "Bold"), "Noto Serif SC"),
}


@dataclass
class Text:
    x: float
    y: float
    text: str
    size: float = 4.2
    font: str = "sans"
    colour: str = "#111111"
    align: str = "left"
    field: str = ""


@dataclass
class Rule:
    x0: float
    y0: float
    x1: float
    y1: float
    colour: str = "#222222"
    width: float = 0.25


@dataclass
class Seal:
    x: float
    y: float
    radius: float
    text: str
    colour: tuple[int, int, int] = (214, 32, 38)


@dataclass
class Sheet:
    wide: float = 210
    high: float = 297
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    ground: str = "#ffffff"

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 4.2,
        font: str = "sans",
        colour: str = "#111111",
        align: str = "left",
        field: str = "",
    ) -> Text:
        one = Text(x, y, text, size, font, colour, align, field)
        self.texts.append(one)
        return one

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rules.append(Rule(*ends))

    def of(self, name: str) -> list[Text]:
        return [text for text in self.texts if text.field == name]


def font_of(family: str, size_mm: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[family][0], max(8, round(size_mm * DOTS_PER_MM)), index=_SC)


def bounds(text: Text) -> tuple[int, int, int, int]:
    """Where `text` is on the picture of its sheet."""
    face = font_of(text.font, text.size)
    long = face.getlength(text.text)
    left = text.x * DOTS_PER_MM - {"left": 0, "center": long / 2, "right": long}[text.align]
    top = text.y * DOTS_PER_MM
    return round(left), round(top), round(left + long), round(top + text.size * DOTS_PER_MM * 1.4)


def picture(sheet: Sheet) -> Image.Image:
    size = (round(sheet.wide * DOTS_PER_MM), round(sheet.high * DOTS_PER_MM))
    image = Image.new("RGB", size, sheet.ground)
    draw = ImageDraw.Draw(image)
    for rule in sheet.rules:
        ends = [round(at * DOTS_PER_MM) for at in (rule.x0, rule.y0, rule.x1, rule.y1)]
        draw.line(ends, fill=rule.colour, width=max(1, round(rule.width * DOTS_PER_MM)))
    for text in sheet.texts:
        left, top, _, _ = bounds(text)
        draw.text((left, top), text.text, font=font_of(text.font, text.size), fill=text.colour)
    for seal in sheet.seals:
        image = _sealed(image, seal)
    return image


def _sealed(image: Image.Image, seal: Seal) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    x, y, radius = (at * DOTS_PER_MM for at in (seal.x, seal.y, seal.radius))
    ink = (*seal.colour, 190)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=6)
    face = font_of("serif-bold", seal.radius * 0.42)
    long = face.getlength(seal.text)
    draw.text((x - long / 2, y - radius * 0.3), seal.text, font=face, fill=ink)
    draw.regular_polygon((x, y + radius * 0.45, radius * 0.2), 5, fill=ink)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def pdf(
    sheet: Sheet, *, fonts: dict[int, str] | None = None, covers: tuple[Text, ...] = ()
) -> bytes:
    """The sheet as a PDF with a text layer; `covers` are painted over what stands there."""
    from pathlib import Path

    import typst
    from pylopdf_fonts_zh_cn import __file__ as home

    body = [f"#set page(width: {sheet.wide}mm, height: {sheet.high}mm, margin: 0mm)"]
    body += [
        f"#place(top+left, line(start: ({rule.x0}mm, {rule.y0}mm), end: ({rule.x1}mm, "
        f'{rule.y1}mm), stroke: {rule.width}mm + rgb("{rule.colour}")))'
        for rule in sheet.rules
    ]
    for at, text in enumerate(sheet.texts):
        name = (fonts or {}).get(at, FONTS[text.font][1])
        body.append(_placed(text, name))
    for cover in covers:
        long = len(cover.text) * cover.size * 0.8
        body.append(
            f"#place(top+left, dx: {cover.x - 0.4}mm, dy: {cover.y - 0.2}mm, "
            f"rect(width: {long}mm, height: {cover.size * 1.5}mm, fill: white, stroke: none))"
        )
        body.append(_placed(cover, FONTS[cover.font][1]))
    body += [
        f"#place(top+left, dx: {seal.x - seal.radius}mm, dy: {seal.y - seal.radius}mm, "
        f'circle(radius: {seal.radius}mm, stroke: 1mm + rgb("#d6202680"))[#align(center+'
        f'horizon)[#text(fill: rgb("#d62026"), size: {seal.radius * 0.42}mm)[{seal.text}]]])'
        for seal in sheet.seals
    ]
    return bytes(
        typst.compile(
            "\n".join(body).encode(), font_paths=[str(Path(home).parent)], ignore_system_fonts=True
        )
    )


def _placed(text: Text, font: str) -> str:
    words = text.text.replace("\\", "\\\\").replace('"', '\\"')
    aligned = {"left": "top+left", "center": "top+center", "right": "top+right"}[text.align]
    # A box of no width, anchored where the text begins, is centred or ends there.
    place = f"dx: {text.x}mm, dy: {text.y}mm"
    inner = f'#text(font: "{font}", size: {text.size}mm, fill: rgb("{text.colour}"), "{words}")'
    if text.align == "left":
        return f"#place(top+left, {place}, box(width: 420mm)[{inner}])"
    return (
        f"#place(top+left, {place}, box(width: 0mm)[#place({aligned}, box(width: 120mm)"
        f"[#align({text.align})[{inner}]])])"
    )


def jitter(seed: Random, around: float, spread: float) -> float:
    return around + seed.uniform(-spread, spread)
