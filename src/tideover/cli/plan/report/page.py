"""The report as one HTML page that needs nothing else."""

from collections.abc import Iterable
from datetime import date
from html import escape

from tideover.cli.plan.report.blocks import Block, Figure, Heading, Listing, Paragraph, Table

__all__ = ["html_page"]

STYLE = """
body{font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC",sans-serif;color:#1d2b2f;max-width:46rem;
margin:2rem auto;padding:0 1rem}h1{font-size:1.6rem}
h2{font-size:1.15rem;margin-top:2rem;color:#0f6b66}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{padding:.35rem .5rem;text-align:left;border-bottom:1px solid #e2e8e7;vertical-align:top}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
figure{margin:1rem 0;break-inside:avoid}figcaption{font-weight:600}svg{width:100%}
.soft{color:#5b6b70}.ticked{list-style:none;padding-left:0}.wide{overflow-x:auto}
td:first-child{min-width:6.5em}tr{break-inside:avoid}h2{break-after:avoid}
@media(max-width:30rem){body{margin:1rem auto}table{font-size:.8rem}th,td{padding:.3rem .25rem}
figure{overflow-x:auto}svg{min-width:34rem}}
@media print{body{margin:0}}
"""


def html_page(title: str, blocks: Iterable[Block], *, on: date, language: str) -> str:
    """Return the page; everything from outside is escaped."""
    tongue = "zh-Hans" if language == "zh" else "en"
    body = "".join(_html(block) for block in blocks)
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f'<h1>{escape(title)}</h1><p class="soft">{on.isoformat()}</p>{body}</body></html>\n'
    )


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h2>{escape(block.text)}</h2>"
        case Paragraph():
            return _paragraph(block)
        case Listing():
            tag = "ol" if block.is_numbered else "ul"
            is_ticked = not (block.is_numbered or block.is_plain)
            box, kind = ("☐ ", ' class="ticked"') if is_ticked else ("", "")
            entries = "".join(
                f"<li>{box}{escape(text)}{_soft(note)}</li>" for text, note in block.entries
            )
            return f"<{tag}{kind}>{entries}</{tag}>"
        case Table():
            return _table(block)
        case Figure():
            return f"<figure><figcaption>{escape(block.title)}</figcaption>{block.svg}</figure>"


def _paragraph(block: Paragraph) -> str:
    lead = f"<strong>{escape(block.lead)}</strong><br>" if block.lead else ""
    note = f"<br>{_soft(block.note)}" if block.text else _soft(block.note)
    return f"<p>{lead}{escape(block.text)}{note if block.note else ''}</p>"


def _soft(note: str) -> str:
    return f' <span class="soft">{escape(note)}</span>' if note else ""


def _table(block: Table) -> str:
    head = "".join(
        f'<th scope="col"{_number(place)}>{escape(one)}</th>'
        for place, one in enumerate(block.heads)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{_number(place)}>{escape(cell)}</td>" for place, cell in enumerate(row))
        + "</tr>"
        for row in block.rows
    )
    return (
        '<div class="wide" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _number(place: int) -> str:
    return ' class="n"' if place else ""
