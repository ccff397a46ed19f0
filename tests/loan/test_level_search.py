"""_level.py by itself: the search for the smallest instalment, and the lines it makes."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import strategies as s
from tideover.loan._factors import Divider, Factors
from tideover.loan._level import left_after, level_parts, smallest_clearing
from tideover.money import Rounding

balances = st.integers(1, 10**7)
rates = st.fractions(min_value=0, max_value=Fraction(3), max_denominator=60)
factor_lists = st.lists(rates, min_size=1, max_size=8)
earned = st.integers(0, 10**5)


def lines_of(balance, factors, *, instalment, rounding, carried):
    """One sentence a line in plain fractions: principal, interest asked, interest left over."""
    lines = []
    for factor in factors[:-1]:
        due = carried + rounding(balance * factor)
        asked = min(due, instalment)
        part = min(instalment - asked, balance)
        carried = due - asked
        lines.append((part, asked, carried))
        balance -= part
    return [*lines, (balance, carried + rounding(balance * factors[-1]), 0)]


def clears(balance, factors, *, instalment, rounding, carried):
    lines = lines_of(balance, factors, instalment=instalment, rounding=rounding, carried=carried)
    return sum(lines[-1][:2]) <= instalment


class TestSmallestClearing:
    @given(balances, factor_lists, s.roundings, earned)
    @example(100_000, [Fraction(9, 10), Fraction(1, 100)], Rounding.HALF_UP, 0)
    @example(1, [Fraction(0)], Rounding.HALF_UP, 0)
    @example(1, [Fraction(0)] * 5, Rounding.HALF_UP, 0)
    @example(3, [Fraction(1, 2)] * 3, Rounding.HALF_EVEN, 0)
    @example(1000, [Fraction(0)] * 4, Rounding.HALF_UP, 77)
    @example(1000, [Fraction(3), Fraction(0), Fraction(0), Fraction(0)], Rounding.UP, 500)
    def test_clears_and_a_unit_less_does_not(self, balance, rates, rounding, carried):
        factors = Factors.of(rates)

        found = smallest_clearing(balance, factors, rounding=rounding, carried=carried)

        given = {"rounding": rounding, "carried": carried}
        assert clears(balance, rates, instalment=found, **given)
        assert not clears(balance, rates, instalment=found - 1, **given)

    def test_counts_nothing_as_earned_before_unless_told(self):
        free = Factors.of([Fraction(0)] * 4)

        assert smallest_clearing(1000, free, rounding=Rounding.HALF_UP) == 250
        assert smallest_clearing(1000, free, rounding=Rounding.HALF_UP, carried=4) == 251


class TestLeftAfter:
    @given(balances, factor_lists, s.roundings, earned, st.integers(0, 10**7))
    @example(5, [Fraction(1, 2)], Rounding.HALF_EVEN, 0, 3)
    @example(7, [Fraction(1, 2)], Rounding.HALF_EVEN, 0, 5)
    @example(6, [Fraction(1, 4)], Rounding.HALF_EVEN, 0, 4)
    @example(100, [Fraction(1, 10)] * 2, Rounding.HALF_UP, 0, 10)
    def test_is_what_the_lines_leave(self, balance, rates, rounding, carried, instalment):
        factors = Factors.of(rates)
        divider = Divider.of(rounding, factors.denominator)

        left = left_after(balance, factors, instalment=instalment, divider=divider, carried=carried)

        given = {"rounding": rounding, "carried": carried}
        last = lines_of(balance, rates, instalment=instalment, **given)[-1]
        assert max(left, 0) == max(sum(last[:2]) - instalment, 0)

    def test_is_below_zero_only_when_too_much_was_paid(self):
        factors = Factors.of([Fraction(1, 10)] * 3)
        divider = Divider.of(Rounding.HALF_UP, factors.denominator)

        # 100 with 10 of interest is 110: paid to the unit, and one too much.
        exact = left_after(100, factors, instalment=110, divider=divider)
        over = left_after(100, factors, instalment=111, divider=divider)

        assert (exact, over) == (0, -1)


class TestLevelParts:
    @given(balances, factor_lists, s.roundings, earned, st.integers(1, 10**7))
    @example(5, [Fraction(1, 2)] * 2, Rounding.HALF_EVEN, 0, 3)
    @example(100, [Fraction(1, 10)] * 3, Rounding.HALF_UP, 0, 10)
    @example(100, [Fraction(1, 10)] * 3, Rounding.HALF_UP, 0, 110)
    @example(100, [Fraction(1, 10)] * 3, Rounding.HALF_UP, 0, 50)
    @example(100, [Fraction(1, 10)] * 3, Rounding.HALF_UP, 60, 50)
    def test_are_the_lines_of_the_sentence(self, balance, rates, rounding, carried, instalment):
        parts = level_parts(
            balance, Factors.of(rates), instalment=instalment, rounding=rounding, fee=9,
            carried=carried,
        )  # fmt: skip

        expected = lines_of(
            balance, rates, instalment=instalment, rounding=rounding, carried=carried
        )
        assert [(part[0], part[1], part[3]) for part in parts] == expected
        assert {part[2] for part in parts} == {9}

    @pytest.mark.parametrize("rounding", list(Rounding))
    def test_of_one_line_are_all_there_is(self, rounding):
        parts = level_parts(
            1000, Factors.of([Fraction(1, 20)]), instalment=1, rounding=rounding, fee=0, carried=7
        )

        assert parts == [(1000, 57, 0, 0)]
