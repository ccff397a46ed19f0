"""What money, days, rates and moments look like in the reader's language.

One place, so that a table, a plot and a sentence never write the same figure two ways.
"""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from tideover.dates import format_date_en, format_date_zh
from tideover.money import Money, Rounding
from tideover.policy import Words

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUS = "\u2212"
# A space that does not break a line.
NARROW = "\u00a0"


def language() -> str:
    """Return "en" or "zh-hans", the two languages that the desk speaks."""
    return "en" if (get_language() or "").startswith("en") else "zh-hans"


def is_english() -> bool:
    """Return whether the reader of this page reads English."""
    return language() == "en"


def in_words(words: Words | str | None) -> str:
    """Return `words` in the reader's language; nothing for nothing."""
    if words is None:
        return ""
    return words if isinstance(words, str) else words.in_language(language())


def signed(amount: Money) -> str:
    """Return `amount` with its sign in front, as a difference is read: +¥12.00, −¥3.00, ¥0.00."""
    if amount.minor == 0:
        return amount.display
    return ("+" if amount.minor > 0 else MINUS) + abs(amount).display


def percent(rate: Fraction, *, places: int = 2) -> str:
    """Return a yearly share such as 73/400 as "18.25%", rounded half up to `places`."""
    scaled = Rounding.HALF_UP(rate * 100 * 10**places)
    whole, rest = divmod(abs(scaled), 10**places)
    decimals = f".{rest:0{places}d}" if places else ""
    return f"{'-' if scaled < 0 else ''}{whole}{decimals}%"


def full_day(day: date) -> str:
    """Return the day with its weekday: 2026年12月5日（周六）."""
    return format_date_en(day) if is_english() else format_date_zh(day)


def short_day(day: date) -> str:
    """Return the day without its weekday, for tables: 2026年12月5日 or 5 Dec 2026."""
    if is_english():
        return f"{day.day}{NARROW}{MONTHS[day.month - 1]}{NARROW}{day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def month(day: date) -> str:
    """Return the month of a day: 2026年12月 or Dec 2026."""
    if is_english():
        return f"{MONTHS[day.month - 1]}{NARROW}{day.year}"
    return f"{day.year}年{day.month}月"


def moment(at: datetime) -> str:
    """Return day and minute in the lender's time zone: 12月5日 10:42 or 5 Dec 10:42."""
    there = at.astimezone(BUSINESS_ZONE)
    clock = f"{there:%H:%M}"
    if is_english():
        return f"{there.day}{NARROW}{MONTHS[there.month - 1]}{NARROW}{clock}"
    return f"{there.month}月{there.day}日{NARROW}{clock}"


def size(count: int) -> str:
    """Return a number of bytes the way people say it: 812 KB, 3.4 MB."""
    if count < 1_000_000:
        return f"{max(1, (count + 500) // 1000)}{NARROW}KB"
    tenths = (count + 50_000) // 100_000
    return f"{tenths // 10}.{tenths % 10}{NARROW}MB"
