"""One month of every loan of a block: what falls due, what is paid, what is missed."""

import numpy as np

from tideover.kernels import Int, Mask, interest_of
from tideover.portfolio.behaviour import Fortunes
from tideover.portfolio.state import State
from tideover.portfolio.terms import Terms

__all__ = ["step"]


def step(state: State, month: int, *, lives: Fortunes, terms: Terms, going: Mask) -> None:
    """Carry the loans that are `going` through a month; the others stand still."""
    open_ = going & (state.written_off < 0)
    discount = (1 + terms.curve.discount / 12) ** -(month + 1)
    _late_costs(state, open_)
    principal, interest = _fall_due(state, open_)
    need = principal + interest
    capacity = lives.capacity(month)
    burden = need / np.maximum(capacity, 1)
    chance = terms.miss_base + terms.miss_slope * np.maximum(burden - terms.comfortable, 0)
    chance = np.where(capacity > 0, np.minimum(chance, terms.miss_max), terms.miss_max)
    misses = (need > 0) & (lives.miss(month) < chance)
    pays = (need > 0) & ~misses
    _miss(state, misses, principal=principal, interest=interest)
    paid = np.where(pays, need, 0)
    state.got_principal[pays] += principal[pays]
    state.got_interest[pays] += interest[pays]
    can_more = open_ & ~misses & (state.late > 0) & (capacity >= 2 * need) & (capacity > 0)
    cures = can_more & (lives.cure(month) < terms.cure_chance)
    paid += _catch_up(state, np.flatnonzero(cures))
    # What has matured falls due no more, and is a month later all the same.
    state.late[:] += open_ & (state.remaining == 0) & (state.late > 0) & ~cures & ~misses
    _count_failures(state, month, terms=terms)
    state.worth[:] += np.rint(paid * discount).astype(np.int64)
    _write_off(state, open_, month=month, terms=terms)


def _late_costs(state: State, open_: Mask) -> None:
    late = np.flatnonzero(open_ & (state.overdue_principal > 0))
    unpaid = state.overdue_principal[late]
    state.overdue_interest[late] += interest_of(unpaid, state.rate[late])
    state.penalty[late] += interest_of(unpaid, state.penalty_rate[late])


def _fall_due(state: State, open_: Mask) -> tuple[Int, Int]:
    """Take a line off every schedule that is not paused, and return what it asks for."""
    is_paused = open_ & (state.pause > 0)
    state.pause[:] -= is_paused
    is_due = open_ & ~is_paused & (state.remaining > 0)
    interest = interest_of(state.balance, state.rate)
    principal = np.clip(state.instalment - interest, 0, state.balance)
    principal = np.where(state.remaining == 1, state.balance, principal)
    share = -(-state.carried // np.maximum(state.remaining, 1))
    principal, share = np.where(is_due, principal, 0), np.where(is_due, share, 0)
    state.balance[:] -= principal
    state.carried[:] -= share
    state.remaining[:] -= is_due
    return principal, np.where(is_due, interest, 0) + share


def _miss(state: State, misses: Mask, *, principal: Int, interest: Int) -> None:
    state.overdue_principal[:] += np.where(misses, principal, 0)
    state.overdue_interest[:] += np.where(misses, interest, 0)
    state.late[:] += misses


def _catch_up(state: State, places: Int) -> Int:
    """Pay the oldest of the missed instalments with its share of all that is late."""
    paid = np.zeros_like(state.late)
    late = state.late[places]
    for owed, got in (
        (state.overdue_principal, state.got_principal),
        (state.overdue_interest, state.got_interest),
        (state.penalty, state.got_penalty),
    ):
        amount = -(-owed[places] // late)
        owed[places] -= amount
        got[places] += amount
        paid[places] += amount
    state.late[places] -= 1
    return paid


def _count_failures(state: State, month: int, *, terms: Terms) -> None:
    fails = (state.plan_month >= 0) & (state.failed_after < 0) & (state.late >= terms.redefault)
    state.failed_after[fails] = month + 1 - state.plan_month[fails]


def _write_off(state: State, open_: Mask, *, month: int, terms: Terms) -> None:
    places = np.flatnonzero(open_ & (state.late >= terms.charge_off))
    owed = state.balance[places] + state.overdue_principal[places]
    back = owed * terms.recovery.numerator // terms.recovery.denominator
    later = (1 + terms.curve.discount / 12) ** -(month + 1 + terms.curve.recovery_months)
    state.recovered[places] += back
    state.lost[places] += owed - back
    state.worth[places] += np.rint(back * later).astype(np.int64)
    state.written_off[places] = month
    for column in (state.balance, state.overdue_principal, state.overdue_interest, state.penalty,
                   state.carried, state.remaining):  # fmt: skip
        column[places] = 0
