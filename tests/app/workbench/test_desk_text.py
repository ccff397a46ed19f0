"""What figures look like on the desk."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tideover.app.workbench import text
from tideover.money import CNY, Money
from tideover.policy import Words


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


class TestPercent:
    @given(st.fractions(min_value=0, max_value=5, max_denominator=10_000))
    def test_is_within_half_a_hundredth_of_a_percent(self, rate):
        shown = Fraction(text.percent(rate).rstrip("%")) / 100

        assert abs(shown - rate) <= Fraction(1, 20_000)

    def test_writes_two_places(self):
        # 0.05 % a day for 365 days is 18.25 %.
        assert text.percent(Fraction("0.0005") * 365) == "18.25%"

    def test_keeps_the_zero_of_the_hundredths(self):
        assert text.percent(Fraction("0.1205")) == "12.05%"


class TestSigned:
    def test_puts_a_plus_before_what_costs_more(self):
        assert text.signed(Money(48_612, CNY)) == "+¥486.12"

    def test_puts_a_true_minus_before_what_costs_less(self):
        assert text.signed(Money(-300, CNY)) == "\u2212¥3.00"

    def test_leaves_nothing_without_a_sign(self):
        assert text.signed(Money(0, CNY)) == "¥0.00"


class TestDays:
    day = date(2026, 12, 5)

    def test_are_written_in_chinese(self):
        with translation.override("zh-hans"):
            assert text.full_day(self.day) == "2026年12月5日（周六）"
            assert text.short_day(self.day) == "2026年12月5日"
            assert text.month(self.day) == "2026年12月"

    def test_are_written_in_english(self):
        with translation.override("en"):
            assert text.full_day(self.day) == "Saturday 5 December 2026"
            assert text.short_day(self.day) == "5\u00a0Dec\u00a02026"
            assert text.month(self.day) == "Dec\u00a02026"

    def test_moments_are_of_the_lenders_time_zone(self):
        # 18:30 UTC is 02:30 of the next day in Shanghai.
        at = datetime(2026, 12, 4, 18, 30, tzinfo=UTC)

        with translation.override("zh-hans"):
            assert text.moment(at) == "12月5日\u00a002:30"


class TestInWords:
    def test_follows_the_reader(self, language):
        words = Words("展期", "Term extension")

        assert text.in_words(words) == words.in_language(language)

    def test_says_nothing_of_nothing(self):
        assert text.in_words(None) == ""


class TestSize:
    @pytest.mark.parametrize(
        ("count", "shown"),
        [(1, "1 KB"), (812_400, "812 KB"), (1_000_000, "1.0 MB"), (3_449_999, "3.4 MB")],
    )
    def test_is_said_the_way_people_say_it(self, count, shown):
        assert text.size(count) == shown.replace(" ", "\u00a0")
