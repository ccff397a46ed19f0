"""`tideover evidence inspect FILE`: what a document says, and what is doubtful about it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tideover.app import clock
from tideover.app.files import SeenDocuments
from tideover.cli.arguments import Arguments, parse_day
from tideover.cli.evidence_facts import facts_of
from tideover.cli.files import file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.evidence import (
    Examined,
    Facts,
    FileRefused,
    Finding,
    Sniffed,
    examine,
    inspect,
    signature_of,
)
from tideover.evidence.checks import duplicate
from tideover.policy import load_book

#: The product whose upload limits hold at the prompt; every product has the lender's own.
_PRODUCT = "weilidai"


def run(arguments: Sequence[str]) -> int:
    """Print what the file says; 0 when it could be looked at, suspicious or not, 1 refused."""
    given = _parser().parse_args(list(arguments))
    language = chosen_language(arguments)
    content = file_bytes(given.file)
    facts = facts_of(given.facts, today=given.on or clock.today())
    policy = load_book().on(clock.today(), product=_PRODUCT)
    try:
        sniffed = inspect(
            content,
            name=Path(given.file).name,
            bytes_max=policy.integer("upload.bytes_max"),
            kinds=policy.names("upload.kinds"),
        )
        examined = examine(content, sniffed=sniffed, facts=facts)
    except FileRefused as refused:
        _print_refusal(refused, as_json=given.json, language=language)
        return 1
    examined = _compared(examined, content, facts=facts, folder=given.store)
    if given.json:
        record = _record(examined, sniffed, content)
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_told(examined, sniffed, language=language)))
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="tideover evidence", description=__doc__)
    actions = parser.add_subparsers(required=True, metavar="inspect")
    inspecting = actions.add_parser("inspect", help="read and check one file")
    inspecting.add_argument("file", metavar="FILE", help="a JPG, PNG or WebP picture, or a PDF")
    inspecting.add_argument("--json", action="store_true", help="print a JSON record")
    inspecting.add_argument("--facts", metavar="FACTS.json", help="what the case says")
    inspecting.add_argument("--store", metavar="DIR", help="remember documents here, by case")
    inspecting.add_argument("--on", type=parse_day, metavar="DATE", help="today, if not today")
    inspecting.add_argument("--lang", choices=LANGUAGES, help="language of what is told")
    return parser


def _compared(examined: Examined, content: bytes, *, facts: Facts, folder: str | None) -> Examined:
    """Return the same with the duplicates that the store knows, and remember the document."""
    if folder is None:
        return examined
    seen = SeenDocuments(Path(folder))
    digest = hashlib.sha256(content).hexdigest()
    signature = signature_of(examined.document, digest=digest, picture=examined.picture)
    case = facts.case or ""
    duplicates = tuple(
        duplicate(one.likeness, case=one.case) for one in seen.like(signature, case=case)[:5]
    )
    seen.remember(signature, case=case)
    return examined.with_findings(duplicates)


def _record(examined: Examined, sniffed: Sniffed, content: bytes) -> dict[str, object]:
    document = examined.document
    return {
        "kind": None if document.kind is None else document.kind.value,
        "outcome": examined.outcome.value,
        "suspicious": examined.is_suspicious,
        "fields": {
            name: {"value": field.value, "where": _where(field), "sure": field.sure}
            for name, field in document.fields.items()
        },
        "findings": [_finding(finding) for finding in examined.findings],
        "file": {
            "name": sniffed.name,
            "format": sniffed.kind.value,
            "media_type": sniffed.media_type,
            "size": sniffed.size,
            "pages": sniffed.pages,
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "weight": finding.weight.value,
        "where": _where(finding),
        "why": finding.why.en,
        "why_zh": finding.why.zh,
        "sure": finding.sure,
        "settles": finding.settles.en,
        "settles_zh": finding.settles.zh,
    }


def _where(placed: object) -> dict[str, object] | None:
    """Return page and box; the box is left, top, right, bottom in thousandths of the page."""
    where = getattr(placed, "where", None)
    if where is None:
        return None
    return {"page": where.page, "box": [where.left, where.top, where.right, where.bottom]}


def _told(examined: Examined, sniffed: Sniffed, *, language: str) -> list[str]:
    document = examined.document
    lines = [
        f"file: {sniffed.name} ({sniffed.kind.value}, pages: {sniffed.pages})",
        f"kind: {document.kind.value if document.kind else 'unknown'}",
        f"outcome: {examined.outcome.value}",
        f"suspicious: {'yes' if examined.is_suspicious else 'no'}",
    ]
    lines += [f"{name}: {field.value}" for name, field in document.fields.items()]
    for finding in examined.findings:
        why, settles = (one.in_language(language) for one in (finding.why, finding.settles))
        lines.append(f"- [{finding.weight.value}] {why} {settles}")
    return lines


def _print_refusal(refused: FileRefused, *, as_json: bool, language: str) -> None:
    if as_json:
        record = {"refused": refused.code, "en": str(refused), "zh": refused.zh}
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        print(refused.zh if language == "zh" else refused)
