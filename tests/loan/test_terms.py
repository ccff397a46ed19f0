import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount, Period
from tideover.loan import (
    AnnualRate,
    Component,
    Components,
    DailyRate,
    FirstDueBeforeDisbursement,
    LoanTerms,
    Method,
    NoInstalments,
    NotARate,
    RateLooksLikePercent,
    RateMissing,
    ZeroPrincipal,
)
from tideover.loan.rates import plain_text
from tideover.money import CNY, Money, NegativeAmount

TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.LEVEL,
    instalments=12,
    disbursed_on=date(2026, 1, 31),
)


class TestLoanTerms:
    @pytest.mark.parametrize(
        ("change", "refusal", "words"),
        [
            ({"principal": Money(-1, CNY)}, NegativeAmount, "the principal is -¥0.01"),
            ({"principal": Money(0, CNY)}, ZeroPrincipal, "nothing to repay"),
            ({"instalments": 0}, NoInstalments, "cannot have 0 instalments"),
            ({"instalments": 1201}, NoInstalments, "from 1 to 1200"),
            ({"rate": None}, RateMissing, "level needs a rate"),
            (
                {"earliest_due": date(2026, 1, 31)},
                FirstDueBeforeDisbursement,
                "due on 2026-01-31, which is not after the disbursement on 2026-01-31",
            ),
        ],
    )
    def test_refuses_what_cannot_be_meant(self, change, refusal, words):
        with pytest.raises(refusal, match=words) as refused:
            replace(TERMS, **change)

        assert refused.value.zh != str(refused.value)

    def test_needs_no_rate_when_flat(self):
        assert replace(TERMS, rate=None, method=Method.FLAT).late_rate is None

    def test_bears_its_own_rate_when_late_unless_told_otherwise(self):
        late = DailyRate.parse("0.0007")

        assert TERMS.late_rate == TERMS.rate
        assert replace(TERMS, overdue_rate=late).late_rate == late

    def test_counts_a_whole_month_as_a_twelfth_whatever_its_days(self):
        terms = replace(TERMS, rate=AnnualRate.percent("12"))
        february = Period(date(2026, 1, 31), date(2026, 2, 28))

        assert terms.is_whole_step(february.start, february.end)
        assert terms.factor(february, is_whole=True) == Fraction(1, 100)
        assert not terms.is_whole_step(date(2026, 2, 1), february.end)


class TestRates:
    @given(st.integers(0, 999).map(lambda ten_thousandths: f"0.00{ten_thousandths:03d}"))
    def test_daily_ones_are_exactly_what_was_written(self, text):
        assert DailyRate.parse(text).of_day == Fraction(text)

    @pytest.mark.parametrize("text", ["", "x", "-0.0005", "5%", "1e-4", "0,0005", "1/2000"])
    def test_refuse_what_is_not_a_rate(self, text):
        with pytest.raises(NotARate, match=f"^{re.escape(repr(text))} is not a rate"):
            DailyRate.parse(text)

    def test_read_up_to_24_characters(self):
        assert DailyRate.parse("0." + "0" * 21 + "1").of_day == Fraction(1, 10**22)
        with pytest.raises(NotARate):
            DailyRate.parse("0." + "0" * 22 + "1")

    def test_refuse_a_percentage_given_as_a_number(self):
        with pytest.raises(RateLooksLikePercent, match=r"0\.05 is 5 % a day, 1825 % a year") as no:
            DailyRate.parse("0.05")

        assert "write 0.0005" in str(no.value)
        assert "0.0005" in no.value.zh
        assert "相当于每年 1825%" in no.value.zh

    def test_refuse_an_annual_rate_beyond_reason(self):
        with pytest.raises(RateLooksLikePercent, match="2190 % a year is above 1000 %") as no:
            AnnualRate.percent("2190")

        assert "年利率 2190% 超过 1000%" in no.value.zh

    def test_refuse_from_the_limit_on(self):
        assert DailyRate(Fraction(995, 100_000)).percent_text == "0.995"
        assert AnnualRate.percent("999.99").percent_text == "999.99"
        with pytest.raises(RateLooksLikePercent):
            DailyRate(Fraction(1, 100))
        with pytest.raises(RateLooksLikePercent):
            AnnualRate.percent("1000")

    def test_say_themselves_in_percent(self):
        assert DailyRate.parse("0.0005").percent_text == "0.05"
        assert AnnualRate.percent("21.90").percent_text == "21.9"
        assert DailyRate.parse("0.0005").simple_annual == Fraction("0.1825")
        assert AnnualRate.percent("21.9").simple_annual == Fraction("0.219")

    def test_count_days(self):
        january = Period(date(2026, 1, 15), date(2026, 2, 15))

        assert DailyRate.parse("0.0005").over(january) == Fraction(31, 2000)
        assert AnnualRate.percent("36.5", DayCount.ACT_365F).over(january) == Fraction(31, 1000)
        # A monthly rate counts whole months, and late days by actual/365.
        assert AnnualRate.percent("36.5").over(january) == Fraction(365, 12000)
        assert AnnualRate.percent("36.5").over_late(january) == Fraction(31, 1000)

    def test_count_late_days_by_their_own_convention(self):
        january = Period(date(2026, 1, 15), date(2026, 2, 15))

        assert AnnualRate.percent("36", DayCount.ACT_360).over_late(january) == Fraction(31, 1000)

    @pytest.mark.parametrize(
        ("exact", "text"),
        [
            (Fraction(0), "0"),
            (Fraction(-1, 10**9), "0"),
            (Fraction(-1, 10**8), "-0.00000001"),
            (Fraction(1, 10**8), "0.00000001"),
            (Fraction(-5, 4), "-1.25"),
            (Fraction(100), "100"),
        ],
    )
    def test_plain_text_has_no_sign_and_no_zeros_to_spare(self, exact, text):
        assert plain_text(exact) == text

    @given(s.exacts)
    def test_plain_text_is_the_number_to_eight_decimals(self, exact):
        assert abs(Fraction(plain_text(exact)) - exact) <= Fraction(1, 2 * 10**8)


class TestComponents:
    parts = st.builds(
        Components,
        principal=s.principals,
        interest=s.principals,
        penalty=s.principals,
        fee=s.principals,
    )

    @given(parts, parts)
    def test_add_and_take_away_part_by_part(self, one, other):
        assert (one + other) - other == one
        assert (one + other).total == one.total + other.total
        assert all((one + other).get(p) == one.get(p) + other.get(p) for p in Component)

    def test_are_added_up_by_hand(self):
        parts = Components(
            principal=Money(1000, CNY), interest=Money(200, CNY), penalty=Money(30, CNY),
            fee=Money(4, CNY),
        )  # fmt: skip

        assert parts.total == Money(1234, CNY)

    def test_are_nothing_only_when_every_part_is(self):
        fee = Components.of({Component.FEE: Money(1, CNY)}, CNY)

        assert not Components.zero(CNY)
        assert fee
        assert fee.get(Component.FEE) == Money(1, CNY)
