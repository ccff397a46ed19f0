"""tideover audit verify: is the log as it was written?"""

from collections.abc import Sequence

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service


def run(arguments: Sequence[str]) -> int:
    """Print what was checked and where the log is damaged; 1 when it is."""
    parser = Arguments(prog="tideover audit", description=__doc__)
    parser.add_argument("action", choices=["verify"])
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.parse_args(list(arguments))
    start_service()
    from tideover.app.verbs import audit

    report = audit.verify()
    is_chinese = chosen_language(arguments) == "zh"
    for fault in report.faults:
        print(f"第 {fault.number} 条：{fault.damage.value}" if is_chinese else str(fault))
    if is_chinese:
        verdict = "完整" if report.holds else f"有 {len(report.faults)} 处损坏"
        print(f"{report.events} 条事件、{report.anchors} 个锚点：{verdict}")
    else:
        verdict = "the log is whole" if report.holds else f"{len(report.faults)} damaged places"
        print(f"{report.events} events, {report.anchors} anchors: {verdict}")
    print(report.head)
    return 0 if report.holds else 1
