"""tideover plan FILE: a household's whole situation in, capacity, offers and alternatives out."""

from collections.abc import Sequence

from tideover.cli.arguments import Arguments
from tideover.cli.files import file_bytes
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.plan.page import answer_lines
from tideover.cli.plan.report import write_report
from tideover.offers.joint import find_plans
from tideover.offers.plan_file import BadFile, Problem, answer_json, read_plan
from tideover.policy import Words


def run(arguments: Sequence[str]) -> int:
    """Print the plan of the household in the file; 0 with or without offers.

    Raises:
        BadFile: the file was refused, with every problem and its line.
    """
    given = _parser().parse_args(list(arguments))
    language = chosen_language(arguments)
    plan = read_plan(_text(given.file), name=given.file)
    answer = find_plans(plan.request)
    if given.report:
        write_report(
            given.report, answer=answer, cause=plan.cause, parameters=plan.request.parameters,
            language=language,
        )  # fmt: skip
    if given.json:
        print(answer_json(answer, language=language))
    else:
        print("\n".join(answer_lines(answer, language=language)))
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="tideover plan", description=__doc__)
    parser.add_argument("file", metavar="FILE", help="the household as YAML")
    parser.add_argument("--json", action="store_true", help="print a JSON record")
    parser.add_argument("--report", metavar="FILE", help="also write a report, .html or .pdf")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the answer")
    return parser


def _text(name: str) -> str:
    try:
        return file_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        words = Words("不是 UTF-8 文本", "is not UTF-8 text")
        raise BadFile(name, (Problem(1, "file", words),)) from None
