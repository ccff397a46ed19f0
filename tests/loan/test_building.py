from bisect import bisect_left
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as s
from tideover.dates import DayCount, Frequency, Unit
from tideover.loan import (
    AnnualRate,
    Conventions,
    DailyRate,
    Disbursed,
    FlatRule,
    GraceTooLong,
    LevelRule,
    LoanTerms,
    Method,
    build_schedule,
    loan_state,
)
from tideover.loan._factors import Divider
from tideover.loan.building import _factors, factors_of, periods_of, schedule_parts
from tideover.money import CNY, Money, Rounding

REFERENCE = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=5,
    disbursed_on=date(2018, 9, 11),
)


def interest(terms):
    return [line.interest.text for line in build_schedule(terms).lines]


def instalments(terms):
    return [line.instalment.text for line in build_schedule(terms).lines]


def plain(terms: LoanTerms) -> LoanTerms:
    """The same loan by the smallest clearing instalment, without grace."""
    rule = Conventions(level=LevelRule.SMALLEST_CLEARING)
    return replace(terms, conventions=rule, grace_on_principal=0, grace_on_interest=0)


def readable_level(terms: LoanTerms) -> int:
    """The level instalment as a sentence in plain fractions: the oracle of the fast search."""
    factors = factors_of(terms, periods_of(terms))

    def left_after(instalment: int) -> int:
        balance, carried = terms.principal.minor, 0
        for factor in factors:
            due = carried + terms.rounding(balance * factor)
            carried = max(due - instalment, 0)
            balance = max(balance - max(instalment - due, 0), 0)
        return balance + carried

    high = 1
    while left_after(high):
        high *= 2
    return bisect_left(range(high), 0, key=lambda minor: -left_after(minor))


class TestEverySchedule:
    @given(s.terms())
    def test_pays_back_exactly_the_principal(self, terms):
        schedule = build_schedule(terms)

        assert sum(line.principal.minor for line in schedule.lines) == terms.principal.minor
        assert schedule.lines[-1].closing_balance.minor == 0

    @given(s.terms())
    def test_chains_its_balances_and_has_no_negative_part(self, terms):
        balance = terms.principal
        for line in build_schedule(terms).lines:
            balance -= line.principal

            assert line.closing_balance == balance
            assert min(line.principal, line.interest, line.fee).minor >= 0
            assert line.instalment == line.principal + line.interest + line.fee

    @given(s.terms())
    def test_has_the_lines_and_days_agreed(self, terms):
        schedule = build_schedule(terms)

        assert [line.number for line in schedule.lines] == [*range(1, terms.instalments + 1)]
        assert tuple(line.due_date for line in schedule.lines) == terms.due_dates()
        assert schedule.lines[0].period.start == terms.disbursed_on == schedule.start
        for before, after in zip(schedule.lines, schedule.lines[1:], strict=False):
            assert after.period.start == before.due_date
        assert schedule.maturity_date == schedule.lines[-1].due_date

    @given(s.terms())
    def test_carries_nothing_past_the_end_nor_without_a_reason(self, terms):
        lines = build_schedule(terms).lines

        assert lines[-1].carried_interest is None
        carries = terms.method in (Method.LEVEL, Method.BULLET) or terms.grace_on_interest
        assert carries or all(line.carried_interest is None for line in lines)

    @given(s.terms())
    def test_totals_are_the_sums_of_the_lines(self, terms):
        schedule = build_schedule(terms)

        assert schedule.total == (
            schedule.opening_balance + schedule.total_interest + schedule.total_fee
        )


class TestScheduleParts:
    """The same figures without days: _factors.py and _level.py."""

    @given(s.terms())
    def test_are_those_of_the_schedule(self, terms):
        lines = build_schedule(terms).lines

        assert [part[:3] for part in schedule_parts(terms)] == [
            (line.principal.minor, line.interest.minor, line.fee.minor) for line in lines
        ]

    @given(s.terms())
    def test_come_from_the_factors_that_the_terms_state(self, terms):
        periods = periods_of(terms)
        quick = _factors(terms, periods)

        exact = [Fraction(one, quick.denominator) for one in quick.numerators]
        assert tuple(exact) == factors_of(terms, periods)

    @given(st.integers(0, 10**9), st.integers(1, 10**6), s.roundings)
    def test_round_by_arithmetic_as_the_rounding_does(self, numerator, denominator, rounding):
        divider = Divider.of(rounding, denominator)

        assert divider.whole(numerator) == rounding.of(numerator, denominator)


class TestLevel:
    @given(s.terms(methods=(Method.LEVEL,)))
    def test_instalments_are_equal_and_the_last_is_not_higher(self, terms):
        terms = plain(terms)

        *level, last = [line.principal + line.interest for line in build_schedule(terms).lines]

        # A debt of a few fen can be clear before the last line; nothing is asked for after.
        full = [instalment for instalment in level if instalment == level[0]]
        assert set(level[len(full) + 1 :]) <= {Money(0, CNY)}
        assert not level or last <= level[0]

    @given(s.terms(methods=(Method.LEVEL,)))
    @settings(max_examples=60)
    def test_is_the_smallest_that_clears_the_balance(self, terms):
        terms = plain(terms)
        lines = build_schedule(terms).lines
        expected = readable_level(terms)

        if len(lines) > 1:
            assert (lines[0].principal + lines[0].interest).minor in (
                expected,
                (terms.principal + lines[0].interest).minor,
            )
        assert (lines[-1].principal + lines[-1].interest).minor <= expected

    def test_matches_lines_worked_by_hand(self):
        terms = LoanTerms(
            principal=Money(100_000, CNY),
            rate=AnnualRate.percent("21.9", DayCount.ACT_365F),
            method=Method.LEVEL,
            instalments=3,
            disbursed_on=date(2026, 1, 15),
            rounding=Rounding.HALF_EVEN,
        )

        # 1000.00 × 0.219 × 31/365 = 18.60; 673.19 × 0.219 × 28/365 = 11.309592;
        # 339.09 × 0.219 × 31/365 = 6.307074.
        assert interest(terms) == ["18.60", "11.31", "6.31"]
        assert instalments(terms) == ["345.41", "345.41", "345.40"]

    def test_carries_interest_above_the_instalment_without_interest_on_it(self):
        terms = LoanTerms(
            principal=Money(100_000, CNY),
            rate=DailyRate.parse("0.001"),
            method=Method.LEVEL,
            instalments=2,
            disbursed_on=date(2026, 1, 1),
            earliest_due=date(2029, 9, 27),
        )
        # 1,365 days at 0.1 %: 1,365.00 of interest; then 30 days on 1,000.00: 30.00. Both and
        # the principal are 2,395.00, and half of it is 1,197.50: line 1 is all interest, and
        # 167.50 of its interest is left to line 2.
        earliest, last = build_schedule(terms).lines

        assert (earliest.principal.text, earliest.interest.text) == ("0.00", "1197.50")
        assert earliest.carried_interest == Money(16_750, CNY)
        assert (last.principal.text, last.interest.text) == ("1000.00", "197.50")
        assert last.carried_interest is None

    @pytest.mark.parametrize(
        ("principal", "percent", "count", "level", "last"),
        [
            # OCA/account-financial-tools PR 826; pbpython issue 12.
            (10_000_000, "4.5", 60, "1864.30", "1864.43"),
            (42_750_000, "3.875", 360, "2010.26", "2012.53"),
        ],
    )
    def test_agrees_with_published_rounded_payments(self, principal, percent, count, level, last):
        terms = LoanTerms(
            principal=Money(principal, CNY),
            rate=AnnualRate.percent(percent),
            method=Method.LEVEL,
            instalments=count,
            disbursed_on=date(2020, 1, 31),
            conventions=Conventions(level=LevelRule.ROUNDED),
        )

        *others, final = instalments(terms)

        assert (set(others), final) == ({level}, last)

    def test_moves_toward_an_even_last_instalment_when_asked(self):
        terms = LoanTerms(
            principal=Money(42_750_000, CNY),
            rate=AnnualRate.percent("3.875"),
            method=Method.LEVEL,
            instalments=360,
            disbursed_on=date(2020, 1, 31),
            conventions=Conventions(level=LevelRule.ROUNDED, is_equalised=True),
        )

        level, *_, last = [line.instalment for line in build_schedule(terms).lines]

        # 2012.53 − 2010.26 = 2.27 over 360 lines is less than a fen a line, and one fen more
        # would miss by more the other way.
        assert abs((last - level).minor) <= 227


class TestEqualPrincipal:
    def test_matches_the_published_loan(self):
        # Published for this product with a total of 457: 10,000.00 × 0.0005 × 30 = 150.00, then
        # 8,000.00 × 0.0005 × 31 = 124.00, 6,000.00 × … × 30 = 90.00, 62.00, 31.00.
        assert interest(REFERENCE) == ["150.00", "124.00", "90.00", "62.00", "31.00"]
        assert build_schedule(REFERENCE).total_interest.text == "457.00"

    def test_gives_the_last_line_what_does_not_divide(self):
        terms = replace(REFERENCE, principal=Money(100_000, CNY), instalments=3)

        parts = [line.principal.text for line in build_schedule(terms).lines]

        assert parts == ["333.33", "333.33", "333.34"]

    def test_never_asks_for_more_than_is_left(self):
        terms = replace(REFERENCE, principal=Money(5, CNY), instalments=10)

        parts = [line.principal.minor for line in build_schedule(terms).lines]

        assert parts == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]


class TestInterestOnly:
    def test_brings_all_principal_back_at_the_end(self):
        terms = replace(REFERENCE, method=Method.INTEREST_ONLY)

        # 10,000.00 × 0.0005 × 30 or 31 each time.
        assert instalments(terms) == ["150.00", "155.00", "150.00", "155.00", "10155.00"]


class TestFlat:
    def test_asks_the_same_fee_each_time(self):
        # 6,000.00 in twelve: 500.00 and 44.00 (0.7333… % a time, 8.8 % in all).
        terms = LoanTerms(
            principal=Money(600_000, CNY),
            rate=None,
            method=Method.FLAT,
            instalments=12,
            disbursed_on=date(2026, 1, 8),
            fee_rate=Fraction("0.088") / 12,
        )

        assert set(instalments(terms)) == {"544.00"}
        assert build_schedule(terms).total_fee.text == "528.00"

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            # 1,000.00 at 7 % flat for three months: 5.8333… of interest a month, 17.50 in all.
            (FlatRule.EQUAL_PRINCIPAL, ["339.16", "339.16", "339.17"]),
            # (1,000.00 + 3 × 5.83) / 3 = 339.16333…
            (FlatRule.LEVEL, ["339.16", "339.16", "339.17"]),
            # 17.50 / 3 = 5.83, 5.83, 5.84; 333.3333… + 5.83 = 339.16.
            (FlatRule.EVEN, ["339.16", "339.16", "339.18"]),
        ],
    )
    def test_divides_interest_by_the_rule_named(self, rule, expected):
        terms = LoanTerms(
            principal=Money(100_000, CNY),
            rate=AnnualRate.percent("7"),
            method=Method.FLAT,
            instalments=3,
            disbursed_on=date(2025, 1, 1),
            rounding=Rounding.HALF_EVEN,
            conventions=Conventions(flat=rule),
        )

        assert instalments(terms) == expected


class TestBullet:
    def test_brings_everything_back_at_the_end(self):
        terms = replace(REFERENCE, method=Method.BULLET)

        lines = build_schedule(terms).lines

        # 10,000.00 × 0.0005 × 153 days = 765.00, once; what is earned until then is carried.
        assert instalments(terms) == ["0.00", "0.00", "0.00", "0.00", "10765.00"]
        assert lines[0].carried_interest == Money(15_000, CNY)
        assert lines[-1].carried_interest is None

    def test_is_closed_early_for_the_interest_of_the_days_it_ran(self):
        terms = replace(REFERENCE, method=Method.BULLET)
        out = Disbursed(terms.disbursed_on, "out", terms.principal)

        # 40 days at 5.00: 30 of them before the first due date.
        assert loan_state(terms, [out], date(2018, 10, 21)).payoff.text == "10200.00"


class TestGrace:
    def test_on_principal_asks_for_interest_only(self):
        terms = replace(REFERENCE, grace_on_principal=2)

        lines = build_schedule(terms).lines

        # 10,000.00 × 0.0005 × 30 and 31; then three parts of 3,333.33.
        assert instalments(terms)[:2] == ["150.00", "155.00"]
        assert [line.principal.text for line in lines[2:]] == ["3333.33", "3333.33", "3333.34"]

    def test_on_principal_levels_what_follows(self):
        terms = replace(REFERENCE, method=Method.LEVEL, grace_on_principal=2)

        assert instalments(terms)[:2] == ["150.00", "155.00"]
        third, fourth, last = instalments(terms)[2:]
        assert third == fourth
        assert Money.parse(last, CNY) <= Money.parse(third, CNY)

    def test_on_interest_leaves_it_to_the_next_line(self):
        terms = replace(REFERENCE, grace_on_interest=2)

        # 150.00 and 124.00 are skipped, and join 90.00: 364.00. Nothing is forgiven.
        assert interest(terms) == ["0.00", "0.00", "364.00", "62.00", "31.00"]
        assert build_schedule(terms).total_interest == build_schedule(REFERENCE).total_interest

    @pytest.mark.parametrize("grace", [-1, 5])
    def test_must_leave_a_line_to_pay_in(self, grace):
        with pytest.raises(GraceTooLong, match="give a number from 0 to 4"):
            replace(REFERENCE, grace_on_principal=grace)


class TestDueDates:
    def test_of_a_loan_paid_out_on_the_31st_come_back_to_it(self):
        terms = replace(REFERENCE, disbursed_on=date(2024, 1, 31))

        assert [day.isoformat() for day in terms.due_dates()][:3] == [
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
        ]

    def test_of_a_new_schedule_stay_on_the_day_of_the_old_loan(self):
        terms = replace(
            REFERENCE,
            disbursed_on=date(2026, 1, 20),
            anchor=date(2025, 8, 31),
            earliest_due=date(2026, 2, 28),
            instalments=3,
        )

        assert [day.day for day in terms.due_dates()] == [28, 31, 30]

    def test_count_from_the_earliest_when_it_is_off_the_grid(self):
        terms = replace(REFERENCE, earliest_due=date(2018, 10, 20), instalments=2)

        assert terms.due_dates() == (date(2018, 10, 20), date(2018, 11, 20))

    def test_come_every_two_weeks_when_agreed(self):
        terms = replace(REFERENCE, frequency=Frequency(2, Unit.WEEKS), instalments=2)

        assert terms.due_dates() == (date(2018, 9, 25), date(2018, 10, 9))
