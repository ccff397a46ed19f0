from datetime import date

import pytest

from tideover.dates import UnpublishedYear
from tideover.policy import load_book, provisional_years, working_calendar

CALENDAR = working_calendar(load_book())


class TestWorkingCalendar:
    @pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 9, 20), date(2026, 10, 10)])
    def test_works_on_the_weekend_days_that_make_up_for_a_holiday(self, day):
        assert day.weekday() >= 5
        assert CALENDAR.is_working(day)

    @pytest.mark.parametrize("day", [date(2026, 2, 16), date(2026, 10, 7), date(2026, 6, 19)])
    def test_rests_on_holidays_that_fall_on_weekdays(self, day):
        assert not CALENDAR.is_working(day)

    def test_counts_an_offer_across_a_weekend(self):
        # Monday 23 November 2026: 24, 25, 26, 27, 30 November, 1 and 2 December.
        assert CALENDAR.add_working_days(date(2026, 11, 23), 7) == date(2026, 12, 2)

    def test_counts_across_the_national_holiday_with_its_make_up_day(self):
        # Wednesday 30 September 2026; 1 to 7 October off; Saturday the 10th is worked.
        assert CALENDAR.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)

    def test_agrees_with_the_number_of_working_days_in_2026(self):
        # 261 weekdays, 19 of them days off, 6 weekend days worked: 248.
        days = (date.fromordinal(date(2026, 1, 1).toordinal() + offset) for offset in range(365))

        assert sum(CALENDAR.is_working(day) for day in days) == 248

    def test_fails_loudly_for_a_year_that_is_not_known(self):
        with pytest.raises(UnpublishedYear):
            CALENDAR.is_working(date(2028, 1, 4))

    def test_marks_2027_as_provisional_and_leaves_it_out_on_request(self):
        assert provisional_years(load_book()) == {2027}
        with pytest.raises(UnpublishedYear):
            working_calendar(load_book(), published_only=True).is_working(date(2027, 1, 4))
