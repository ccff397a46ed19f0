"""The plans looked at for households that ask: instalments, interest, and worth to the lender."""

from dataclasses import dataclass

import numpy as np

from tideover.kernels import BreakOff, Int, Mask, Real, Schedules
from tideover.portfolio.months import interest_of, level_schedules
from tideover.portfolio.policies import Menu

__all__ = ["Debts", "Plans", "best", "plans_of"]


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
    """

    counts: Int
    rate: Int
    level: Int
    carried: Int
    due: Int
    interest: Int
    worth: Int


def plans_of(debts: Debts, menu: Menu, *, capacity: Int, curve: BreakOff) -> Plans:
    """Return all plans; `capacity` (plans, debts) is what can be paid once instalments begin."""
    shape = (len(menu), len(debts))
    found = {name: np.zeros(shape, dtype=np.int64) for name in Plans.__slots__}
    pairs = sorted(set(zip(menu.extension.tolist(), menu.cut.tolist(), strict=True)))
    for extension, cut in pairs:
        rows = np.flatnonzero((menu.extension == extension) & (menu.cut == cut))
        counts, rate = debts.counts + extension, np.maximum(debts.rate - cut, 0)
        built = level_schedules(debts.principal, counts, rate=rate)
        paused = interest_of(debts.principal, rate) * menu.pause[rows, None]
        penalty = np.where(menu.waives[rows, None], 0, debts.penalty)
        carried = debts.interest + paused + penalty
        found["counts"][rows], found["rate"][rows] = counts, rate
        found["level"][rows], found["carried"][rows] = built.instalment[0], carried
        found["due"][rows] = built.instalment[0] - (-carried // counts)
        found["interest"][rows] = built.total_interest + debts.interest + paused
        found["worth"][rows] = _worth(
            built, carried, pause=menu.pause[rows], capacity=capacity[rows], curve=curve
        )
    return Plans(**found)


def best(plans: Plans, may: Mask, *, capacity: Int, burden_max: float) -> Int:
    """Return for every debt the plan worth most of those that may be granted and fit, else -1.

    Where two are worth the same it is the earlier one of the menu.
    """
    fits = may & (plans.due <= burden_max * capacity)
    worth = np.where(fits, plans.worth, -1)
    chosen = worth.argmax(axis=0)
    return np.where(fits.any(axis=0), chosen, -1)


def _worth(built: Schedules, carried: Int, *, pause: Int, capacity: Int, curve: BreakOff) -> Int:
    """What plans that share a schedule are worth, as `expected_value` reckons, shape of `carried`.

    The chance to break off is one for all months, because all instalments are.
    """
    counts = built.counts
    instalment = built.instalment
    chance = _chance(instalment[0] - (-carried // counts), capacity, curve=curve)
    month = 1 / (1 + curve.discount / 12)
    later = curve.recovery * month**curve.recovery_months
    survives = (1 - chance) * month
    # What a month is worth: its instalment if the plan goes on, part of the rest if it does not.
    lost = chance / np.maximum(1 - chance, 1e-9) * later
    weight = np.repeat(month ** pause[:, None].astype(np.float64), len(counts), axis=1)
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
    total = np.where(survives < 1, survives * (1 - survives**counts) / (1 - survives), counts)
    first = month ** pause[:, None]
    return np.asarray(np.floor(worth + carried / counts * first * total), dtype=np.int64)


def _chance(due: Int, capacity: Int, *, curve: BreakOff) -> Real:
    burden = due / np.maximum(capacity, 1)
    chance = curve.base + curve.slope * np.maximum(burden - curve.comfortable, 0)
    return np.where(capacity > 0, np.minimum(chance, curve.most), curve.most)
