"""A file of evidence as pictures: never shown as it came, always drawn anew.

An image loses what it carries beside its pixels, place and camera among it; a PDF is shown page by
page, so nothing inside it can run in an agent's browser.
"""

from io import BytesIO

from django.http import Http404
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError

PIXELS_WIDE_MAX = 1600
PDF = "application/pdf"


def pages_of(content: bytes, *, media_type: str) -> int:
    """Return how many pages there are to look at; one for an image."""
    if media_type != PDF:
        return 1
    with PdfDocument(content) as document:
        return len(document)


def picture_of(content: bytes, *, media_type: str, page: int = 1) -> bytes:
    """Return a page, counted from one, as PNG at most 1600 pixels wide; 404 past the end."""
    try:
        drawn = _page(content, page) if media_type == PDF else _image(content, page)
    except (UnidentifiedImageError, Image.DecompressionBombError, PdfiumError, OSError) as error:
        raise Http404 from error
    drawn.thumbnail((PIXELS_WIDE_MAX, PIXELS_WIDE_MAX * 2))
    stream = BytesIO()
    drawn.save(stream, format="PNG")
    return stream.getvalue()


def _image(content: bytes, page: int) -> Image.Image:
    if page != 1:
        raise Http404
    with Image.open(BytesIO(content)) as opened:
        opened.draft("RGB", (PIXELS_WIDE_MAX, PIXELS_WIDE_MAX))
        return ImageOps.exif_transpose(opened).convert("RGB")


def _page(content: bytes, page: int) -> Image.Image:
    with PdfDocument(content) as document:
        if not 1 <= page <= len(document):
            raise Http404
        sheet = document[page - 1]
        wide, _high = sheet.get_size()
        image: Image.Image = sheet.render(scale=min(2, PIXELS_WIDE_MAX / max(wide, 1))).to_pil()
        return image.convert("RGB")
