"""The report as PDF, set by typst from the same blocks."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import ClassVar

from tideover.cli.plan.report.blocks import Block
from tideover.money import Refusal

__all__ = ["NotPrintable", "pdf_bytes"]

TEMPLATES = Path(__file__).parent


def pdf_bytes(title: str, blocks: Iterable[Block], *, on: date) -> bytes:
    """Return the PDF. Needs the extra `service`, which holds typst and the embedded font.

    Raises:
        NotPrintable: the font has no picture of a sign in a name of the file.
    """
    # The service's typesetting is asked for only here: a plan as text needs none of it.
    from typst import TypstError

    from tideover.app.pdf.typesetting import typeset

    record = {
        "title": title,
        "on": on.isoformat(),
        "blocks": [{"kind": type(block).__name__.lower(), **asdict(block)} for block in blocks],
    }
    try:
        return typeset("plan", record=record, made_on=on, folder=TEMPLATES)
    except TypstError as error:
        raise NotPrintable(str(error)) from None


class NotPrintable(Refusal):
    """The report holds a sign that the embedded font cannot show."""

    code: ClassVar[str] = "report-not-printable"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the report cannot be set as PDF ({why}); end its name in .html instead",
            f"报告无法生成 PDF（{why}）；请改用 .html 结尾的文件名",
        )
