from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as s
from tideover.money import Rounding

# Worked by hand from the definitions: the value, then half-up, half-even, half-down, up, down.
TABLE = [
    ("2.5", 3, 2, 2, 3, 2),
    ("3.5", 4, 4, 3, 4, 3),
    ("-2.5", -3, -2, -2, -3, -2),
    ("2.1", 2, 2, 2, 3, 2),
    ("-2.1", -2, -2, -2, -3, -2),
    ("2.9", 3, 3, 3, 3, 2),
    ("7", 7, 7, 7, 7, 7),
    ("0.5", 1, 0, 0, 1, 0),
    ("0", 0, 0, 0, 0, 0),
]


class TestRounding:
    @given(s.exacts, s.roundings)
    def test_is_never_a_whole_unit_away(self, exact, rounding):
        assert abs(rounding(exact) - exact) < 1

    @given(s.exacts, s.exacts, s.roundings)
    def test_never_reverses_an_order(self, one, other, rounding):
        low, high = sorted((one, other))

        assert rounding(low) <= rounding(high)

    @given(s.exacts, s.roundings)
    def test_treats_both_signs_alike(self, exact, rounding):
        assert rounding(-exact) == -rounding(exact)

    @given(st.integers(), s.roundings)
    def test_leaves_whole_numbers_alone(self, whole, rounding):
        assert rounding(whole) == whole

    @given(s.exacts, s.roundings, st.integers(1, 50))
    def test_does_not_mind_a_fraction_that_is_not_reduced(self, exact, rounding, factor):
        found = rounding.of(exact.numerator * factor, exact.denominator * factor)

        assert found == rounding(exact)

    @given(st.integers(-50, 50), st.integers(1, 20))
    def test_takes_a_half_to_the_even_neighbour_however_it_is_written(self, whole, factor):
        even = whole + whole % 2

        assert Rounding.HALF_EVEN.of((2 * whole + 1) * factor, 2 * factor) == even

    @pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
    def test_matches_the_definitions(self, row):
        exact = Fraction(row[0])

        found = tuple(
            rounding(exact)
            for rounding in (
                Rounding.HALF_UP,
                Rounding.HALF_EVEN,
                Rounding.HALF_DOWN,
                Rounding.UP,
                Rounding.DOWN,
            )
        )

        assert found == row[1:]


class TestToMultiple:
    @given(s.exacts, s.roundings, st.integers(1, 1000))
    def test_is_a_multiple_less_than_one_step_away(self, exact, rounding, multiple):
        found = rounding.to_multiple(exact, multiple)

        assert found % multiple == 0
        assert abs(found - exact) < multiple

    def test_rounds_once(self):
        # 149.5 to the nearest hundred is 100; rounding to 150 first would make it 200.
        assert Rounding.HALF_UP.to_multiple(Fraction("149.5"), 100) == 100
