"""Day count conventions: what part of a year a period is."""

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from tideover.dates.period import Period


class DayCount(StrEnum):
    """A day count convention, named as ISDA names it.

    MONTHLY counts whole months as twelfths and odd days as thirtieths of one.

    Reference: 2006 ISDA Definitions, section 4.16; ISO 20022 codes A001, A004, A005, A007, A008.
    """

    ACT_360 = "actual/360"
    ACT_365F = "actual/365-fixed"
    ACT_ACT_ISDA = "actual/actual-isda"
    THIRTY_360 = "30/360"
    THIRTY_E_360 = "30e/360"
    MONTHLY = "monthly"

    def fraction(self, period: Period) -> Fraction:
        """Return `period` as an exact part of a year."""
        match self:
            case DayCount.ACT_360:
                return Fraction(period.days, 360)
            case DayCount.ACT_365F:
                return Fraction(period.days, 365)
            case DayCount.ACT_ACT_ISDA:
                return _by_calendar_year(period)
            case DayCount.THIRTY_360 | DayCount.THIRTY_E_360:
                return Fraction(self.days(period), 360)
            case DayCount.MONTHLY:
                return _by_month(period)

    def days(self, period: Period) -> int:
        """Return the days of `period` as this convention counts them."""
        if self not in (DayCount.THIRTY_360, DayCount.THIRTY_E_360):
            return period.days
        start, end = period.start, period.end
        from_day, to_day = min(start.day, 30), end.day
        if to_day == 31 and (from_day == 30 or self is DayCount.THIRTY_E_360):
            to_day = 30
        return 360 * (end.year - start.year) + 30 * (end.month - start.month) + to_day - from_day


def _by_calendar_year(period: Period) -> Fraction:
    whole = Fraction(0)
    start = period.start
    while start < period.end:
        end = min(period.end, date(start.year + 1, 1, 1))
        whole += Fraction((end - start).days, 366 if isleap(start.year) else 365)
        start = end
    return whole


def _by_month(period: Period) -> Fraction:
    start, end = period.start, period.end
    months = 12 * (end.year - start.year) + end.month - start.month
    days = end.day - start.day
    # The end of a month is the end of a month: 31 January to 28 February is one month.
    if days < 0 and (end + timedelta(days=1)).month != end.month:
        days = 0
    return Fraction(30 * months + days, 360)
