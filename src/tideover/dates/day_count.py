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
    ACT_365_LEAP_DAY counts 366 for periods that hold a 29 February and 365 for all others.

    Reference: 2006 ISDA Definitions, section 4.16; ISO 20022 codes A001, A004, A005, A007, A008.
    """

    ACT_360 = "actual/360"
    ACT_365F = "actual/365-fixed"
    ACT_364 = "actual/364"
    ACT_ACT_ISDA = "actual/actual-isda"
    ACT_ACT_YEAR_END = "actual/actual-year-end"
    ACT_ACT_START = "actual/actual-start"
    ACT_365_LEAP_DAY = "actual/365-leap-day"
    THIRTY_360 = "30/360"
    THIRTY_E_360 = "30e/360"
    MONTHLY = "monthly"

    def fraction(self, period: Period) -> Fraction:
        """Return `period` as an exact part of a year."""
        if self in _DAYS_OF_YEAR:
            return Fraction(self.days(period), _DAYS_OF_YEAR[self])
        return _FRACTIONS[self](period)

    def days(self, period: Period) -> int:
        """Return the days of `period` as this convention counts them."""
        if self not in (DayCount.THIRTY_360, DayCount.THIRTY_E_360):
            return period.days
        start, end = period.start, period.end
        from_day, to_day = min(start.day, 30), end.day
        if to_day == 31 and (from_day == 30 or self is DayCount.THIRTY_E_360):
            to_day = 30
        return 360 * (end.year - start.year) + 30 * (end.month - start.month) + to_day - from_day


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


def _by_leap_day(period: Period) -> Fraction:
    years = range(period.start.year, period.end.year + 1)
    # A day belongs to the period that ends on it: the first day of a period is not in it.
    holds = any(isleap(year) and period.start < date(year, 2, 29) <= period.end for year in years)
    return Fraction(period.days, 366 if holds else 365)


def _length(year: int) -> int:
    return 366 if isleap(year) else 365


def _by_month(period: Period) -> Fraction:
    start, end = period.start, period.end
    months = 12 * (end.year - start.year) + end.month - start.month
    days = end.day - start.day
    # The end of a month is the end of a month: 31 January to 28 February is one month.
    if days < 0 and (end + timedelta(days=1)).month != end.month:
        days = 0
    return Fraction(30 * months + days, 360)


_DAYS_OF_YEAR: Final = {
    DayCount.ACT_360: 360,
    DayCount.ACT_365F: 365,
    DayCount.ACT_364: 364,
    DayCount.THIRTY_360: 360,
    DayCount.THIRTY_E_360: 360,
}
_FRACTIONS: Final[dict[DayCount, Callable[[Period], Fraction]]] = {
    DayCount.ACT_ACT_ISDA: _by_calendar_year,
    DayCount.ACT_ACT_YEAR_END: _by_year_end,
    DayCount.ACT_ACT_START: _by_start,
    DayCount.ACT_365_LEAP_DAY: _by_leap_day,
    DayCount.MONTHLY: _by_month,
}
