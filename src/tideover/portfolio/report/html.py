"""The report as one HTML page, every word escaped where it comes in."""

from html import escape

from tideover.portfolio.report.blocks import (
    Block,
    Code,
    Details,
    Figure,
    Listing,
    Paragraph,
    Section,
    Table,
)  # fmt: skip

__all__ = ["section_html"]


def section_html(section: Section) -> str:
    """Return a section."""
    inside = "".join(map(_html, section.blocks))
    return f"<section><h2>{escape(section.title)}</h2>{inside}</section>"


def _html(block: Block) -> str:
    match block:
        case Paragraph(said, is_soft):
            return f'<p class="soft">{escape(said)}</p>' if is_soft else f"<p>{escape(said)}</p>"
        case Listing(entries):
            return "<ul>" + "".join(f"<li>{escape(entry)}</li>" for entry in entries) + "</ul>"
        case Code(lines):
            return "<pre>" + escape("\n".join(lines)) + "</pre>"
        case Table():
            return _table(block)
        case Details(title, table):
            summary = f"<summary>{escape(title)}</summary>"
            return f"<details>{summary}{_table(table)}</details>"
        case Figure():
            note = f'<p class="soft">{escape(block.note)}</p>' if block.note else ""
            caption = f"<figcaption>{escape(block.title)}</figcaption>"
            return f"<figure>{caption}{block.drawn}{note}{_html(block.behind)}</figure>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.heads)
    body = "".join(
        "<tr>" + "".join(_cell(cell, is_first=not at) for at, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    kind = "wide assumed" if table.is_wordy else "wide"
    return (
        f'<div class="{kind}" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(cell: str, *, is_first: bool) -> str:
    return f'<th scope="row">{escape(cell)}</th>' if is_first else f"<td>{escape(cell)}</td>"
