"""Made-up books that look like real ones, each loan drawn from its own number and the seed."""

from fractions import Fraction
from typing import Final

import numpy as np

from tideover.kernels import (
    Int,
    Real,
    interest_of,
    level_by_month,
    normal,
    order_by_count,
    pick,
    uniform,
)
from tideover.policy import Parameters
from tideover.portfolio.book import NO_CAUSE, Book, Labels
from tideover.portfolio.months import penalty_rate

__all__ = ["generated"]

GROUPS: Final = (
    ("age", "ages", "age_weights", "age_income"),
    ("sex", "sexes", "sex_weights", "sex_income"),
    ("region", "regions", "region_weights", "region_income"),
)
MILLION: Final = 1_000_000


def generated(loans: Int, *, seed: int, made: Parameters, behaviour: Parameters) -> Book:
    """Return the loans of these numbers.

    `made` is the pack `portfolio/demo-book`, `behaviour` is `portfolio/behaviour`. A loan is the
    same whatever others are made with it.
    """
    draw = _Draws(loans, seed=seed, made=made)
    terms = draw.numbers("generate.terms").astype(np.int64)
    term = terms[draw.one_of("generate.term_weights", stream=0)]
    principal = draw.amount("generate.principal", stream=1)
    rate = draw.rates(stream=3)
    fallen_due = (draw.uniform(5) * term).astype(np.int64)
    groups, lift = draw.groups()
    cause = draw.causes(behaviour, stream=20)
    missed = np.minimum(draw.months_late(cause.codes > 0, stream=22), fallen_due)
    uplift = behaviour.ratio("simulation.penalty_uplift")
    lines = _lines(principal, term, rate=rate, fallen_due=fallen_due, missed=missed, uplift=uplift)
    income = draw.income(lift, instalment=lines["instalment"], stream=24)
    outgoings = draw.outgoings(income, instalment=lines["instalment"], stream=26)
    return Book(
        loan=loans,
        principal=principal,
        term=term,
        rate=rate,
        fallen_due=fallen_due,
        remaining=term - fallen_due,
        months_past_due=missed,
        income=income,
        outgoings=outgoings,
        cause=cause,
        groups=groups,
        **lines,
    )


class _Draws:
    """What one set of loans draws, by the names of the pack."""

    def __init__(self, loans: Int, *, seed: int, made: Parameters) -> None:
        self.loans, self.seed, self.made = loans, seed, made

    def uniform(self, stream: int) -> Real:
        return uniform(self.loans, seed=self.seed, stream=stream)

    def numbers(self, name: str) -> Real:
        return np.array([float(one) for one in self.made.names(name)])

    def ratio(self, name: str) -> float:
        return float(self.made.ratio(f"generate.{name}"))

    def one_of(self, weights: str, *, stream: int) -> Int:
        return pick(self.uniform(stream), self.numbers(weights))

    def amount(self, name: str, *, stream: int) -> Int:
        whole = self.made.integer
        spread = float(self.made.ratio(f"{name}_spread")) * normal(
            self.loans, seed=self.seed, stream=stream
        )
        drawn = whole(f"{name}_median") * np.exp(spread)
        step = whole(f"{name}_step")
        inside = np.clip(drawn, whole(f"{name}_min"), whole(f"{name}_max"))
        return np.asarray(np.rint(inside / step).astype(np.int64) * step, dtype=np.int64)

    def rates(self, *, stream: int) -> Int:
        low, high = self.ratio("rate_min"), self.ratio("rate_max")
        middle = (self.uniform(stream) + self.uniform(stream + 1)) / 2
        step = round(self.ratio("rate_step") * MILLION)
        drawn = (low + (high - low) * middle) * MILLION
        return np.asarray(np.rint(drawn / step).astype(np.int64) * step, dtype=np.int64)

    def groups(self) -> tuple[dict[str, Labels], Real]:
        columns, lift = {}, np.ones(len(self.loans))
        for place, (name, names, weights, income) in enumerate(GROUPS):
            codes = self.one_of(f"generate.{weights}", stream=10 + place)
            columns[name] = Labels(self.made.names(f"generate.{names}"), codes)
            lift *= self.numbers(f"generate.{income}")[codes]
        return columns, lift

    def causes(self, behaviour: Parameters, *, stream: int) -> Labels:
        weights = np.array([float(one) for one in behaviour.names("simulation.cause_weights")])
        codes = pick(self.uniform(stream), weights) + 1
        codes[self.uniform(stream + 1) >= self.ratio("hardship_share")] = 0
        return Labels((NO_CAUSE, *behaviour.names("simulation.causes")), codes)

    def months_late(self, is_hard: np.typing.NDArray[np.bool_], *, stream: int) -> Int:
        again = np.where(is_hard, self.ratio("late_hardship"), self.ratio("late_other"))
        months = np.floor(np.log(self.uniform(stream)) / np.log(again)).astype(np.int64)
        return np.minimum(months, self.made.integer("generate.late_max"))

    def income(self, lift: Real, *, instalment: Int, stream: int) -> Int:
        spread = self.ratio("income_spread") * normal(self.loans, seed=self.seed, stream=stream)
        drawn = self.made.integer("generate.income_median") * np.exp(spread) * lift
        # Nobody was lent more than the instalment allowed on the day.
        return np.maximum(drawn, instalment / self.ratio("instalment_share_max")).astype(np.int64)

    def outgoings(self, income: Int, *, instalment: Int, stream: int) -> Int:
        low, high = self.ratio("outgoings_min"), self.ratio("outgoings_max")
        room = np.minimum(high, 1 - instalment / income)
        share = low + (room - low) * self.uniform(stream)
        return (share * income).astype(np.int64)


def _lines(
    principal: Int, term: Int, *, rate: Int, fallen_due: Int, missed: Int, uplift: Fraction
) -> dict[str, Int]:
    """What the contract's own schedule says of each loan, with its last `missed` lines unpaid."""
    order = order_by_count(term)
    plan = level_by_month(principal[order], term[order], rate=rate[order])
    line = np.arange(len(plan.principal))[:, None]
    due, late, yearly = fallen_due[order], missed[order], rate[order]
    is_late = (line < due) & (line >= due - late)
    unpaid = np.where(is_late, plan.principal, 0)
    # What is missed costs interest and penalty for every month after its own.
    after = np.maximum(due - 1 - line, 0)
    interest = np.where(is_late, plan.interest, 0) + interest_of(unpaid, yearly) * after
    penalty = interest_of(unpaid, penalty_rate(yearly, uplift)) * after
    found = {
        "instalment": plan.instalment[0],
        "balance": np.where(line >= due, plan.principal, 0).sum(axis=0),
        "overdue_principal": unpaid.sum(axis=0),
        "overdue_interest": interest.sum(axis=0),
        "penalty": penalty.sum(axis=0),
    }
    back = np.argsort(order)
    return {name: column[back] for name, column in found.items()}
