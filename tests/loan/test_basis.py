"""What lines still to come go by: fold/basis.py."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tideover.dates import MONTHLY, DayCount, Frequency, Period, Unit
from tideover.loan import AnnualRate, DailyRate, LoanTerms, Method, build_schedule
from tideover.loan.fold.basis import Basis
from tideover.money import CNY, Money

RATE, CHEAPER = DailyRate.parse("0.0005"), DailyRate.parse("0.0002")
TERMS = LoanTerms(
    principal=Money(1_000_000, CNY),
    rate=RATE,
    method=Method.EQUAL_PRINCIPAL,
    instalments=6,
    disbursed_on=date(2024, 1, 31),
    fee_rate=Fraction("0.003"),
    overdue_rate=AnnualRate.percent("24", DayCount.ACT_360),
    amortised_over=10,
    grace_on_principal=2,
    grace_on_interest=1,
)
BASIS = Basis.of(TERMS)


def agreed(**changes):
    """The schedule of an agreement of 20 April: three lines for 5,000.00, on the 30th."""
    terms = {
        "principal": Money(500_000, CNY),
        "rate": RATE,
        "method": Method.LEVEL,
        "instalments": 3,
        "disbursed_on": date(2024, 4, 20),
        "earliest_due": date(2024, 5, 30),
    }
    return build_schedule(LoanTerms(**{**terms, **changes}))


class TestOf:
    def test_takes_what_the_terms_say(self):
        assert Basis.of(TERMS) == Basis(
            method=Method.EQUAL_PRINCIPAL,
            rate=RATE,
            late_rate=TERMS.overdue_rate,
            frequency=MONTHLY,
            anchor=date(2024, 1, 31),
            base=1_000_000,
            fee_rate=Fraction("0.003"),
            beyond=4,
            grace_on_principal=2,
            grace_on_interest=1,
            pauses=(),
        )

    def test_has_nothing_beyond_the_last_line_of_a_loan_without_balloon(self):
        assert Basis.of(replace(TERMS, amortised_over=None)).beyond == 0


class TestRestated:
    def test_forgets_grace_and_balloon_and_is_level_at_the_new_rate(self):
        found = BASIS.restated(agreed(), rate=CHEAPER)

        assert (found.method, found.rate, found.late_rate) == (Method.LEVEL, CHEAPER, CHEAPER)
        assert (found.base, found.beyond) == (500_000, 0)
        assert (found.grace_on_principal, found.grace_on_interest) == (0, 0)

    def test_without_a_rate_keeps_both_rates(self):
        found = BASIS.restated(agreed(), rate=None)

        assert (found.rate, found.late_rate) == (RATE, TERMS.overdue_rate)

    @pytest.mark.parametrize(
        ("before", "rate", "after"),
        [
            (Method.FLAT, None, Method.FLAT),
            (Method.FLAT, CHEAPER, Method.LEVEL),
            (Method.BULLET, None, Method.LEVEL),
            (Method.BULLET, CHEAPER, Method.LEVEL),
        ],
    )
    def test_stays_flat_only_at_the_old_rate(self, before, rate, after):
        assert replace(BASIS, method=before).restated(agreed(), rate=rate).method is after

    @pytest.mark.parametrize(("fee", "after"), [("0.003", "0.003"), ("0", "0")])
    def test_goes_on_with_fees_only_if_the_agreement_has_any(self, fee, after):
        schedule = agreed(fee_rate=Fraction(fee))

        assert BASIS.restated(schedule, rate=None).fee_rate == Fraction(after)

    def test_keeps_the_grid_when_the_agreement_is_on_it(self):
        # 30 April and 30 June are the ends of their months, but 31 May is not the 30th.
        on_it = agreed(earliest_due=date(2024, 4, 30), anchor=date(2024, 1, 31))
        off_it = agreed()  # 30 May, 30 June, 30 July

        assert [line.due_date.day for line in on_it.lines] == [30, 31, 30]
        assert BASIS.restated(on_it, rate=None).anchor == date(2024, 1, 31)
        assert BASIS.restated(off_it, rate=None).anchor == date(2024, 5, 30)

    def test_is_off_the_grid_with_any_of_its_lines(self):
        # The 30th of each month: 29 February and 30 April are ends of months, 30 March is not.
        february = agreed(
            disbursed_on=date(2024, 2, 1), earliest_due=date(2024, 2, 29), anchor=date(2023, 1, 30)
        )

        assert [line.due_date.day for line in february.lines] == [29, 30, 30]
        # The day that most months have tells what day was meant.
        assert BASIS.restated(february, rate=None).anchor == date(2024, 3, 30)

    def test_ends_a_pause_that_runs_and_forgets_one_to_come(self):
        past, running, to_come = (
            Period(date(2024, 3, 1), date(2024, 3, 10)),
            Period(date(2024, 4, 10), date(2024, 5, 1)),
            Period(date(2024, 4, 20), date(2024, 5, 1)),
        )
        basis = replace(BASIS, pauses=(past, running, to_come))

        found = basis.restated(agreed(), rate=None)

        assert found.pauses == (past, Period(date(2024, 4, 10), date(2024, 4, 20)))


class TestTerms:
    DATES = (date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30))

    def terms(self, basis, dates=DATES):
        return basis.terms(
            TERMS, principal=Money(77_700, CNY), start=date(2024, 2, 5), due_dates=dates
        )

    def test_are_those_of_the_basis_for_the_lines_given(self):
        basis = replace(
            BASIS,
            method=Method.LEVEL,
            rate=CHEAPER,
            fee_rate=Fraction("0.001"),
            grace_on_principal=1,
        )

        found = self.terms(basis)

        assert (found.principal.minor, found.rate, found.method) == (77_700, CHEAPER, Method.LEVEL)
        assert (found.fee_rate, found.instalments) == (Fraction("0.001"), 3)
        assert (found.disbursed_on, found.due_dates()) == (date(2024, 2, 5), self.DATES)
        assert found.amortised_over == 7  # three, and the four beyond them
        assert (found.grace_on_principal, found.grace_on_interest) == (1, 1)

    def test_have_no_balloon_without_lines_beyond(self):
        assert self.terms(replace(BASIS, beyond=0)).amortised_over is None

    def test_never_give_so_much_grace_that_no_line_is_left(self):
        found = self.terms(replace(BASIS, grace_on_principal=5, grace_on_interest=3))

        assert (found.grace_on_principal, found.grace_on_interest) == (2, 2)

    def test_follow_a_frequency_and_an_anchor_of_the_basis(self):
        basis = BASIS.counted_from(date(2024, 3, 10), Frequency(2, Unit.WEEKS))
        dates = (date(2024, 3, 10), date(2024, 3, 24))

        found = self.terms(basis, dates)

        assert (found.frequency, found.grid_anchor) == (Frequency(2, Unit.WEEKS), dates[0])
        assert found.due_dates() == dates


class TestAfterLines:
    @pytest.mark.parametrize(
        ("passed", "principal", "interest"), [(0, 2, 1), (1, 1, 0), (2, 0, 0), (3, 0, 0)]
    )
    def test_has_the_grace_that_is_left(self, passed, principal, interest):
        found = BASIS.after_lines(passed)

        assert (found.grace_on_principal, found.grace_on_interest) == (principal, interest)

    def test_counts_either_grace_alone(self):
        only_principal = replace(BASIS, grace_on_interest=0).after_lines(1)
        only_interest = replace(BASIS, grace_on_principal=0).after_lines(1)

        assert (only_principal.grace_on_principal, only_principal.grace_on_interest) == (1, 0)
        assert (only_interest.grace_on_principal, only_interest.grace_on_interest) == (0, 0)


class TestDates:
    def test_of_the_31st_never_drift(self):
        assert BASIS.dates_from(date(2024, 2, 29), 3) == (
            date(2024, 2, 29),
            date(2024, 3, 31),
            date(2024, 4, 30),
        )

    @pytest.mark.parametrize(
        ("day", "earliest"),
        [
            (date(2023, 10, 30), date(2023, 10, 31)),
            (date(2023, 10, 31), date(2023, 11, 30)),
            (date(2024, 1, 31), date(2024, 2, 29)),
            (date(2024, 2, 28), date(2024, 2, 29)),
            (date(2024, 6, 30), date(2024, 7, 31)),
        ],
    )
    def test_after_a_day_are_later_than_it_and_the_next_there_are(self, day, earliest):
        found = BASIS.dates_after(day, 2)

        assert found[0] == earliest
        assert found == BASIS.dates_from(earliest, 2)

    def test_of_a_day_on_the_grid_keep_the_31st(self):
        assert BASIS.counted_from(date(2024, 4, 30)) is BASIS
        assert BASIS.counted_from(date(2024, 4, 29)).anchor == date(2024, 4, 29)

    def test_of_another_frequency_start_with_the_day(self):
        same = BASIS.counted_from(date(2024, 4, 30), MONTHLY)
        other = BASIS.counted_from(date(2024, 4, 30), Frequency(10, Unit.DAYS))

        assert same is BASIS
        assert (other.frequency, other.anchor) == (Frequency(10, Unit.DAYS), date(2024, 4, 30))
