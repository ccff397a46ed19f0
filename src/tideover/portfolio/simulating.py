"""The months ahead of a block of loans under two policies, on the same fortunes.

Until a household asks, and for everybody who never does, the policies are one: that is worked out
once. Those who ask are worked out again from that month, under what each policy grants them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels import Debts, Int, Plans, option_grid, order_by_count
from tideover.portfolio.behaviour import NEVER, Fortunes, fortunes_of
from tideover.portfolio.book import Book
from tideover.portfolio.plans import best
from tideover.portfolio.policies import Grant
from tideover.portfolio.state import State, opening
from tideover.portfolio.stepping import step
from tideover.portfolio.terms import Terms

__all__ = ["Asked", "Outcome", "simulated"]

DECLINED: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Those who asked, by their places in the block.

    `before` is the instalment of the contract, `can_pay` whether each plan could be paid (plans,
    loans), `chosen` the plan of each policy, -1 where it grants none.
    """

    places: Int
    before: Int
    plans: Plans
    can_pay: np.typing.NDArray[np.bool_]
    chosen: tuple[Int, Int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a block ends under each policy, and what each granted; all in one order of loans."""

    book: Book
    lives: Fortunes
    start: State
    asked: Asked
    ends: tuple[State, State]


def simulated(
    book: Book, grants: tuple[Grant, Grant], *, terms: Terms, months: int, seed: int
) -> Outcome:
    """Return the outcome of a block of loans after `months`."""
    order = order_by_count(book.remaining)
    book = book.picked(order)
    lives = fortunes_of(book, seed=seed, behaviour=terms.behaviour, months=months)
    start = opening(book, terms)
    state = start.picked(np.arange(len(book)))
    at_asking = state.picked(np.arange(len(book)))
    everybody = np.ones(len(book), dtype=np.bool_)
    for month in range(months):
        asking = np.flatnonzero(lives.asks == month)
        at_asking.put(asking, of=state.picked(asking))
        step(state, month, lives=lives, terms=terms, going=everybody)
    asked = _asked(book, at_asking, lives=lives, terms=terms, grants=grants)
    ends = tuple(
        _after_asking(state, at_asking, asked=asked, arm=arm, lives=lives, terms=terms,
                      months=months)
        for arm in range(2)
    )  # fmt: skip
    return Outcome(book=book, lives=lives, start=start, asked=asked, ends=(ends[0], ends[1]))


def _asked(
    book: Book, state: State, *, lives: Fortunes, terms: Terms, grants: tuple[Grant, Grant]
) -> Asked:
    can_be_helped = (lives.asks < NEVER) & (state.written_off < 0) & (state.remaining > 0)
    places = np.flatnonzero(can_be_helped)
    places = places[order_by_count(state.remaining[places])]
    owing, household = state.picked(places), lives.picked(places)
    debts = Debts(
        principal=owing.balance + owing.overdue_principal,
        counts=owing.remaining,
        rate=owing.rate,
        interest=owing.overdue_interest + owing.carried,
        penalty=owing.penalty,
    )
    capacity = _counted_on(household, terms)
    plans = option_grid(debts, terms.menu, capacity=capacity, curve=terms.curve)
    chosen = [
        best(
            plans,
            grant.allows(terms.menu, term=book.term[places], households=household),
            capacity=capacity,
            burden_max=grant.burden_max,
        )
        for grant in grants
    ]
    return Asked(
        places=places,
        before=owing.instalment,
        plans=plans,
        can_pay=plans.due <= capacity,
        chosen=(chosen[0], chosen[1]),
    )


def _counted_on(household: Fortunes, terms: Terms) -> Int:
    """What the lender counts on, (plans, loans): today's income, more of it after a pause."""
    back = ((household.income - household.hard_income) * terms.pause_return).astype(np.int64)
    now = household.hard_income - household.outgoings
    return np.asarray(now + np.where(terms.menu.pause[:, None] > 0, back, 0), dtype=np.int64)


def _after_asking(
    otherwise: State,
    at_asking: State,
    *,
    asked: Asked,
    arm: int,
    lives: Fortunes,
    terms: Terms,
    months: int,
) -> State:
    """Everybody's end when those who were granted a plan live on with it."""
    plan = asked.chosen[arm]
    granted = np.flatnonzero(plan != DECLINED)
    places = asked.places[granted]
    state, household = at_asking.picked(places), lives.picked(places)
    _begin(state, asked.plans, plan=plan[granted], columns=granted, month=household.asks,
           waives=terms.menu.waives, pause=terms.menu.pause)  # fmt: skip
    for month in range(int(household.asks.min(initial=months)), months):
        step(state, month, lives=household, terms=terms, going=household.asks <= month)
    end = otherwise.picked(np.arange(len(otherwise.balance)))
    end.put(places, of=state)
    return end


def _begin(
    state: State,
    plans: Plans,
    *,
    plan: Int,
    columns: Int,
    month: Int,
    waives: np.typing.NDArray[np.bool_],
    pause: Int,
) -> None:
    """Put a new schedule in the place of the old one; what was overdue is in it."""
    state.balance[:] += state.overdue_principal
    state.remaining[:] = plans.counts[plan, columns]
    state.instalment[:] = plans.level[plan, columns]
    state.rate[:] = plans.rate[plan, columns]
    state.carried[:] = plans.carried[plan, columns]
    state.pause[:] = pause[plan]
    state.penalty_rate[:] = np.where(waives[plan], 0, state.penalty_rate)
    state.plan_month[:] = month
    for column in (state.overdue_principal, state.overdue_interest, state.penalty, state.late):
        column[:] = 0
