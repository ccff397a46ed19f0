from datetime import date

from hypothesis import given

import strategies as s
from tideover.dates import format_date_en, format_date_zh


class TestFormatDate:
    def test_is_how_a_chinese_reader_writes_it(self):
        assert format_date_zh(date(2026, 12, 5)) == "2026年12月5日（周六）"

    def test_is_how_an_english_reader_writes_it(self):
        assert format_date_en(date(2026, 12, 5)) == "Saturday 5 December 2026"

    @given(s.days)
    def test_names_the_same_day_in_both_languages(self, day):
        weekdays = dict(
            zip("一二三四五六日", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True)
        )

        assert format_date_en(day)[:3] == weekdays[format_date_zh(day)[-2]]
        assert format_date_en(day)[:3] == day.strftime("%a")
