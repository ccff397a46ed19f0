"""All plans of a menu: engines equal in every figure, and equal to one household's own plans."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tideover.kernels import (
    BreakOff,
    Debts,
    Menu,
    Plans,
    due_days,
    interest_of,
    is_installed,
    level_by_month,
    option_grid,
    plan_rates,
)
from tideover.kernels.engines import Engine

CURVE = BreakOff(discount=0.06, base=0.004, slope=0.05, most=0.4, comfortable=0.5, recovery=0.3,
                 recovery_months=12)  # fmt: skip
MENU = Menu(
    extension=np.repeat([0, 6, 12], 8),
    pause=np.tile(np.repeat([0, 3], 2), 6),
    cut=np.tile(np.repeat([0, 30_000], 4), 3),
    waives=np.tile([False, True], 12),
)


def random_debts(seed: int, *, many: int) -> tuple[Debts, np.ndarray]:
    draw = np.random.default_rng(seed)
    debts = Debts(
        principal=draw.choice([draw.integers(1, 500), draw.integers(10**4, 10**9)], many)
        + draw.integers(0, 10**6, many),
        counts=np.sort(draw.integers(1, 85, many))[::-1].copy(),
        rate=draw.choice([0, 1, 20_000, 155_000, 360_000], many),
        interest=draw.integers(0, 10**5, many),
        penalty=draw.integers(0, 10**4, many),
    )
    return debts, draw.integers(-(10**5), 10**6, (len(MENU), many))


def plans(seed: int, *, many: int, engine: Engine) -> Plans:
    debts, capacity = random_debts(seed, many=many)
    return option_grid(debts, MENU, capacity=capacity, curve=CURVE, engine=engine)


def unlike(seed: int, *, many: int) -> list[str]:
    one, other = (plans(seed, many=many, engine=engine) for engine in Engine)
    return [name for name in Plans.__slots__ if (getattr(one, name) != getattr(other, name)).any()]


class TestOptionGrid:
    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 2**32), st.sampled_from([1, 63, 64, 65, 200]))
    def test_is_the_same_whichever_engine_works_it_out(self, seed, many):
        assert is_installed()
        assert unlike(seed, many=many) == []

    @pytest.mark.soak
    def test_is_the_same_for_a_million_debts(self):
        for seed in range(100):
            assert unlike(seed, many=10_000) == [], seed

    @pytest.mark.parametrize("engine", Engine)
    def test_asks_what_a_schedule_of_its_own_asks(self, engine):
        debts, _ = random_debts(4, many=40)
        found = plans(4, many=40, engine=engine)
        for row in range(len(MENU)):
            counts = debts.counts + MENU.extension[row]
            rate = np.maximum(debts.rate - MENU.cut[row], 0)
            built = level_by_month(debts.principal, counts, rate=rate)
            owed = debts.interest + MENU.pause[row] * interest_of(debts.principal, rate)

            assert (found.level[row] == built.instalment[0]).all()
            assert (found.interest[row] == built.total_interest + owed).all()

    def test_of_nobody_is_empty(self):
        nothing = np.zeros(0, dtype=np.int64)
        debts = Debts(principal=nothing, counts=nothing, rate=nothing, interest=nothing,
                      penalty=nothing)  # fmt: skip
        found = option_grid(debts, MENU, capacity=np.zeros((24, 0)), curve=CURVE)

        assert found.worth.shape == (24, 0)


class TestPlanRates:
    def test_are_above_the_nominal_rate_by_its_compounding_and_below_it_after_a_pause(self):
        # 12 % by the month compounds to 12.68 %; months of actual days are a little beside it.
        debts = Debts(principal=np.array([10**7]), counts=np.array([24]), rate=np.array([120_000]),
                      interest=np.array([0]), penalty=np.array([0]))  # fmt: skip
        capacity = np.full((24, 1), 10**6)
        found = option_grid(debts, MENU, capacity=capacity, curve=CURVE)
        start = 20_454  # 2026-01-01
        due = due_days(np.array([start + 31]), np.array([1]), lines=40)[:, 0] - start
        rates = plan_rates(debts, found, menu=MENU, due=due)[:, 0]
        compiled = plan_rates(debts, found, menu=MENU, due=due, engine=Engine.NUMBA)[:, 0]

        assert compiled == pytest.approx(rates, abs=1e-11)
        assert rates[0] == pytest.approx(0.1268, abs=5e-4)
        # What is carried through a pause bears no interest.
        paused = int(np.flatnonzero((MENU.pause == 3) & (MENU.extension == 0))[0])
        assert 0.11 < rates[paused] < rates[0]
