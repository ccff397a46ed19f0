"""Reading a whole file in the child: the text of every page, and the traces of its making."""

from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from tideover.evidence.sandbox import Limits, documents, layers, ocr, pictures
from tideover.evidence.sandbox.answers import Refused

#: Pages of pictures that are read; a text layer is read on every page.
_READ_PAGES_MAX = 8
#: A page with fewer letters in its text layer is read as a picture.
_LETTERS_MIN = 20
_DOTS_PER_INCH = 150
_POINTS_PER_INCH = 72
_PIXELS_MAX_SIDE = 2_400


def warm_up() -> None:
    """Load everything that reading needs, models included."""
    documents.warm_up()
    if ocr.is_installed():
        ocr.warm_up()


def read(content: bytes, *, kind: str, limits: Limits) -> dict[str, object]:
    """Return the pages of the file with their text, and the traces found in it.

    Raises:
        Refused: the file cannot be taken; see `documents` and `pictures`.
    """
    if kind == "pdf":
        return _read_document(content, limits=limits)
    return _read_picture(content, limits=limits)


def _read_document(content: bytes, *, limits: Limits) -> dict[str, object]:
    documents.inspect(content, limits=limits)
    document = pypdfium2.PdfDocument(content)
    pages = []
    pictured = 0
    for number in range(len(document)):
        page = document[number]
        letters = layers.letters_of(page)
        if len(letters) >= _LETTERS_MIN:
            pages.append(_text_page(page, letters))
            continue
        pictured += 1
        if pictured > _READ_PAGES_MAX:
            pages.append({"by": "nothing", "lines": []})
        else:
            pages.append(_picture_page(_drawn(page)))
    return {"pages": pages}


def _read_picture(content: bytes, *, limits: Limits) -> dict[str, object]:
    pictures.inspect(content, limits=limits)
    return {"pages": [_picture_page(opened(content, limits=limits))]}


def opened(content: bytes, *, limits: Limits) -> Image.Image:
    """Return the picture upright, in colours, no side longer than reading needs."""
    try:
        picture = pictures.picture_of(content, limits=limits)
        picture.draft("RGB", (_PIXELS_MAX_SIDE, _PIXELS_MAX_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((_PIXELS_MAX_SIDE, _PIXELS_MAX_SIDE))
    except pictures.DAMAGED:
        raise Refused("unreadable") from None
    return pictures.on_white(upright)


def _text_page(page: pypdfium2.PdfPage, letters: list[layers.Letter]) -> dict[str, object]:
    wide, high = page.get_size()
    lines = []
    for cell in layers.cells_of(letters):
        left, top, right, bottom = cell.bounds
        upright = [round(10 * at) for at in (left, top, right, bottom)]
        where = [
            round(1000 * at / full)
            for at, full in zip((left, top, right, bottom), (wide, high) * 2, strict=True)
        ]
        lines.append([cell.text, upright, where, 1000])
    return {"by": "text", "lines": lines}


def _picture_page(picture: Image.Image) -> dict[str, object]:
    if not ocr.is_installed():
        return {"by": "nothing", "lines": []}
    import numpy as np

    seen = ocr.seen_on(np.asarray(picture.convert("RGB")))
    lines: list[Any] = [[one.text, one.upright, one.where, one.sure] for one in seen]
    return {"by": "ocr", "lines": lines}


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise Refused("unreadable")
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _PIXELS_MAX_SIDE / max(wide, high))
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn
