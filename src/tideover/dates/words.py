"""Dates as people read them."""

from datetime import date
from typing import Final

_WEEKDAYS_ZH: Final = "一二三四五六日"
_WEEKDAYS_EN: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_MONTHS_EN: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_date_zh(day: date) -> str:
    """Return the day as a Chinese reader expects it: 2026年12月5日（周六）."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"


def format_date_en(day: date) -> str:
    """Return the day as an English reader expects it: Saturday 5 December 2026."""
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
