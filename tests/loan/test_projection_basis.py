"""tideover.loan.projection.basis: interest on one unit over a window, by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from host_operations import TERMS
from projected import levels
from tideover.dates import MONTHLY, DayCount, Frequency, Period, Unit
from tideover.loan import AnnualRate, Method
from tideover.loan.projection import Basis, basis_of, disburse, projected
from tideover.loan.projection.levelling import levelled
from tideover.money import Rounding

START = date(2026, 1, 31)
RATE = Fraction(12, 100)
QUARTERLY, WEEKLY = Frequency(3, Unit.MONTHS), Frequency(1, Unit.WEEKS)


def basis(
    day_count: DayCount = DayCount.MONTHLY,
    frequency: Frequency = MONTHLY,
    *,
    counts_whole_steps: bool = False,
) -> Basis:
    return Basis(
        RATE,
        day_count,
        frequency,
        START,
        Rounding.HALF_EVEN,
        counts_whole_steps=counts_whole_steps,
    )


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestFactor:
    @pytest.mark.parametrize(
        ("start", "end", "months"),
        [
            # On the grid of 31 January: one month, whatever its days.
            ("2026-01-31", "2026-02-28", Fraction(1)),
            ("2026-03-31", "2026-04-30", Fraction(1)),
            # Beside it: whole months, and the rest by the days of the next one (28 Feb - 31 Mar).
            ("2026-01-31", "2026-03-15", 1 + Fraction(15, 31)),
            ("2026-02-28", "2026-03-15", Fraction(15, 28)),
            # 28 March is a month after 28 February, which is no due date of this grid.
            ("2026-02-28", "2026-03-28", Fraction(1)),
            ("2026-02-28", "2026-05-28", Fraction(3)),
            ("2026-06-30", "2026-08-31", 2 + Fraction(1, 31)),
        ],
    )
    def test_counts_months(self, start: str, end: str, months: Fraction):
        window = Period(day(start), day(end))

        assert basis().factor(window, window.start, rate=RATE) == months * RATE / 12

    def test_of_a_part_is_its_share_by_days(self):
        window = Period(START, day("2026-02-28"))

        # From 14 February: 14 of 28 days.
        found = basis().factor(window, day("2026-02-14"), rate=RATE)

        assert found == RATE / 12 / 2

    def test_counts_the_months_of_a_longer_step(self):
        window = Period(START, day("2026-04-30"))

        assert basis(frequency=QUARTERLY).factor(window, START, rate=RATE) == 3 * RATE / 12

    @pytest.mark.parametrize(
        ("frequency", "end", "share"),
        [
            (MONTHLY, "2026-02-28", Fraction(1, 12)),
            (MONTHLY, "2026-03-15", Fraction(1, 12)),
            (QUARTERLY, "2026-04-30", Fraction(3, 12)),
            (WEEKLY, "2026-02-07", Fraction(1, 52)),
            # A step of days has no share of a year of its own: it counts its days.
            (Frequency(10, Unit.DAYS), "2026-02-10", Fraction(10, 365)),
        ],
    )
    def test_can_take_a_whole_step_for_its_share_of_the_year(self, frequency, end, share):
        counting = basis(DayCount.ACT_365F, frequency, counts_whole_steps=True)
        window = Period(START, day(end))

        assert counting.factor(window, START, rate=RATE) == share * RATE
        assert counting.level_factor(window, window, rate=RATE) == share * RATE

    def test_by_days_is_that_of_the_days(self):
        window = Period(START, day("2026-02-28"))

        found = basis(DayCount.ACT_365F).factor(window, day("2026-02-18"), rate=RATE)

        assert found == RATE * 10 / 365

    @pytest.mark.parametrize(("year", "days"), [(2027, 365), (2028, 366)])
    def test_of_a_leap_day_counts_for_its_whole_window(self, year: int, days: int):
        window = Period(date(year, 1, 31), date(year, 3, 1))

        # The part of January and February before the leap day counts by 366 too.
        found = basis(DayCount.ACT_365_LEAP_DAY).level_factor(
            window, Period(window.start, date(year, 2, 10)), rate=RATE
        )

        assert found == RATE * 10 / days

    def test_of_a_part_in_another_year_counts_by_that_year(self):
        window = Period(date(2027, 12, 1), date(2028, 2, 1))

        # 2028 has 366 days: the part lies in it, whatever the window does.
        found = basis(DayCount.ACT_ACT_ISDA).factor(window, date(2028, 1, 1), rate=RATE)

        assert found == RATE * 31 / 366

    @pytest.mark.parametrize("counts_whole_steps", [True, False])
    def test_is_nothing_without_a_rate_or_days(self, counts_whole_steps: bool):
        counting = basis(counts_whole_steps=counts_whole_steps)
        window = Period(START, day("2026-02-28"))

        assert counting.factor(window, START, rate=Fraction(0)) == 0
        assert counting.factor(window, window.end, rate=RATE) == 0
        assert counting.factor(Period(START, START), START, rate=RATE) == 0


class TestLevelFactor:
    def test_takes_a_moved_window_for_one_step(self):
        window = Period(START, day("2026-03-15"))

        assert basis().level_factor(window, window, rate=RATE) == RATE / 12


class TestLevelled:
    def test_counts_every_window_by_its_own_days(self):
        # A tenth of a percent a day: 1.028, 1.031 and 1.030; 100.00 × 1.028 × 1.031 × 1.030 over
        # 1 + 1.030 + 1.031 × 1.030 = 109.1664 / 3.09193 = 35.3069.
        dates = [MONTHLY.after(START, step) for step in (1, 2, 3)]
        by_days = replace(basis(DayCount.ACT_365F), rate=Fraction(365, 1000))
        loan = disburse(projected(by_days, dates, start=START), 10_000, on=START)

        assert levels(levelled(loan, range(3))) == [3531] * 3


class TestBasisOf:
    def test_is_what_the_terms_say(self):
        found = basis_of(TERMS)

        assert (found.rate, found.day_count) == (Fraction(99, 1000), DayCount.MONTHLY)
        assert (found.start, found.frequency, found.multiple) == (START, MONTHLY, 1)
        rules = (found.counts_whole_steps, found.levels_by_opening, found.moves_to_step_start)
        assert not any((found.is_flat, *rules))

    def test_bears_nothing_without_a_rate(self):
        flat = basis_of(replace(TERMS, rate=None, method=Method.FLAT, fee_rate=Fraction(1, 100)))

        assert (flat.rate, flat.is_flat) == (0, True)
        rate = AnnualRate.percent("7", DayCount.ACT_360)
        assert basis_of(replace(TERMS, rate=rate)).day_count is DayCount.ACT_360
