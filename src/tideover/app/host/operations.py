"""Operations of a core banking system on a loan, as frozen records that can wait in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from tideover.money import Money, currency


class UnpaidInterest(StrEnum):
    """What becomes of unpaid interest when a loan is re-aged."""

    KEEP = "keep"  # it joins the earliest new instalment
    WAIVE = "waive"


@dataclass(frozen=True, slots=True)
class Reage:
    """Everything outstanding in `instalments` monthly instalments from `earliest_due` on."""

    earliest_due: date
    instalments: int
    unpaid_interest: UnpaidInterest


@dataclass(frozen=True, slots=True)
class WaiveInterest:
    """Unpaid interest of this amount is given up."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class WaiveCharges:
    """Unpaid fees and penalties of this amount in all are given up, the oldest first."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ForgivePrincipal:
    """Principal of this amount is given up, as a credit of the lender."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ChangeRate:
    """From this day on interest counts at another nominal rate, in per cent a year."""

    on: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class PauseInterest:
    """No interest counts from `start` to `end`, both days included."""

    start: date
    end: date


Operation = Reage | WaiveInterest | WaiveCharges | ForgivePrincipal | ChangeRate | PauseInterest

_KINDS: Final[Mapping[str, type[Any]]] = {
    "reage": Reage,
    "waive_interest": WaiveInterest,
    "waive_charges": WaiveCharges,
    "forgive_principal": ForgivePrincipal,
    "change_rate": ChangeRate,
    "pause_interest": PauseInterest,
}
_NAMES: Final = {made: kind for kind, made in _KINDS.items()}


def operation_to_record(operation: Operation) -> dict[str, Any]:
    """Return an operation as a JSON-ready record."""
    record: dict[str, Any] = {"kind": _NAMES[type(operation)]}
    for name in operation.__slots__:
        value = getattr(operation, name)
        if isinstance(value, Money):
            record[name] = {"amount": value.text, "currency": value.currency.code}
        elif isinstance(value, date):
            record[name] = value.isoformat()
        else:
            record[name] = value if isinstance(value, int) else str(value)
    return record


def operation_from_record(record: Mapping[str, Any]) -> Operation:
    """Return the operation that `operation_to_record` wrote down."""
    made = _KINDS[record["kind"]]
    fields = made.__dataclass_fields__.values()
    operation: Operation = made(*(_read(one.type, record[one.name]) for one in fields))
    return operation


def _read(kind: Any, value: Any) -> Any:
    readers: Mapping[Any, Any] = {
        Money: lambda told: Money.parse(told["amount"], currency(told["currency"])),
        date: date.fromisoformat,
        UnpaidInterest: UnpaidInterest,
        Decimal: Decimal,
        int: int,
    }
    return readers[kind](value)
