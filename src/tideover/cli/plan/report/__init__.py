"""The report of a plan: something a borrower can take to any lender."""

from pathlib import Path
from typing import ClassVar

from tideover.cli.plan.report.content import TITLE, report_blocks
from tideover.cli.plan.report.page import html_page
from tideover.cli.plan.report.paper import pdf_bytes
from tideover.money import Refusal
from tideover.offers.joint import JointAnswer
from tideover.policy import Parameters

__all__ = ["ReportKindUnknown", "write_report"]


class ReportKindUnknown(Refusal):
    """The report was asked for in a kind of file that is not made."""

    code: ClassVar[str] = "report-kind-unknown"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} does not say what to make: end the name in .html or .pdf",
            f"“{name}”看不出要生成什么：文件名请以 .html 或 .pdf 结尾",
        )


class ReportNotWritable(Refusal):
    """The report cannot be written where it was asked for."""

    code: ClassVar[str] = "report-not-writable"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot be written; check the folder and whether you may write there",
            f"无法写入“{name}”；请检查文件夹和写入权限",
        )


def write_report(
    name: str, *, answer: JointAnswer, cause: str | None, parameters: Parameters, language: str
) -> None:
    """Write the report of `answer` to the file `name`, as HTML or PDF by its ending.

    Raises:
        ReportKindUnknown: the name ends in neither .html nor .pdf.
        ReportNotWritable: the file cannot be written.
    """
    path = Path(name)
    title = TITLE.in_language(language)
    blocks = tuple(report_blocks(answer, cause=cause, parameters=parameters, language=language))
    match path.suffix.lower():
        case ".html":
            content = html_page(title, blocks, on=answer.on, language=language).encode()
        case ".pdf":
            content = pdf_bytes(title, blocks, on=answer.on)
        case _:
            raise ReportKindUnknown(name)
    try:
        path.write_bytes(content)
    except OSError:
        raise ReportNotWritable(name) from None
