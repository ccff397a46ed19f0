"""Households as JSON-ready records, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tideover.affordability.capacity import MonthCapacity
from tideover.affordability.household import (
    Household,
    Income,
    IncomeKind,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
)
from tideover.money import Currency, Money, currency

__all__ = ["capacity_from_record", "capacity_to_record", "household_from_record",
           "household_to_record"]  # fmt: skip


def household_to_record(household: Household) -> dict[str, Any]:
    """Return the household as a record: amounts as text in major units, days as ISO text."""
    return {
        "currency": household.currency.code,
        "adults": household.adults,
        "children": household.children,
        "incomes": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "monthly": one.monthly.text,
                "since": one.since.isoformat() if one.since else None,
                "until": one.until.isoformat() if one.until else None,
            }
            for one in household.incomes
        ],
        "outgoings": [
            {"category": one.category.value, "monthly": one.monthly.text}
            for one in household.outgoings
        ],
        "other_debts": [
            {"creditor": one.creditor, "monthly": one.monthly.text, "is_priority": one.is_priority}
            for one in household.other_debts
        ],
    }


def household_from_record(record: Mapping[str, Any]) -> Household:
    """Return the household that `household_to_record` wrote down."""
    unit = currency(record["currency"])
    return Household(
        adults=record["adults"],
        children=record["children"],
        incomes=tuple(_income(one, unit) for one in record["incomes"]),
        outgoings=tuple(
            Outgoing(
                category=OutgoingCategory(one["category"]),
                monthly=Money.parse(one["monthly"], unit),
            )
            for one in record["outgoings"]
        ),
        other_debts=tuple(
            OtherDebt(
                creditor=one["creditor"],
                monthly=Money.parse(one["monthly"], unit),
                is_priority=one["is_priority"],
            )
            for one in record["other_debts"]
        ),
        currency=unit,
    )


def _income(record: Mapping[str, Any], unit: Currency) -> Income:
    since, until = record["since"], record["until"]
    return Income(
        name=record["name"],
        kind=IncomeKind(record["kind"]),
        monthly=Money.parse(record["monthly"], unit),
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )


AMOUNTS = ("income", "outgoings", "other_debts", "buffer", "capacity", "shortfall")


def capacity_to_record(month: MonthCapacity) -> dict[str, str]:
    """Return a month's capacity as a record."""
    amounts = {name: getattr(month, name).text for name in AMOUNTS}
    return {"month": month.month.isoformat(), **amounts}


def capacity_from_record(record: Mapping[str, str], *, unit: Currency) -> MonthCapacity:
    """Return the month that `capacity_to_record` wrote down."""
    amounts = {name: Money.parse(record[name], unit) for name in AMOUNTS}
    return MonthCapacity(month=date.fromisoformat(record["month"]), **amounts)
