"""Honest files of a paper, in the media that people hand in."""

from dataclasses import dataclass, field
from io import BytesIO
from random import Random

from PIL import Image

from bench.evidence.strangers import drawing, photos
from bench.evidence.strangers.pages import Page, set_on_pages
from bench.evidence.strangers.papers import Paper
from bench.evidence.tampering import appended

PHOTO, SCAN, APP, PDF, SCANNED_PDF, SCREEN = (
    "photograph", "scan", "scanner app", "pdf", "scanned pdf", "screenshot",
)  # fmt: skip
MEDIA = (PHOTO, SCAN, APP, PDF, SCANNED_PDF, SCREEN)
_HONEST_SOFTWARE = ("HarmonyOS 4.2", "17.5.1", "MIUI 14", "EPSON Scan 2", "HDR+ 1.0", "WeChat")


@dataclass
class File:
    """A file, its paper, how it was made, and what its case says."""

    content: bytes
    paper: Paper
    medium: str
    way: str = ""
    truth: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Setting:
    """A paper set on pages, with the font and size it is drawn in."""

    pages: list[Page]
    font: str
    scale: float
    ground: str

    def picture(self, number: int = 0) -> Image.Image:
        page = self.pages[number]
        return drawing.picture(page, font=self.font, scale=self.scale, ground=self.ground)


def setting(made: Paper, seed: Random) -> Setting:
    grounds = ("#ffffff", "#ffffff", "#fbfaf5", "#f4f7fa")
    font = seed.choice(list(drawing.FACES))
    return Setting(set_on_pages(made, seed), font, seed.uniform(1.9, 2.9), seed.choice(grounds))


def honest(made: Paper, seed: Random, medium: str) -> File:
    """The file of a paper that nobody touched."""
    put = setting(made, seed)
    if len(put.pages) > 1 and medium not in {PDF, SCANNED_PDF}:
        medium = SCANNED_PDF
    content = content_of(put, seed, medium)
    return File(content, made, medium, truth=dict(made.truth))


def content_of(put: Setting, seed: Random, medium: str) -> bytes:
    if medium == PDF:
        content = drawing.printed(put.pages, seed)
        return seed.choice((lambda one: one, lambda one: one, _metadata, _highlighted))(content)
    shots = [shot(put.picture(number), seed, medium) for number in range(len(put.pages))]
    if medium == SCANNED_PDF:
        return drawing.bound(shots, seed)
    if medium == SCREEN:
        return png(shots[0])
    return _kept(shots[0], seed)


def shot(image: Image.Image, seed: Random, medium: str) -> Image.Image:
    if medium == PHOTO:
        return photos.turned(photos.photo(image, seed), seed)
    if medium == APP:
        return photos.scanner_app(image, seed)
    return image if medium == SCREEN else photos.flatbed(image, seed)


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _kept(image: Image.Image, seed: Random) -> bytes:
    """As a phone or scanner keeps it, perhaps sent by a chat program, perhaps lying by EXIF."""
    exif = Image.Exif()
    if seed.random() < 0.5:
        exif[0x0131] = seed.choice(_HONEST_SOFTWARE)
        exif[0x010F] = "Demo"
    if seed.random() < 0.08:
        image, exif[0x0112] = image.rotate(90, expand=True), 6
    content = photos.saved(image, seed.randrange(55, 93), exif=exif)
    return photos.sent(content, seed) if seed.random() < 0.3 and 0x0112 not in exif else content


def _metadata(content: bytes) -> bytes:
    update = b"<</Producer(Demo Archive 3)/ModDate(D:20261105090000+08'00')>>"
    return appended(content, [(update, b"/Info")])


def _highlighted(content: bytes) -> bytes:
    """What a viewer saves when somebody marks a line with a highlighter."""
    import re

    page = re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Page\b(?!s).*?endobj", content, re.DOTALL)
    if page is None:
        return content
    body = content[page.start() : page.end()].split(b"obj", 1)[1].rsplit(b"endobj", 1)[0].strip()
    size = int(re.findall(rb"/Size\s+(\d+)", content)[-1])
    body = body[:-2] + b"/Annots[%d 0 R]>>" % size
    note = (
        b"<</Type/Annot/Subtype/Highlight/Rect[80 640 300 660]/QuadPoints[80 660 300 660 80 640 "
        b"300 640]/C[1 1 0]/F 4>>"
    )
    return appended(content, [(note, b"/Note")], replaced={int(page[1]): body})
