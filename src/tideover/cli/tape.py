"""tideover tape check|load LOANS.csv PAYMENTS.csv: bring a lender's book in."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service
from tideover.money import Refusal


class FileMissing(Refusal):
    """A file that was named is not there, or may not be read."""

    code: ClassVar[str] = "file-missing"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} cannot be read ({why}): check the name",
            f"无法读取 {path}（{why}）：请核对文件名",
        )


def run(arguments: Sequence[str]) -> int:
    """Check or load a tape; every problem is printed with file and line."""
    parser = Arguments(prog="tideover tape", description=__doc__)
    parser.add_argument("action", choices=["check", "load"])
    parser.add_argument("loans", type=Path, metavar="LOANS.csv")
    parser.add_argument("payments", type=Path, metavar="PAYMENTS.csv")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    files = _content(given.loans), _content(given.payments)
    start_service()
    from tideover.app.verbs import tape

    act = tape.load if given.action == "load" else tape.check
    report = act(*files, loans_name=given.loans.name, payments_name=given.payments.name)
    is_chinese = chosen_language(arguments) == "zh"
    done = ("已导入" if is_chinese else "loaded") if given.action == "load" else "ok"
    if is_chinese:
        counted = f"{report.borrowers} 位借款人、{report.loans} 笔贷款、{report.payments} 笔还款"
        known = f"；已在账上 {report.known} 笔" if report.known else ""
        sums = f"放款 {report.disbursed.display}，还款 {report.paid.display}"
        print(f"{done}：{counted}；{sums}{known}")
    else:
        counted = f"{report.borrowers} borrowers, {report.loans} loans, {report.payments} payments"
        known = f"; {report.known} loans were here already" if report.known else ""
        sums = f"{report.disbursed.display} disbursed, {report.paid.display} paid"
        print(f"{done}: {counted}; {sums}{known}")
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(path, error.strerror or "unreadable") from error
