"""values, carried, frontier: what payments are worth, against exact arithmetic."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import column
from factories import policy, weilidai, yuan
from tideover.kernels import (
    BreakOff,
    expected_value,
    present_value,
    simple_worth,
    spread,
    unbeaten,
)
from tideover.loan import Components, carried_by_line
from tideover.loan.building import build_schedule

CURVE = BreakOff.of(policy())


def exact_value(dues, principal, limits, curve) -> Fraction:
    """The same, month by month in fractions: survive and pay, or break off and recover."""

    def part(number: object) -> Fraction:
        return Fraction(str(number))

    discount = 1 / (1 + part(curve.discount) / 12)
    survival, value, left = Fraction(1), Fraction(0), sum(principal)
    for month, (due, limit) in enumerate(zip(dues, limits, strict=True)):
        if due:
            above = max(Fraction(0), Fraction(due, limit) - part(curve.comfortable)) if limit else 0
            chance = min(part(curve.most), part(curve.base) + part(curve.slope) * above)
            chance = chance if limit else part(curve.most)
            broken = survival * chance
            later = discount ** (month + curve.recovery_months)
            value += broken * part(curve.recovery) * left * later
            survival -= broken
            value += survival * due * discount**month
        left -= principal[month]
    return value


class TestExpectedValue:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 2**32))
    def test_is_the_exact_one_to_the_fen(self, seed):
        draw = Random(seed)
        months = draw.randrange(1, 60)
        dues = [draw.choice([0, draw.randrange(1, 200_000)]) for _ in range(months)]
        principal = [draw.randrange(due + 1) for due in dues]
        limits = [draw.choice([0, draw.randrange(1, 200_000)]) for _ in range(months)]

        (found,) = expected_value(
            column(dues)[:, None], column(principal)[:, None], limits=column(limits), curve=CURVE
        )

        assert abs(found - exact_value(dues, principal, limits, CURVE)) <= 1

    def test_of_what_cannot_break_off_is_the_sum_when_time_costs_nothing(self):
        curve = BreakOff(discount=0, base=0, slope=0, most=0, comfortable=1, recovery=0,
                         recovery_months=0)  # fmt: skip
        dues = np.array([[100], [200]])

        assert expected_value(dues, dues, limits=column([300, 300]), curve=curve).tolist() == [300]

    def test_falls_when_a_payment_is_a_heavier_burden(self):
        dues = np.array([[1000, 1000]] * 12)
        light, heavy = (
            expected_value(dues, dues, limits=np.full(12, limit), curve=CURVE)[0]
            for limit in (5000, 1000)
        )

        assert light > heavy


class TestPresentValue:
    def test_of_a_payment_in_a_year_is_discounted_once(self):
        found = present_value(
            np.array([[112, 112]]), days=np.array([[365]]), rate=np.array([0.12, 0])
        )

        assert found.tolist() == pytest.approx([100, 112])


class TestSimpleWorth:
    def test_discounts_every_gap_simply(self):
        # 100 after 73 days at 10 %: 100 / 1.02; another 73 days on: divided by 1.02 again.
        found = simple_worth(np.array([[100], [100]]), gaps=np.array([[73], [73]]), rate=0.1)

        assert found[0] == pytest.approx(100 / 1.02 + 100 / 1.02**2)


class TestSpread:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 10**6), st.integers(1, 40))
    def test_is_that_of_the_agreement(self, minor, count):
        none = yuan("0")
        amount = type(none)(minor, none.currency)
        schedule = build_schedule(weilidai(instalments=count))
        parts = carried_by_line(
            schedule, Components(principal=none, interest=amount, penalty=none, fee=none)
        )

        found = spread(column([minor]), column([count]), lines=count + 3)[:, 0].tolist()

        assert found == [part.interest.minor for part in parts] + [0, 0, 0]


class TestUnbeaten:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=30))
    def test_are_those_that_no_other_beats(self, points):
        keeps = unbeaten(np.array(points, dtype=np.int64).T)

        for mine, is_kept in zip(points, keeps, strict=True):
            is_beaten = any(
                other != mine and all(a >= b for a, b in zip(other, mine, strict=True))
                for other in points
            )
            assert is_kept != is_beaten

    def test_of_nothing_is_nothing(self):
        assert unbeaten(np.zeros((3, 0), dtype=np.int64)).tolist() == []
