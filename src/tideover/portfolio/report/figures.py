"""How figures are said: large amounts, shares, the words of causes and plans, in both languages."""

from collections.abc import Mapping
from typing import Final

from tideover.policy import Words

__all__ = ["CAUSES", "GROUPS", "large", "named", "percent", "plan_words"]

CAUSES: Final[Mapping[str, Words]] = {
    "job_loss": Words("失业", "job lost"),
    "income_drop": Words("收入下降", "income down"),
    "illness": Words("疾病", "illness"),
    "disaster": Words("灾害", "disaster"),
    "divorce": Words("离婚", "divorce"),
    "over_indebted": Words("债务过重", "over-indebted"),
    "female": Words("女", "female"),
    "male": Words("男", "male"),
    "east": Words("东部", "east"),
    "central": Words("中部", "central"),
    "west": Words("西部", "west"),
    "north-east": Words("东北", "north-east"),
}
GROUPS: Final[Mapping[str, Words]] = {
    "age": Words("年龄", "Age"),
    "sex": Words("性别", "Sex"),
    "region": Words("地区", "Region"),
    "cause": Words("困难原因", "Cause"),
}
WAN: Final = 1_000_000
MILLION: Final = 100_000_000


def large(minor: int, *, language: str, symbol: str) -> str:
    """Return an amount as a reader of a book's sums wants it: 万元, or millions; less as it is."""
    sign = "−" if minor < 0 else ""
    if abs(minor) < (WAN if language == "zh" else MILLION):
        return f"{sign}{symbol}{(abs(minor) + 50) // 100:,}"
    if language == "zh":
        return f"{sign}{symbol}{abs(minor) / WAN:,.1f} 万"
    return f"{sign}{symbol}{abs(minor) / MILLION:,.2f} m"


def percent(part: int, whole: int) -> str:
    """Return a share with one digit; a dash where there is nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def named(word: str, *, language: str) -> str:
    """Return what a reader calls a cause or a group."""
    known = CAUSES.get(word) or GROUPS.get(word)
    return known.in_language(language) if known else word.replace("_", " ")


def plan_words(plan: Mapping[str, object], *, language: str) -> str:
    """Return what a plan of the menu is."""
    is_chinese = language == "zh"
    said = []
    if plan["extension"]:
        said.append(
            f"展期 {plan['extension']} 月" if is_chinese else f"+{plan['extension']} months"
        )
    if plan["pause"]:
        said.append(f"暂停 {plan['pause']} 月" if is_chinese else f"pause {plan['pause']}")
    if plan["cut"]:
        cut = int(str(plan["cut"])) / 10_000
        said.append(f"降息 {cut:g} 个百分点" if is_chinese else f"rate −{cut:g} points")
    if plan["waives"]:
        said.append("免罚息" if is_chinese else "no penalty")
    joined = ("、" if is_chinese else ", ").join(said)
    return joined or ("仅重排期" if is_chinese else "arrears spread only")
