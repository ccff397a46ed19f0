"""Lines made anew from a day on: rebuilding.py, and the grid of fold/basis.py."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

import pytest

from tideover.dates import MONTHLY, DayCount, Frequency, Period, Unit
from tideover.loan import AnnualRate, DailyRate, LoanTerms, Method
from tideover.loan.fold.basis import Basis
from tideover.loan.rebuilding import (
    Course,
    bare_schedule,
    bearing_days,
    bearing_pieces,
    factor_since,
    rebuilt_schedule,
)
from tideover.money import CNY, Money

START: Final = date(2026, 4, 10)
DUES: Final = (date(2026, 4, 20), date(2026, 5, 20), date(2026, 6, 20))
TERMS: Final = LoanTerms(
    principal=Money(90_000, CNY),
    rate=DailyRate.parse("0.0005"),
    method=Method.EQUAL_PRINCIPAL,
    instalments=3,
    disbursed_on=START,
    earliest_due=DUES[0],
)


def course(terms: LoanTerms = TERMS, **changed: object) -> Course:
    return replace(Course(terms=terms, due_dates=DUES, begun=START, base=90_000), **changed)


def figures(made: Course) -> list[tuple[int, int, int]]:
    lines = rebuilt_schedule(made).lines
    return [(line.principal.minor, line.interest.minor, line.fee.minor) for line in lines]


class TestBearingPieces:
    PERIOD = Period(date(2026, 4, 1), date(2026, 5, 1))

    @pytest.mark.parametrize(
        ("pause", "pieces"),
        [
            (("04-10", "04-20"), [("04-01", "04-10"), ("04-20", "05-01")]),
            (("03-10", "04-02"), [("04-02", "05-01")]),
            (("04-30", "06-01"), [("04-01", "04-30")]),
            (("04-01", "05-01"), []),
            (("03-01", "04-01"), [("04-01", "05-01")]),
            (("05-01", "05-09"), [("04-01", "05-01")]),
        ],
    )
    def test_are_what_a_pause_leaves(self, pause, pieces):
        start, end = (date.fromisoformat(f"2026-{day}") for day in pause)

        found = bearing_pieces(self.PERIOD, [Period(start, end)])

        assert [(f"{one.start:%m-%d}", f"{one.end:%m-%d}") for one in found] == pieces

    def test_are_counted_once_where_two_pauses_meet(self):
        first = Period(date(2026, 4, 5), date(2026, 4, 10))
        second = Period(date(2026, 4, 8), date(2026, 4, 12))

        # The 5th to the 11th are out: 7 of 30 days.
        assert bearing_days(self.PERIOD, [first, second]) == 23


class TestFactorSince:
    def test_of_a_piece_is_what_the_stretch_has_more_by_its_end(self):
        rate = AnnualRate.percent("12", DayCount.MONTHLY)
        begun, middle, end = date(2026, 4, 20), date(2026, 5, 5), date(2026, 5, 20)

        first = factor_since(rate, Period(begun, middle), begun=begun)
        rest = factor_since(rate, Period(middle, end), begun=begun)

        assert first + rest == rate.over(Period(begun, end)) == Fraction(1, 100)


class TestRebuiltSchedule:
    def test_counts_interest_from_its_day_on_what_is_left(self):
        # 0.45 a day on 900.00 for 10 days, 0.30 for 30, 0.15 for 31.
        assert figures(course()) == [(30_000, 450, 0), (30_000, 900, 0), (30_000, 465, 0)]

    def test_asks_first_for_what_was_earned_before_which_bears_none(self):
        assert figures(course(earned=123)) == [
            (30_000, 573, 0), (30_000, 900, 0), (30_000, 465, 0),
        ]  # fmt: skip

    def test_keeps_what_was_earned_for_the_first_line_that_asks_for_interest(self):
        terms = replace(TERMS, grace_on_interest=1)
        lines = rebuilt_schedule(course(terms, earned=123)).lines

        assert lines[0].interest.minor == 0
        assert lines[0].carried_interest == Money(450 + 123, CNY)
        assert [line.interest.minor for line in lines[1:]] == [450 + 123 + 900, 465]

    def test_keeps_what_was_earned_for_the_end_of_a_bullet(self):
        terms = replace(TERMS, method=Method.BULLET)
        lines = rebuilt_schedule(course(terms, earned=123)).lines

        # 900.00 for 71 days: 31.95, and 1.23.
        assert [line.interest.minor for line in lines] == [0, 0, 3_318]
        assert [line.carried_interest is None for line in lines] == [False, False, True]

    def test_counts_no_day_of_a_pause(self):
        pause = Period(date(2026, 4, 15), date(2026, 5, 5))

        # 5 days of 10 are left, then 15 of 30.
        assert figures(course(pauses=(pause,))) == [
            (30_000, 225, 0), (30_000, 450, 0), (30_000, 465, 0),
        ]  # fmt: skip

    def test_goes_on_with_a_period_under_way_so_that_its_pieces_are_the_whole(self):
        monthly = replace(TERMS, rate=AnnualRate.percent("12", DayCount.MONTHLY))
        begun = date(2026, 3, 20)
        before = monthly.rate.over(Period(begun, START))

        found = figures(course(monthly, begun=begun))[0][1]

        # One month of 1 % on 900.00 is 9.00, less what the 21 days before have earned.
        assert found == round(90_000 * (Fraction(1, 100) - before))

    def test_goes_on_with_a_period_under_way_where_days_do_not_add_up(self):
        # By 30/360 from the 20th to the 31st of March are 11 days and to the 20th of April 30, so
        # 19 are left; from the 31st by itself they would be 20. 900.00 at 12 %: 0.30 a day.
        rate = AnnualRate.percent("12", DayCount.THIRTY_360)
        terms = replace(TERMS, rate=rate, disbursed_on=date(2026, 3, 31))

        assert figures(course(terms, begun=date(2026, 3, 20)))[0][1] == 19 * 30
        assert figures(course(terms, begun=terms.disbursed_on))[0][1] == 20 * 30

    def test_goes_on_with_a_period_under_way_of_a_loan_without_interest(self):
        free = replace(TERMS, method=Method.FLAT, rate=None, fee_rate=Fraction(1, 100))

        assert figures(course(free, begun=date(2026, 3, 20))) == [(30_000, 0, 900)] * 3

    def test_keeps_instalments_level_with_what_was_earned_before(self):
        level = replace(TERMS, method=Method.LEVEL)

        lines = rebuilt_schedule(course(level, earned=3_000)).lines

        # 4.50, what is left of 9.00 a month, and 30.00 from before, in three equal instalments.
        first, second, last = (line.instalment.minor for line in lines)
        assert lines[0].interest.minor == 450 + 3_000
        assert first == second
        assert first - 3 <= last <= first

    def test_asks_after_the_grace_of_a_level_loan_for_what_was_earned_before(self):
        no_interest = replace(TERMS, method=Method.LEVEL, grace_on_interest=1)
        no_principal = replace(TERMS, method=Method.LEVEL, grace_on_principal=1)

        plain, earned = (figures(course(no_interest, earned=cents)) for cents in (0, 123))
        assert earned == [plain[0], (plain[1][0], plain[1][1] + 123, 0), plain[2]]
        plain, earned = (figures(course(no_principal, earned=cents)) for cents in (0, 123))
        assert earned == [(0, 450 + 123, 0), *plain[1:]]

    def test_of_a_flat_loan_leaves_to_the_last_line_what_rounding_leaves(self):
        flat = replace(TERMS, method=Method.FLAT, principal=Money(100_000, CNY))

        # A third of 1,000.00 is 333.33; a cent is over.
        assert [one[0] for one in figures(course(flat))] == [33_333, 33_333, 33_334]

    def test_numbers_its_lines_from_one_unless_told(self):
        assert [line.number for line in rebuilt_schedule(course()).lines] == [1, 2, 3]

    def test_of_a_flat_loan_counts_on_what_was_lent_and_gives_back_what_is_left(self):
        flat = replace(TERMS, method=Method.FLAT, fee_rate=Fraction(1, 100))

        # On 3,000.00 it is 1.50 a day, for 10, 30 and 31 days; the fee of 1 % is 30.00 each time.
        assert figures(course(flat, base=300_000)) == [
            (30_000, 1_500, 3_000), (30_000, 4_500, 3_000), (30_000, 4_650, 3_000),
        ]  # fmt: skip

    def test_of_a_flat_loan_waits_for_its_grace_and_leaves_no_cent(self):
        flat = replace(
            TERMS, method=Method.FLAT, principal=Money(90_001, CNY), grace_on_principal=1
        )

        # 900.01 in two parts: 450.01 (half up) and the 450.00 that is left.
        assert [one[0] for one in figures(course(flat))] == [0, 45_001, 45_000]

    def test_numbers_its_lines_and_ends_at_zero(self):
        lines = rebuilt_schedule(course(number=4)).lines

        assert [line.number for line in lines] == [4, 5, 6]
        assert [line.closing_balance.minor for line in lines] == [60_000, 30_000, 0]
        assert [line.period.start for line in lines] == [START, *DUES[:-1]]


class TestBareSchedule:
    def test_asks_for_everything_at_once(self):
        made = bare_schedule(Money(500, CNY), DUES[:2], start=START, earned=7, fee=3, number=2)

        found = [(one.number, one.principal.minor, one.interest.minor, one.fee.minor)
                 for one in made.lines]  # fmt: skip
        assert found == [(2, 500, 7, 3), (3, 0, 0, 0)]


class TestBasis:
    """The grid of due dates that a change keeps or moves."""

    BASIS = replace(Basis.of(TERMS), frequency=MONTHLY, anchor=date(2026, 1, 31))

    def test_gives_the_next_dates_after_a_day(self):
        found = self.BASIS.dates_after(date(2026, 4, 30), 2)
        assert found == (date(2026, 5, 31), date(2026, 6, 30))

        found = self.BASIS.dates_after(date(2025, 11, 29), 2)
        assert found == (date(2025, 11, 30), date(2025, 12, 31))

    def test_keeps_the_31st_where_a_day_is_of_its_grid(self):
        assert self.BASIS.counted_from(date(2026, 4, 30)) is self.BASIS
        assert self.BASIS.counted_from(date(2026, 4, 30), MONTHLY) is self.BASIS
        assert self.BASIS.counted_from(date(2026, 4, 29)).anchor == date(2026, 4, 29)

    def test_starts_a_new_grid_with_another_frequency(self):
        weekly = Frequency(1, Unit.WEEKS)

        found = self.BASIS.counted_from(date(2026, 4, 30), weekly)

        assert (found.frequency, found.anchor) == (weekly, date(2026, 4, 30))

    def test_counts_from_a_date_of_the_grid(self):
        found = self.BASIS.dates_from(date(2026, 4, 30), 3)

        assert found == (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30))

    def test_uses_its_grace_up_line_by_line(self):
        graced = replace(self.BASIS, grace_on_principal=3, grace_on_interest=1)

        found = graced.after_lines(2)

        assert (found.grace_on_principal, found.grace_on_interest) == (1, 0)
        assert self.BASIS.after_lines(2) == self.BASIS

    def test_states_the_terms_of_lines_to_come(self):
        graced = replace(self.BASIS, grace_on_principal=9, grace_on_interest=1, beyond=4)

        found = graced.terms(TERMS, principal=Money(5, CNY), start=START, due_dates=DUES)

        assert (found.instalments, found.amortised_over) == (3, 7)
        assert (found.grace_on_principal, found.grace_on_interest) == (2, 1)
        assert (found.earliest_due, found.disbursed_on) == (DUES[0], START)
        assert self.BASIS.terms(
            TERMS, principal=Money(5, CNY), start=START, due_dates=DUES
        ).amortised_over is None  # fmt: skip


class TestPieces:
    def test_of_a_compounded_rate_are_the_stretch_to_their_end_less_that_to_their_start(self):
        rate = AnnualRate(Fraction(24, 100), DayCount.ACT_365F, 1)
        begun, middle, end = date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)

        found = factor_since(rate, Period(middle, end), begun=begun)

        whole, before = rate.over(Period(begun, end)), rate.over(Period(begun, middle))
        assert found == whole - before
        assert found > rate.over(Period(middle, end))  # 24 % a year is more on what has grown

    def test_that_ask_for_everything_at_once_ask_for_nothing_later(self):
        dues = (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))

        found = bare_schedule(
            Money(500, CNY), dues, start=date(2026, 1, 1), earned=7, fee=3, number=4
        )

        assert [
            (one.number, one.principal.minor, one.interest.minor, one.fee.minor)
            for one in found.lines
        ] == [(4, 500, 7, 3), (5, 0, 0, 0), (6, 0, 0, 0)]
        assert [one.carried_interest for one in found.lines] == [None] * 3
