"""PDF documents, opened for real: every page is loaded, and only pictures of pages are served."""

from io import BytesIO
from math import sqrt

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from tideover.evidence.sandbox import Limits, pictures
from tideover.evidence.sandbox.active import active_parts, is_encrypted
from tideover.evidence.sandbox.answers import Refused
from tideover.evidence.sandbox.fonts import install_chinese_font
from tideover.evidence.sandbox.pictures import as_jpeg, ends_in_an_archive

_POINTS_PER_INCH = 72
_SERVED_DOTS_PER_INCH = 150
_CHECKED_SIDE = 200


def warm_up() -> None:
    """Load the engine now, since no file can be opened later."""
    pictures.warm_up()
    install_chinese_font()
    pypdfium2.PdfDocument.new().close()


def inspect(content: bytes, *, limits: Limits) -> dict[str, object]:
    """Return the number of pages after loading each and drawing the first.

    Raises:
        Refused: `encrypted`, `active`, `too-many-pages` or `unreadable`, looked for in this order.
    """
    if is_encrypted(content):
        raise Refused("encrypted")
    found = active_parts(content)
    if ends_in_an_archive(content):
        found = (*found, "archive")
    if found:
        raise Refused("active", found=list(found))
    document = _opened(content, limits=limits)
    found = _engine_findings(document)
    if found:
        raise Refused("active", found=list(found))
    for number in range(len(document)):
        _page(document, number)
    _drawn(_page(document, 0), side=_CHECKED_SIDE)
    return {"pages": len(document)}


def served_copy(content: bytes, *, limits: Limits) -> bytes:
    """Return a PDF of pictures of the pages: nothing to run, nothing hidden, no metadata."""
    document = _opened(content, limits=limits)
    copy = pypdfium2.PdfDocument.new()
    for number in range(len(document)):
        _add_picture(copy, _drawn(_page(document, number), side=limits.served_side_max))
    out = BytesIO()
    copy.save(out)
    return out.getvalue()


def page_picture(content: bytes, *, page: int, limits: Limits) -> bytes:
    """Return page number `page`, counted from one, as JPEG bytes."""
    document = _opened(content, limits=limits)
    if not 1 <= page <= len(document):
        raise Refused("no-such-page", pages=len(document))
    return as_jpeg(_drawn(_page(document, page - 1), side=limits.served_side_max))


def _opened(content: bytes, *, limits: Limits) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        password = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Refused("encrypted" if password else "unreadable") from None
    pages = len(document)
    if pages == 0:
        raise Refused("unreadable")
    if pages > limits.pages_max:
        raise Refused("too-many-pages", pages=pages)
    return document


def _add_picture(copy: pypdfium2.PdfDocument, drawn: Image.Image) -> None:
    """Add a page to `copy` that is filled by the picture `drawn`."""
    width, height = (side * _POINTS_PER_INCH / _SERVED_DOTS_PER_INCH for side in drawn.size)
    page = copy.new_page(width, height)
    image = pypdfium2.PdfImage.new(copy)
    image.load_jpeg(BytesIO(as_jpeg(drawn)), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    page.gen_content()


def _engine_findings(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """Return what the engine itself knows to be active, however it was hidden in the bytes."""
    found = []
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.append("JavaScript")
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        found.append("EmbeddedFile")
    if pdfium.FPDF_GetFormType(document) in {
        pdfium.FORMTYPE_XFA_FULL,
        pdfium.FORMTYPE_XFA_FOREGROUND,
    }:
        found.append("XFA")
    return tuple(found)


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError:
        raise Refused("unreadable") from None


def _drawn(page: pypdfium2.PdfPage, *, side: int) -> Image.Image:
    """Return the page as a picture of which neither side is longer than `side` pixels."""
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Refused("unreadable")
    scale = min(_SERVED_DOTS_PER_INCH / _POINTS_PER_INCH, side / max(width, height))
    scale = min(scale, sqrt(side * side / (width * height)))
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn
