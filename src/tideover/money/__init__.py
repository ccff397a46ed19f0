"""Amounts in whole minor units, currencies, rounding by name, and splitting that adds back."""

from tideover.money.amount import CurrencyMismatch, Money, NegativeAmount, NotAnAmount, total
from tideover.money.currency import (
    CNY,
    EUR,
    GBP,
    JPY,
    KWD,
    USD,
    Currency,
    UnknownCurrency,
    currency,
)
from tideover.money.refusal import Refusal
from tideover.money.rounding import Rounding

__all__ = [
    "CNY",
    "EUR",
    "GBP",
    "JPY",
    "KWD",
    "USD",
    "Currency",
    "CurrencyMismatch",
    "Money",
    "NegativeAmount",
    "NotAnAmount",
    "Refusal",
    "Rounding",
    "UnknownCurrency",
    "currency",
    "total",
]
