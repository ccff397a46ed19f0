"""What a simulation found, as figures with their uncertainty."""

from tideover.money import Currency, Money, currency
from tideover.portfolio.intervals import broken_difference, sum_difference
from tideover.portfolio.running import Run
from tideover.portfolio.tallies import AGES, ARMS, Tally

__all__ = ["findings", "share"]


def share(part: int, whole: int) -> str:
    """Return a share as a percentage with one digit; a dash where there is nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def findings(run: Run, *, is_chinese: bool) -> list[str]:
    """Return the first figures of a run as lines for a terminal."""
    tally = run.tally
    months = int(str(run.made_of["months"]))
    unit = currency(str(run.made_of["currency"]))
    heads = ("", "A " + str(run.made_of["policy"]), "B " + str(run.made_of["against"]), "B − A")
    asked, loans = tally["asked"], tally["loans"]
    said = [_opening(loans, asked, months=months, is_chinese=is_chinese)]
    for zh, en, cells in [("", "", heads[1:]), *_rows(tally, months=months, unit=unit)]:
        label = zh + " " * max(0, 26 - 2 * len(zh)) if is_chinese else f"{en:<26}"
        said.append(
            (label + "".join(f"{cell:>20}" for cell in cells[:2]) + f"{cells[2]:>36}").rstrip()
        )
    said.append(
        "± 为 95% 区间，只含抽样与机遇"
        if is_chinese
        else "± holds 95 times in 100, by chance alone"
    )
    return said


def _opening(loans: int, asked: int, *, months: int, is_chinese: bool) -> str:
    if is_chinese:
        return f"{loans:,} 笔贷款，{months} 个月内 {asked:,} 户求助"
    return f"{loans:,} loans, {months} months ahead, {asked:,} households ask for help"


def _rows(tally: Tally, *, months: int, unit: Currency) -> list[tuple[str, str, tuple[str, ...]]]:
    def both(name: str) -> tuple[int, int]:
        return tally[f"{ARMS[0]}/{name}"], tally[f"{ARMS[1]}/{name}"]

    approved, before, after = both("approved"), both("before"), both("after")
    pairs = tuple(zip(before, after, strict=True))
    rows = [
        ("批准", "approved", (*(f"{one:,}" for one in approved),
                            _loans(tally, "approved"))),
        ("占求助户", "of those who ask", (*(share(one, tally["asked"]) for one in approved), "")),
        ("月供减少", "instalment lower by", (*(share(old - new, old) for old, new in pairs), "")),
        ("每月少还合计", "less to pay a month",
         (*(_money(old - new, unit) for old, new in pairs), _minor(tally, "relief", unit))),
    ]  # fmt: skip
    for age in AGES:
        if age <= months:
            failed, seen = both(f"failed/{age}"), both(f"seen/{age}")
            cells = (*(share(*one) for one in zip(failed, seen, strict=True)), _broken(tally, age))
            rows.append((f"{age} 个月内再违约", f"broken within {age} months", cells))
    for zh, en, name in (
        ("借款人总成本", "borrower cost", "cost"),
        ("贷款人价值", "lender value", "value"),
        ("期末拨备", "provisions at the end", "provision"),
        ("核销损失", "written off, unrecovered", "lost"),
    ):
        rows.append(
            (zh, en, (*(_money(one, unit) for one in both(name)), _minor(tally, name, unit)))
        )
    return rows


def _loans(tally: Tally, name: str) -> str:
    one = sum_difference(tally, name)
    return f"{one.middle:+,} ± {one.margin:,}".replace("-", "−")


def _minor(tally: Tally, name: str, unit: Currency) -> str:
    one = sum_difference(tally, name)
    return f"{_money(one.middle, unit)} ± {_money(one.margin, unit)}"


def _broken(tally: Tally, age: int) -> str:
    one = broken_difference(tally, age)
    if one is None:
        return ""
    return f"{100 * one.middle:+.1f} ± {100 * one.margin:.1f}".replace("-", "−")


def _money(minor: int, unit: Currency) -> str:
    return Money(minor, unit).display
