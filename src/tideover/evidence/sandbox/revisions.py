"""What a PDF said before it was saved again, and with what it was made."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from tideover.evidence.sandbox import layers

_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_REVISIONS_MAX = 6
_COMPARED_SIDE = 360
#: Shades of 255 by which a pixel must differ, and how many pixels of a small page must.
_DIFFERENT_SHADE = 48
_DIFFERENT_PIXELS = 6


def changes(content: bytes, document: pypdfium2.PdfDocument) -> dict[str, object]:
    """Return how often the file was saved again, and what each time changed on its pages.

    `revisions` counts the earlier states that can still be opened. `changed` has, for the first
    page that differs, its number, what stood there and what stands there now; an update of
    metadata, a signature or a form that looks the same changes nothing.
    """
    revisions = 0
    for earlier in _earlier(content):
        revisions += 1
        found = _difference(earlier, document)
        earlier.close()
        if found is not None:
            return {"revisions": revisions, "changed": found}
    return {"revisions": revisions}


def makers(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the programs that the file names as its makers."""
    told = document.get_metadata_dict(skip_empty=True)
    return [str(told[name])[:120] for name in ("Creator", "Producer") if name in told]


def _earlier(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    ends = [match.end() for match in _END.finditer(content)]
    whole = len(content.rstrip(b"\r\n\t \x00"))
    for end in ends[:-1][-_REVISIONS_MAX:]:
        if end >= whole:
            continue
        try:
            earlier = pypdfium2.PdfDocument(content[:end])
        except pypdfium2.PdfiumError:
            continue  # the first part of a file laid out for the web is no revision
        if len(earlier) > 0:
            yield earlier


def _difference(
    earlier: pypdfium2.PdfDocument, now: pypdfium2.PdfDocument
) -> dict[str, object] | None:
    if len(earlier) != len(now):
        return {"page": 1, "was": f"{len(earlier)} pages", "is": f"{len(now)} pages"}
    for number in range(len(now)):
        try:
            before, after = earlier[number], now[number]
        except pypdfium2.PdfiumError:
            return None
        was, stands = _words(before), _words(after)
        if was != stands:
            gone = [word for word in was if word not in stands]
            new = [word for word in stands if word not in was]
            return {"page": number + 1, "was": " ".join(gone)[:80], "is": " ".join(new)[:80]}
        place = _moved_pixels(before, after)
        if place is not None:
            return {"page": number + 1, "was": "", "is": "", "where": place}
    return None


def _words(page: pypdfium2.PdfPage) -> list[str]:
    return [cell.text for cell in layers.cells_of(layers.letters_of(page))]


def _moved_pixels(before: pypdfium2.PdfPage, after: pypdfium2.PdfPage) -> list[int] | None:
    """Return the place, in thousandths, where two states of a page look different."""
    one, other = look_of(before), look_of(after)
    if one.shape != other.shape:
        return [0, 0, 1000, 1000]
    differs = np.abs(one.astype(np.int16) - other) > _DIFFERENT_SHADE
    if differs.sum() < _DIFFERENT_PIXELS:
        return None
    rows, columns = np.nonzero(differs)
    high, wide = differs.shape
    return [
        int(1000 * columns.min() // wide),
        int(1000 * rows.min() // high),
        int(1000 * columns.max() // wide),
        int(1000 * rows.max() // high),
    ]


def look_of(page: pypdfium2.PdfPage) -> Any:
    """Return a small grey picture of the page, as rows of shades."""
    wide, high = page.get_size()
    scale = _COMPARED_SIDE / max(wide, high, 1)
    return np.asarray(page.render(scale=scale, may_draw_forms=False).to_pil().convert("L"))


def has_page_picture(page: pypdfium2.PdfPage) -> bool:
    """Return whether one picture fills most of the page, as in a scan."""
    wide, high = page.get_size()
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, up = thing.get_bounds()
        if (right - left) * (up - low) > 0.7 * wide * high:
            return True
    return False
