"""tideover day close: the end-of-day run. It may be stopped and run again at any time."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tideover.cli.arguments import Arguments, optional, parse_day
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service
from tideover.money import Money, currency

if TYPE_CHECKING:
    from tideover.app.verbs.closing import ClosedDay

_EARNED = {
    "interest": ("利息", "interest"),
    "penalty": ("罚息", "penalty"),
    "fee": ("费用", "fees"),
}


def run(arguments: Sequence[str]) -> int:
    """Close every day up to the one given, print what each close did."""
    parser = Arguments(prog="tideover day", description=__doc__)
    parser.add_argument("action", choices=["close"])
    parser.add_argument("--on", metavar="DATE", help="close up to this day; today unless given")
    parser.add_argument("--json", action="store_true", help="print the reports as JSON")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    on = optional(parse_day, given.on)
    start_service()
    from tideover.app.verbs import closing

    closed = closing.close(on)
    if given.json:
        records = [{"day": one.day.isoformat(), **one.record} for one in closed]
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return 0
    is_chinese = chosen_language(arguments) == "zh"
    for one in closed:
        print("\n".join(_lines(one, is_chinese=is_chinese)))
    if not closed:
        last = closing.last_closed_day()
        print(f"已日终至 {last}，无需处理" if is_chinese else f"closed up to {last}: nothing to do")
    return 0


def _lines(closed: "ClosedDay", *, is_chinese: bool) -> list[str]:
    told = closed.record
    ageing = "  ".join(f"{days}: {count}" for days, count in told["days_past_due"].items())
    earned = "  ".join(_earned(told["earned_minor"], is_chinese=is_chinese))
    if is_chinese:
        return [
            f"{closed.day} 日终：{told['loans']} 笔贷款，其中 {told['folded_again']} 笔重新推算",
            f"  逾期天数  {ageing or '—'}",
            f"  当日计提  {earned or '—'}",
            f"  过期方案 {len(told['expired'])} 个，补记差异 {len(told['differences'])} 笔",
        ]
    expired, explained = len(told["expired"]), len(told["differences"])
    return [
        f"{closed.day} closed: {told['loans']} loans, {told['folded_again']} folded again",
        f"  days past due  {ageing or '-'}",
        f"  earned         {earned or '-'}",
        f"  offers expired {expired}, late events explained {explained}",
    ]


def _earned(amounts: dict[str, Any], *, is_chinese: bool) -> list[str]:
    found = []
    for name, minor in amounts.items():
        unit, _, component = name.partition(" ")
        zh, en = _EARNED[component]
        if minor:
            found.append(f"{zh if is_chinese else en} {Money(minor, currency(unit)).display}")
    return found
