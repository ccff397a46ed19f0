"""The plans of one loan as columns: every line to the minor unit, as the scalar engine makes it."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from typing import Final

import numpy as np

from tideover.kernels import (
    Factors,
    Int,
    Loans,
    Mask,
    Real,
    annuity,
    cleared,
    order_by_count,
    schedules,
    simple_worth,
    spread,
)
from tideover.loan import Components, Method
from tideover.offers.grid.calendar import Calendar
from tideover.offers.search import reduced_rates, waiver_of
from tideover.offers.situation import Situation

__all__ = ["LoanPlans", "Plans", "Table", "could_fit", "is_capped", "payment_of", "plans_of"]

#: A cost within this part of the cap is left for the exact rule to judge.
NEAR_CAP: Final = 1_000_000_000
#: A flat fee costs by months; as days of one a month, so many to a year.
DAYS_A_MONTH: Final = Fraction(365, 12)
#: What a double annuity may be off the smallest payment that clears: a rounding or two.
NEAR_PAYMENT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Plans of one loan by what they ask for: how long, after which pause, at which cut."""

    counts: Int
    pauses: Int
    cuts: Int

    def picked(self, chosen: Mask | Int) -> "Plans":
        """Return the plans that are chosen, by mask or by place."""
        return Plans(counts=self.counts[chosen], pauses=self.pauses[chosen], cuts=self.cuts[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPlans:
    """Plans of one loan: minor units by line, shape (lines, plans), or one entry a plan.

    Where a plan has no such line the amounts are zero. `amortises` says that every line repays
    principal.
    """

    plans: Plans
    amounts: Int
    principal: Int
    interest: Int
    fees: Int
    amortises: Mask

    def picked(self, chosen: Mask | Int) -> "LoanPlans":
        """Return the plans that are chosen, by mask or by place."""
        return LoanPlans(
            plans=self.plans.picked(chosen),
            amounts=self.amounts[:, chosen],
            principal=self.principal[:, chosen],
            interest=self.interest[chosen],
            fees=self.fees[chosen],
            amortises=self.amortises[chosen],
        )

    def months(self, calendar: Calendar) -> Int:
        """Return the month of every line, shape (lines, plans), since the month of the search."""
        return np.take(calendar.months, self.plans.pauses + np.arange(len(self.amounts))[:, None])

    def fits(self, limits: Int, calendar: Calendar) -> Mask:
        """Return whether every line by itself is within the limit of its month."""
        places = self.plans.pauses + np.arange(len(self.amounts))[:, None]
        within = self.amounts <= np.take(limits[calendar.months], places)
        return np.asarray(within.all(axis=0), dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The interest factors of one loan, a column for every cut of the rate and pause looked at."""

    factors: Factors
    kinds: Int
    step: int

    @classmethod
    def of(cls, situation: Situation, calendar: Calendar, *, plans: Plans) -> "Table":
        """Return the factors that these plans need."""
        step = 1 + calendar.longest_pause
        kinds = np.unique(plans.cuts * step + plans.pauses)
        rates = (None, *reduced_rates(situation), *repeat(None, int(plans.cuts.max())))
        factors = calendar.factors(
            [(rates[kind // step], kind % step) for kind in kinds.tolist()],
            lines=int(plans.counts.max()),
            principal=situation.start_state.outstanding.principal.minor,
        )
        return cls(factors=factors, kinds=kinds, step=step)

    def columns(self, plans: Plans) -> Int:
        """Return which column each plan reads."""
        return np.searchsorted(self.kinds, plans.cuts * self.step + plans.pauses)

    def annuity(self, plans: Plans, principal: int) -> Real:
        """Return the level payments before rounding."""
        whole = np.full_like(plans.counts, principal)
        return annuity(whole, plans.counts, factors=self.factors, columns=self.columns(plans))


def plans_of(situation: Situation, calendar: Calendar, *, plans: Plans, table: Table) -> LoanPlans:
    """Return the plans with every line, at the rates of the table."""
    order = order_by_count(plans.counts)
    is_ordered = bool((order[1:] > order[:-1]).all())
    plans = plans if is_ordered else plans.picked(order)
    counts, terms = plans.counts, calendar.terms
    owed, carried = situation.start_state.outstanding, carried_of(situation)
    fee = terms.rounding(owed.principal.minor * terms.fee_rate)
    rows = schedules(
        Loans(
            method=terms.method,
            principal=np.full_like(counts, owed.principal.minor),
            counts=counts,
            factors=table.factors,
            columns=table.columns(plans),
            fee=np.full_like(counts, fee),
            rounding=terms.rounding,
        )
    )
    amounts = rows.instalment
    for part in (carried.interest, carried.penalty, carried.fee):
        if part:
            amounts += spread(np.full_like(counts, part.minor), counts, lines=len(amounts))
    priced = LoanPlans(
        plans=plans,
        amounts=amounts,
        principal=rows.principal,
        interest=rows.total_interest + carried.interest.minor,
        fees=fee * counts + carried.fee.minor,
        amortises=rows.amortises,
    )
    return priced if is_ordered else priced.picked(np.argsort(order))


def payment_of(situation: Situation, calendar: Calendar, *, counts: int) -> int:
    """Return the payment of a plan without a pause, a minor unit or two short at most.

    What is carried is in it.
    """
    terms, whole = calendar.terms, situation.start_state.outstanding.principal.minor
    carried = -(-carried_of(situation).total.minor // counts)
    if terms.method is Method.FLAT:
        return whole // counts + terms.rounding(whole * terms.fee_rate) + carried
    none = np.zeros(1, dtype=np.int64)
    plans = Plans(counts=none + counts, pauses=none, cuts=none)
    exact = Table.of(situation, calendar, plans=plans).annuity(plans, whole)
    return int(exact[0]) + carried


def could_fit(
    situation: Situation, calendar: Calendar, *, plans: Plans, table: Table, limits: Int
) -> Mask:
    """Return which plans repay principal, and ask for no more than is there, the carried aside.

    Payments are exact. Where arrays cannot decide at once, the lines of the plan will.
    """
    owed = situation.start_state.outstanding.principal.minor
    could = np.ones_like(plans.counts, dtype=np.bool_)
    if calendar.terms.method is Method.FLAT:
        return could
    # With the first line all interest, the engine refuses the plan: it has no price.
    interest = (table.factors.estimates[0] * owed)[table.columns(plans)]
    could &= table.annuity(plans, owed) + NEAR_PAYMENT > interest
    places = np.flatnonzero(could)
    places = places[order_by_count(plans.counts[places])]
    if not len(places):
        return could
    plans = plans.picked(places)
    counts, columns = plans.counts, table.columns(plans)
    payment, left, is_sure = cleared(
        np.full_like(counts, owed), counts, factors=table.factors, columns=columns
    )
    share = -(-carried_of(situation).interest.minor // counts)
    available = limits[calendar.months]
    fits = payment <= _least_before(available, plans)
    fits &= payment + left <= available[plans.pauses + counts - 1]
    fits &= (payment + share <= available[plans.pauses]) | (counts == 1)
    could[places] = fits | ~is_sure
    return could


def _least_before(limits: Int, plans: Plans) -> Int:
    """Return the least limit of the lines before the last one of each plan."""
    starts = np.arange(int(plans.pauses.max()) + 1)
    places = np.minimum(starts + np.arange(int(plans.counts.max()))[:, None], len(limits) - 1)
    least = np.minimum.accumulate(limits[places], axis=0)
    before = least[np.maximum(plans.counts - 2, 0), plans.pauses]
    return np.asarray(np.where(plans.counts > 1, before, np.iinfo(np.int64).max), dtype=np.int64)


def is_capped(situation: Situation, calendar: Calendar, *, priced: LoanPlans) -> Mask:
    """Return whether the yearly cost is within the cap of the policy, as far as doubles tell.

    The simple cost is within it exactly where the payments are worth no more at the cap.
    """
    cap = situation.parameters.ratio("cost.all_in_max")
    principal = situation.start_state.outstanding.principal.minor
    if calendar.is_far_below(cap, principal=principal):
        return np.ones(len(priced.plans.counts), dtype=np.bool_)
    owed = principal + carried_of(situation).total.minor
    if calendar.terms.method is Method.FLAT:
        gaps, rate = np.full_like(priced.amounts, 1), cap * DAYS_A_MONTH
    else:
        gaps, rate = calendar.gaps(priced.plans.pauses, lines=len(priced.amounts)), cap
    worth = simple_worth(priced.amounts, gaps=gaps, rate=rate.numerator / rate.denominator)
    return np.asarray(worth <= owed + max(1, owed // NEAR_CAP), dtype=np.bool_)


def carried_of(situation: Situation) -> Components:
    """What is owed beside the principal and not waived; it bears no interest."""
    owed = situation.start_state.outstanding
    left = owed - waiver_of(situation)
    return Components(
        principal=left.principal - owed.principal, interest=left.interest,
        penalty=left.penalty, fee=left.fee,
    )  # fmt: skip
