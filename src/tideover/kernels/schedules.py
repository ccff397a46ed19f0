"""Schedules of many loans at once: the rules of `tideover.loan.building`, line by line.

Loans of one call share a method and a rounding; terms that an array does not say (a grace, a
balloon, a compounded rate) are for the scalar engine.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, having_line
from tideover.kernels.factors import Factors
from tideover.kernels.level import rounded_level, smallest_clearing, traced
from tideover.loan import LevelRule, Method
from tideover.money import Refusal, Rounding

__all__ = ["Loans", "NotAsArrays", "Schedules", "equal_shares", "schedules"]


class NotAsArrays(Refusal):
    """The arrays do not know this method; the scalar engine does."""

    code: ClassVar[str] = "not-as-arrays"

    def __init__(self, method: Method) -> None:
        super().__init__(
            f"there are no arrays for the method {method.value}: build these schedules one by one",
            f"数组引擎不支持还款方式 {method.value}，请逐笔计算",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loans:
    """Loans of one method as columns.

    `principal`, `counts` (instalments, falling) and `fee` (of each instalment) have one entry a
    loan; amounts are minor units. `rounding` is that of interest and of equal shares. Loans that
    differ in little may share columns of `factors`: `columns` says which one each reads.
    """

    method: Method
    principal: Int
    counts: Int
    factors: Factors
    fee: Int
    rounding: Rounding = Rounding.HALF_UP
    level: LevelRule = LevelRule.SMALLEST_CLEARING
    payment_rounding: Rounding = Rounding.HALF_UP
    columns: Int | None = None

    def at(self, places: Int) -> "Loans":
        """Return the loans at these places, in that order, each with factors of its own."""
        return replace(
            self,
            principal=self.principal[places],
            counts=self.counts[places],
            factors=self.factors.picked(places if self.columns is None else self.columns[places]),
            fee=self.fee[places],
            columns=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedules:
    """The lines of schedules, minor units, shape (lines, loans); zero after a loan's last line.

    `carried` is interest left to the next line, as in `ScheduleLine.carried_interest`.
    """

    counts: Int
    principal: Int
    interest: Int
    fee: Int
    carried: Int

    @property
    def instalment(self) -> Int:
        """What every line asks for."""
        return self.principal + self.interest + self.fee

    @property
    def total_interest(self) -> Int:
        """The interest of each loan."""
        return np.asarray(self.interest.sum(axis=0), dtype=np.int64)

    @property
    def has_line(self) -> Mask:
        """Whether a loan has the line."""
        return np.arange(len(self.principal))[:, None] < self.counts

    @property
    def amortises(self) -> Mask:
        """Whether every line of the loan repays principal."""
        return np.asarray(((self.principal > 0) | ~self.has_line).all(axis=0), dtype=np.bool_)


def schedules(loans: Loans) -> Schedules:
    """Return the schedules of loans, equal to `build_schedule` to the minor unit.

    Raises:
        NotAsArrays: the method is not one of the four that arrays know.
        NotOrdered: the loans are not ordered from the most instalments to the fewest.
    """
    if loans.method not in _METHODS:
        raise NotAsArrays(loans.method)
    many = having_line(loans.counts)
    traces = loans.method is Method.LEVEL and loans.level is LevelRule.SMALLEST_CLEARING
    if loans.columns is not None and not traces:
        loans = loans.at(np.arange(len(loans.counts)))
    rows = _METHODS[loans.method](loans, many)
    fee = np.zeros_like(rows.principal)
    for line, having in enumerate(many[:-1] if loans.fee.any() else ()):
        fee[line, :having] = loans.fee[:having]
    return Schedules(
        counts=loans.counts,
        principal=rows.principal,
        interest=rows.interest,
        fee=fee,
        carried=rows.carried,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    principal: Int
    interest: Int
    carried: Int

    @classmethod
    def empty(cls, loans: Loans, many: list[int]) -> "_Rows":
        shape = (len(many) - 1, len(loans.counts))
        return cls(*(np.zeros(shape, dtype=np.int64) for _ in range(3)))


def _level(loans: Loans, many: list[int]) -> _Rows:
    if loans.level is LevelRule.SMALLEST_CLEARING:
        return _clearing_rows(loans)
    level = rounded_level(
        loans.principal, loans.counts, factors=loans.factors, rounding=loans.payment_rounding
    )
    return _level_rows(loans, many, instalment=level)


def _clearing_rows(loans: Loans) -> _Rows:
    """The lines at the smallest instalments that clear; the few loans left over one by one."""
    level, balances, is_sure = traced(
        loans.principal, loans.counts, factors=loans.factors, columns=loans.columns
    )
    rows = _traced_rows(loans, level, balances)
    if is_sure.all():
        return rows
    some = loans.at(np.flatnonzero(~is_sure))
    instalment = smallest_clearing(some.principal, some.counts, factors=some.factors)
    others = _level_rows(some, having_line(some.counts), instalment=instalment)
    lines = len(others.principal)
    for mine, other in (
        (rows.principal, others.principal),
        (rows.interest, others.interest),
        (rows.carried, others.carried),
    ):
        mine[:, ~is_sure] = 0
        mine[:lines, ~is_sure] = other
    return rows


def _traced_rows(loans: Loans, level: Int, balances: Int) -> _Rows:
    """The lines between known balances; the last one takes what is left."""
    after, owed = balances[1:], np.maximum(balances, 0)
    has_line = np.arange(len(after))[:, None] < loans.counts
    # Below zero after the last line: so much less than the level is asked for by it.
    principal = owed[:-1] - owed[1:]
    interest = np.minimum(after, 0)
    interest += level * has_line
    interest -= principal
    return _Rows(principal, interest, np.zeros_like(interest))


def _level_rows(loans: Loans, many: list[int], *, instalment: Int) -> _Rows:
    rows = _Rows.empty(loans, many)
    balance, carried = loans.principal.copy(), np.zeros_like(loans.principal)
    for line, having in enumerate(many[:-1]):
        going_on, ends = slice(0, many[line + 1]), slice(many[line + 1], having)
        due = loans.factors.interest(line, balance[:having]) + carried[:having]
        interest = np.minimum(due, instalment[:having])
        principal = np.minimum(instalment[:having] - interest, balance[:having])
        interest[ends], principal[ends] = due[ends], balance[ends]
        rows.interest[line, :having] = interest
        rows.principal[line, :having] = principal
        carried[:having] = due - interest
        rows.carried[line, going_on] = carried[going_on]
        balance[:having] -= principal
    return rows


def _equal_principal(loans: Loans, many: list[int]) -> _Rows:
    rows = _Rows.empty(loans, many)
    share = equal_shares(loans.principal, loans.counts, rounding=loans.rounding)
    balance = loans.principal.copy()
    for line, having in enumerate(many[:-1]):
        ends = slice(many[line + 1], having)
        principal = np.minimum(share[:having], balance[:having])
        principal[ends] = balance[ends]
        rows.interest[line, :having] = loans.factors.interest(line, balance[:having])
        rows.principal[line, :having] = principal
        balance[:having] -= principal
    return rows


def _flat(loans: Loans, many: list[int]) -> _Rows:
    rows = _Rows.empty(loans, many)
    share = equal_shares(loans.principal, loans.counts, rounding=loans.rounding)
    balance = loans.principal.copy()
    for line, having in enumerate(many[:-1]):
        ends = slice(many[line + 1], having)
        principal = np.minimum(share[:having], balance[:having])
        principal[ends] = balance[ends]
        rows.interest[line, :having] = loans.factors.interest(line, loans.principal[:having])
        rows.principal[line, :having] = principal
        balance[:having] -= principal
    return rows


def _interest_only(loans: Loans, many: list[int]) -> _Rows:
    rows = _Rows.empty(loans, many)
    for line, having in enumerate(many[:-1]):
        ends = slice(many[line + 1], having)
        rows.interest[line, :having] = loans.factors.interest(line, loans.principal[:having])
        rows.principal[line, ends] = loans.principal[ends]
    return rows


def equal_shares(principal: Int, counts: Int, *, rounding: Rounding) -> Int:
    """Return the principal of a line of loans that repay it in equal parts, rounded by name."""
    whole, rest = principal // counts, principal % counts
    match rounding:
        case Rounding.UP:
            up = rest > 0
        case Rounding.DOWN:
            up = rest < 0
        case Rounding.HALF_UP:
            up = 2 * rest >= counts
        case Rounding.HALF_DOWN:
            up = 2 * rest > counts
        case Rounding.HALF_EVEN:
            up = (2 * rest > counts) | ((2 * rest == counts) & (whole % 2 == 1))
    return np.asarray(whole + up, dtype=np.int64)


_METHODS: Final[dict[Method, Callable[[Loans, list[int]], _Rows]]] = {
    Method.LEVEL: _level,
    Method.EQUAL_PRINCIPAL: _equal_principal,
    Method.FLAT: _flat,
    Method.INTEREST_ONLY: _interest_only,
}
