"""A book rolled from day to day against the book folded anew, to the cent."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_servicing import ON, random_serviced

from tideover.kernels import FIGURES, STANDING, Serviced, figures_on, rolled, standing_on
from tideover.money import CNY

EPOCH = date(1970, 1, 1)
#: Days that pass between two closes: the next day, a weekend, over a month's end and a due date.
STEPS = (1, 1, 1, 3, 28, 1, 60)


def known_by(book: Serviced, on: date) -> Serviced:
    """The book as it is known on a day: the payments of later days are not in it yet."""
    is_known = book.paid_on <= (on - EPOCH).days
    before = np.concatenate([[0], np.cumsum(is_known)])
    return replace(
        book,
        paid_on=book.paid_on[is_known],
        paid=book.paid[is_known],
        offsets=before[book.offsets],
    )


class TestRolled:
    @settings(max_examples=8, deadline=None)
    @given(st.integers(0, 2**32), st.integers(0, 3))
    def test_is_what_a_fold_says_on_every_day(self, seed, grace_days):
        book = random_serviced(seed, loans=200, grace_days=grace_days)
        day = ON
        standing = standing_on(known_by(book, day), day)

        for step in STEPS:
            day += timedelta(days=step)
            today = known_by(book, day)
            standing = rolled(standing, today, on=day)
            anew = standing_on(today, day)
            got, _ = figures_on(today, day, currency=CNY, standing=standing)
            wanted, _ = figures_on(today, day, currency=CNY, standing=anew)
            assert (got == wanted).all()
            assert (standing.late_offsets == anew.late_offsets).all()

    def test_folds_only_what_fell_due_or_was_paid(self):
        book = known_by(random_serviced(3, loans=500), ON)
        before = standing_on(book, ON)
        after = rolled(before, book, on=ON + timedelta(days=1))
        changed = (before.fields != after.fields).any(axis=0)
        fell_due = before.column("holds_until") <= (ON - EPOCH).days + 1

        assert not changed[~fell_due].any()
        assert (fell_due & (before.column("holds_until") > 0)).any()

    def test_sees_a_payment_that_is_told_late_and_a_changed_contract(self):
        book = known_by(random_serviced(4, loans=100), ON)
        before = standing_on(book, ON)
        loan = int(np.flatnonzero(np.diff(book.offsets) > 0)[0])
        paid, rate = book.paid.copy(), book.rate.copy()
        paid[book.offsets[loan]] += 1
        rate[loan + 1] += 1_000
        corrected = replace(book, paid=paid, rate=rate)
        day = ON + timedelta(days=1)

        got, _ = figures_on(
            corrected, day, currency=CNY, standing=rolled(before, corrected, on=day)
        )
        assert (got == figures_on(corrected, day, currency=CNY)[0]).all()

    def test_takes_an_earlier_day_or_other_loans_as_a_fold(self):
        book = known_by(random_serviced(5, loans=50), ON)
        standing = standing_on(book, ON)
        earlier = ON - timedelta(days=40)
        fewer = book.taken(np.arange(10, 40))

        for what, day in ((book, earlier), (fewer, ON)):
            got, _ = figures_on(what, day, currency=CNY, standing=rolled(standing, what, on=day))
            assert (got == figures_on(what, day, currency=CNY)[0]).all()


class TestFigures:
    def test_grow_by_a_day_as_worked_by_hand(self):
        # 1,000.00 at 0.05 % a day, first due in 31 days, three instalments (343.39 each): after ten
        # days 5.00 of interest, after eleven 5.50. The line of 343.39 falls due with 15.50 in it.
        start = (ON - EPOCH).days
        one = np.array([1])
        book = Serviced(
            loan=one, principal=one * 100_000, counts=one * 3, rate=one * 182_500_000,
            penalty_rate=one * 91_250_000, disbursed=one * start, earliest=one * (start + 31),
            day_of_month=one * 10, offsets=np.array([0, 0]), paid_on=np.zeros(0, np.int64),
            paid=np.zeros(0, np.int64), grace_days=1,
        )  # fmt: skip
        standing = standing_on(book, ON)
        by_day = [
            dict(zip(FIGURES, standing.figures(start + days)[:, 0].tolist(), strict=True))
            for days in (10, 11, 30)
        ]

        assert [told["interest"] for told in by_day] == [500, 550, 1500]
        assert {told["principal"] for told in by_day} == {100_000}
        assert standing.column("holds_until").tolist() == [start + 31]
        assert standing.holds(start + 30).all()
        assert not standing.holds(start + 31).any()
        assert len(standing) == 1
        assert len(standing.fields) == len(STANDING)
