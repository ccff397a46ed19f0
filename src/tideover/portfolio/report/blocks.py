"""The parts of the page, escaped where they come from outside."""

from collections.abc import Sequence
from html import escape

__all__ = ["details", "figure", "listing", "paragraph", "section", "table"]


def section(title: str, *parts: str) -> str:
    """Return parts under a heading."""
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def paragraph(said: str, *, kind: str = "") -> str:
    """Return a paragraph."""
    return f'<p class="{kind}">{escape(said)}</p>' if kind else f"<p>{escape(said)}</p>"


def listing(entries: Sequence[str]) -> str:
    """Return a list."""
    return "<ul>" + "".join(f"<li>{escape(entry)}</li>" for entry in entries) + "</ul>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table: the first column is words, the others are figures."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        "<tr>" + "".join(_cell(cell, is_first=not at) for at, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(cell: str, *, is_first: bool) -> str:
    return f'<th scope="row">{escape(cell)}</th>' if is_first else f"<td>{escape(cell)}</td>"


def details(title: str, inside: str) -> str:
    """Return what opens on a click: the table behind a plot."""
    return f"<details><summary>{escape(title)}</summary>{inside}</details>"


def figure(title: str, drawn: str, *, behind: str, note: str = "") -> str:
    """Return a plot under a title that says its finding, with its table behind it."""
    said = f'<p class="soft">{escape(note)}</p>' if note else ""
    return f"<figure><figcaption>{escape(title)}</figcaption>{drawn}{said}{behind}</figure>"
