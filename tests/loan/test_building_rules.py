"""loan/building.py: the rules of one method each, by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    Conventions,
    DailyRate,
    FlatRule,
    LevelRule,
    LoanTerms,
    Method,
    build_schedule,
    level_instalment_of,
)
from tideover.loan.building import schedule_parts
from tideover.money import CNY, Money, Rounding

TERMS = LoanTerms(
    principal=Money(100_000, CNY),
    rate=AnnualRate.percent("12"),
    method=Method.LEVEL,
    instalments=3,
    disbursed_on=date(2026, 1, 15),
)
ROUNDED = Conventions(level=LevelRule.ROUNDED)


def column(terms, name):
    return [getattr(line, name).text for line in build_schedule(terms).lines]


class TestQuickWays:
    """Figures without days, and factors by days, come out as with every day counted."""

    @pytest.mark.parametrize(
        "change",
        [
            {},
            {"frequency": Frequency(3, Unit.MONTHS)},
            {"frequency": Frequency(2, Unit.WEEKS)},
            {"frequency": Frequency(10, Unit.DAYS)},
            {"earliest_due": date(2026, 3, 2)},
            {"anchor": date(2025, 12, 31)},
            {"rate": AnnualRate.percent("12", DayCount.ACT_365F)},
            {"rate": AnnualRate.percent("12", DayCount.THIRTY_E_360)},
            {"rate": AnnualRate(Fraction(12, 100), DayCount.MONTHLY, 2)},
            {"rate": AnnualRate(Fraction(12, 100), DayCount.ACT_365F, 2)},
            {"rate": DailyRate.parse("0.0005")},
        ],
    )
    @pytest.mark.parametrize("method", list(Method))
    def test_agree_with_the_schedule(self, method, change):
        terms = replace(TERMS, **{"method": method, **change})
        lines = build_schedule(terms).lines

        assert [part[:2] for part in schedule_parts(terms)] == [
            (line.principal.minor, line.interest.minor) for line in lines
        ]

    def test_of_a_broken_first_step_count_only_that_by_days(self):
        # Off the grid: 21 days, then 31 January to 28 February and to 31 March, a month each.
        terms = replace(
            TERMS, method=Method.INTEREST_ONLY, disbursed_on=date(2026, 1, 10),
            earliest_due=date(2026, 1, 31),
        )  # fmt: skip

        # 1,000.00 × 1 % × 21/30 = 7.00.
        assert column(terms, "interest") == ["7.00", "10.00", "10.00"]


class TestFlatRules:
    # 1,000.00 at 36.5 % by days: 31, 28 and 31 days are 31.00, 28.00 and 31.00.
    FLAT = replace(TERMS, method=Method.FLAT, rate=AnnualRate.percent("36.5", DayCount.ACT_365F))

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            (FlatRule.EQUAL_PRINCIPAL, ["364.33", "361.33", "364.34"]),
            # (1,000.00 + 90.00) / 3 = 363.33 on every line but the last.
            (FlatRule.LEVEL, ["363.33", "363.33", "363.34"]),
            (FlatRule.EVEN, ["363.33", "363.33", "363.34"]),
        ],
    )
    def test_share_principal_and_interest_by_name(self, rule, expected):
        terms = replace(self.FLAT, conventions=Conventions(flat=rule))

        assert column(terms, "instalment") == expected

    def test_even_takes_the_rounded_share_of_a_line_into_the_level(self):
        # 10.00 for 59 days at 0.85 % … 0.05 in all: 0.03 and 0.02; 5.00 + 0.03 a line.
        terms = replace(
            self.FLAT, principal=Money(1000, CNY), instalments=2,
            rate=AnnualRate(Fraction(5 * 365, 1000 * 59), DayCount.ACT_365F),
            conventions=Conventions(flat=FlatRule.EVEN),
        )  # fmt: skip

        assert column(terms, "interest") == ["0.03", "0.02"]
        assert column(terms, "principal") == ["5.00", "5.00"]

    @pytest.mark.parametrize("rule", list(FlatRule))
    def test_of_one_line_ask_for_everything_with_it(self, rule):
        terms = replace(self.FLAT, instalments=1, conventions=Conventions(flat=rule))

        assert column(terms, "instalment") == ["1031.00"]

    @pytest.mark.parametrize("method", [Method.FLAT, Method.INTEREST_ONLY, Method.EQUAL_PRINCIPAL])
    def test_carry_nothing(self, method):
        lines = build_schedule(replace(self.FLAT, method=method)).lines

        assert [line.carried_interest for line in lines] == [None] * 3


class TestGraceRules:
    def test_on_principal_shortens_what_a_balloon_is_amortised_over(self):
        terms = replace(TERMS, instalments=6, amortised_over=12, grace_on_principal=2)
        later = replace(TERMS, instalments=4, amortised_over=10)

        assert column(terms, "interest")[:2] == ["10.00", "10.00"]
        assert column(terms, "instalment")[2:] == column(later, "instalment")

    def test_on_principal_changes_nothing_of_a_bullet(self):
        bullet = replace(TERMS, method=Method.BULLET)

        assert build_schedule(replace(bullet, grace_on_principal=2)) == build_schedule(bullet)

    def test_on_interest_adds_to_what_a_long_first_period_carries(self):
        # 1,365.00 of interest at once and 30.00 later; half of 2,395.00 is 1,197.50 (see
        # test_building). All 1,365.00 wait for line 2, and none of it twice.
        terms = LoanTerms(
            principal=Money(100_000, CNY), rate=DailyRate.parse("0.001"), method=Method.LEVEL,
            instalments=2, disbursed_on=date(2026, 1, 1), earliest_due=date(2029, 9, 27),
            grace_on_interest=1,
        )  # fmt: skip

        first, last = build_schedule(terms).lines

        assert (first.interest.text, last.interest.text) == ("0.00", "1395.00")
        assert first.carried_interest == Money(136_500, CNY)


class TestMultiple:
    @pytest.mark.parametrize(
        ("rounding", "multiple", "level"),
        [
            # 1,000.00 at 1 % over three: 340.0221….
            (Rounding.HALF_UP, 1, "340.02"),
            (Rounding.UP, 1, "340.03"),
            (Rounding.HALF_UP, 100, "340.00"),
            (Rounding.UP, 100, "341.00"),
            (Rounding.DOWN, 100, "340.00"),
            (Rounding.UP, 2, "340.04"),
            (Rounding.HALF_EVEN, 5, "340.00"),
            (Rounding.HALF_DOWN, 4, "340.00"),
            (Rounding.HALF_UP, 4, "340.04"),
            # Below half of the multiple it stays as it is.
            (Rounding.HALF_UP, 100_000, "340.02"),
        ],
    )
    def test_is_what_the_payment_is_rounded_to(self, rounding, multiple, level):
        rule = replace(ROUNDED, payment_rounding=rounding, payment_multiple=multiple)

        assert level_instalment_of(replace(TERMS, conventions=rule)).text == level


class TestEqualised:
    @staticmethod
    def gap(terms: LoanTerms, level: int) -> int:
        """How much the last line would be above `level`, each line in plain fractions."""
        balance = terms.principal.minor
        monthly = terms.rate.of_year / 12
        for _ in range(terms.instalments - 1):
            balance -= level - terms.rounding(balance * monthly)
        return balance + terms.rounding(balance * monthly) - level

    @given(st.integers(10_000, 5_000_000), st.integers(1, 400), st.integers(2, 60))
    @settings(max_examples=60)
    def test_leaves_the_last_line_nearer_than_any_other_payment_would(self, minor, rate, count):
        terms = replace(
            TERMS, principal=Money(minor, CNY), instalments=count,
            rate=AnnualRate.percent(str(Fraction(rate, 10).limit_denominator())
                                    if rate % 10 == 0 else f"{rate // 10}.{rate % 10}"),
            conventions=replace(ROUNDED, is_equalised=True),
        )  # fmt: skip

        level = level_instalment_of(terms).minor

        others = [abs(self.gap(terms, level + step)) for step in range(-3, 4)]
        assert abs(self.gap(terms, level)) == min(others)

    @pytest.mark.parametrize(
        ("minor", "percent", "count", "rounded", "equalised"),
        [
            # The last line is 24, 49, 21, 4 fen off the level one, and 22, 47, 16, 2 when moved.
            (2_174_103, "34.5", 29, 111_529, 111_528),
            (3_840_836, "38.6", 44, 164_360, 164_361),
            (3_270_429, "2.3", 35, 96_700, 96_699),
            (3_194_950, "24.9", 6, 571_826, 571_825),
        ],
    )
    def test_moves_by_a_fen_where_that_is_nearer(self, minor, percent, count, rounded, equalised):
        terms = replace(
            TERMS, principal=Money(minor, CNY), rate=AnnualRate.percent(percent),
            instalments=count, conventions=ROUNDED,
        )  # fmt: skip
        moved = replace(terms, conventions=replace(ROUNDED, is_equalised=True))

        assert level_instalment_of(terms).minor == rounded
        assert level_instalment_of(moved).minor == equalised
        assert abs(self.gap(moved, equalised)) < abs(self.gap(terms, rounded))

    def test_stays_where_a_fen_more_is_as_far_off_the_other_way(self):
        terms = replace(
            TERMS, principal=Money(58_417, CNY), rate=AnnualRate.percent("69.5"), instalments=5,
            conventions=replace(ROUNDED, is_equalised=True),
        )  # fmt: skip

        # 137.89 leaves the last line 0.03 above, 137.90 leaves it 0.03 below.
        assert (self.gap(terms, 13_789), self.gap(terms, 13_790)) == (3, -3)
        assert level_instalment_of(terms).minor == 13_789

    def test_moves_far_when_the_payment_was_rounded_far(self):
        # To whole yuan and up: 341.00, and the last line would be 3.01 short of it; a yuan less
        # leaves it 0.06 above.
        rule = replace(
            ROUNDED, payment_rounding=Rounding.UP, payment_multiple=100, is_equalised=True
        )

        assert level_instalment_of(replace(TERMS, conventions=rule)).text == "341.00"
        half_up = replace(rule, payment_rounding=Rounding.HALF_UP)
        assert level_instalment_of(replace(TERMS, conventions=half_up)).text == "340.00"


class TestFrequencies:
    def test_of_a_quarter_bear_three_twelfths(self):
        terms = replace(
            TERMS, method=Method.INTEREST_ONLY, frequency=Frequency(3, Unit.MONTHS), instalments=2
        )

        assert column(terms, "interest") == ["30.00", "30.00"]
        assert terms.frequency != MONTHLY
