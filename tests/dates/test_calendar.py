from datetime import date

import pytest

from tideover.dates import UnpublishedYear, WorkingCalendar

# State Council notice for 2026: National Day 1–7 October off, Saturday 10 October worked.
CALENDAR = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    make_up_days=frozenset({date(2026, 10, 10)}),
    years=frozenset({2026}),
)


class TestWorkingCalendar:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 9, 30), True),
            (date(2026, 10, 1), False),
            (date(2026, 10, 8), True),
            (date(2026, 10, 10), True),  # a Saturday, worked for the holiday
            (date(2026, 10, 11), False),
            (date(2026, 10, 16), True),
            (date(2026, 10, 17), False),  # a Saturday like any other
        ],
    )
    def test_knows_holidays_and_the_days_worked_for_them(self, day, works):
        assert CALENDAR.is_working(day) is works

    def test_counts_working_days_from_the_day_after(self):
        # After 30 September: 8, 9, 10 (worked Saturday), 12.
        assert CALENDAR.add_working_days(date(2026, 9, 30), 4) == date(2026, 10, 12)

    def test_rolls_to_the_next_working_day_only_when_needed(self):
        assert CALENDAR.roll_forward(date(2026, 10, 3)) == date(2026, 10, 8)
        assert CALENDAR.roll_forward(date(2026, 10, 8)) == date(2026, 10, 8)

    def test_refuses_a_year_nobody_has_published(self):
        with pytest.raises(UnpublishedYear, match="2027 are not in the calendar") as refused:
            CALENDAR.add_working_days(date(2026, 12, 31), 2)

        assert "years known: 2026" in str(refused.value)

    def test_names_the_years_it_knows_in_their_order(self):
        known = WorkingCalendar(frozenset(), frozenset(), frozenset({2024, 2023, 2022}))

        with pytest.raises(UnpublishedYear, match="years known: 2022, 2023, 2024"):
            known.is_working(date(2026, 1, 1))
