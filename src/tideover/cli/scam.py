"""`tideover scam check TEXT|FILE` and `scam measure`: what the lender would never write."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from tideover.app import clock
from tideover.cli.arguments import Arguments
from tideover.cli.files import file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.money import Refusal
from tideover.policy import Words, load_book
from tideover.safety import (
    Direction,
    LabelledMessage,
    ScamReport,
    ScamVerdict,
    measure,
    official_channels,
    scan,
)

_PRODUCT = "weilidai"
_NAME_LENGTH_MAX = 250
_FOUND = 1


class BadMessageLine(Refusal):
    """A line of a `.jsonl` file is not a message."""

    code = "bad-message-line"

    def __init__(self, number: int, *, why: Words) -> None:
        """Keep the line's number for the answer."""
        self.number = number
        form = '{"id", "lang", "direction": "inbound" or "outbound", "text"}'
        super().__init__(
            f"line {number} is not a message: {why.en}; a line is {form}",
            f"第 {number} 行不是一条消息：{why.zh}；每行应为 {form}",
        )


def run(arguments: Sequence[str]) -> int:
    """Print what was found; 0 judged, 1 a scam read by a person, 2 a file that cannot be read.

    With --json the verdict stands in the answer and the code is 0, so that a pipeline goes on.
    """
    given = _parser().parse_args(list(arguments))
    hotline = official_channels(load_book().on(clock.today(), product=_PRODUCT)).hotline
    if given.action == "measure":
        return _measure(given.file, hotline=hotline)
    if given.message.endswith(".jsonl") and Path(given.message).is_file():
        return _check_lines(given.message, hotline=hotline)
    report = scan(_message(given.message), hotline=hotline, direction=Direction(given.direction))
    language = chosen_language(arguments)
    if given.json:
        print(json.dumps(_record(report, language=language), ensure_ascii=False, indent=1))
        return 0
    print("\n".join(_lines(report, language=language)))
    return _FOUND if report.verdict is ScamVerdict.SCAM else 0


def _parser() -> Arguments:
    parser = Arguments(prog="tideover scam", description=__doc__)
    actions = parser.add_subparsers(required=True, metavar="check|measure", dest="action")
    checking = actions.add_parser("check", help="judge one message, or each line of a .jsonl file")
    checking.add_argument(
        "message", metavar="TEXT|FILE", help="the message, a file, a .jsonl file, or - for stdin"
    )
    checking.add_argument(
        "--direction",
        choices=[direction.value for direction in Direction],
        default=Direction.INBOUND.value,
        help="inbound: came to the borrower (as taken); outbound: about to leave the lender",
    )
    checking.add_argument("--json", action="store_true", help="print a JSON record")
    checking.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
    measuring = actions.add_parser("measure", help="precision and recall on labelled messages")
    measuring.add_argument(
        "file",
        nargs="?",
        help="a .jsonl file whose lines also have “verdict” (taken: our own sets)",
    )
    return parser


def _message(given: str) -> str:
    """Return the text itself, or what is in the file of that name."""
    if given == "-":
        return sys.stdin.read()
    if len(given) <= _NAME_LENGTH_MAX and "\n" not in given and Path(given).is_file():
        return file_bytes(given).decode("utf-8", errors="replace")
    return given


def _check_lines(name: str, *, hotline: str) -> int:
    """Print one answer a line, in the language of its message."""
    for number, line in _records(file_bytes(name).decode("utf-8", errors="replace")):
        report = scan(_text(line, number), hotline=hotline, direction=_direction(line, number))
        language = "en" if str(line.get("lang", "zh")).startswith("en") else "zh"
        record = {"id": line.get("id"), **_record(report, language=language)}
        print(json.dumps(record, ensure_ascii=False))
    return 0


def _records(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.lstrip("\ufeff"))
        except ValueError as error:
            raise BadMessageLine(number, why=Words("不是 JSON", "it is not JSON")) from error
        if not isinstance(record, dict):
            raise BadMessageLine(number, why=Words("不是 JSON 对象", "it is not an object"))
        yield number, record


def _text(line: Mapping[str, Any], number: int) -> str:
    text = line.get("text")
    if not isinstance(text, str):
        raise BadMessageLine(number, why=Words("缺少 text", "it has no “text”"))
    return text


def _direction(line: Mapping[str, Any], number: int) -> Direction:
    given = line.get("direction", Direction.INBOUND.value)
    if given not in {direction.value for direction in Direction}:
        raise BadMessageLine(
            number, why=Words(f"direction 为 {given!r}", f"its direction is {given!r}")
        )
    return Direction(given)


def _measure(name: str | None, *, hotline: str) -> int:
    """Print precision and recall for each language and direction, and the wrong verdicts."""
    if name is not None:
        _print_measured(_labelled(file_bytes(name).decode("utf-8")), hotline=hotline)
        return 0
    print("labelled.jsonl: the signs and weights were made with these in view")
    _print_measured(own_messages(), hotline=hotline)
    print("\nheldout.jsonl: written afterwards, nothing was made with these in view")
    _print_measured(heldout_messages(), hotline=hotline)
    return 0


def _print_measured(messages: Sequence[LabelledMessage], *, hotline: str) -> None:
    groups = {"all": list(messages)}
    for message in messages:
        groups.setdefault(f"{message.language} {message.direction.value}", []).append(message)
    print(f"{'messages':<16}{'count':>7}{'precision':>11}{'recall':>9}")
    for group, members in groups.items():
        done = measure(members, hotline=hotline)
        figures = f"{done.precision_percent:>9} %{done.recall_percent:>7} %"
        print(f"{group:<16}{done.count:>7}{figures}")
    whole = measure(messages, hotline=hotline)
    for label, wrong in (("missed", whole.scams_missed), ("false alarm", whole.false_alarms)):
        for identifier in wrong:
            print(f"{label}: {identifier}")


def own_messages() -> tuple[LabelledMessage, ...]:
    """Return the labelled messages that come with Tideover, written for it."""
    return _shipped("labelled.jsonl")


def heldout_messages() -> tuple[LabelledMessage, ...]:
    """Return the messages that no sign or weight was made with in view.

    Once something is changed because of one of them they belong to the others, and new ones are
    to be written.
    """
    return _shipped("heldout.jsonl")


def _shipped(name: str) -> tuple[LabelledMessage, ...]:
    return _labelled((files("tideover.safety.scam") / name).read_text(encoding="utf-8"))


def _labelled(text: str) -> tuple[LabelledMessage, ...]:
    return tuple(_label(line, number) for number, line in _records(text))


def _label(line: Mapping[str, Any], number: int) -> LabelledMessage:
    if line.get("verdict") not in {verdict.value for verdict in ScamVerdict}:
        raise BadMessageLine(
            number,
            why=Words("verdict 既非 scam 也非 ok", "its “verdict” is neither scam nor ok"),
        )
    return LabelledMessage(
        identifier=str(line.get("id", number)),
        language=str(line.get("lang", "zh")),
        direction=_direction(line, number),
        text=_text(line, number),
        verdict=ScamVerdict(line["verdict"]),
    )


def _lines(report: ScamReport, *, language: str) -> list[str]:
    def said(words: Words) -> str:
        return words.in_language(language)

    found = [f"- {said(reason.because)} “{reason.quote}”" for reason in report.reasons]
    return [said(report.words), *found, said(report.advice)]


def _record(report: ScamReport, *, language: str) -> dict[str, object]:
    return {
        "verdict": report.verdict.value,
        "reasons": [
            {
                "code": reason.code,
                "quote": reason.quote,
                "because": reason.because.in_language(language),
                "strength": reason.strength.name.lower(),
            }
            for reason in report.reasons
        ],
        "advice": report.advice.in_language(language),
    }
