from datetime import date

import pytest

from factories import weilidai
from tideover.dates import Frequency, Unit
from tideover.options import due_date_after, months_between


class TestDueDateAfter:
    def test_returns_to_the_29th_after_a_year_without_one(self):
        # Due on the 29th of each month; the year shown ends on 28 February 2025.
        terms = weilidai(disbursed_on=date(2024, 2, 29), instalments=3)

        assert due_date_after(terms, date(2026, 3, 1)) == date(2026, 3, 29)

    def test_returns_to_the_31st_of_a_loan_whose_only_due_date_was_clamped(self):
        terms = weilidai(disbursed_on=date(2026, 1, 31), instalments=1)

        assert due_date_after(terms, date(2026, 3, 1)) == date(2026, 3, 31)

    def test_keeps_the_weekday_of_a_loan_due_by_weeks(self):
        terms = weilidai(disbursed_on=date(2026, 8, 3), frequency=Frequency(2, Unit.WEEKS))

        # Mondays from 17 August: 31 August, 14 and 28 September, 12 October.
        assert due_date_after(terms, date(2026, 9, 28)) == date(2026, 10, 12)
        assert due_date_after(terms, date(2026, 9, 27)) == date(2026, 9, 28)


class TestMonthsBetween:
    @pytest.mark.parametrize(
        ("start", "end", "months"),
        [
            (date(2025, 11, 15), date(2026, 1, 15), 2),
            (date(2025, 11, 15), date(2026, 1, 16), 3),
            (date(2026, 1, 15), date(2025, 12, 20), 0),
            (date(2026, 1, 15), date(2026, 1, 14), 0),
        ],
    )
    def test_counts_over_new_year_and_never_below_none(self, start, end, months):
        assert months_between(start, end) == months
