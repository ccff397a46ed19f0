from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.dates import (
    MONTHLY,
    BeyondCalendar,
    Frequency,
    NoFrequency,
    Unit,
    add_months,
    due_dates,
)


class TestDueDates:
    @given(s.days, st.integers(1, 120))
    def test_of_months_never_drift_from_the_day_of_the_anchor(self, anchor, count):
        for day in due_dates(anchor, MONTHLY, count=count):
            length = monthrange(day.year, day.month)[1]

            assert day.day == min(anchor.day, length)

    @given(s.days, s.frequencies, st.integers(1, 60))
    def test_rise_and_are_as_many_as_asked(self, anchor, frequency, count):
        dates = due_dates(anchor, frequency, count=count)

        assert len(dates) == count
        assert list(dates) == sorted(set(dates))
        assert dates[0] > anchor

    @given(s.days, s.frequencies, st.integers(1, 20), st.integers(1, 20))
    def test_in_two_halves_are_those_of_the_whole(self, anchor, frequency, early, late):
        whole = due_dates(anchor, frequency, count=early + late)
        halves = due_dates(anchor, frequency, count=early) + due_dates(
            anchor, frequency, count=late, earliest=early + 1
        )

        assert halves == whole

    def test_return_to_the_31st_after_february(self):
        dates = due_dates(date(2024, 1, 31), MONTHLY, count=4)

        assert [day.isoformat() for day in dates] == [
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
            "2024-05-31",
        ]


class TestFrequency:
    def test_counts_weeks_and_days_exactly(self):
        start = date(2026, 12, 20)

        assert Frequency(2, Unit.WEEKS).after(start, 3) == start + timedelta(days=42)
        assert Frequency(10, Unit.DAYS).after(start, 3) == start + timedelta(days=30)

    @pytest.mark.parametrize("unit", list(Unit))
    def test_refuses_to_leave_the_calendar(self, unit):
        with pytest.raises(BeyondCalendar, match=f"^3000000 {unit} from 9999-01-01 lie outside"):
            Frequency(10**6, unit).after(date(9999, 1, 1), 3)

    def test_refuses_no_step(self):
        with pytest.raises(NoFrequency, match="cannot be 0 months apart: give 1 or more"):
            Frequency(0, Unit.MONTHS)


class TestAddMonths:
    @given(s.days, st.integers(-60, 60))
    def test_moves_by_whole_months(self, day, months):
        moved = add_months(day, months)

        assert (moved.year - day.year) * 12 + moved.month - day.month == months
        assert moved.day <= day.day
