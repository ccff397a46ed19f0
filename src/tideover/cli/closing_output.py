"""What a closed book says of itself on a terminal."""

from typing import TYPE_CHECKING, Final

from tideover.money import Money, currency

if TYPE_CHECKING:
    from tideover.portfolio.servicing import Closed

__all__ = ["closing_lines"]

AMOUNTS: Final = (
    ("principal", "未还本金", "principal outstanding"),
    ("interest", "应收利息", "interest receivable"),
    ("penalty", "应收罚息", "penalty receivable"),
    ("past_due", "逾期合计", "past due"),
    ("due_today", "当日到期", "due today"),
)
CLASSES: Final = (
    ("normal", "正常", "normal"),
    ("special", "关注", "special mention"),
    ("substandard", "次级", "substandard"),
    ("doubtful", "可疑", "doubtful"),
    ("loss", "损失", "loss"),
)


def closing_lines(closed: "Closed", *, is_chinese: bool) -> list[str]:
    """Return the sums of a close as lines."""
    sums, unit = closed.sums, currency(closed.currency)
    loans, folded, alone = sums["loans"], sums["folded"], sums["folded_one_by_one"]
    lines = [
        f"{closed.on} 日终：{loans:,} 笔贷款，推算 {folded:,} 笔，其中 {alone:,} 笔逐笔推算"
        if is_chinese
        else f"{closed.on} closed: {loans:,} loans, {folded:,} folded, {alone:,} of them one by one"
    ]
    for name, zh, en in AMOUNTS:
        amount = Money(sums[name], unit).display
        lines.append(f"  {_wide(zh) if is_chinese else f'{en:<24}'}{amount:>24}")
    for name, zh, en in CLASSES:
        many = f"{sums[f'class/{name}']:,}"
        lines.append(f"  {_wide(zh) if is_chinese else f'{en:<24}'}{many:>24}")
    return lines


def _wide(text: str) -> str:
    return text + " " * (24 - 2 * len(text))
