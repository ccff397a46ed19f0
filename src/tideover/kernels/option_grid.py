"""Every plan of a menu for every debt of a book: instalments, interest, worth, and the rate.

Debts are repaid by the month in level instalments, interest a twelfth of the rate, rounded half
up. numpy and compiled code go through the same operations in the same order, so that their figures
are equal, those in doubles too.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, Real
from tideover.kernels.carried import spread
from tideover.kernels.engines import Engine, engine_for
from tideover.kernels.factors import Factors
from tideover.kernels.returns import xirr
from tideover.kernels.schedules import Loans, Schedules, schedules
from tideover.kernels.values import BreakOff
from tideover.loan import Method

__all__ = ["MILLIONTHS_OF_YEAR", "Debts", "Menu", "Plans", "interest_of", "level_by_month",
           "option_grid", "plan_rates"]  # fmt: skip

#: A rate in millionths a year, over this, is the rate of a month.
MILLIONTHS_OF_YEAR: Final = 12_000_000
#: Never less to divide by, where nobody survives a month.
LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The plans that are looked at, one entry each.

    They are months added, months paused, a rate cut (millionths), and whether penalty is waived.
    """

    extension: Int
    pause: Int
    cut: Int
    waives: Mask

    def __len__(self) -> int:
        """How many plans there are."""
        return len(self.extension)

    @property
    def schedules(self) -> list[tuple[int, int, Int]]:
        """Return each (extension, cut) with the places of the plans that share its schedule."""
        pairs = sorted(set(zip(self.extension.tolist(), self.cut.tolist(), strict=True)))
        return [
            (extension, cut, np.flatnonzero((self.extension == extension) & (self.cut == cut)))
            for extension, cut in pairs
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Debts:
    """What those who ask owe, ordered from the most instalments left to the fewest.

    `principal` includes what is overdue; `interest` and `penalty` are owed beside it.
    """

    principal: Int
    counts: Int
    rate: Int
    interest: Int
    penalty: Int

    def __len__(self) -> int:
        """How many debts there are."""
        return len(self.principal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Every plan of the menu for every debt, shape (plans, debts), minor units.

    `level` is the instalment without what is carried; `due` is the largest month's. `carried` is
    spread over the instalments and bears no interest; `interest` is all of it, carried included.
    `last` is the last instalment without what is carried.
    """

    counts: Int
    rate: Int
    level: Int
    last: Int
    carried: Int
    due: Int
    interest: Int
    worth: Int

    @classmethod
    def empty(cls, plans: int, debts: int) -> "Plans":
        """Return room for so many."""
        return cls(**{name: np.zeros((plans, debts), dtype=np.int64) for name in cls.__slots__})


def option_grid(
    debts: Debts, menu: Menu, *, capacity: Int, curve: BreakOff, engine: Engine | None = None
) -> Plans:
    """Return all plans; `capacity` (plans, debts) is what can be paid once instalments begin.

    Raises:
        BeyondExact: a debt is above what arrays hold exactly.
    """
    found = Plans.empty(len(menu), len(debts))
    if not len(debts):
        return found
    if (engine or engine_for(len(debts))) is Engine.NUMBA:
        _compiled(debts, menu, found, capacity=capacity, curve=curve)
        return found
    for extension, cut, rows in menu.schedules:
        counts, rate = debts.counts + extension, np.maximum(debts.rate - cut, 0)
        built = level_by_month(debts.principal, counts, rate=rate)
        paused = interest_of(debts.principal, rate) * menu.pause[rows, None]
        penalty = np.where(menu.waives[rows, None], 0, debts.penalty)
        carried = debts.interest + paused + penalty
        found.counts[rows], found.rate[rows] = counts, rate
        found.level[rows], found.carried[rows] = built.instalment[0], carried
        found.last[rows] = built.instalment[counts - 1, np.arange(len(counts))]
        found.due[rows] = built.instalment[0] - (-carried // counts)
        found.interest[rows] = built.total_interest + debts.interest + paused
        found.worth[rows] = _worth(
            built, carried, pause=menu.pause[rows], capacity=capacity[rows], curve=curve
        )
    return found


def plan_rates(
    debts: Debts, plans: Plans, *, menu: Menu, due: Int, engine: Engine | None = None
) -> Real:
    """Return the effective yearly rate of every plan, shape (plans, debts).

    What is owed in all stands against the instalments with what is carried; `due` (months,) are
    the days from today to the instalments of the months ahead. Nothing but what a plan asks is a
    payment: no break-off.
    """
    rates = np.zeros(plans.due.shape)
    owed = debts.principal + debts.interest + debts.penalty
    if len(debts) and (engine or engine_for(len(debts))) is Engine.NUMBA:
        from tideover.kernels.compiled.returns import plan_rates as code

        code(owed, plans.counts, plans.rate, plans.level, plans.last, plans.carried, menu.pause,
             due, rates)  # fmt: skip
        return rates
    for row in range(len(menu)):
        lines = int(plans.counts[row].max(initial=1))
        line = np.arange(lines)[:, None]
        counts = plans.counts[row]
        payments = np.where(line < counts - 1, plans.level[row], 0)
        payments += np.where(line == counts - 1, plans.last[row], 0)
        payments += spread(plans.carried[row], counts, lines=lines)
        pause = int(menu.pause[row])
        rates[row] = xirr(owed, payments, days=due[pause : pause + lines, None])
    return rates


def interest_of(balance: Int, rate: Int) -> Int:
    """Return a month's interest on balances, rounded half up, rates being millionths a year."""
    return np.asarray(
        (balance * rate + MILLIONTHS_OF_YEAR // 2) // MILLIONTHS_OF_YEAR, dtype=np.int64
    )


def level_by_month(principal: Int, counts: Int, *, rate: Int) -> Schedules:
    """Return schedules in level instalments; `counts` must fall from loan to loan."""
    return schedules(
        Loans(
            method=Method.LEVEL,
            principal=principal,
            counts=counts,
            factors=_factors(principal, counts, rate=rate),
            fee=np.zeros_like(principal),
        )
    )


def _factors(principal: Int, counts: Int, *, rate: Int) -> Factors:
    shape = (int(counts[0]), len(counts))
    return Factors.of(
        np.broadcast_to(rate, shape), np.array([MILLIONTHS_OF_YEAR]), principal=principal
    )


def _worth(built: Schedules, carried: Int, *, pause: Int, capacity: Int, curve: BreakOff) -> Int:
    """What plans that share a schedule are worth, as `expected_value` reckons, shape of `carried`.

    The chance to break off is one for all months, because all instalments are.
    """
    counts = built.counts
    instalment = built.instalment
    chance = _chance(instalment[0] - (-carried // counts), capacity, curve=curve)
    month, later, first = discounts(curve, pause)
    survives = (1 - chance) * month
    # What a month is worth: its instalment if the plan goes on, part of the rest if it does not.
    lost = chance / np.maximum(1 - chance, LEAST) * later
    weight = np.repeat(first[:, None], len(counts), axis=1)
    worth = np.zeros_like(weight)
    left = built.principal.sum(axis=0)
    for line in range(len(built.principal)):
        many = int(np.searchsorted(-counts, -line))
        weight[:, :many] *= survives[:, :many]
        gained = lost[:, :many] * left[:many]
        gained += instalment[line, :many]
        gained *= weight[:, :many]
        worth[:, :many] += gained
        left -= built.principal[line]
    # A geometric series: the last weight is the first one, multiplied down.
    series = survives * (first[:, None] - weight) / np.maximum(1 - survives, LEAST)
    total = np.where(survives < 1, series, counts * first[:, None])
    return np.asarray(np.floor(worth + carried / counts * total), dtype=np.int64)


def discounts(curve: BreakOff, pause: Int) -> tuple[float, float, Real]:
    """Return a month's discount, that of a recovery with its share, and one for each pause."""
    month = 1 / (1 + curve.discount / 12)
    later = curve.recovery * month**curve.recovery_months
    return month, later, month ** pause.astype(np.float64)


def _chance(due: Int, capacity: Int, *, curve: BreakOff) -> Real:
    burden = due / np.maximum(capacity, 1)
    chance = curve.base + curve.slope * np.maximum(burden - curve.comfortable, 0)
    return np.where(capacity > 0, np.minimum(chance, curve.most), curve.most)


def _compiled(debts: Debts, menu: Menu, found: Plans, *, capacity: Int, curve: BreakOff) -> None:
    """Fill the plans by compiled code, and the debts that it does not decide by numpy."""
    from tideover.kernels.compiled.option_grid import option_grid as code

    # The limits of exact arithmetic hold for the longest plan, or for none.
    extended = debts.counts + int(menu.extension.max(initial=0))
    _factors(debts.principal, extended, rate=debts.rate)
    month, later, first = discounts(curve, menu.pause)
    pairs = menu.schedules
    order = np.concatenate([rows for _, _, rows in pairs])
    ends = np.cumsum([0, *(len(rows) for _, _, rows in pairs)])
    is_sure = np.ones(len(debts), dtype=np.bool_)
    code(
        debts.principal, debts.counts, debts.rate, debts.interest, debts.penalty,
        np.array([(extension, cut) for extension, cut, _ in pairs]), order, ends,
        menu.pause, menu.waives, first, np.ascontiguousarray(capacity),
        (month, later, curve.base, curve.slope, curve.most, curve.comfortable),
        tuple(getattr(found, name) for name in Plans.__slots__), is_sure,
    )  # fmt: skip
    open_ = np.flatnonzero(~is_sure)
    if len(open_):
        some = Debts(**{name: getattr(debts, name)[open_] for name in Debts.__slots__})
        others = option_grid(
            some, menu, capacity=capacity[:, open_], curve=curve, engine=Engine.NUMPY
        )
        for name in Plans.__slots__:
            getattr(found, name)[:, open_] = getattr(others, name)
