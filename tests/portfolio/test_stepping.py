"""A month of a loan, worked by hand; the state is what `stepping` leaves."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tideover.policy import load_book
from tideover.portfolio.behaviour import Fortunes
from tideover.portfolio.book import NO_CAUSE, NUMBERS, Book, Labels
from tideover.portfolio.making import settle_manifest
from tideover.portfolio.policies import grant_of
from tideover.portfolio.state import State, opening
from tideover.portfolio.stating import told_of
from tideover.portfolio.stepping import step
from tideover.portfolio.terms import terms_of

ON = date(2026, 12, 1)
TERMS = terms_of(load_book(), on=ON)
ALWAYS = replace(TERMS, miss_base=0.0, miss_slope=0.0, miss_max=0.0, cure_chance=1.0)
NEVER = replace(TERMS, miss_base=1.0, miss_max=1.0)
NOBODY = Labels((NO_CAUSE,), np.array([0]))
#: 10,000.00 left at 12 % a year in twelve instalments of 888.49, nothing late.
LOAN = {
    "loan": 1, "principal": 1_000_000, "term": 12, "rate": 120_000, "instalment": 88_849,
    "balance": 1_000_000, "remaining": 12,
}  # fmt: skip


def loan(**numbers: int) -> State:
    columns = {name: np.array([{**LOAN, **numbers}.get(name, 0)]) for name in NUMBERS}
    return opening(Book(**columns, cause=NOBODY, groups={}), TERMS)


def household(capacity: int) -> Fortunes:
    one = np.array([0])
    return Fortunes(
        loan=one, seed=1, income=one + capacity, outgoings=one, hard_income=one, hard_from=one + 99,
        hard_until=one + 99, asks=one + 99, cause=NOBODY,
    )  # fmt: skip


def after_a_month(state: State, *, terms=ALWAYS, capacity: int = 100_000) -> State:
    step(state, 0, lives=household(capacity), terms=terms, going=np.array([True]))
    return state


class TestStep:
    def test_pays_interest_and_principal_of_a_line(self):
        # 1 % of 10,000.00 is 100.00; 788.49 of principal are left of 888.49.
        state = after_a_month(loan())

        assert state.got_interest.tolist() == [10_000]
        assert state.got_principal.tolist() == [78_849]
        assert state.balance.tolist() == [921_151]
        # 888.49 a month from now at 6 % a year: 888.49 / 1.005 = 884.07.
        assert state.worth.tolist() == [88_407]

    def test_leaves_a_missed_line_overdue(self):
        state = after_a_month(loan(), terms=NEVER)

        assert state.late.tolist() == [1]
        assert (state.overdue_principal[0], state.overdue_interest[0]) == (78_849, 10_000)
        assert state.worth.tolist() == [0]

    def test_charges_interest_and_half_as_much_penalty_on_what_is_overdue(self):
        # 1 % of 1,000.00 is 10.00, and the penalty of half the rate 5.00.
        state = after_a_month(loan(overdue_principal=100_000, months_past_due=1), terms=NEVER)

        assert state.overdue_interest.tolist() == [1_000 + 10_000]
        assert state.penalty.tolist() == [500]

    def test_catches_up_by_one_of_what_is_late_when_there_is_room(self):
        # A third of 1,000.00, of its interest of 10.00 and penalty of 5.00, each rounded up.
        state = after_a_month(
            loan(overdue_principal=100_000, months_past_due=3), capacity=2 * 88_849
        )

        assert state.late.tolist() == [2]
        assert state.overdue_principal.tolist() == [100_000 - 33_334]
        assert state.got_penalty.tolist() == [167]
        assert state.got_interest.tolist() == [10_000 + 334]

    def test_does_not_catch_up_without_room(self):
        state = after_a_month(loan(overdue_principal=100_000, months_past_due=3))

        assert state.late.tolist() == [3]

    def test_writes_off_what_is_too_late_and_recovers_a_share(self):
        # 35 % of 10,000.00 and 1,000.00 still owed.
        state = after_a_month(loan(overdue_principal=100_000, months_past_due=11), terms=NEVER)

        assert state.recovered.tolist() == [385_000]
        assert state.lost.tolist() == [715_000]
        assert state.balance.tolist() == [0]

    def test_grows_older_after_it_matured(self):
        matured = {"balance": 0, "remaining": 0, "overdue_principal": 50_000, "months_past_due": 2}
        state = after_a_month(loan(**matured), capacity=0)

        assert state.late.tolist() == [3]
        assert after_a_month(loan(**matured)).late.tolist() == [1]

    def test_stands_still_while_paused(self):
        state = loan()
        state.pause[:] = 2
        after_a_month(state)

        assert (state.pause[0], state.remaining[0], state.got_interest[0]) == (1, 12, 0)


class TestToldOf:
    def test_names_every_assumption_with_its_source(self):
        grants = tuple(grant_of(name, on=ON, book=load_book()) for name in ("baseline", "relief"))
        told = told_of(grants, TERMS)

        assert len(told["menu"]) == 24
        assert all(one["reference"] for one in told["assumptions"])
        assert {"value.discount_rate", "simulation.miss_slope"} <= {
            one["name"] for one in told["assumptions"]
        }


class TestSettleManifest:
    def test_does_not_mind_what_is_free(self, tmp_path):
        settle_manifest(tmp_path / "run.json", {"book": "a", "seed": 1})
        settle_manifest(tmp_path / "run.json", {"book": "b", "seed": 1}, free="book")

        with pytest.raises(Exception, match="another seed"):
            settle_manifest(tmp_path / "run.json", {"book": "a", "seed": 2})
