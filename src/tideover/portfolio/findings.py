"""What a simulation found, as figures with their uncertainty."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from tideover.money import Currency, Money, currency
from tideover.portfolio.running import Run
from tideover.portfolio.tallies import ARMS, Tally

__all__ = ["Interval", "findings", "interval", "share"]

#: Standard errors on each side of a mean that hold it 95 times in 100.
SURE: Final = 1.96


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference between the policies, B less A, and how far it may be off (95 %)."""

    middle: int
    margin: int

    @property
    def is_clear(self) -> bool:
        """Whether the sign of the difference is known."""
        return abs(self.middle) > self.margin


def interval(tally: Tally, name: str) -> Interval:
    """Return the sum over the book of a paired difference.

    The loans are taken as drawn from all loans like them, each with one draw of its fortunes.
    """
    loans = tally["loans"]
    middle, squares = tally[f"paired/{name}"], tally[f"paired_squares/{name}"]
    spread = max(squares - middle * middle / max(loans, 1), 0)
    return Interval(middle, round(SURE * sqrt(spread)))


def share(part: int, whole: int) -> str:
    """Return a share as a percentage with one digit; a dash where there is nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def findings(run: Run, *, is_chinese: bool) -> list[str]:
    """Return the first figures of a run as lines for a terminal."""
    tally = run.tally
    months = int(str(run.made_of["months"]))
    unit = currency(str(run.made_of["currency"]))
    heads = ("", "A " + str(run.made_of["policy"]), "B " + str(run.made_of["against"]))
    said = [f"{heads[0]:<34}{heads[1]:>22}{heads[2]:>22}"]
    asked, loans = tally["asked"], tally["loans"]
    said.insert(0, _opening(loans, asked, months=months, is_chinese=is_chinese))
    for zh, en, cells in _rows(tally, months=months, unit=unit):
        label = zh + " " * max(0, 34 - 2 * len(zh)) if is_chinese else f"{en:<34}"
        said.append(label + "".join(f"{cell:>22}" for cell in cells))
    for zh, en, name in (("贷款人价值之差", "lender value, B less A", "value"),
                         ("借款人成本之差", "borrower cost, B less A", "cost")):  # fmt: skip
        one = interval(tally, name)
        label = f"{zh}（B−A）" if is_chinese else en
        said.append(f"{label}: {_money(one.middle, unit)} ± {_money(one.margin, unit)} (95%)")
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
        ("批准", "approved", tuple(f"{one:,}" for one in approved)),
        ("占求助户", "of those who ask", tuple(share(one, tally["asked"]) for one in approved)),
        ("月供减少", "instalment lower by",
         tuple(share(old - new, old) for old, new in pairs)),
    ]  # fmt: skip
    for age in (3, 6, 12):
        if age <= months:
            failed, seen = both(f"failed/{age}"), both(f"seen/{age}")
            cells = tuple(share(*one) for one in zip(failed, seen, strict=True))
            rows.append((f"{age} 个月内再违约", f"broken within {age} months", cells))
    for zh, en, name in (
        ("借款人总成本", "borrower cost", "cost"),
        ("贷款人价值", "lender value", "value"),
        ("期末拨备", "provisions at the end", "provision"),
        ("核销损失", "written off, not recovered", "lost"),
    ):
        rows.append((zh, en, tuple(_money(one, unit) for one in both(name))))
    return rows


def _money(minor: int, unit: Currency) -> str:
    return Money(minor, unit).display
