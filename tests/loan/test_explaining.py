"""Where the cents of a line come from, in words: explaining.py and reasons.py."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    DailyRate,
    LoanTerms,
    Method,
    NoSuchLine,
    build_schedule,
    explain_line,
    profile,
)
from tideover.money import CNY, Money, Rounding

TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=date(2018, 9, 11),
)


class TestExplainLine:
    @given(s.terms(), st.data())
    def test_explains_the_line_that_is_in_the_schedule(self, terms, data):
        number = data.draw(st.integers(1, terms.instalments))
        line = build_schedule(terms).lines[number - 1]

        found = explain_line(terms, number)

        assert found.line == line
        assert found.opening_balance == line.closing_balance + line.principal
        assert found.reasons[-1].en.startswith("instalment:")
        assert line.instalment.text in found.reasons[-1].en
        assert all(reason.zh and reason.en for reason in found.reasons)

    @given(s.terms())
    def test_divides_as_it_says(self, terms):
        for number in range(1, terms.instalments + 1):
            words = " ".join(reason.en for reason in explain_line(terms, number).reasons)
            for whole, over, part in re.findall(r"([\d.]+) ÷ (\d+) = ([\d.]+)", words):
                exact = Fraction(Money.parse(whole, CNY).minor, int(over))
                left = explain_line(terms, number).opening_balance
                said = Money(terms.rounding(exact), CNY)
                # Rounded up, the lines before the last may have taken all there was.
                assert Money.parse(part, CNY) == min(said, left, key=lambda one: one.minor)

    @given(s.terms(methods=(Method.LEVEL,)))
    def test_names_one_level_instalment_for_all_lines_but_the_last(self, terms):
        # Of a loan of a few fen an instalment may be nothing, and a line then asks what it earned.
        assume(terms.principal.minor >= 100 * terms.instalments)
        said = {
            match[1]
            for number in range(terms.grace_on_principal + 1, terms.instalments)
            for reason in explain_line(terms, number).reasons
            if (match := re.match(r"principal: ([\d.]+) \(.*\) − [\d.]+ = ", reason.en))
        }

        # A line that takes all that is left before the last one has no more to ask.
        assert len(said) <= 1 or build_schedule(terms).lines[-2].closing_balance.minor == 0

    def test_names_it_where_grace_meets_interest_above_the_instalment(self):
        """106 days at 0.1 % a day of 31.28 earn 3.32, a fen above the level instalment of 3.31.

        Without the grace line 1 asks 3.31 and carries 0.01 on; line 2 then asks for
        0.31 + 0.01 = 0.32 of interest and 3.31 − 0.32 = 2.99 of principal.
        """
        terms = LoanTerms(
            principal=Money(3128, CNY), rate=DailyRate(Fraction(1, 1000)), method=Method.LEVEL,
            instalments=11, disbursed_on=date(2004, 1, 1), earliest_due=date(2004, 4, 16),
            frequency=Frequency(every=10, unit=Unit.DAYS), grace_on_interest=2,
        )  # fmt: skip
        why = "the smallest level instalment that clears the balance by the last line"

        said = [
            reason.en
            for number in (1, 2, 3)
            for reason in explain_line(terms, number).reasons
            if reason.en.startswith("principal:")
        ]

        assert said == [
            f"principal: 3.31 ({why}) − 3.31 = 0.00",
            f"principal: 3.31 ({why}) − 0.32 = 2.99",
            f"principal: 3.31 ({why}) − 0.28 = 3.03",
        ]

    def test_says_what_was_multiplied_and_rounded(self):
        words = [reason.en for reason in explain_line(TERMS, 2).reasons]

        assert words == [
            "period: from 2018-10-11 (counted) to 2018-11-11 (not counted), 31 days",
            "interest: 8000.00 × 0.0005 a day × 31 days = 124, rounded half-up to 124.00",
            "principal: 10000.00 ÷ 5 = 2000.00",
            "instalment: 2000.00 + 124.00 = 2124.00; principal left 6000.00",
        ]

    def test_says_which_line_takes_the_balance(self):
        uneven = replace(TERMS, principal=Money(100_000, CNY), instalments=3)

        words = [explain_line(uneven, number).reasons[2].en for number in (2, 3)]

        assert words == [
            "principal: 1000.00 ÷ 3 = 333.33",
            "principal: the last line takes the balance, 333.34",
        ]

    def test_says_when_principal_comes_back_at_the_end(self):
        late = replace(TERMS, method=Method.INTEREST_ONLY)

        words = [explain_line(late, number).reasons[2].en for number in (4, 5)]

        assert words == [
            "principal: none before the last line",
            "principal: the last line takes the balance, 10000.00",
        ]

    def test_says_what_part_of_a_year_counts(self):
        by_days = replace(TERMS, rate=AnnualRate.percent("18", DayCount.ACT_365F))

        assert "18 % a year × 31/365 of a year" in explain_line(by_days, 2).reasons[1].en

    def test_says_what_was_carried(self):
        late = replace(TERMS, method=Method.LEVEL, instalments=2, earliest_due=date(2026, 9, 11))

        earliest = " ".join(reason.en for reason in explain_line(late, 1).reasons)
        last = " ".join(reason.zh for reason in explain_line(late, 2).reasons)
        assert "carried on" in earliest
        assert "前期结转利息" in last

    def test_names_the_fee(self):
        flat = replace(TERMS, method=Method.FLAT, rate=None, fee_rate=Fraction("0.0041"))

        words = [reason.en for reason in explain_line(flat, 1).reasons]
        assert "fee: 10000.00 × 0.41 % = 41.00" in words

    def test_refuses_a_line_that_is_not_there(self):
        with pytest.raises(NoSuchLine, match="no line 6: give a number from 1 to 5"):
            explain_line(TERMS, 6)


def words(number: int, **changes: object) -> tuple[list[str], list[str]]:
    """The reasons of a line after its period, in both languages."""
    reasons = explain_line(replace(TERMS, **changes), number).reasons[1:]
    return [reason.en for reason in reasons], [reason.zh for reason in reasons]


class TestWords:
    def test_of_a_period_say_which_days_count(self):
        zh = explain_line(TERMS, 2).reasons[0].zh

        assert zh == "计息期：2018-10-11（计入）至 2018-11-11（不计入），共 31 天"

    def test_of_a_level_line(self):
        en, zh = words(2, method=Method.LEVEL)

        assert en == [
            "interest: 8057.68 × 0.0005 a day × 31 days = 124.89404, rounded half-up to 124.89",
            (
                "principal: 2092.32 (the smallest level instalment that clears the balance by the "
                "last line) − 124.89 = 1967.43"
            ),
            "instalment: 1967.43 + 124.89 = 2092.32; principal left 6090.25",
        ]
        assert zh == [
            "利息：8057.68 × 日利率 0.0005 × 31 天 = 124.89404，四舍五入为 124.89",
            "本金：2092.32（能在最后一期前还清的最小等额还款额）− 124.89 = 1967.43",
            "每期应还：1967.43 + 124.89 = 2092.32；剩余本金 6090.25",
        ]

    @pytest.mark.parametrize(
        ("changes", "en", "zh"),
        [
            (
                {"conventions": profile("fineract-progressive").conventions},
                "2092.31 (the annuity formula, rounded) − 150.00 = 1942.31",
                "2092.31（年金公式舍入后的等额还款额）− 150.00 = 1942.31",
            ),
            (
                {"amortised_over": 10},
                (
                    "1085.29 (the smallest level instalment that would clear the balance in 10 "
                    "lines) − 150.00 = 935.29"
                ),
                "1085.29（按 10 期还清计算的最小等额还款额）− 150.00 = 935.29",
            ),
            (
                {"amortised_over": 5, "grace_on_interest": 1},
                (
                    "2092.32 (the smallest level instalment that clears the balance by the "
                    "last line) − 150.00 = 1942.32"
                ),
                "2092.32（能在最后一期前还清的最小等额还款额）− 150.00 = 1942.32",
            ),
            (
                {"method": Method.FLAT, "conventions": profile("fineract-progressive").conventions},
                (
                    "2153.00 (principal and the interest of all lines, in equal parts) − 150.00 "
                    "= 2003.00"
                ),
                "2153.00（本金与各期利息合计后平均分摊）− 150.00 = 2003.00",
            ),
            (
                {"method": Method.FLAT, "conventions": profile("fineract-cumulative").conventions},
                "10000.00 ÷ 5 = 2000.00",
                "10000.00 ÷ 5 = 2000.00",
            ),
        ],
    )
    def test_of_the_principal_name_the_rule(self, changes, en, zh):
        found = words(1, **{"method": Method.LEVEL, **changes})

        assert f"principal: {en}" in found[0]
        assert f"本金：{zh}" in found[1]

    def test_of_even_interest_say_that_it_is_spread(self):
        en, zh = words(
            1, method=Method.FLAT, conventions=profile("fineract-cumulative").conventions
        )

        assert en[0] == "interest: an even part of the interest of all lines, 153.00"
        assert zh[0] == "利息：各期利息合计后平均分摊，153.00"

    def test_of_a_grace_say_what_is_left_to_later_lines(self):
        en, zh = words(2, grace_on_principal=2, grace_on_interest=2)

        # 150.00 and 155.00.
        assert en[1:] == [
            "brought forward: 150.00 of interest that earlier lines did not ask for",
            "carried on: 305.00 of interest is left to later lines, without interest on it",
            "principal: none in the grace period",
            "instalment: 0 = 0.00; principal left 10000.00",
        ]
        assert zh[1:] == [
            "前期结转利息：150.00（此前各期未能收取，不计复利）",
            "结转后期利息：305.00 留待后期收取，不计复利",
            "本金：宽限期内不还本金",
            "每期应还：0 = 0.00；剩余本金 10000.00",
        ]
        after, _ = words(3, grace_on_principal=2)
        assert after[1] == "principal: 10000.00 ÷ 3 = 3333.33"

    @pytest.mark.parametrize(
        ("number", "en", "zh"),
        [
            (4, "none before the last line", "最后一期之前不还本金"),
            (5, "the last line takes the balance, 10000.00", "最后一期收回剩余本金 10000.00"),
        ],
    )
    def test_of_interest_alone_say_when_principal_comes_back(self, number, en, zh):
        found = words(number, method=Method.INTEREST_ONLY)

        assert (found[0][1], found[1][1]) == (f"principal: {en}", f"本金：{zh}")

    @pytest.mark.parametrize(
        ("rate", "en", "zh"),
        [
            (
                AnnualRate(Fraction(6, 100), DayCount.MONTHLY, 2),
                "0.00493862 (6 % a year, monthly) = 49.38622",
                "0.00493862（年利率 6%，按月） = 49.38622",
            ),
            (AnnualRate.percent("0"), "0 (0 % a year, monthly) = 0", "0（年利率 0%，按月） = 0"),
            (
                AnnualRate.percent("12", DayCount.ACT_360),
                "12 % a year × 1/12 of a year (actual/360) = 100",
                "年利率 12% × 1/12 年（actual/360） = 100",
            ),
        ],
    )
    def test_of_interest_name_the_rate_and_the_part_of_the_year(self, rate, en, zh):
        found = words(1, rate=rate)

        assert found[0][0].startswith(f"interest: 10000.00 × {en}, rounded half-up to ")
        assert found[1][0].startswith(f"利息：10000.00 × {zh}，四舍五入为 ")

    def test_of_flat_interest_name_the_principal_it_counts_on(self):
        en, _ = words(2, method=Method.FLAT)

        assert en[0].startswith("interest: 10000.00 × 0.0005 a day × 31 days = 155")

    def test_of_a_long_first_period_keep_the_instalment_that_is_asked(self):
        en, _ = words(1, method=Method.LEVEL, earliest_due=date(2026, 9, 11))

        assert en[1].startswith("carried on: 9582.15 of interest")
        assert en[2].endswith("− 5027.85 = 0.00")

    def test_of_the_line_after_a_grace_keep_the_instalment(self):
        en, _ = words(2, method=Method.LEVEL, grace_on_interest=1)

        assert en[2].startswith("principal: 2092.32 (")
        assert en[2].endswith("− 124.89 = 1967.43")

    def test_of_a_fee_name_what_it_counts_on(self):
        en, zh = words(1, method=Method.FLAT, rate=None, fee_rate=Fraction("0.0041"))

        assert en[0] == "interest: 10000.00 × no rate = 0, rounded half-up to 0.00"
        assert zh[2] == "费用：10000.00 × 0.41% = 41.00"
        assert en[3] == "instalment: 2000.00 + 41.00 = 2041.00; principal left 8000.00"

    @pytest.mark.parametrize("number", [0, 6])
    def test_of_a_refusal_name_the_line_and_how_many_there_are(self, number):
        with pytest.raises(NoSuchLine) as refused:
            explain_line(TERMS, number)

        assert str(refused.value) == (
            f"the schedule has no line {number}: give a number from 1 to 5"
        )
        assert refused.value.zh == f"还款计划没有第 {number} 期：请填写 1 到 5 之间的期数"

    def test_of_every_rounding_have_a_name_in_chinese(self):
        assert len({rounding.zh for rounding in Rounding}) == len(Rounding)
        assert Rounding.HALF_EVEN.zh == "四舍六入五成双"

    def test_tell_the_exact_interest_and_the_balance_it_is_on(self):
        found = explain_line(replace(TERMS, method=Method.LEVEL), 2)

        assert (found.opening_balance.text, found.line.number) == ("8057.68", 2)
        assert found.exact_interest == Fraction(805_768 * 31, 2000)
