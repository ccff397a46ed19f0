"""`tideover evidence inspect FILE`: what a file is, or why it cannot be taken."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tideover.app import clock
from tideover.cli.arguments import Arguments
from tideover.cli.files import file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.evidence import FileRefused, Sniffed, inspect
from tideover.policy import load_book

#: The product whose upload limits hold at the prompt; every product has the lender's own.
_PRODUCT = "weilidai"


def run(arguments: Sequence[str]) -> int:
    """Print what the file is; 0 accepted, 1 refused."""
    given = _parser().parse_args(list(arguments))
    content = file_bytes(given.file)
    policy = load_book().on(clock.today(), product=_PRODUCT)
    try:
        found = inspect(
            content,
            name=Path(given.file).name,
            bytes_max=policy.integer("upload.bytes_max"),
            kinds=policy.names("upload.kinds"),
        )
    except FileRefused as refused:
        _print_refusal(refused, as_json=given.json, language=chosen_language(arguments))
        return 1
    record = _record(found, content)
    if given.json:
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        print("\n".join(f"{name}: {value}" for name, value in record.items()))
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="tideover evidence", description=__doc__)
    actions = parser.add_subparsers(required=True, metavar="inspect")
    inspecting = actions.add_parser("inspect", help="look inside one file")
    inspecting.add_argument("file", metavar="FILE")
    inspecting.add_argument("--json", action="store_true", help="print a JSON record")
    inspecting.add_argument("--lang", choices=LANGUAGES, help="language of a refusal")
    return parser


def _record(found: Sniffed, content: bytes) -> dict[str, object]:
    record: dict[str, object] = {
        "name": found.name,
        "format": found.kind.value,
        "media_type": found.media_type,
        "size": found.size,
        "pages": found.pages,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if found.width is not None:
        record |= {"width": found.width, "height": found.height}
    return record


def _print_refusal(refused: FileRefused, *, as_json: bool, language: str) -> None:
    if as_json:
        record = {"refused": refused.code, "en": str(refused), "zh": refused.zh}
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        print(refused.zh if language == "zh" else refused)
