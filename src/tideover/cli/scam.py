"""`tideover scam check TEXT|FILE`: what in a message the lender would never write."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tideover.app import clock
from tideover.cli.arguments import Arguments
from tideover.cli.files import file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.policy import Words, load_book
from tideover.safety import ScamOutcome, ScamReport, official_channels, scan

_PRODUCT = "weilidai"
_NAME_LENGTH_MAX = 250


def run(arguments: Sequence[str]) -> int:
    """Print what was found; 0 nothing, 1 something to be wary of."""
    given = _parser().parse_args(list(arguments))
    channels = official_channels(load_book().on(clock.today(), product=_PRODUCT))
    report = scan(_message(given.message), hotline=channels.hotline)
    if given.json:
        print(json.dumps(_record(report), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(report, language=chosen_language(arguments))))
    return 0 if report.outcome is ScamOutcome.NOTHING_FOUND else 1


def _parser() -> Arguments:
    parser = Arguments(prog="tideover scam", description=__doc__)
    actions = parser.add_subparsers(required=True, metavar="check")
    checking = actions.add_parser("check", help="judge one message")
    checking.add_argument(
        "message", metavar="TEXT|FILE", help="the message, a file, or - for stdin"
    )
    checking.add_argument("--json", action="store_true", help="print a JSON record")
    checking.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
    return parser


def _message(given: str) -> str:
    """Return the text itself, or what is in the file of that name."""
    if given == "-":
        return sys.stdin.read()
    if len(given) <= _NAME_LENGTH_MAX and "\n" not in given and Path(given).is_file():
        return file_bytes(given).decode("utf-8", errors="replace")
    return given


def _lines(report: ScamReport, *, language: str) -> list[str]:
    def said(words: Words) -> str:
        return words.in_language(language)

    found = [f"- {said(finding.because)} “{finding.quote}”" for finding in report.findings]
    return [said(report.outcome.words), *found, said(report.advice)]


def _record(report: ScamReport) -> dict[str, object]:
    return {
        "outcome": report.outcome.value,
        "words": report.outcome.words.to_record(),
        "findings": [
            {
                "code": finding.code,
                "quote": finding.quote,
                "because": finding.because.to_record(),
                "decisive": finding.is_decisive,
            }
            for finding in report.findings
        ],
        "advice": report.advice.to_record(),
    }
