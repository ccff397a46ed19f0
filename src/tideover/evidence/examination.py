"""Examining one file: what it says, and what the checks found. A person decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from tideover.evidence.checks import (
    SUSPICIOUS,
    Facts,
    Finding,
    Outcome,
    Weight,
    disagreeing_sums,
    disagreements,
    edits,
    outcome_of,
    told,
)
from tideover.evidence.inspection import Sniffed
from tideover.evidence.reading import Document, DocumentKind, document_of
from tideover.evidence.readout import READING_LIMITS, Readout, read_out
from tideover.evidence.sandbox import Limits

#: Without these a document of the kind shows nothing.
_NEEDED: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.DIAGNOSIS_CERTIFICATE: ("name", "issue_date", "diagnosis"),
    DocumentKind.DISCHARGE_RECORD: ("name", "diagnosis"),
    DocumentKind.INVOICE: ("issue_date", "amount"),
    DocumentKind.TERMINATION_CERTIFICATE: ("name", "issue_date"),
    DocumentKind.BANK_STATEMENT: ("name", "account"),
    DocumentKind.WAGE_SLIP: ("name", "net"),
    DocumentKind.UNEMPLOYMENT_REGISTRATION: ("name", "issue_date"),
    DocumentKind.DISASTER_RECEIPT: ("name", "issue_date"),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file says and what was found in it."""

    document: Document
    findings: tuple[Finding, ...]
    traces: dict[str, object]

    @property
    def outcome(self) -> Outcome:
        """What the findings come to."""
        return outcome_of(self.findings)

    @property
    def is_suspicious(self) -> bool:
        """Whether editing, a contradiction or a duplicate was found, so that somebody looks."""
        return any(finding.weight in SUSPICIOUS for finding in self.findings)

    @property
    def picture(self) -> int:
        """64 bits of what the first page looks like, or 0."""
        return int(str(self.traces.get("picture", 0)))

    def with_findings(self, more: tuple[Finding, ...]) -> "Examined":
        """Return the same with more findings, such as those of a store of documents."""
        return Examined(self.document, (*self.findings, *more), self.traces)


def examine(
    content: bytes, *, sniffed: Sniffed, facts: Facts, limits: Limits = READING_LIMITS
) -> Examined:
    """Return what a file that `inspect` accepted says, and what is doubtful about it.

    Raises:
        FileRefused: it cannot be read within the limits.
    """
    out = read_out(content, kind=sniffed.kind, name=sniffed.name, limits=limits)
    return examined_from(out, facts=facts)


def examined_from(out: Readout, *, facts: Facts) -> Examined:
    """Return what was read, checked against itself, the calendar and the case."""
    document = document_of(out.lines)
    found = (
        *_unread(document, out),
        *disagreements(document, facts),
        *disagreeing_sums(document),
        *edits(out.traces),
    )
    return Examined(document, found, out.traces)


def _unread(document: Document, out: Readout) -> Iterator[Finding]:
    better = told(
        "Ask for a sharp photo of the whole page, in daylight.",
        "请在光线充足处拍下整页的清晰照片。",
    )
    if document.kind is None:
        yield Finding(
            "kind-not-known",
            Weight.UNREAD,
            told("It is no document that can be read here.", "无法识别这是哪一类材料。"),
            better,
            1000,
        )
    if out.pages_unread:
        yield Finding(
            "pages-not-read",
            Weight.UNREAD,
            told(
                f"{out.pages_unread} of {out.pages} pages could not be read.",
                f"共 {out.pages} 页，有 {out.pages_unread} 页未能读取。",
            ),
            told("A person reads these pages.", "请人工查看这些页面。"),
            1000,
        )
    missing = (
        [name for name in _NEEDED.get(document.kind, ()) if name not in document.fields]
        if document.kind
        else []
    )
    if missing:
        yield Finding(
            "fields-not-read",
            Weight.UNREAD,
            told(
                "Not found on it: " + ", ".join(missing) + ".",
                "未读到：" + "、".join(missing) + "。",
            ),
            better,
            800,
        )
