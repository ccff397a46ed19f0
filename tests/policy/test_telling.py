"""How policy numbers are told."""

from fractions import Fraction

import pytest

from tideover.policy import value_words


class TestValueWords:
    @pytest.mark.parametrize(
        ("value", "unit", "zh", "en"),
        [
            (Fraction(4, 5), "ratio", "80%", "80%"),
            (Fraction("0.0385"), "ratio", "3.85%", "3.85%"),
            (1, "month", "1 个月", "1 month"),
            (12, "month", "12 个月", "12 months"),
            (5, "count", "5", "5"),
            (True, "flag", "是", "yes"),
            (("jpeg", "pdf"), "list", "jpeg, pdf", "jpeg, pdf"),
            ("21:00", "time_of_day", "21:00", "21:00"),
        ],
    )
    def test_write_a_value_the_way_people_do(self, value, unit, zh, en):
        words = value_words(value, unit=unit)

        assert (words.zh, words.en) == (zh, en)
