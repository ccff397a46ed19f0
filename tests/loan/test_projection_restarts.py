"""tideover.loan.projection.restarting: what is unpaid starts again, worked out by days beside it.

Nothing was ever paid, so every day bears a day's interest on all that was lent, until the earliest
new instalment; rows are rounded once, and what the rows given up bore is asked with that one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount
from tideover.loan.projection import (
    Basis,
    Projection,
    disburse,
    outstanding_until,
    pay_interest,
    pay_principal,
    projected,
    re_age,
    re_age_equally,
    re_amortise,
    re_amortise_splitting,
    with_overdue,
)
from tideover.money import Rounding

START, COUNT = date(2026, 1, 31), 5
DUES = [MONTHLY.after(START, step + 1) for step in range(COUNT)]
few = settings(max_examples=25, deadline=None)
amounts = st.integers(5_000, 900_000)
percents = st.sampled_from([0, 3, 12, 36])
#: Days on which something is overdue and something is still to come.
offsets = st.integers(29, (DUES[-1] - START).days - 1)
counts = st.integers(1, 8)


def overdue(cents: int, percent: int, day: date) -> Projection:
    basis = Basis(Fraction(percent, 100), DayCount.ACT_365F, MONTHLY, START, Rounding.HALF_EVEN)
    loan = disburse(projected(basis, DUES, start=START), cents, on=START)
    return with_overdue(loan, day, to_due_date=False)


def interest(cents: int, percent: int, start: date, end: date) -> int:
    return Rounding.HALF_EVEN(Fraction(cents * percent, 100) * (end - start).days / 365)


def given_up(cents: int, percent: int, day: date) -> int:
    """The interest of the rows up to a day, each rounded, the last of them cut short."""
    ends = [*(due for due in DUES if due < day), day]
    starts = [START, *ends]
    return sum(
        interest(cents, percent, *ends_of_row) for ends_of_row in zip(starts, ends, strict=False)
    )


def dates_from(day: date, count: int) -> list[date]:
    return [MONTHLY.after(day, step) for step in range(count)]


def check_rows(
    projection: Projection,
    cents: int,
    percent: int,
    *,
    count: int,
    brought: Sequence[int],
    apart: int = 0,
) -> None:
    """The last `count` rows: interest by days and what each takes over; level; nothing is left.

    The last one may lie `apart` from the others, or a cent a row and one: at 36 % a year a step
    of the level moves the last one by a little more than a cent a row.
    """
    windows, figures = projection.windows[-count:], projection.figures[-count:]
    opening = cents
    for window, figure, more in zip(windows, figures, brought, strict=True):
        own = interest(opening, percent, window.start, window.due)
        assert figure.interest == own + more
        opening = figure.closing_balance
    assert opening == 0
    assert sum(figure.principal for figure in projection.figures) == cents
    levels = [figure.principal + figure.interest for figure in figures]
    assert len(set(levels[:-1])) <= 1
    assert abs(levels[-1] - levels[0]) <= max(count + 1, 2) + apart
    assert not any(f.principal or f.interest for f in projection.figures[:-count])


class TestReAge:
    @few
    @given(amounts, percents, offsets, st.integers(1, 40), counts, st.booleans())
    @example(100_000, 12, 59, 17, 3, True)
    @example(100_000, 12, 59, 17, 3, False)
    @example(100_000, 12, 60, 1, 1, False)
    @example(900_000, 36, 144, 1, 8, True)
    def test_asks_the_interest_by_the_day_with_the_earliest_row_unless_it_waives_it(
        self, cents, percent, offset, later, count, waives
    ):
        day = START + timedelta(days=offset)
        dates = dates_from(day + timedelta(days=later), count)
        loan = overdue(cents, percent, day)

        aged = re_age(loan, day, dates=dates, start=MONTHLY.after(dates[0], -1), waives=waives)

        kept = 0 if waives else given_up(cents, percent, day)
        assert [window.due for window in aged.windows[-count:]] == dates
        assert aged.windows[-count].start == day
        # A first row too high for its interest would leave some to the next one.
        if all(figure.interest_left == 0 for figure in aged.figures):
            brought = [kept] + [0] * (count - 1)
            # The level is that of rows as long as each other, moved three times at most: beside
            # a first row of a day or two a ten-thousandth of the loan may be left.
            apart = cents // 10_000
            check_rows(aged, cents, percent, count=count, brought=brought, apart=apart)
        owed = outstanding_until(aged, day)
        assert (owed.principal, owed.interest) == (cents, kept)

    @few
    @given(amounts, percents, counts)
    def test_on_the_day_of_disbursement_is_the_loan_lent_anew(self, cents, percent, count):
        loan = overdue(cents, percent, START)
        dates = [MONTHLY.after(START, step + 1) for step in range(count)]

        aged = re_age(loan, START, dates=dates, start=START, opens=True)

        assert [window.due for window in aged.windows] == dates
        check_rows(aged, cents, percent, count=count, brought=[0] * count)

    def test_keeps_what_was_paid_in_advance_in_a_row_that_ends_on_the_day(self):
        # 1,000.00 at 12 %: on 10 March 60.00 of principal and 2.00 of interest of the third row
        # are paid; the re-age of 15 March starts on 1 April.
        loan = overdue(100_000, 12, date(2026, 3, 10))
        paid = pay_interest(loan, 2, on=date(2026, 3, 10), amount=200)
        paid = pay_principal(paid, 2, on=date(2026, 3, 10), amount=6_000)
        day = date(2026, 3, 15)

        aged = re_age(paid, day, dates=dates_from(date(2026, 4, 1), 3), start=date(2026, 3, 1))

        held = [window for window in aged.windows if window.is_holder]
        assert [(window.due, window.paid) for window in held] == [(day, 6_200)]
        assert sum(f.principal for f in aged.figures[-3:]) == 94_000
        assert aged.principal_total == 100_000


class TestReAgeEqually:
    @few
    @given(amounts, percents, offsets, st.lists(st.integers(0, 900), min_size=1, max_size=6))
    def test_asks_the_amounts_agreed_and_no_interest_beside_them(
        self, cents, percent, offset, interests
    ):
        day = START + timedelta(days=offset)
        dates = dates_from(day + timedelta(days=10), len(interests))
        principals = [cents // len(interests)] * len(interests)
        principals[-1] += cents - sum(principals)
        amounts = [(p + i, i) for p, i in zip(principals, interests, strict=True)]

        aged = re_age_equally(overdue(cents, percent, day), day, dates=dates, amounts=amounts)

        figures = aged.figures[-len(dates) :]
        assert [(f.principal + f.interest, f.interest) for f in figures] == amounts
        assert [window.due for window in aged.windows[-len(dates) :]] == dates
        assert not any(f.principal or f.interest for f in aged.figures[: -len(dates)])
        assert all(window.is_reaged for window in aged.windows[-len(dates) :])


class TestReAmortise:
    @few
    @given(amounts, percents, st.integers(1, COUNT - 1))
    @example(100_000, 12, 2)
    @example(900_000, 36, 1)
    def test_asks_what_is_overdue_with_the_next_row(self, cents, percent, passed):
        day, count = DUES[passed - 1], COUNT - passed
        loan = overdue(cents, percent, day)

        spread = re_amortise(loan, day)

        kept = given_up(cents, percent, day)
        assert [window.due for window in spread.windows] == DUES
        check_rows(spread, cents, percent, count=count, brought=[kept] + [0] * (count - 1))

    @few
    @given(amounts, percents, st.integers(1, COUNT - 1))
    @example(100_000, 12, 2)
    def test_can_split_the_interest_that_is_overdue(self, cents, percent, passed):
        day, count = DUES[passed - 1], COUNT - passed
        loan = overdue(cents, percent, day)

        spread, dropped = re_amortise_splitting(loan, day)
        short, lost = re_amortise_splitting(loan, day, conserves=False)

        kept = given_up(cents, percent, day)
        even = Rounding.HALF_EVEN.of(kept, count)
        last = kept - even * (count - 1)
        if last >= 0:
            brought = [even] * (count - 1) + [last]
            check_rows(spread, cents, percent, count=count, brought=brought)
        assert (dropped, lost) == (0, kept - even * count)
        check_rows(short, cents, percent, count=count, brought=[even] * count)
