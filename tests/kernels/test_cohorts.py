"""Whole books: every engine gives the scalar engine's figures, and refuses what it cannot hold."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import ARRAY_METHODS, Kind, column, days_since_epoch, random_kind
from tideover.dates import DayCount
from tideover.kernels import BeyondExact, Cohorts, Engine, NotAsArrays, engine_for, stepping, totals
from tideover.loan import AnnualRate, Conventions, LevelRule, LoanTerms, Method
from tideover.loan.building import schedule_parts
from tideover.money import CNY, Money, Rounding

ENGINES = tuple(Engine)


def random_loans(seed: int, *, loans: int, kind: Kind, counting: DayCount) -> list[LoanTerms]:
    """Loans of yearly rates, zero and tiny ones among them, on every due day of the month."""
    draw, found = Random(seed), []
    for _ in range(loans):
        disbursed_on = date(2019, 1, 1) + timedelta(days=draw.randrange(2_500))
        delay = draw.choice([None, draw.randrange(1, 62), draw.randrange(300, 900)])
        rate = draw.choice([0, draw.randrange(1, 1000), draw.randrange(10**9)])
        found.append(
            LoanTerms(
                principal=Money(draw.choice([draw.randrange(1, 200), draw.randrange(1, 10**11)]),
                                CNY),
                rate=AnnualRate(Fraction(rate, 10**9), counting),
                method=kind.method,
                instalments=draw.randrange(1, 61),
                disbursed_on=disbursed_on,
                earliest_due=(None if delay is None or counting is DayCount.MONTHLY
                              else disbursed_on + timedelta(days=delay)),
                rounding=kind.rounding,
                conventions=Conventions(level=kind.level, payment_rounding=kind.payment_rounding),
            )
        )  # fmt: skip
    return found


def cohorts_of(book: list[LoanTerms]) -> Cohorts:
    first = book[0]
    principal = column(terms.principal.minor for terms in book)
    counts = column(terms.instalments for terms in book)
    rate = column(int(terms.rate.of_year * 10**9) for terms in book)
    if first.rate.day_count is DayCount.MONTHLY:
        found = Cohorts.by_month(principal, counts, rate=rate, method=first.method)
    else:
        due = [terms.due_dates()[0] for terms in book]
        found = Cohorts.by_days(
            principal, counts, rate=rate, method=first.method,
            disbursed=column(days_since_epoch(terms.disbursed_on) for terms in book),
            earliest=column(days_since_epoch(day) for day in due),
            day_of_month=column(terms.grid_anchor.day for terms in book),
        )  # fmt: skip
    return found.under(
        rounding=first.rounding,
        level=first.conventions.level,
        payment_rounding=first.conventions.payment_rounding,
    )


def differing(book: list[LoanTerms], *, engines: tuple[Engine, ...] = ENGINES) -> list[LoanTerms]:
    """The loans of which a figure of some engine is not the scalar engine's."""
    cohorts = cohorts_of(book)
    found = [totals(cohorts, engine=engine) for engine in engines]
    wrong = []
    for place, loan in enumerate(cohorts.order.tolist()):
        lines = schedule_parts(book[loan])
        level = sum(lines[0][:2])
        if book[loan].method is Method.INTEREST_ONLY:
            level = 0
        elif book[loan].method is not Method.LEVEL:
            level = book[loan].rounding.of(book[loan].principal.minor, len(lines))
        exact = (level, sum(line[1] for line in lines), sum(lines[-1][:2]))
        if any(exact != (one.level[place], one.interest[place], one.last[place]) for one in found):
            wrong.append(book[loan])
    return wrong


class TestTotals:
    @pytest.mark.parametrize("counting", [DayCount.ACT_365F, DayCount.MONTHLY])
    @settings(max_examples=10, deadline=None)
    @given(st.integers(0, 2**32))
    def test_are_those_of_the_scalar_engine_to_the_fen(self, counting, seed):
        book = random_loans(seed, loans=90, kind=random_kind(Random(seed)), counting=counting)

        assert differing(book) == []

    @pytest.mark.parametrize("method", ARRAY_METHODS)
    @pytest.mark.parametrize("rounding", Rounding)
    def test_of_every_method_and_rounding(self, method, rounding):
        kind = Kind(method=method, rounding=rounding, payment_rounding=rounding,
                    level=LevelRule.ROUNDED)  # fmt: skip
        book = random_loans(5, loans=70, kind=kind, counting=DayCount.ACT_365F)

        assert differing(book) == []

    @pytest.mark.soak
    def test_of_a_million_loans(self):
        for seed in range(250):
            for counting in (DayCount.ACT_365F, DayCount.MONTHLY):
                book = random_loans(
                    seed, loans=2_000, kind=random_kind(Random(seed)), counting=counting
                )
                assert differing(book) == [], (seed, counting)

    def test_are_the_same_with_any_number_of_threads(self):
        book = random_loans(3, loans=400, kind=Kind(), counting=DayCount.ACT_365F)
        one, three = (totals(cohorts_of(book), engine=Engine.NUMBA, threads=n) for n in (1, 3))

        assert (one.interest == three.interest).all()
        assert (one.level == three.level).all()

    @pytest.mark.parametrize("payment_rounding", Rounding)
    def test_are_decided_in_whole_numbers_at_constructed_ties(self, payment_rounding):
        # Two instalments of an odd principal at no interest are a tie; at one part in 10^9 a year
        # the annuity is a little above it, by less than a double shows of so large an amount.
        kind = Kind(level=LevelRule.ROUNDED, payment_rounding=payment_rounding)
        book = [
            LoanTerms(
                principal=Money(minor, CNY), rate=AnnualRate(Fraction(rate, 10**9)),
                method=kind.method, instalments=2, disbursed_on=date(2026, 1, 1),
                conventions=Conventions(level=kind.level, payment_rounding=payment_rounding),
            )
            for minor in (10**11 - 1, 10**11 - 3, 10**10 + 1, 101, 99)
            for rate in (0, 1, 2)
        ]  # fmt: skip

        assert differing(book) == []

    def test_refuse_a_method_without_arrays(self):
        one = column([1])
        with pytest.raises(NotAsArrays):
            totals(Cohorts.by_month(one, one, rate=one, method=Method.BULLET))


class TestGroup:
    def test_is_the_same_whether_it_shares_a_calendar_or_not(self):
        book = random_loans(3, loans=500, kind=Kind(), counting=DayCount.ACT_365F)
        cohorts = cohorts_of(book)
        order = np.argsort(-cohorts.counts, kind="stable")
        mixed = stepping.Group.of(cohorts, order).level(cohorts.level, cohorts.payment_rounding)
        for start, stop, _ in cohorts.blocks.tolist():
            places = np.arange(start, stop)
            alone = stepping.Group.of(cohorts, places)
            figures = alone.level(cohorts.level, cohorts.payment_rounding)
            for one, all_of_them in zip(figures, mixed, strict=True):
                assert (one == all_of_them[np.argsort(order)[places]]).all()


class TestCohorts:
    @pytest.mark.parametrize(
        ("principal", "rate", "said"),
        [(2**47, 0, "principal with interest"), (0, 1, "one less than the principal"),
         (100, -1, "a negative rate")],
    )  # fmt: skip
    def test_refuse_at_the_door_what_64_bits_do_not_hold(self, principal, rate, said):
        principals, counts = column([100, principal]), column([60, 60])

        with pytest.raises(BeyondExact, match="loan 1 of the array: " + said):
            Cohorts.by_month(principals, counts, rate=column([0, rate]), method=Method.LEVEL)

    def test_put_loans_of_one_calendar_side_by_side_the_longest_first(self):
        book = random_loans(9, loans=300, kind=Kind(), counting=DayCount.ACT_365F)
        cohorts = cohorts_of(book)

        for start, stop, calendar in cohorts.blocks.tolist():
            assert 0 < stop - start <= 64
            assert cohorts.starts[calendar] <= start < stop <= cohorts.starts[calendar + 1]
            assert (np.diff(cohorts.counts[start:stop]) <= 0).all()

    def test_put_figures_back_in_the_order_of_the_book(self):
        counts = column([3, 9, 6])
        cohorts = Cohorts.by_month(column([100] * 3), counts, rate=counts * 0, method=Method.LEVEL)

        assert cohorts.restored(cohorts.counts).tolist() == [3, 9, 6]


class TestEngines:
    def test_small_arrays_do_not_wait_for_compiled_code(self):
        assert engine_for(595) is Engine.NUMPY
        assert engine_for(100_000) is Engine.NUMBA
