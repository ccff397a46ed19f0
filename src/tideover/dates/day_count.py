"""Day count conventions: what part of a year a period is."""

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tideover.dates.period import Period


class DayCount(StrEnum):
    """A day count convention, named as ISDA names it.

    MONTHLY counts whole months as twelfths and odd days as thirtieths of one. The conventions of
    actual days differ in what they do about leap years: ACT_ACT_ISDA divides a period across New
    Year at 1 January, ACT_ACT_YEAR_END at 31 December (that day belongs to the new year, as some
    core banking systems have it), ACT_ACT_START takes the year the period starts in, and
    ACT_365_LEAP_DAY counts 366 for periods that hold a 29 February and 365 for all others,
    ACT_365L takes the year the period ends in, and NL_365 leaves every 29 February out. The
    conventions of thirty-day months differ in what they do about the 31st and about February.

    Reference: 2006 ISDA Definitions, section 4.16; ISO 20022 codes A001, A004, A005, A007, A008.
    """

    ACT_360 = "actual/360"
    ACT_365F = "actual/365-fixed"
    ACT_364 = "actual/364"
    ACT_ACT_ISDA = "actual/actual-isda"
    ACT_ACT_YEAR_END = "actual/actual-year-end"
    ACT_ACT_START = "actual/actual-start"
    ACT_365_LEAP_DAY = "actual/365-leap-day"
    ACT_365L = "actual/365l"
    NL_365 = "no-leap/365"
    THIRTY_360 = "30/360"
    THIRTY_360_US = "30/360-us"
    THIRTY_E_360 = "30e/360"
    THIRTY_E_360_ISDA = "30e/360-isda"
    THIRTY_E_PLUS_360 = "30e+/360"
    MONTHLY = "monthly"

    def fraction(self, period: Period) -> Fraction:
        """Return `period` as an exact part of a year."""
        if self in _DAYS_OF_YEAR:
            return Fraction(self.days(period), _DAYS_OF_YEAR[self])
        return _FRACTIONS[self](period)

    def days(self, period: Period) -> int:
        """Return the days of `period` as this convention counts them."""
        if self is DayCount.NL_365:
            return period.days - _leap_days(period)
        thirty = _THIRTY.get(self)
        return period.days if thirty is None else thirty(period.start, period.end)


def _thirty(start: date, end: date, *, from_day: int, to_day: int) -> int:
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + to_day - from_day


def _bond(start: date, end: date) -> int:
    from_day = min(start.day, 30)
    to_day = 30 if end.day == 31 and from_day == 30 else end.day
    return _thirty(start, end, from_day=from_day, to_day=to_day)


def _us(start: date, end: date) -> int:
    starts_last = _is_last_of_february(start)
    from_day = 30 if starts_last else min(start.day, 30)
    ends_last = starts_last and _is_last_of_february(end)
    to_day = 30 if ends_last or (end.day == 31 and from_day == 30) else end.day
    return _thirty(start, end, from_day=from_day, to_day=to_day)


def _eurobond(start: date, end: date) -> int:
    return _thirty(start, end, from_day=min(start.day, 30), to_day=min(end.day, 30))


def _german(start: date, end: date) -> int:
    from_day = 30 if _is_last_of_february(start) else min(start.day, 30)
    to_day = 30 if _is_last_of_february(end) else min(end.day, 30)
    return _thirty(start, end, from_day=from_day, to_day=to_day)


def _euro_plus(start: date, end: date) -> int:
    # The 31st is the first of the next month, but no days are no days.
    if start == end:
        return 0
    return _thirty(start, end, from_day=min(start.day, 30), to_day=end.day)


def _is_last_of_february(day: date) -> bool:
    return day.month == 2 and (day + timedelta(days=1)).month == 3


def _leap_days(period: Period) -> int:
    """How many 29 Februaries the period has, counting its end and not its start."""
    years = range(period.start.year, period.end.year + 1)
    return sum(isleap(year) and period.start < date(year, 2, 29) <= period.end for year in years)


def _by_calendar_year(period: Period, *, turn: tuple[int, int] = (1, 1)) -> Fraction:
    """Divide at every `turn` (month and day); from that day on the new year's length counts."""
    whole = Fraction(0)
    start = period.start
    while start < period.end:
        next_turn = date(start.year, *turn)
        if next_turn <= start:
            next_turn = date(start.year + 1, *turn)
        end = min(period.end, next_turn)
        # The year the stretch belongs to is the one its next turn closes.
        year = next_turn.year - 1 if turn == (1, 1) else next_turn.year
        whole += Fraction((end - start).days, _length(year))
        start = end
    return whole


def _by_year_end(period: Period) -> Fraction:
    return _by_calendar_year(period, turn=(12, 31))


def _by_start(period: Period) -> Fraction:
    return Fraction(period.days, _length(period.start.year))


def _by_end(period: Period) -> Fraction:
    return Fraction(period.days, _length(period.end.year))


def _by_leap_day(period: Period) -> Fraction:
    # A day belongs to the period that ends on it: the first day of a period is not in it.
    return Fraction(period.days, 366 if _leap_days(period) else 365)


def _length(year: int) -> int:
    return 366 if isleap(year) else 365


def _by_month(period: Period) -> Fraction:
    start, end = period.start, period.end
    months = 12 * (end.year - start.year) + end.month - start.month
    days = end.day - start.day
    # The end of a month is the end of a month: 31 January to 28 February is one month.
    if (end + timedelta(days=1)).month != end.month:
        days = max(0, days)
    return Fraction(30 * months + days, 360)


_DAYS_OF_YEAR: Final = {
    DayCount.ACT_360: 360,
    DayCount.ACT_365F: 365,
    DayCount.ACT_364: 364,
    DayCount.NL_365: 365,
    DayCount.THIRTY_360: 360,
    DayCount.THIRTY_360_US: 360,
    DayCount.THIRTY_E_360: 360,
    DayCount.THIRTY_E_360_ISDA: 360,
    DayCount.THIRTY_E_PLUS_360: 360,
}
_THIRTY: Final[dict[DayCount, Callable[[date, date], int]]] = {
    DayCount.THIRTY_360: _bond,
    DayCount.THIRTY_360_US: _us,
    DayCount.THIRTY_E_360: _eurobond,
    DayCount.THIRTY_E_360_ISDA: _german,
    DayCount.THIRTY_E_PLUS_360: _euro_plus,
}
_FRACTIONS: Final[dict[DayCount, Callable[[Period], Fraction]]] = {
    DayCount.ACT_ACT_ISDA: _by_calendar_year,
    DayCount.ACT_ACT_YEAR_END: _by_year_end,
    DayCount.ACT_ACT_START: _by_start,
    DayCount.ACT_365_LEAP_DAY: _by_leap_day,
    DayCount.ACT_365L: _by_end,
    DayCount.MONTHLY: _by_month,
}
