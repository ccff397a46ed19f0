"""The account of one line while a loan is folded: fold/bucket.py."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import pytest

from tideover.dates import DayCount, Period
from tideover.loan import AnnualRate, Component, DailyRate, PenaltyBase, ScheduleLine
from tideover.loan.fold.bucket import Bucket, LateRules
from tideover.money import CNY, Money, Rounding

DUE: Final = date(2026, 3, 31)
RULES: Final = LateRules(
    rate=DailyRate.parse("0.0005"),
    base=PenaltyBase.PRINCIPAL,
    uplift=Fraction(1, 2),
    grace_days=1,
    rounding=Rounding.HALF_UP,
)
LINE: Final = ScheduleLine(
    number=1,
    period=Period(date(2026, 2, 28), DUE),
    due_date=DUE,
    principal=Money(200_000, CNY),
    interest=Money(3_100, CNY),
    fee=Money(500, CNY),
    closing_balance=Money(0, CNY),
)


def bucket(rules: LateRules = RULES) -> Bucket:
    return Bucket.of(LINE, rules)


class TestLateRules:
    def test_without_a_rate_count_nothing_in_whole_units(self):
        rules = LateRules(None, PenaltyBase.PRINCIPAL, Fraction(1, 2), 0, Rounding.HALF_UP)

        assert (rules.units(DUE, date(2026, 5, 1)), rules.denominator) == (0, 1)

    @pytest.mark.parametrize("day_count", [DayCount.ACT_360, DayCount.ACT_365F])
    def test_count_exactly_what_the_rate_says_the_second_time_too(self, day_count):
        rate = AnnualRate.percent("9.9", day_count)
        rules = LateRules(rate, PenaltyBase.PRINCIPAL, Fraction(0), 0, Rounding.HALF_UP)
        year = 360 if day_count is DayCount.ACT_360 else 365

        # 9.9 % for 30 days of a year of 360 or 365.
        exact = Fraction(99, 1000) * Fraction(30, year)
        for _ in range(2):
            found = rules.units(DUE, date(2026, 4, 30))
            assert Fraction(found, rules.denominator) == exact

    @pytest.mark.parametrize("day_count", DayCount)
    @pytest.mark.parametrize("compounds", [None, 1, 2, 12])
    def test_count_in_units_that_every_rate_divides(self, day_count, compounds):
        rate = AnnualRate(Fraction(7, 60), day_count, compounds)
        rules = LateRules(rate, PenaltyBase.PRINCIPAL, Fraction(0), 0, Rounding.HALF_UP)

        for days in (1, 30, 366, 1000):
            late = Period(date(2027, 12, 30), date(2027, 12, 30) + timedelta(days))
            assert Fraction(rules.units(late.start, late.end), rules.denominator) == (
                rate.over_late(late)
            )


class TestBucket:
    def test_asks_for_what_its_line_asks(self):
        found = bucket()

        assert [found.owed(part) for part in Component] == [
            {Component.PRINCIPAL: 200_000, Component.INTEREST: 3_100, Component.FEE: 500}.get(
                part, 0
            )
            for part in Component
        ]
        assert (found.left_in_all(), found.begun) == (203_600, date(2026, 2, 28))
        assert (found.due, found.grace_until) == (DUE, date(2026, 4, 1))

    def test_costs_nothing_on_the_last_day_of_grace_and_all_days_after_it(self):
        found = bucket()

        found.accrue(date(2026, 4, 1), ())
        assert (found.late_interest, found.late_to) == (0, None)
        found.accrue(date(2026, 4, 2), ())
        # Two days: 2,000.00 × 0.0005 × 2 = 2.00, and half of it as penalty.
        assert (found.late_interest, found.late_penalty) == (200, 100)
        assert found.stretches == [(DUE, date(2026, 4, 2), 200_000)]
        assert (found.owed(Component.INTEREST), found.owed(Component.PENALTY)) == (3_300, 100)
        assert found.left_in_all() == 203_900

    def test_goes_on_from_where_it_stopped(self):
        found = bucket()

        found.accrue(date(2026, 4, 5), ())
        found.accrue(date(2026, 4, 5), ())
        found.take(Component.PRINCIPAL, 100_000)
        found.accrue(date(2026, 4, 7), ())

        # Five days of 1.00, then two of 0.50.
        assert (found.late_interest, found.late_penalty) == (600, 300)
        assert found.stretches == [
            (DUE, date(2026, 4, 5), 200_000),
            (date(2026, 4, 5), date(2026, 4, 7), 100_000),
        ]

    def test_counts_no_day_of_a_pause(self):
        found = bucket()

        found.accrue(date(2026, 4, 10), (Period(date(2026, 4, 2), date(2026, 4, 9)),))

        # 31 March, 1 April and 9 April are left of the ten days.
        assert (found.late_interest, found.late_penalty) == (300, 150)

    def test_counts_nothing_where_no_principal_is_left_or_none_bears_interest(self):
        paid, carried = bucket(), bucket()
        paid.take(Component.PRINCIPAL, 200_000)
        carried.bears_interest = False

        for one in (paid, carried):
            one.accrue(date(2026, 5, 1), ())
            assert (one.late_interest, one.stretches) == (0, [])
        assert not paid.has_unpaid_principal
        assert carried.has_unpaid_principal

    def test_counts_a_single_cent_that_is_left(self):
        found = bucket()
        found.take(Component.PRINCIPAL, 199_999)

        found.accrue(date(2026, 5, 1), ())

        assert found.has_unpaid_principal
        assert found.stretches == [(DUE, date(2026, 5, 1), 1)]
        assert found.late_units > 0

    def test_counts_penalty_on_all_that_was_asked_where_the_terms_say_so(self):
        rules = LateRules(RULES.rate, PenaltyBase.INSTALMENT, Fraction(1), 0, Rounding.HALF_UP)
        found = bucket(rules)
        found.take(Component.INTEREST, 1_000)
        found.waive(Component.FEE, 100)

        found.accrue(date(2026, 4, 10), ())

        # Ten days: 2,000.00 costs 10.00; the penalty is on 2,000.00 + 21.00 + 4.00: 10.125.
        assert (found.late_interest, found.late_penalty) == (1_000, 1_013)

    def test_gives_and_takes_no_more_than_there_is(self):
        found = bucket()

        assert found.take(Component.FEE, 501) == 500
        assert found.take(Component.FEE, 1) == 0
        assert found.take(Component.INTEREST, -5) == 0
        assert found.waive(Component.INTEREST, -5) == 0
        assert found.waive(Component.INTEREST, 100) == 100
        assert found.take(Component.INTEREST, 9_999) == 3_000
        assert found.left_in_all() == 200_000
        found.give_back(Component.FEE, 200)
        found.take_waiver_back(Component.INTEREST, 40)
        assert (found.left(Component.FEE), found.left(Component.INTEREST)) == (200, 40)
        assert found.left_in_all() == 200_240
