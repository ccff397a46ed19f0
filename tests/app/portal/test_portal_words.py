"""How amounts, days and rates look on a page, in both languages."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from tideover.app.portal.templatetags.portal_words import (
    amount,
    day,
    idempotency_key,
    moment,
    month,
    percent,
    sentence,
    spoken_list,
)
from tideover.money import CNY, Money
from tideover.policy import Words

SATURDAY = date(2026, 12, 5)


class TestAmount:
    def test_never_breaks_over_a_line(self):
        assert amount(Money(123_456, CNY)) == '<span class="amount">¥1,234.56</span>'


class TestDay:
    def test_is_written_with_its_weekday(self):
        with translation.override("zh-hans"):
            assert strip_tags(day(SATURDAY)).replace("&#8203;", "") == "2026年12月5日（周六）"
        with translation.override("en"):
            assert strip_tags(day(SATURDAY)) == "Saturday 5 December 2026"

    def test_of_a_moment_is_the_lenders(self):
        # Half past six in the evening, UTC, is half past two the next morning in Shanghai.
        with translation.override("en"):
            shown = strip_tags(moment(datetime(2026, 12, 4, 18, 30, tzinfo=UTC)))

        assert shown == "Saturday 5 December 2026 02:30"

    def test_of_a_month_leaves_the_day_out(self):
        with translation.override("zh-hans"):
            assert month(SATURDAY) == "2026年12月"


class TestPercent:
    @pytest.mark.parametrize(
        ("rate", "shown"),
        [
            (Fraction("0.146"), "14.60%"),
            (Fraction("0.18255"), "18.26%"),  # half up: 18.255
            (Fraction(1, 3), "33.33%"),
            (Fraction(0), "0.00%"),
        ],
    )
    def test_is_rounded_half_up_to_two_places(self, rate, shown):
        assert strip_tags(percent(rate)) == shown


class TestWordsOfTheBook:
    def test_begin_with_a_capital_when_they_stand_alone(self):
        with translation.override("en"):
            assert sentence(Words("这是最短期限", "this is the shortest")) == "This is the shortest"

    def test_are_listed_as_each_language_lists(self):
        texts = (Words("甲", "one"), Words("乙", "two"))

        with translation.override("zh-hans"):
            assert spoken_list(texts) == "甲、乙"
        with translation.override("en"):
            assert spoken_list(texts) == "one, two"


class TestIdempotencyKey:
    def test_is_another_for_every_form(self):
        assert idempotency_key() != idempotency_key()
