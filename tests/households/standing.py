"""Where a household stands, read from its file alone: what is owed, what is late, what comes in."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from households.published import Line, contract, half_up, minor, month_later


@dataclass(frozen=True)
class Owed:
    """One debt on a day, its payments having covered whole lines, the last perhaps in part."""

    debt: dict[str, Any]
    lines: list[Line]
    unpaid: list[Line]
    on: date

    @property
    def principal(self) -> int:
        return sum(line.principal for line in self.unpaid)

    @property
    def past_due(self) -> list[Line]:
        return [line for line in self.unpaid if line.due < self.on and line.amount]

    @property
    def days_past_due(self) -> int:
        return (self.on - self.past_due[0].due).days if self.past_due else 0

    @property
    def interest_to_come(self) -> int:
        return sum(line.interest for line in self.unpaid)

    @property
    def grace(self) -> int:
        """Days late that cost nothing."""
        return 1 if self.debt.get("product") == "weilidai" else 3

    @property
    def maturity(self) -> date:
        return self.lines[-1].due

    def accrued(self, day: date) -> Fraction:
        """Interest owed and not yet paid on a day, by days: unpaid lines, and what runs since."""
        daily = Fraction(str(self.debt.get("daily_rate", 0)))
        drawn = date.fromisoformat(str(self.debt["disbursed"]))
        since = max([drawn, *(line.due for line in self.lines if line.due <= day)])
        lines = sum(line.interest for line in self.unpaid if line.due <= day)
        late = sum(
            line.principal * daily * (day - line.due).days
            for line in self.unpaid
            if (day - line.due).days > self.grace
        )
        running = self.left_on(day) * daily * (day - since).days - self.ahead(day)
        return lines + late + max(running, Fraction(0))

    def left_on(self, day: date) -> int:
        """The principal that the contract has running on a day."""
        return sum(line.principal for line in self.lines if line.due > day)

    def ahead(self, day: date) -> int:
        """Interest already paid for lines that fall due after a day."""
        unpaid = sum(line.interest for line in self.unpaid if line.due > day)
        return sum(line.interest for line in self.lines if line.due > day) - unpaid


def owed(debt: dict[str, Any], on: date) -> Owed:
    """What is left of a debt whose payments came on or before their due dates.

    Each goes to the oldest line: interest, then principal.
    """
    lines = contract(debt)
    paid = sum(minor(one["amount"]) for one in debt.get("payments", ()))
    unpaid = []
    for line in lines:
        taken = min(paid, line.amount)
        paid -= taken
        if taken < line.amount:
            unpaid.append(_less(line, taken))
    # A loan of a few cents is repaid before its last lines, and then costs no more fees.
    if not any(line.principal for line in unpaid):
        unpaid = []
    return Owed(debt=debt, lines=lines, unpaid=unpaid, on=on)


def _less(line: Line, paid: int) -> Line:
    fee = max(0, line.fee - paid)
    paid -= line.fee - fee
    interest = max(0, line.interest - paid)
    paid -= line.interest - interest
    return Line(line.due, line.principal - paid, interest, fee)


def income_of(home: dict[str, Any], month: date) -> int:
    """What comes in during a month, part months by their days."""
    length = monthrange(month.year, month.month)[1]
    last = month.replace(day=length)
    found = 0
    for one in home.get("income", ()):
        start = max(month, date.fromisoformat(str(one.get("from", month))))
        end = min(last, date.fromisoformat(str(one.get("until", last))))
        days = max(0, (end - start).days + 1)
        found += minor(one["monthly"]) * days // length
    return found


def available(home: dict[str, Any], month: date) -> int:
    """What is left for lenders before anything is kept for the unexpected."""
    spent = sum(minor(one["monthly"]) for one in home.get("outgoings", ()))
    priority = sum(minor(one["monthly_payment"]) for one in home["debts"] if one.get("priority"))
    return max(0, income_of(home, month) - spent - priority)


def others(home: dict[str, Any]) -> int:
    """What the other lenders ask for in a month."""
    return sum(
        minor(one["monthly_payment"])
        for one in home["debts"]
        if "monthly_payment" in one and not one.get("priority")
    )


def is_full(debt: dict[str, Any]) -> bool:
    """Whether a debt is told with full terms."""
    return "principal" in debt


def extension_limit(debt: dict[str, Any]) -> int:
    """By how many months the law lets a loan be extended in all: short loans by their own term."""
    count = int(debt["instalments"])
    longest = {"weilidai": 20}.get(str(debt.get("product")), 60)
    return count if count <= 12 else max(0, longest - count)


def latest_end(debt: dict[str, Any], *, on: date) -> date:
    """The last day a plan may end on: five years from the agreement for cards, else the loan."""
    is_card = debt.get("product") == "card-instalment"
    return month_later(on if is_card else date.fromisoformat(str(debt["disbursed"])), 60)


def renewed_until(debt: dict[str, Any], *, on: date) -> date:
    """The last day a renewal may end on: the longest term of the product from a new contract."""
    return month_later(on, {"weilidai": 20}.get(str(debt.get("product")), 60))


__all__ = [
    "Owed", "available", "extension_limit", "half_up", "income_of", "is_full", "latest_end",
    "others", "owed", "renewed_until",
]  # fmt: skip
