from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

import strategies as s
from tideover.dates import DayCount, Period

LINEAR = [
    DayCount.ACT_360,
    DayCount.ACT_364,
    DayCount.ACT_365F,
    DayCount.ACT_ACT_ISDA,
    DayCount.ACT_ACT_YEAR_END,
]


def period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


class TestFraction:
    @given(s.days, s.days, s.days)
    def test_of_two_parts_is_that_of_the_whole(self, one, two, three):
        start, middle, end = sorted((one, two, three))

        for day_count in LINEAR:
            parts = day_count.fraction(Period(start, middle)) + day_count.fraction(
                Period(middle, end)
            )
            assert parts == day_count.fraction(Period(start, end))

    @given(s.days)
    def test_of_no_days_is_nothing(self, day):
        assert all(day_count.fraction(Period(day, day)) == 0 for day_count in DayCount)

    @given(s.days, s.days)
    def test_is_about_the_days_over_a_year(self, one, other):
        start, end = sorted((one, other))
        days = (end - start).days

        for day_count in DayCount:
            share = day_count.fraction(Period(start, end))
            # Thirty-day months lose up to two days in a February; years differ by 366/360.
            assert Fraction(days - 3, 366) - Fraction(days, 100) <= share
            assert share <= Fraction(days + 3, 360) + Fraction(days, 100)

    @pytest.mark.parametrize(
        ("day_count", "start", "end", "expected"),
        [
            # 2006 ISDA Definitions 4.16: by hand, 4 days of 2007 and 59 of leap year 2008.
            (DayCount.ACT_ACT_ISDA, "2007-12-28", "2008-02-29", "4/365 + 59/366"),
            # The same, divided at 31 December: 3 days of 2007 and 60 of 2008.
            (DayCount.ACT_ACT_YEAR_END, "2007-12-28", "2008-02-29", "3/365 + 60/366"),
            (DayCount.ACT_ACT_START, "2007-12-28", "2008-02-29", "63/365"),
            (DayCount.ACT_365_LEAP_DAY, "2007-12-28", "2008-02-29", "63/366"),
            (DayCount.ACT_365_LEAP_DAY, "2008-02-29", "2008-03-29", "29/365"),
            (DayCount.ACT_360, "2007-12-28", "2008-02-28", "62/360"),
            (DayCount.ACT_365F, "2007-12-28", "2008-02-29", "63/365"),
            (DayCount.THIRTY_360, "2007-01-31", "2007-03-31", "60/360"),
            (DayCount.THIRTY_360, "2007-01-15", "2007-01-31", "16/360"),
            (DayCount.THIRTY_E_360, "2007-01-15", "2007-01-31", "15/360"),
            (DayCount.THIRTY_E_360, "2006-08-31", "2007-02-28", "178/360"),
            (DayCount.MONTHLY, "2024-01-31", "2024-02-29", "1/12"),
            (DayCount.MONTHLY, "2024-01-15", "2024-03-25", "70/360"),
        ],
    )
    def test_matches_the_published_tables(self, day_count, start, end, expected):
        parts = sum(Fraction(part) for part in expected.split(" + "))

        assert day_count.fraction(period(start, end)) == parts
