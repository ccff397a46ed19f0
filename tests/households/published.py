"""Loan arithmetic a second time: plain fractions and dates, nothing of the engine.

Written from the interface of `tideover plan` alone, so that both can only agree by being right.
Amounts are whole minor units.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

PRODUCT_METHODS = {
    "weilidai": "equal-principal", "consumer-level": "level", "card-instalment": "flat-fee",
}  # fmt: skip
YEAR = 365
#: Rates are shown with six decimals.
RATE_STEP = Fraction(1, 10**6)


@dataclass(frozen=True)
class Line:
    """What one day of a contract asks for."""

    due: date
    principal: int
    interest: int
    fee: int

    @property
    def amount(self) -> int:
        return self.principal + self.interest + self.fee


def half_up(exact: Fraction) -> int:
    """Halves go up; nothing here is below zero."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def minor(text: Any) -> int:
    """Major units as written to minor units."""
    exact = Fraction(str(text)) * 100
    assert exact.denominator == 1
    return int(exact)


def month_later(start: date, steps: int) -> date:
    """The same day of a later month, or the last day of a shorter one."""
    months = start.year * 12 + start.month - 1 + steps
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def method_of(debt: dict[str, Any]) -> str:
    return str(debt.get("method") or PRODUCT_METHODS[debt["product"]])


def contract(debt: dict[str, Any]) -> list[Line]:
    """The schedule a debt was agreed with."""
    principal, count = minor(debt["principal"]), int(debt["instalments"])
    drawn = date.fromisoformat(str(debt["disbursed"]))
    dues = [month_later(drawn, step) for step in range(1, count + 1)]
    factors = _factors(debt, [drawn, *dues])
    method = method_of(debt)
    fee = half_up(principal * Fraction(str(debt["fee_rate"]))) if method == "flat-fee" else 0
    level = _level(principal, factors) if method == "level" else 0
    lines, left = [], principal
    for place, (due, factor) in enumerate(zip(dues, factors, strict=True), start=1):
        interest = half_up(left * factor)
        asked = {
            "equal-principal": half_up(Fraction(principal, count)),
            "flat-fee": half_up(Fraction(principal, count)),
            "interest-only": 0,
            "level": level - interest,
        }[method]
        # Rounded up often enough, equal parts of a tiny loan are paid before its last line.
        part = left if place == count else min(asked, left)
        lines.append(Line(due, part, interest, fee))
        left -= part
    return lines


def _factors(debt: dict[str, Any], days: list[date]) -> list[Fraction]:
    spans = pairwise(days)
    if "daily_rate" in debt:
        return [Fraction(str(debt["daily_rate"])) * (end - start).days for start, end in spans]
    monthly = Fraction(str(debt["annual_rate"])) / 12 if "annual_rate" in debt else Fraction(0)
    return [monthly for _ in spans]


def _level(principal: int, factors: list[Fraction]) -> int:
    annuity, discount = Fraction(0), Fraction(1)
    for factor in factors:
        discount /= 1 + factor
        annuity += discount
    return half_up(principal / annuity)


def discounted(flows: list[tuple[date, int]], *, start: date, rate: Fraction) -> Decimal:
    """Σ flow ÷ (1 + rate)^(days ÷ 365)."""
    with localcontext() as context:
        context.prec = 40
        growth = 1 + Decimal(rate.numerator) / Decimal(rate.denominator)
        return sum(
            (Decimal(flow) / growth ** (Decimal((day - start).days) / YEAR) for day, flow in flows),
            Decimal(0),
        )


def is_rate_of(
    shown: Fraction, flows: list[tuple[date, int]], *, start: date, owed: int, slack: int = 0
) -> bool:
    """Whether the effective rate of `flows` against `owed` is `shown`, to its sixth decimal.

    What is owed may differ by `slack`, for the rounding of its parts.
    """
    below = discounted(flows, start=start, rate=shown - RATE_STEP)
    above = discounted(flows, start=start, rate=shown + RATE_STEP)
    return below >= owed - slack and above <= owed + slack
