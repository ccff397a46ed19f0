"""loan/terms.py: the grid of due dates, and one step of it as part of a year."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tideover.dates import DayCount, Frequency, Period, Unit
from tideover.loan import (
    AnnualRate,
    BalloonTooEarly,
    DailyRate,
    FirstDueBeforeDisbursement,
    GraceTooLong,
    LoanTerms,
    Method,
    NoInstalments,
    RateMissing,
    ZeroPrincipal,
)
from tideover.money import CNY, JPY, Money

TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=AnnualRate.percent("12"),
    method=Method.LEVEL,
    instalments=3,
    disbursed_on=date(2026, 1, 15),
)
WEEKLY, DAILY = Frequency(2, Unit.WEEKS), Frequency(10, Unit.DAYS)


class TestSilence:
    def test_asks_for_no_penalty_and_gives_no_days_of_grace(self):
        assert (TERMS.penalty_uplift, TERMS.grace_days, TERMS.fee_rate) == (0, 0, 0)


class TestNominalFactor:
    @pytest.mark.parametrize(
        ("rate", "frequency", "factor"),
        [
            (AnnualRate.percent("12"), Frequency(1, Unit.MONTHS), Fraction(1, 100)),
            (AnnualRate.percent("12"), Frequency(3, Unit.MONTHS), Fraction(3, 100)),
            # 365 days a year: 14 and 10 of them.
            (AnnualRate.percent("36.5"), WEEKLY, Fraction(14, 1000)),
            (AnnualRate.percent("36.5"), DAILY, Fraction(10, 1000)),
            (DailyRate.parse("0.0005"), Frequency(1, Unit.MONTHS), Fraction("0.1825") / 12),
            (DailyRate.parse("0.0005"), WEEKLY, Fraction(14, 2000)),
        ],
    )
    def test_is_the_step_s_part_of_a_year(self, rate, frequency, factor):
        assert replace(TERMS, rate=rate, frequency=frequency).nominal_factor() == factor

    def test_is_nothing_without_a_rate(self):
        free = replace(TERMS, rate=None, method=Method.FLAT)

        assert free.nominal_factor() == 0
        assert free.factor(Period(date(2026, 1, 15), date(2026, 2, 15)), is_whole=True) == 0


class TestFactor:
    def test_of_a_broken_step_counts_days_whatever_the_frequency(self):
        terms = replace(TERMS, frequency=WEEKLY)
        fortnight = Period(date(2026, 1, 15), date(2026, 1, 29))

        # 14 days are 14/30 of a month by MONTHLY; a whole step is 14/365 of a year.
        assert terms.factor(fortnight, is_whole=False) == Fraction(14, 3000)
        assert terms.factor(fortnight, is_whole=True) == Fraction(12 * 14, 100 * 365)

    def test_of_a_rate_that_counts_days_is_by_days_even_when_whole(self):
        terms = replace(TERMS, rate=AnnualRate.percent("36.5", DayCount.ACT_365F))
        january = Period(date(2026, 1, 15), date(2026, 2, 15))

        assert terms.factor(january, is_whole=True) == Fraction(31, 1000)


class TestGrid:
    def test_counts_from_an_anchor_to_the_first_day_after_the_disbursement(self):
        terms = replace(TERMS, anchor=date(2025, 10, 31))

        assert [day.isoformat() for day in terms.due_dates()] == [
            "2026-01-31", "2026-02-28", "2026-03-31",
        ]  # fmt: skip
        assert terms.grid_anchor == date(2025, 10, 31)

    def test_has_no_instalment_due_on_the_day_of_disbursement(self):
        terms = replace(TERMS, anchor=date(2025, 12, 15))

        assert terms.due_dates()[0] == date(2026, 2, 15)

    def test_begins_with_the_anchor_itself_when_that_comes_later(self):
        terms = replace(TERMS, anchor=date(2026, 1, 20))

        assert terms.due_dates()[0] == date(2026, 1, 20)

    @pytest.mark.parametrize(
        ("frequency", "earliest", "second"),
        [
            # On the grid of the disbursement, some steps later.
            (WEEKLY, date(2026, 2, 26), date(2026, 3, 12)),
            (DAILY, date(2026, 2, 4), date(2026, 2, 14)),
            (Frequency(3, Unit.MONTHS), date(2026, 7, 15), date(2026, 10, 15)),
            # Off it: the earliest is the anchor.
            (WEEKLY, date(2026, 2, 27), date(2026, 3, 13)),
            (Frequency(3, Unit.MONTHS), date(2026, 5, 15), date(2026, 8, 15)),
        ],
    )
    def test_goes_on_from_the_earliest(self, frequency, earliest, second):
        terms = replace(TERMS, frequency=frequency, earliest_due=earliest, instalments=2)

        assert terms.due_dates() == (earliest, second)

    @pytest.mark.parametrize(
        ("frequency", "earliest", "anchor"),
        [
            (DAILY, date(2026, 2, 4), date(2026, 1, 15)),
            (DAILY, date(2026, 2, 5), date(2026, 2, 5)),
            (WEEKLY, date(2026, 2, 12), date(2026, 1, 15)),
            (WEEKLY, date(2026, 2, 5), date(2026, 2, 5)),
        ],
    )
    def test_counts_from_the_disbursement_when_the_earliest_is_some_steps_after(
        self, frequency, earliest, anchor
    ):
        assert replace(TERMS, frequency=frequency, earliest_due=earliest).grid_anchor == anchor

    @pytest.mark.parametrize(
        ("frequency", "start", "end", "is_whole"),
        [
            (Frequency(1, Unit.MONTHS), date(2026, 1, 15), date(2026, 2, 15), True),
            (Frequency(1, Unit.MONTHS), date(2025, 11, 15), date(2025, 12, 15), True),
            (Frequency(1, Unit.MONTHS), date(2026, 1, 15), date(2026, 3, 15), False),
            (Frequency(1, Unit.MONTHS), date(2026, 1, 16), date(2026, 2, 15), False),
            (Frequency(3, Unit.MONTHS), date(2026, 1, 15), date(2026, 2, 15), False),
            (Frequency(3, Unit.MONTHS), date(2026, 1, 15), date(2026, 4, 15), True),
            (DAILY, date(2026, 1, 25), date(2026, 2, 4), True),
            (DAILY, date(2026, 1, 25), date(2026, 2, 14), False),
            (WEEKLY, date(2026, 1, 29), date(2026, 2, 12), True),
            (WEEKLY, date(2026, 1, 29), date(2026, 2, 5), False),
        ],
    )
    def test_knows_one_step_of_it(self, frequency, start, end, is_whole):
        assert replace(TERMS, frequency=frequency).is_whole_step(start, end) is is_whole


class TestRefusals:
    def test_say_in_chinese_how_long_a_grace_may_be(self):
        with pytest.raises(GraceTooLong) as refused:
            replace(TERMS, grace_on_principal=3)

        assert refused.value.zh == "宽限 3 期后，3 期中没有剩余期数：请填写 0 到 2"

    @pytest.mark.parametrize(
        ("change", "refusal", "words"),
        [
            ({"amortised_over": 2}, BalloonTooEarly, "of 3 instalments cannot be .* over 2"),
            ({"grace_on_principal": 3}, GraceTooLong, "a grace of 3 lines .* of 3 instalments"),
            ({"grace_on_interest": -1}, GraceTooLong, "a grace of -1 lines .* from 0 to 2"),
            ({"principal": Money(0, JPY)}, ZeroPrincipal, "the principal is JP¥0,"),
            ({"instalments": 1201}, NoInstalments, "cannot have 1201 instalments"),
            ({"rate": None}, RateMissing, "the method level needs"),
            (
                {"earliest_due": date(2026, 1, 14)},
                FirstDueBeforeDisbursement,
                "2026-01-14, which is not after the disbursement on 2026-01-15",
            ),
        ],
    )
    def test_say_what_was_given(self, change, refusal, words):
        with pytest.raises(refusal, match=words):
            replace(TERMS, **change)

    @pytest.mark.parametrize(
        "change",
        [
            {"instalments": 1},
            {"instalments": 1200},
            {"amortised_over": 3},
            {"grace_on_principal": 2},
            {"earliest_due": date(2026, 1, 16)},
            {"principal": Money(1, CNY)},
        ],
    )
    def test_leave_what_is_just_possible(self, change):
        assert len(replace(TERMS, **change).due_dates()) in (1, 3, 1200)
