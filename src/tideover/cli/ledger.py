"""tideover ledger verify: do the books agree with what happened?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service

if TYPE_CHECKING:
    from tideover.app.verbs.ledger import LedgerReport


def run(arguments: Sequence[str]) -> int:
    """Print what was checked and every fault; 1 when there is one."""
    parser = Arguments(prog="tideover ledger", description=__doc__)
    parser.add_argument("action", choices=["verify"])
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.parse_args(list(arguments))
    start_service()
    from tideover.app.verbs import ledger

    report = ledger.verify()
    is_chinese = chosen_language(arguments) == "zh"
    for fault in report.faults:
        words = fault.words.zh if is_chinese else fault.words.en
        print(f"{fault.where}: {fault.check}: {words}")
    print(_summary_zh(report) if is_chinese else _summary_en(report))
    return 0 if report.holds else 1


def _summary_en(report: "LedgerReport") -> str:
    verdict = "the books agree" if report.holds else f"{len(report.faults)} faults"
    counted = f"{report.loans} loans, {report.entries} entries, {report.postings} postings"
    return f"{counted}, interest counted again on {report.recounted} loans: {verdict}"


def _summary_zh(report: "LedgerReport") -> str:
    verdict = "账目相符" if report.holds else f"有 {len(report.faults)} 处不符"
    counted = f"{report.loans} 笔贷款、{report.entries} 笔分录、{report.postings} 条记账"
    return f"{counted}，其中 {report.recounted} 笔贷款的利息重新逐日计算：{verdict}"
