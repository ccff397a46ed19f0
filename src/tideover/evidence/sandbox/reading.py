"""Reading a whole file in the child: the text of every page, and the traces of its making."""

from importlib import import_module
from typing import Any, cast

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from tideover.evidence.sandbox import (
    Limits,
    behind,
    coverings,
    documents,
    ghosts,
    layers,
    makers,
    ocr,
    pictures,
    revisions,
)
from tideover.evidence.sandbox.answers import Refused

#: Pages of pictures that are read; a text layer is read on every page.
_READ_PAGES_MAX = 8
#: A page with fewer letters in its text layer is read as a picture.
_LETTERS_MIN = 20
_DOTS_PER_INCH = 150
_POINTS_PER_INCH = 72
_PIXELS_MAX_SIDE = 2_400
_ORIENTATION = 0x0112


def warm_up() -> None:
    """Load everything that reading needs, models included."""
    warm_up_text()
    if ocr.is_installed():
        for name in ("pixels", "shades"):  # these need the extra as well
            import_module(f"tideover.evidence.sandbox.{name}")
        ocr.warm_up()


def warm_up_text() -> None:
    """Touch everything that reading a text layer loads late, encodings included."""
    documents.warm_up()
    "a".encode("utf-16-le").decode("utf-16-le")
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 200)
    layers.letters_of(page)
    layers.is_blank(page)
    layers.rules_of(page)
    seen, _ = coverings.split(page, [layers.A_LETTER] * 40)
    coverings.odd_cells(layers.cells_of(seen))
    revisions.makers(document)
    revisions.look_of(page)
    document.close()


def read_text(content: bytes, *, limits: Limits) -> dict[str, object]:
    """Return the same as `read` for a PDF whose pages have text or nothing, or `needs` pictures.

    No model is loaded for it, so it is done in a fraction of the time.

    Raises:
        Refused: the file cannot be taken; see `documents`.
    """
    documents.inspect(content, limits=limits)
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        page = document[number]
        if not (layers.is_blank(page) or _has_text(layers.letters_of(page), page)):
            return {"needs": "pictures"}
    return _read_document(content, limits=limits)


def _has_text(letters: list[layers.Letter], page: pypdfium2.PdfPage) -> bool:
    return len(letters) >= _LETTERS_MIN and not revisions.has_page_picture(page)


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
    traces: dict[str, Any] = {"makers": revisions.makers(document), "parts": []}
    traces |= revisions.changes(content, document)
    pages = []
    pictured = 0
    for number in range(len(document)):
        page = document[number]
        letters = layers.letters_of(page)
        if layers.is_blank(page) or _has_text(letters, page):
            pages.append(_text_page(page, letters, traces=traces, number=number + 1))
            continue
        pictured += 1
        if pictured > _READ_PAGES_MAX:
            pages.append({"by": "nothing", "lines": []})
        else:
            pages.append(_picture_page(_drawn(page), traces=traces, number=number + 1))
            traces["parts"] += _differing(page, letters, pages[-1], number=number + 1)
    return {"pages": pages, "traces": traces}


def _differing(
    page: pypdfium2.PdfPage, letters: list[layers.Letter], seen: dict[str, object], *, number: int
) -> list[dict[str, object]]:
    """Return the places where the text behind a picture says another number than the picture."""
    size = page.get_size()
    hidden = [(cell.text, _thousandths(cell.bounds, size)) for cell in layers.cells_of(letters)]
    return [
        {"how": "layers", "page": number, "where": where}
        for where in behind.differing(hidden, cast("list[Any]", seen["lines"]))
    ]


def _read_picture(content: bytes, *, limits: Limits) -> dict[str, object]:
    pictures.inspect(content, limits=limits)
    traces: dict[str, Any] = {"makers": makers.named_in(content), "parts": []}
    shown = opened(content, limits=limits)
    page = _picture_page(shown, traces=traces, number=1)
    if not traces["parts"] and _is_as_sent(content, shown, limits=limits):
        parts = ghosts.foreign_parts(np.asarray(shown), _boxes(page["lines"], shown.size))
        traces["parts"] += [part | {"page": 1} for part in parts]
    return {"pages": [page], "traces": traces}


def _is_as_sent(content: bytes, shown: Image.Image, *, limits: Limits) -> bool:
    """Return whether a picture was neither turned nor made smaller on the way here."""
    sent = pictures.picture_of(content, limits=limits)
    return sent.size == shown.size and sent.getexif().get(_ORIENTATION, 1) == 1


def _boxes(lines: Any, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Return the places of the lines in pixels, those with the most figures first."""
    wide, high = size
    found = []
    for text, _, (left, top, right, bottom), _ in lines:
        figures = sum(letter.isdigit() for letter in text)
        box = (left * wide, top * high, right * wide, bottom * high)
        found.append((figures, (box[0] // 1000, box[1] // 1000, box[2] // 1000, box[3] // 1000)))
    return [box for _, box in sorted(found, key=lambda one: -one[0])]


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


def _text_page(
    page: pypdfium2.PdfPage, letters: list[layers.Letter], *, traces: dict[str, Any], number: int
) -> dict[str, object]:
    seen, hidden = coverings.split(page, letters)
    size = page.get_size()
    cells = layers.cells_of(seen, layers.rules_of(page))
    for how, odd in (("hidden", layers.cells_of(hidden)), ("font", coverings.odd_cells(cells))):
        traces["parts"] += [
            {"how": how, "page": number, "where": _thousandths(cell.bounds, size)} for cell in odd
        ]
    return {"by": "text", "lines": [_line(cell, size) for cell in cells]}


def _line(cell: layers.Cell, size: tuple[float, float]) -> list[Any]:
    upright = [round(10 * at) for at in cell.bounds]
    return [cell.text, upright, _thousandths(cell.bounds, size), 1000]


def _thousandths(bounds: tuple[float, float, float, float], size: tuple[float, float]) -> list[int]:
    return [
        min(1000, max(0, round(1000 * at / full)))
        for at, full in zip(bounds, (*size, *size), strict=True)
    ]


def _picture_page(
    picture: Image.Image, *, traces: dict[str, Any], number: int
) -> dict[str, object]:
    if not ocr.is_installed():
        return {"by": "nothing", "lines": []}
    from tideover.evidence.sandbox import pixels, shades

    page = np.asarray(picture.convert("RGB"))
    seen = ocr.seen_on(page)
    lines: list[Any] = [[one.text, one.upright, one.where, one.sure] for one in seen]
    boxes = _boxes(lines, picture.size)
    parts = pixels.traces(page, boxes) or shades.odd_parts(page, boxes)
    traces["parts"] += [part | {"page": number} for part in parts]
    traces.setdefault("picture", looks(picture))
    return {"by": "ocr", "lines": lines}


def looks(picture: Image.Image) -> int:
    """Return 64 bits of what the picture looks like: where it gets darker from left to right."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    shades = list(small.tobytes())
    bits = [shades[9 * row + at] > shades[9 * row + at + 1] for row in range(8) for at in range(8)]
    return sum(1 << place for place, darker in enumerate(bits) if darker)


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise Refused("unreadable")
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _PIXELS_MAX_SIDE / max(wide, high))
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn
