"""A Chinese font from memory, for documents that bring none of their own.

Many Chinese statements name SimSun or STSong without carrying it. The machine may have neither,
and the child may open no file once it reads a stranger's bytes; without a stand-in the page
would come out blank, and a blank page looks like an empty one to whoever decides.
"""

import ctypes
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_HANDLE = 1
_CHINESE = frozenset({pdfium.FXFONT_GB2312_CHARSET, pdfium.FXFONT_CHINESEBIG5_CHARSET})
_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSansSC-Regular.otf"
_NAME = b"NotoSansSC-Regular\x00"


def install_chinese_font() -> bool:
    """Give the engine the font of the `service` extra; False when it is not installed."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        return False
    content = (Path(found.origin).parent / _FILE).read_bytes()
    _OneFont(content).setup()
    return True


class _OneFont(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
    """The engine's view of installed fonts: one for Chinese, its own built-in ones for the rest.

    The names of the methods and their arguments are those of PDFium's `fpdf_sysfontinfo.h`.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._tables = _tables(content)
        super().__init__()

    def EnumFonts(self, _: object, mapper: object) -> None:  # noqa: N802
        """Name no installed font: looking for them would open files."""

    def MapFont(self, _: object, *wanted: object) -> int | None:  # noqa: N802
        """Return our font for a Chinese charset (the third of what is wanted), else none."""
        return _HANDLE if wanted[2] in _CHINESE else None

    def GetFont(self, _: object, face: object) -> None:  # noqa: N802
        """Return no font by name."""

    def GetFontData(self, _: object, *wanted: int) -> int:  # noqa: N802
        """Copy a table of the font (all of it for table 0) if there is room; return its size."""
        _font, table, place, room = wanted
        part = self._content if table == 0 else self._tables.get(table, b"")
        if place and room >= len(part):
            ctypes.memmove(place, part, len(part))
        return len(part)

    def GetFaceName(self, _: object, *wanted: int) -> int:  # noqa: N802
        """Copy the name of the font if there is room; return its size."""
        _font, place, room = wanted
        if place and room >= len(_NAME):
            ctypes.memmove(place, _NAME, len(_NAME))
        return len(_NAME)

    def GetFontCharset(self, _: object, _font: object) -> int:  # noqa: N802
        """Return that the font is Chinese."""
        return int(pdfium.FXFONT_GB2312_CHARSET)

    def DeleteFont(self, _: object, font: object) -> None:  # noqa: N802
        """Keep the font: it lives as long as the process."""


def _tables(content: bytes) -> dict[int, bytes]:
    """Return the tables of an OpenType font by their tag, read as a big-endian number."""
    count = int.from_bytes(content[4:6])
    tables = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, start, size = (
            int.from_bytes(content[at + skip : at + skip + 4]) for skip in (0, 8, 12)
        )
        tables[tag] = content[start : start + size]
    return tables
