"""How often money comes or goes, and what it comes to in a month of twelve.

A week is 1/52 of a year and a month 1/12, so that a household's figures all speak of the same
year: 52 weekly amounts and 12 monthly ones.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tideover.money import Money, Rounding
from tideover.policy import Words

__all__ = ["FREQUENCY_WORDS", "PayFrequency", "a_month", "workings"]


class PayFrequency(StrEnum):
    """How often an amount comes or goes."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


FREQUENCY_WORDS: Final = MappingProxyType(
    {
        PayFrequency.WEEKLY: Words("每周", "weekly"),
        PayFrequency.FORTNIGHTLY: Words("每两周", "fortnightly"),
        PayFrequency.MONTHLY: Words("每月", "monthly"),
        PayFrequency.QUARTERLY: Words("每季度", "quarterly"),
        PayFrequency.YEARLY: Words("每年", "yearly"),
    }
)

_TIMES_A_YEAR: Final[Mapping[PayFrequency, int]] = MappingProxyType(
    {
        PayFrequency.WEEKLY: 52,
        PayFrequency.FORTNIGHTLY: 26,
        PayFrequency.MONTHLY: 12,
        PayFrequency.QUARTERLY: 4,
        PayFrequency.YEARLY: 1,
    }
)


def a_month(amount: Money, frequency: PayFrequency) -> Money:
    """Return what `amount` comes to in a month, rounded half up to the minor unit.

    >>> from tideover.money import CNY
    >>> a_month(Money(650_00, CNY), PayFrequency.WEEKLY).display  # 650 x 52 / 12 = 2,816.666…
    '¥2,816.67'
    """
    exact = Fraction(amount.minor * _TIMES_A_YEAR[frequency], 12)
    return Money(Rounding.HALF_UP(exact), amount.currency)


def workings(amount: Money, frequency: PayFrequency) -> str:
    """Return how a month's amount was worked out, "" where nothing had to be.

    >>> from tideover.money import CNY
    >>> workings(Money(650_00, CNY), PayFrequency.WEEKLY)
    '¥650.00 × 52 ÷ 12 = ¥2,816.67'
    >>> workings(Money(1_200_00, CNY), PayFrequency.YEARLY)
    '¥1,200.00 ÷ 12 = ¥100.00'
    """
    if frequency is PayFrequency.MONTHLY:
        return ""
    times = _TIMES_A_YEAR[frequency]
    multiplied = f" × {times}" if times > 1 else ""
    return f"{amount.display}{multiplied} ÷ 12 = {a_month(amount, frequency).display}"
