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


class TestDays:
    @pytest.mark.parametrize(
        ("start", "end", "us", "eurobond", "german", "actual"),
        [
            # Published tables of days by three conventions of thirty-day months.
            ("2007-01-15", "2007-01-30", 15, 15, 15, 15),
            ("2007-01-15", "2007-02-15", 30, 30, 30, 31),
            ("2007-01-15", "2007-07-15", 180, 180, 180, 181),
            ("2007-09-30", "2008-03-31", 180, 180, 180, 183),
            ("2007-09-30", "2007-10-31", 30, 30, 30, 31),
            ("2007-09-30", "2008-09-30", 360, 360, 360, 366),
            ("2007-01-15", "2007-01-31", 16, 15, 15, 16),
            ("2007-01-31", "2007-02-28", 28, 28, 30, 28),
            ("2007-02-28", "2007-03-31", 30, 32, 30, 31),
            ("2006-08-31", "2007-02-28", 178, 178, 180, 181),
            ("2007-02-28", "2007-08-31", 180, 182, 180, 184),
            ("2007-02-14", "2007-02-28", 14, 14, 16, 14),
            ("2007-02-26", "2008-02-29", 363, 363, 364, 368),
            ("2008-02-29", "2009-02-28", 360, 359, 360, 365),
            ("2008-02-29", "2008-03-30", 30, 31, 30, 30),
            ("2008-02-29", "2008-03-31", 30, 31, 30, 31),
            ("2007-02-28", "2007-03-05", 5, 7, 5, 5),
            ("2007-10-31", "2007-11-28", 28, 28, 28, 28),
            ("2007-08-31", "2008-02-29", 179, 179, 180, 182),
            ("2008-02-29", "2008-08-31", 180, 181, 180, 184),
            ("2008-08-31", "2009-02-28", 178, 178, 180, 181),
            ("2009-02-28", "2009-08-31", 180, 182, 180, 184),
        ],
    )
    def test_match_the_published_tables(self, start, end, us, eurobond, german, actual):
        stretch = period(start, end)

        assert DayCount.THIRTY_360_US.days(stretch) == us
        assert DayCount.THIRTY_E_360.days(stretch) == eurobond
        assert DayCount.THIRTY_E_360_ISDA.days(stretch) == german
        assert DayCount.ACT_360.days(stretch) == actual

    @pytest.mark.parametrize(
        ("day_count", "start", "end", "days"),
        [
            # From the 31st, which is the 30th, to the 15th: half a month.
            (DayCount.THIRTY_360, "2007-01-31", "2007-02-15", 15),
            (DayCount.THIRTY_360_US, "2007-01-31", "2007-02-15", 15),
            (DayCount.THIRTY_E_PLUS_360, "2007-01-31", "2007-02-15", 15),
            # The 27th is not the last of a February.
            (DayCount.THIRTY_E_360_ISDA, "2007-02-27", "2007-03-27", 30),
            (DayCount.THIRTY_E_360_ISDA, "2008-02-28", "2008-03-28", 30),
            (DayCount.THIRTY_360_US, "2007-02-27", "2007-03-31", 34),
        ],
    )
    def test_count_the_ends_of_months_by_hand(self, day_count, start, end, days):
        assert day_count.days(period(start, end)) == days

    def test_leave_a_leap_day_out_where_the_convention_does(self):
        assert DayCount.NL_365.days(period("2008-02-28", "2008-03-01")) == 1
        assert DayCount.NL_365.days(period("2008-02-29", "2008-03-01")) == 1
        assert DayCount.NL_365.days(period("2007-02-28", "2007-03-01")) == 1

    def test_take_the_31st_for_the_first_where_the_convention_does(self):
        assert DayCount.THIRTY_E_PLUS_360.days(period("2007-01-15", "2007-01-31")) == 16
        assert DayCount.THIRTY_E_PLUS_360.days(period("2007-01-31", "2007-01-31")) == 0


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
            # The year the period ends in: 2008 is a leap year.
            (DayCount.ACT_365L, "2007-10-31", "2008-11-30", "396/366"),
            (DayCount.NL_365, "2007-10-31", "2008-11-30", "395/365"),
            (DayCount.ACT_364, "2007-12-28", "2008-02-28", "62/364"),
            (DayCount.ACT_ACT_YEAR_END, "2008-12-30", "2009-01-02", "1/366 + 2/365"),
            (DayCount.ACT_ACT_ISDA, "2008-12-30", "2009-01-02", "2/366 + 1/365"),
            (DayCount.THIRTY_360_US, "2007-01-15", "2007-02-15", "30/360"),
            (DayCount.THIRTY_E_360_ISDA, "2007-01-15", "2007-02-15", "30/360"),
            (DayCount.THIRTY_E_PLUS_360, "2007-01-15", "2007-02-15", "30/360"),
            (DayCount.MONTHLY, "2024-01-30", "2024-02-28", "28/360"),
            (DayCount.MONTHLY, "2023-11-15", "2024-01-15", "2/12"),
            # To the end of a month, but from a day that it has: a month and eleven days.
            (DayCount.MONTHLY, "2024-02-20", "2024-03-31", "41/360"),
            (DayCount.MONTHLY, "2024-01-31", "2024-02-29", "1/12"),
            (DayCount.MONTHLY, "2024-01-15", "2024-03-25", "70/360"),
        ],
    )
    def test_matches_the_published_tables(self, day_count, start, end, expected):
        parts = sum(Fraction(part) for part in expected.split(" + "))

        assert day_count.fraction(period(start, end)) == parts
