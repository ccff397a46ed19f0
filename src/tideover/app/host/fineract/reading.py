"""Reading Fineract's answers: dates as lists of three, amounts as text, its enumerations."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tideover.app.host.fineract.client import NAME
from tideover.app.host.interface import HostLine, HostLoan, HostPayment, HostRefused
from tideover.money import Currency, Money, Refusal, currency


def loan_of(told: Mapping[str, Any], reference: str) -> HostLoan:
    """Read a loan with all its associations. Raises HostRefused for what cannot be read."""
    try:
        unit = currency(told["currency"]["code"])
        summary = told.get("summary") or {}
        return HostLoan(
            reference=reference,
            disbursed_on=day_of(told["timeline"]["actualDisbursementDate"]),
            principal=money_of(told["principal"], unit),
            outstanding=money_of(summary.get("principalOutstanding", 0), unit),
            lines=_lines(told["repaymentSchedule"]["periods"], unit),
            payments=_payments(told.get("transactions") or (), unit),
        )
    except (KeyError, TypeError, ValueError, Refusal) as error:
        raise HostRefused(NAME, f"its answer about loan {reference} lacks {error}") from error


def preview_lines(told: Mapping[str, Any], *, since: date) -> tuple[HostLine, ...]:
    """The instalments of a preview from a day on. Raises HostRefused for what cannot be read."""
    try:
        unit = currency(told["currency"]["code"])
        lines = _lines(told["periods"], unit)
    except (KeyError, TypeError, ValueError, Refusal) as error:
        raise HostRefused(NAME, f"its preview lacks {error}") from error
    return tuple(line for line in lines if line.due_date >= since)


def _lines(periods: Sequence[Mapping[str, Any]], unit: Currency) -> tuple[HostLine, ...]:
    """The instalments; what has no number is the disbursement."""
    numbered = (one for one in periods if one.get("period"))
    return tuple(
        HostLine(day_of(one["dueDate"]), money_of(one["totalDueForPeriod"], unit))
        for one in numbered
    )


def _payments(transactions: Sequence[Mapping[str, Any]], unit: Currency) -> tuple[HostPayment, ...]:
    payments = (
        HostPayment(
            number=str(one["id"]),
            on=day_of(one["date"]),
            amount=money_of(one["amount"], unit),
            is_reversed=bool(one.get("manuallyReversed")),
        )
        for one in transactions
        if one["type"].get("repayment")
    )
    return tuple(sorted(payments, key=lambda one: (one.on, int(one.number))))


def day_of(told: Sequence[int] | str) -> date:
    """A day as the core writes it: [2026, 11, 30], or text."""
    if isinstance(told, str):
        return date.fromisoformat(told)
    year, month, day = told
    return date(year, month, day)


def money_of(told: Any, unit: Currency) -> Money:
    """An amount as the core writes it, "500.000000". Raises ValueError for parts of a cent."""
    text = f"{Decimal(str(told)):f}"
    whole, _, rest = text.partition(".")
    if rest[unit.digits :].strip("0"):
        raise ValueError(f"{text} {unit.code}")
    return Money.parse(f"{whole}.{rest[: unit.digits]}".rstrip("."), unit)
