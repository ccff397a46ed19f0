"""The report of a simulation as PDF, set by typst from the same blocks as the page."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tideover.portfolio.report import Report

__all__ = ["paper"]

TEMPLATES = Path(__file__).parent
#: The one font that is embedded: a drawing does not inherit that of its page.
FONT = 'font-family="Noto Sans SC" font-size="14"'


def paper(report: "Report", *, on: date) -> bytes:
    """Return the PDF, dated `on`. Needs the extra `service`, which holds typst and the font."""
    from tideover.app.pdf.typesetting import typeset

    record = {
        "title": report.title,
        "opening": report.opening,
        "language": report.language,
        "sections": [
            {"title": one.title, "blocks": [_block(block) for block in one.blocks]}
            for one in report.sections
        ],
    }
    return typeset("portfolio", record=record, made_on=on, folder=TEMPLATES)


def _block(block: Any) -> dict[str, Any]:
    found = {"kind": type(block).__name__.lower(), **asdict(block)}
    if "drawn" in found:
        found["drawn"] = found["drawn"].replace('font-size="14"', FONT)
    return found
