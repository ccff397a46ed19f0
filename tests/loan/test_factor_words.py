"""tideover.loan.factor_words: a rate and its days in words that can be checked."""

from fractions import Fraction

import pytest

from tideover.dates import DayCount
from tideover.loan import AnnualRate, DailyRate
from tideover.loan.factor_words import factor_words


class TestFactorWords:
    @pytest.mark.parametrize(
        ("rate", "days", "factor", "en", "zh"),
        [
            (None, 10, Fraction(0), "no rate", "无利率"),
            (
                DailyRate.parse("0.0005"), 10, Fraction(5, 1000),
                "0.0005 a day × 10 days", "日利率 0.0005 × 10 天",
            ),
            (
                AnnualRate.percent("12", DayCount.ACT_360), 30, Fraction(1, 100),
                "12 % a year × 1/12 of a year (actual/360)", "年利率 12% × 1/12 年（actual/360）",
            ),
            (
                AnnualRate.percent("12", DayCount.MONTHLY), 31, Fraction(1, 100),
                "12 % a year × 1/12 of a year (monthly)", "年利率 12% × 1/12 年（按月）",
            ),
            (
                AnnualRate.percent("0", DayCount.ACT_360), 30, Fraction(0),
                "0 (0 % a year, actual/360)", "0（年利率 0%，actual/360）",
            ),
        ],
    )  # fmt: skip
    def test_say_what_principal_is_multiplied_by(self, rate, days, factor, en, zh):
        assert factor_words(rate, days=days, factor=factor) == (en, zh)
