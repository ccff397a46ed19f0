"""Typesetting: records in, PDF/A bytes out, the same bytes for the same record.

A template is a file of this package; what it shows goes in as JSON beside it, so no text from
outside is ever read as markup. The one font is embedded; what is installed on the machine plays
no part.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import sans_path

TEMPLATES = Path(__file__).parent / "templates"
FONT = "Noto Sans SC"
_EPOCH = date(1970, 1, 1)
_SECONDS_A_DAY = 86_400


class FontMissing(Exception):
    """The font that belongs to this package is not there; a page would come out without words."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{FONT} is not in {folder}; install pylopdf-fonts-zh-cn again")


def typeset(
    template: str, *, record: Mapping[str, object], made_on: date, folder: Path = TEMPLATES
) -> bytes:
    """Return the PDF/A-3b that `template` of `folder` makes of `record`, dated `made_on`.

    The bytes depend on the arguments and the version of the template only.

    Raises:
        typst.TypstError: the record lacks something the template shows.
    """
    compiler = typst.Compiler(
        input=str(folder / f"{template}.typ"), root=str(folder), font_paths=_fonts()
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"record": json.dumps(record, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-3b"],
        timestamp=(made_on - _EPOCH).days * _SECONDS_A_DAY,
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made {type(made).__name__} where one PDF was due")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return the embedded font, read once: reading it is most of a cold start."""
    folder = Path(sans_path()).parent
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    if FONT not in fonts.families():
        raise FontMissing(folder)
    return fonts
