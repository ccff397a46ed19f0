"""The columns of the search against the scalar engine: calendar, plans, searching, searched,
candidate, bargaining, worth.

Every plan the search could return is built and judged by the engine that would book it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import card, household, request, steady, weilidai, yuan
from tideover.affordability import Income, IncomeKind
from tideover.dates import DayCount
from tideover.loan import AnnualRate, LoanTerms
from tideover.money import CNY, Money
from tideover.offers.figures import Judged
from tideover.offers.grants import Grant, grants_of
from tideover.offers.grid import Found, grid_of
from tideover.offers.search import build
from tideover.offers.situation import Situation, situation_of

ables = st.integers(0, 300_000).map(lambda minor: Money(minor, CNY).text)
loans = st.sampled_from([
    (weilidai(), 2), (weilidai(), 5), (weilidai(instalments=20), 3), (card(), 3),
    (weilidai(principal=yuan("87654.32")), 1), (card(instalments=24), 2),
    (weilidai(rate=AnnualRate.percent("18")), 2), (weilidai(rate=AnnualRate.percent("23.9")), 0),
    (weilidai(rate=AnnualRate.percent("21.9", DayCount.ACT_365F)), 1),
    (weilidai(rate=AnnualRate.percent("12", DayCount.THIRTY_E_360)), 1),
    (weilidai(rate=AnnualRate(Fraction(1, 10), DayCount.MONTHLY, compounds_a_year=2)), 1),
    (weilidai(disbursed_on=date(2026, 7, 31)), 2), (card(fee_rate=Fraction(12, 1000)), 2),
    (weilidai(rate=AnnualRate.percent("24.2")), 1),
])  # fmt: skip


def situation(able: str, loan: tuple[LoanTerms, int]) -> Situation:
    terms, paid = loan
    job = Income(name="短工", kind=IncomeKind.WAGE, monthly=yuan("300"), until=date(2027, 5, 20))
    home = household(able=able)
    return situation_of(
        request(terms=terms, paid=paid, household=replace(home, incomes=(*home.incomes, job)))
    )


def searched(one: Situation, *pauses: int) -> Found:
    return grid_of(one).search(pauses)


def built(one: Situation, *pauses: int, grant: Grant) -> Iterator[Judged]:
    """Every plan that passes every rule, one by one."""
    for pause in pauses:
        for count in range(1, 61):
            plan = build(one, instalments=count, pause_months=pause, grant=grant)
            if plan is not None and plan.passed:
                yield plan


def figures_of(found: Found) -> list[tuple[int, ...]]:
    return list(
        zip(
            found.ways.asked.tolist(), found.payment.tolist(), found.interest.tolist(),
            found.cost.tolist(), found.room.tolist(), strict=True,
        )
    )  # fmt: skip


def figures(plan: Judged) -> tuple[int, ...]:
    return (
        plan.instalments, max(one.amount.minor for one in plan.facts.payments),
        plan.cost.total_interest.minor, plan.cost_of_credit.minor, plan.facts.tightest.room.minor,
    )  # fmt: skip


class TestGrid:
    @steady
    @given(ables, loans, st.integers(0, 6))
    def test_finds_what_the_scalar_engine_finds_to_the_fen(self, able, loan, pause):
        one = situation(able, loan)
        plain = grants_of(one.parameters)[0]

        assert figures_of(searched(one, pause)) == [
            figures(plan) for plan in built(one, pause, grant=plain)
        ]

    @steady
    @given(ables, loans, st.integers(0, 6), st.integers(1, 251), st.booleans())
    def test_finds_the_longest_and_the_shortest_of_what_is_granted(
        self, able, loan, pause, place, longest
    ):
        one = situation(able, loan)
        grid = grid_of(one)
        found = figures_of(grid.search((), granted=[(place, pause)], longest=longest))
        plans = [figures(plan) for plan in built(one, pause, grant=grid.grants[place])]
        end = slice(-1, None) if longest else slice(0, 1)

        assert found[end] == plans[end]

    def test_looks_at_every_length_after_every_pause(self):
        found = searched(situation("680", (weilidai(), 2)), *range(7))

        # 56 months are left of the sixty that a consumer loan lasts, and a pause takes from them.
        assert found.looked_at == sum(56 - pause for pause in range(7)) == 371

    def test_looks_at_every_concession_alone_beside_them(self):
        one = situation("680", (weilidai(), 2))
        grid = grid_of(one)
        found = grid.search(range(7), granted=[(place, 0) for place in grid.grants.singles])
        shortest = next(one.instalments for one in found.candidates() if not one.grant)

        # Two shares of the interest, twenty cuts of the rate, three parts of the principal.
        assert found.looked_at == 371 + 25 * 56
        # The more is granted, the shorter the plan.
        eased = [one.instalments for one in found.candidates() if one.grant]
        assert eased
        assert min(eased) <= shortest

    @steady
    @given(ables, loans)
    def test_of_more_pauses_never_finds_less(self, able, loan):
        one = situation(able, loan)
        few, many = searched(one, 0, 3), searched(one, *range(7))

        def ways(found):
            return set(zip(found.ways.asked.tolist(), found.ways.pauses.tolist(), strict=True))

        assert ways(few) <= ways(many)

    @pytest.mark.parametrize("able", ["0", "1"])
    def test_of_nothing_that_fits_is_empty(self, able):
        found = searched(situation(able, (weilidai(), 2)), 4, 5, 6)

        assert found.looked_at > 0
        assert found.dues.shape[1] == len(found.ways.asked) == 0
