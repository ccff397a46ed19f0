"""What a book's history tells of behaviour, for a terminal, with what it does not tell."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tideover.policy import Parameters
    from tideover.portfolio.calibrating import Counted

__all__ = ["calibration_lines"]

PAYMENTS: Final = (
    "处于困难中的家庭也计算在内，因此未还概率偏高；负担的影响、困难的频率与时长无法从中得出。",
    (
        "Households in hardship are among them, so the chance to miss is high rather than low.\n"
        "What burden adds, and how often and how long hardship lasts, it does not tell."
    ),
)
BALANCES: Final = (
    "只有余额的组合看不到已补还的分期，已核销的贷款也不在其中，因此偏低；补还概率无法得出。",
    (
        "Balances alone hide what was caught up, and loans written off are not among them, so\n"
        "this is low rather than high. How often people catch up it does not tell."
    ),
)


def calibration_lines(
    found: "tuple[Counted, ...]", base: "Parameters", *, is_chinese: bool
) -> list[str]:
    """Return every number with its interval, beside what the policy book supposes."""
    lines = []
    for one in found:
        known = base[f"simulation.{one.name}"]
        low, high = (f"{100 * share:.2f}%" for share in one.interval)
        share, supposed = f"{100 * one.share:.2f}%", f"{100 * float(base.ratio(known.name)):g}%"
        many, of = f"{one.events:,}", f"{one.occasions:,}"
        lines.append(known.label.zh if is_chinese else known.label.en)
        lines.append(
            f"  {share}（95%：{low}–{high}），{of} 次中 {many} 次；政策手册假设 {supposed}"
            if is_chinese
            else f"  {share} (95%: {low} to {high}), {many} of {of}; the book supposes {supposed}"
        )
    zh, en = PAYMENTS if found[0].has_payments else BALANCES
    return [*lines, zh if is_chinese else en]
