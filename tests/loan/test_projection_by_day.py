"""tideover.loan.projection: a second engine that knows days only, and what it takes from the first.

It walks day by day: what was lent and not yet due or paid by the evening before bears a day's
interest at the rate of the day, unless the day is paused. Rows are rounded once. Where instalments
fall and how high they are it reads from the projection; interest it works out for itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount
from tideover.loan.projection import (
    Basis,
    Projection,
    Window,
    change_rate,
    disburse,
    end_contract,
    interest_until,
    outstanding_until,
    pause,
    pay_principal,
    projected,
    window_interest_until,
    with_overdue,
)
from tideover.money import Rounding

START, COUNT = date(2026, 1, 31), 5
DUES = [MONTHLY.after(START, step + 1) for step in range(COUNT)]
few = settings(max_examples=25, deadline=None)
offsets = st.integers(0, (DUES[-1] - START).days)


@dataclass
class Days:
    """What happened on which day: `moved` changes what bears interest from the next day on.

    `overdue` is what bears interest beside the balance of a window that starts on a day, until the
    day `overdue_until`.
    """

    moved: dict[date, int] = field(default_factory=dict)
    overdue: dict[date, int] = field(default_factory=dict)
    overdue_until: date = START
    paused: set[date] = field(default_factory=set)
    rates: dict[date, Fraction] = field(default_factory=dict)

    def move(self, on: date, amount: int) -> None:
        self.moved[on] = self.moved.get(on, 0) + amount

    def rate_on(self, day: date) -> Fraction:
        return self.rates[max(since for since in self.rates if since <= day)]

    def interest(self, window: Window, opening: int) -> int:
        """The interest of a window that opens with a balance; a month is a twelfth of a year."""
        total = Fraction(0)
        for day in _days(window):
            bearing = opening + sum(n for on, n in self.moved.items() if window.start < on < day)
            if day <= self.overdue_until:
                bearing += self.overdue.get(window.start, 0)
            if day not in self.paused:
                total += bearing * self.rate_on(day) / 12 / window.days
        return Rounding.HALF_EVEN(max(total, Fraction(0)))


def _days(window: Window) -> Iterator[date]:
    return (window.start + timedelta(days=number + 1) for number in range(window.days))


def lent(
    cents: int, percent: int, day_count: DayCount = DayCount.MONTHLY
) -> tuple[Projection, Days]:
    rate = Fraction(percent, 100)
    basis = Basis(rate, day_count, MONTHLY, START, Rounding.HALF_EVEN)
    loan = disburse(projected(basis, DUES, start=START), cents, on=START)
    return loan, Days(moved={START: cents}, rates={START: rate})


def check(projection: Projection, days: Days) -> None:
    """Every row asks the interest of its days, as far as the one before it has not asked it."""
    opening, brought = days.moved[START], 0
    for window, figure in zip(projection.windows, projection.figures, strict=True):
        assert figure.interest_borne == days.interest(window, opening) + brought
        within = [n for on, n in days.moved.items() if window.start < on <= window.due]
        # What was paid before its day is part of the principal that falls due.
        opening += sum(max(amount, 0) for amount in within) - figure.principal
        brought = figure.interest_left
    assert opening == 0


amounts = st.integers(1_000, 900_000)
percents = st.sampled_from([0, 3, 12, 36])


class TestInterest:
    @few
    @given(amounts, percents, st.lists(st.tuples(offsets, st.integers(0, 70)), max_size=3))
    @example(100_000, 12, [(27, 0)])
    @example(100_000, 12, [(28, 1)])
    @example(100_000, 12, [(0, 150)])
    @example(100_000, 12, [(35, 3), (45, 2), (39, 1)])
    def test_of_paused_days_is_none_both_ends_included(self, cents, percent, pauses):
        projection, days = lent(cents, percent)

        for offset, more in pauses:
            start = START + timedelta(days=offset)
            projection = pause(projection, start, end=start + timedelta(days=more))
            # On the day of disbursement nothing is borne, paused or not.
            days.paused |= {start + timedelta(days=number) for number in range(more + 1)}

        check(projection, days)

    @few
    @given(
        amounts,
        percents,
        st.lists(
            st.tuples(offsets, st.sampled_from(["pause", "rate", "tranche"]), st.integers(1, 40)),
            max_size=6,
        ),
    )
    @example(100_000, 12, [(35, "pause", 10), (38, "tranche", 20), (40, "rate", 36)])
    @example(100_000, 12, [(35, "tranche", 10), (35, "pause", 1), (36, "tranche", 7)])
    def test_is_that_of_each_day_whatever_happens_in_which_order(self, cents, percent, changes):
        projection, days = lent(cents, percent)

        for offset, what, size in sorted(changes):
            on = START + timedelta(days=offset)
            if what == "pause":
                projection = pause(projection, on, end=on + timedelta(days=size))
                days.paused |= {on + timedelta(days=number) for number in range(size + 1)}
            elif what == "rate":
                since = on + timedelta(days=1)
                projection = change_rate(projection, Fraction(size, 100), since=since)
                days.rates[since] = Fraction(size, 100)
            else:
                projection = disburse(projection, size * 1_000, on=on)
                days.move(on, size * 1_000)

        check(projection, days)

    @few
    @given(amounts, percents, st.lists(st.tuples(offsets, percents), max_size=3))
    @example(100_000, 12, [(28, 36), (29, 0)])
    def test_is_at_the_rate_of_each_day(self, cents, percent, changes):
        projection, days = lent(cents, percent)

        for offset, other in sorted(dict(changes).items()):
            since = START + timedelta(days=offset + 1)
            projection = change_rate(projection, Fraction(other, 100), since=since)
            days.rates[since] = Fraction(other, 100)

        check(projection, days)

    @few
    @given(amounts, percents, st.lists(st.tuples(offsets, amounts), max_size=3))
    @example(100_000, 12, [(28, 50_000), (28, 50_000), (59, 10_000)])
    def test_of_a_tranche_counts_from_the_day_after_it(self, cents, percent, tranches):
        projection, days = lent(cents, percent)

        for offset, more in sorted(tranches):
            on = START + timedelta(days=offset)
            projection = disburse(projection, more, on=on)
            days.move(on, more)

        check(projection, days)

    @few
    @given(amounts, percents, offsets.filter(bool), st.integers(1, 100))
    @example(100_000, 12, 28, 50)
    def test_of_principal_paid_early_ends_with_the_day(self, cents, percent, offset, share):
        projection, days = lent(cents, percent)
        on = START + timedelta(days=offset)
        place = next(p for p, window in enumerate(projection.windows) if on <= window.due)
        amount = projection.figures[place].principal * share // 100

        paid = pay_principal(projection, place, on=on, amount=amount)

        if on < projection.windows[place].due:
            days.move(on, -amount)
        assert sum(figure.principal for figure in paid.figures) == cents
        check(paid, days)

    @few
    @given(amounts, percents, st.integers(1, 150))
    @example(100_000, 12, 28)
    @example(100_000, 12, 29)
    @example(100_000, 12, 150)
    def test_of_what_is_overdue_is_that_of_everything_lent_up_to_the_day(
        self, cents, percent, offset
    ):
        projection, days = lent(cents, percent)
        day = min(START + timedelta(days=offset), DUES[-1])

        late = with_overdue(projection, day, to_due_date=False)

        days.overdue_until = day
        due = 0
        for window, figure in zip(late.windows, late.figures, strict=True):
            days.overdue[window.start] = due
            due += figure.principal
        check(late, days)


class TestByADay:
    @few
    @given(amounts, percents, offsets)
    @example(100_000, 12, 0)
    @example(100_000, 12, 28)
    @example(100_000, 12, 29)
    @example(100_000, 12, 150)
    def test_interest_is_that_of_the_days_until_then(self, cents, percent, offset):
        projection, days = lent(cents, percent)
        day = START + timedelta(days=offset)
        days.paused = {day + timedelta(days=number + 1) for number in range(200)}
        openings = [cents, *(figure.closing_balance for figure in projection.figures)]
        expected = [
            days.interest(window, opening)
            for window, opening in zip(projection.windows, openings, strict=False)
        ]

        owed = outstanding_until(projection, day)

        assert (owed.principal, owed.interest) == (cents, sum(expected))
        assert interest_until(projection, day) == sum(expected)
        assert [
            window_interest_until(projection, place, on=day) for place in range(COUNT)
        ] == expected

    @few
    @given(amounts, percents, offsets.filter(bool))
    @example(100_000, 12, 28)
    @example(100_000, 12, 29)
    def test_the_end_of_the_contract_asks_it_and_all_principal(self, cents, percent, offset):
        # By days: a month cut short would count by the days of another month.
        projection, _ = lent(cents, percent, DayCount.ACT_365F)
        day = START + timedelta(days=offset)
        owed = outstanding_until(projection, day)

        ended = end_contract(projection, day)

        assert (ended.maturity, ended.principal_total) == (day, cents)
        assert sum(figure.principal for figure in ended.figures) == cents
        assert ended.interest_total == owed.interest
        due = [window.due for window in projection.windows if window.due < day]
        assert [window.due for window in ended.windows] == [*due, day]
