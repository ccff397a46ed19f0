"""The plans of one loan as columns: every line to the minor unit, as the scalar engine makes it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from tideover.kernels import (
    Factors,
    Int,
    Loans,
    Mask,
    annuity,
    order_by_count,
    schedules,
    simple_worth,
    spread,
)
from tideover.loan import Method
from tideover.offers.grid.calendar import Calendar
from tideover.offers.grid.granted import Granted
from tideover.offers.grid.ways import Plans
from tideover.offers.situation import Situation

__all__ = ["LoanPlans", "Table", "is_capped", "plans_of"]

#: A cost within this part of the cap is left for the exact rule to judge.
NEAR_CAP: Final = 1_000_000_000
#: A flat fee costs by months; as days of one a month, so many to a year.
DAYS_A_MONTH: Final = Fraction(365, 12)
#: What a double annuity may be off the smallest payment that clears: a rounding or two.
NEAR_PAYMENT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPlans:
    """Plans of one loan: minor units by line, shape (lines, plans), or one entry a plan.

    Where a plan has no such line the amounts are zero. `amortises` says that every line repays
    principal, `owed` is what is owed on the day the plan starts.
    """

    plans: Plans
    amounts: Int
    principal: Int
    interest: Int
    fees: Int
    owed: Int
    amortises: Mask

    def picked(self, chosen: Mask | Int) -> "LoanPlans":
        """Return the plans that are chosen, by mask or by place."""
        return LoanPlans(
            plans=self.plans.picked(chosen),
            amounts=self.amounts[:, chosen],
            principal=self.principal[:, chosen],
            interest=self.interest[chosen],
            fees=self.fees[chosen],
            owed=self.owed[chosen],
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
    """One loan with the interest factors of the plans looked at: a column a rate and pause."""

    situation: Situation
    calendar: Calendar
    granted: Granted
    factors: Factors
    kinds: Int
    step: int

    @classmethod
    def of(
        cls, situation: Situation, calendar: Calendar, *, granted: Granted, plans: Plans
    ) -> "Table":
        """Return the factors that these plans need."""
        step = 1 + calendar.longest_pause
        kinds = np.unique(granted.rate_at[plans.grants] * step + plans.pauses)
        factors = calendar.factors(
            [(granted.rates[kind // step], kind % step) for kind in kinds.tolist()],
            lines=int(plans.counts.max()),
            principal=int(granted.principal.max()),
        )
        return cls(
            situation=situation, calendar=calendar, granted=granted, factors=factors, kinds=kinds,
            step=step,
        )  # fmt: skip

    def columns(self, plans: Plans) -> Int:
        """Return which column each plan reads."""
        return np.searchsorted(
            self.kinds, self.granted.rate_at[plans.grants] * self.step + plans.pauses
        )

    def fee(self, plans: Plans) -> Int:
        """Return the flat fee of an instalment."""
        terms = self.calendar.terms
        if not terms.fee_rate:
            return np.zeros_like(plans.counts)
        known = {
            whole: terms.rounding(whole * terms.fee_rate)
            for whole in np.unique(self.granted.principal).tolist()
        }
        fees = np.array([known[whole] for whole in self.granted.principal.tolist()])
        return np.asarray(fees[plans.grants], dtype=np.int64)

    def at_least(self, plans: Plans) -> Int:
        """Return what every line but the last asks for at the least, what is carried aside.

        It is a few minor units more. Below zero where the earliest line would be all interest:
        such a plan has no price.
        """
        counts, principal = plans.counts, self.granted.principal[plans.grants]
        if self.calendar.terms.method is Method.FLAT:
            return np.asarray(principal // counts + self.fee(plans), dtype=np.int64)
        columns = self.columns(plans)
        level = annuity(principal, counts, factors=self.factors, columns=columns)
        interest = self.factors.estimates[0][columns] * principal
        asked = np.maximum(level.astype(np.int64) - NEAR_PAYMENT, 0)
        return np.asarray(np.where(level + NEAR_PAYMENT > interest, asked, -1), dtype=np.int64)

    def carried_share(self, plans: Plans) -> Int:
        """Return what of the carried the earliest line asks for at the least."""
        return np.asarray(self.granted.carried[plans.grants] // plans.counts, dtype=np.int64)


def plans_of(table: Table, plans: Plans) -> LoanPlans:
    """Return the plans with every line, at the rates of the table."""
    order = order_by_count(plans.counts)
    is_ordered = bool((order[1:] > order[:-1]).all())
    plans = plans if is_ordered else plans.picked(order)
    counts, terms, granted = plans.counts, table.calendar.terms, table.granted
    principal, fee = granted.principal[plans.grants], table.fee(plans)
    rows = schedules(
        Loans(
            method=terms.method,
            principal=principal,
            counts=counts,
            factors=table.factors,
            columns=table.columns(plans),
            fee=fee,
            rounding=terms.rounding,
        )
    )
    amounts = rows.instalment
    for part in (granted.interest, granted.penalty, granted.fee):
        if part.any():
            amounts += spread(part[plans.grants], counts, lines=len(amounts))
    priced = LoanPlans(
        plans=plans,
        amounts=amounts,
        principal=rows.principal,
        interest=rows.total_interest + granted.interest[plans.grants],
        fees=fee * counts + granted.fee[plans.grants],
        owed=principal + granted.carried[plans.grants],
        amortises=rows.amortises,
    )
    return priced if is_ordered else priced.picked(np.argsort(order))


def is_capped(table: Table, priced: LoanPlans) -> Mask:
    """Return whether the yearly cost is within the cap of the policy, as far as doubles tell.

    The simple cost is within it exactly where the payments are worth no more at the cap.
    """
    calendar = table.calendar
    cap = table.situation.parameters.ratio("cost.all_in_max")
    if calendar.is_far_below(cap, principal=int(table.granted.principal.min())):
        return np.ones(len(priced.plans.counts), dtype=np.bool_)
    if calendar.terms.method is Method.FLAT:
        gaps, rate = np.full_like(priced.amounts, 1), cap * DAYS_A_MONTH
    else:
        gaps, rate = calendar.gaps(priced.plans.pauses, lines=len(priced.amounts)), cap
    worth = simple_worth(priced.amounts, gaps=gaps, rate=rate.numerator / rate.denominator)
    return np.asarray(worth <= priced.owed + np.maximum(1, priced.owed // NEAR_CAP), dtype=np.bool_)
