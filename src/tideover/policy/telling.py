"""A policy number as people write it: 24%, 12 months, yes."""

from fractions import Fraction
from typing import Final

from tideover.policy.parameters import Value, value_text
from tideover.policy.words import Words, percent_text

#: Units in Chinese, and in English for one and for more.
UNITS: Final = {
    "month": ("个月", "month", "months"),
    "day": ("天", "day", "days"),
    "working_day": ("个工作日", "working day", "working days"),
    "hour": ("小时", "hour", "hours"),
    "minute": ("分钟", "minute", "minutes"),
    "count": ("", "", ""),
    "byte": ("字节", "byte", "bytes"),
    "minor": ("分", "minor unit", "minor units"),
}


def value_words(value: Value, *, unit: str) -> Words:
    """Return the value of a parameter of `unit` in both languages.

    >>> value_words(12, unit="month").en
    '12 months'
    """
    if isinstance(value, Fraction):
        digits = next((some for some in range(6) if (value * 100 * 10**some).denominator == 1), 6)
        text = percent_text(value, digits=digits)
        return Words(text, text)
    if isinstance(value, bool):
        return Words("是" if value else "否", "yes" if value else "no")
    if isinstance(value, int) and unit in UNITS:
        zh, one, many = UNITS[unit]
        return Words(f"{value} {zh}".strip(), f"{value} {one if value == 1 else many}".strip())
    return Words(value_text(value), value_text(value))
