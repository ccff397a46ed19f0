"""`tideover agreement verify FILE.pdf`: who sealed it, when, and whether one byte has changed."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tideover.app.clock import BUSINESS_ZONE
from tideover.app.pdf import Seal, SealReport, verify
from tideover.cli.arguments import Arguments
from tideover.cli.files import FileNotReadable, file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.dates import format_date_en, format_date_zh

INTACT: Final = 0
CHANGED: Final = 1
UNTRUSTED: Final = 3

_EPILOGUE: Final = (
    "exit code: 0 intact and sealed by an authority you trust, 1 changed, 2 no seal or no such "
    "file, 3 intact but sealed by nobody you trust. Without --trust the deployment's own "
    "authority under TIDEOVER_HOME/keys/seal is the one trusted."
)


def run(arguments: Sequence[str]) -> int:
    """Print what the seals say, and return the exit code described in the help."""
    given = _parser().parse_args(list(arguments))
    report = verify(file_bytes(given.file), _trust(given.trust))
    if given.json:
        print(json.dumps(_record(report), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(report, is_chinese=chosen_language(arguments) == "zh")))
    if not report.is_intact:
        return CHANGED
    return INTACT if report.is_trusted else UNTRUSTED


def _parser() -> Arguments:
    parser = Arguments(prog="tideover agreement", description=__doc__, epilog=_EPILOGUE)
    actions = parser.add_subparsers(required=True, metavar="verify")
    verifying = actions.add_parser("verify", help="check the seals on a PDF", epilog=_EPILOGUE)
    verifying.add_argument("file", metavar="FILE.pdf")
    verifying.add_argument("--trust", metavar="DIR", help="folder of certificates (*.pem) to trust")
    verifying.add_argument("--json", action="store_true", help="print a JSON record")
    verifying.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
    return parser


def _trust(folder: str | None) -> Path | None:
    """Return the folder of trusted certificates; looking for it makes nothing."""
    if folder is not None:
        if not Path(folder).is_dir():
            raise FileNotReadable(folder)
        return Path(folder)
    own = Path(os.environ.get("TIDEOVER_HOME", "var")) / "keys" / "seal"
    return own if own.is_dir() else None


def _lines(report: SealReport, *, is_chinese: bool) -> list[str]:
    facts = report.facts
    lines = [_verdict(report, is_chinese=is_chinese)]
    lines += [_seal(seal, is_chinese=is_chinese) for seal in report.seals]
    if report.is_intact and facts:
        signed = _moment(datetime.fromisoformat(str(facts["signed_at"])), is_chinese=is_chinese)
        how = facts.get("confirmed_by")
        words = how.get("zh" if is_chinese else "en") if isinstance(how, dict) else how
        lines.append(
            f"借款人：{facts['borrower']}，{signed} 签署（{words}）"
            if is_chinese
            else f"borrower: {facts['borrower']}, signed {signed} ({words})"
        )
        lines.append(f"SHA-256: {facts['file_digest']}")
    return lines


def _verdict(report: SealReport, *, is_chinese: bool) -> str:
    if not report.is_intact:
        return (
            "已被改动：此文件与盖章时不同，请勿采信"
            if is_chinese
            else f"NOT INTACT: this is not the file that was sealed ({report.problem or 'changed'})"
        )
    if not report.is_trusted:
        return (
            "完整，但印章不属于您信任的机构（可用 --trust 指定证书文件夹）"
            if is_chinese
            else "intact, but sealed by nobody you trust (name a folder with --trust)"
        )
    return (
        "完整：盖章后没有任何改动" if is_chinese else "intact: nothing changed since it was sealed"
    )


def _seal(seal: Seal, *, is_chinese: bool) -> str:
    unknown = "时间不明" if is_chinese else "at an unknown time"
    when = _moment(seal.when, is_chinese=is_chinese) if seal.when else unknown
    return f"印章：{seal.who}，{when}" if is_chinese else f"seal: {seal.who}, {when}"


def _moment(at: datetime, *, is_chinese: bool) -> str:
    local = at.astimezone(BUSINESS_ZONE)
    if is_chinese:
        return f"{format_date_zh(local.date())} {local:%H:%M:%S}（北京时间）"
    return f"{format_date_en(local.date())}, {local:%H:%M:%S} Beijing time"


def _record(report: SealReport) -> dict[str, object]:
    return {
        "intact": report.is_intact,
        "trusted": report.is_trusted,
        "covers_whole_file": report.covers_whole_file,
        "problem": report.problem or None,
        "seals": [
            {
                "who": seal.who,
                "when": seal.when.isoformat() if seal.when else None,
                "intact": seal.is_intact,
                "trusted": seal.is_trusted,
                "covers_whole_file": seal.covers_whole_file,
            }
            for seal in report.seals
        ],
        "facts": dict(report.facts),
    }
