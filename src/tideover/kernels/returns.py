"""Effective yearly rates of many loans at once (XIRR). Rates are doubles: they are not money."""

from typing import ClassVar, Final

import numpy as np

from tideover.kernels.arrays import Int, Real
from tideover.kernels.engines import Engine, engine_for
from tideover.money import Refusal

__all__ = ["NoRate", "xirr"]

DAYS_OF_YEAR: Final = 365
#: Newton doubles the digits it has with every step: after one this small nothing is left to gain.
CLOSE: Final = 1e-10
STEPS_MAX: Final = 100


class NoRate(Refusal):
    """Nothing was paid out, or nothing comes back, so there is no rate."""

    code: ClassVar[str] = "no-rate"

    def __init__(self, place: int) -> None:
        super().__init__(
            f"loan {place} of the array has no rate: something must be owed, and something come "
            "back after the day it is owed; no payment may be below zero",
            f"数组中第 {place} 笔没有收益率：须有欠款，且之后有还款，还款不得为负",
        )


def xirr(owed: Int, payments: Int, *, days: Int, engine: Engine | None = None) -> Real:
    """Return the effective yearly rates at which `payments` repay what is `owed`.

    `owed` (loans,) is the amount on day nought, above zero; `payments` (lines, loans) are minor
    units, none below zero; `days` (lines, loans), or (lines, 1) when all share them, count from
    that day, are above nought, and rise. Time is actual days over 365. Correct to about 1e-12.

    The unknown is the logarithm of the discount of a day. The logarithm of what the payments are
    worth rises with it and is convex, so Newton comes down to the one root and stays above it,
    from a start at which no single payment is worth more than is owed.

    Raises:
        NoRate: a loan owes nothing, or nothing comes back, or a payment is below zero.
    """
    if len(days[0]) == 1 and (engine or engine_for(len(owed))) is Engine.NUMBA:
        return _compiled(owed, payments, days=days)
    amounts = payments.astype(np.float64)
    gaps = np.diff(days, axis=0, prepend=0)
    weighted = amounts * days
    _refuse_rateless(owed, payments)
    log_owed = np.log(owed)
    with np.errstate(divide="ignore"):
        highest = ((log_owed - np.log(amounts)) / days).min(axis=0)
    log = np.minimum(np.zeros(len(owed)), highest)
    for _ in range(STEPS_MAX):
        worth, slope = _worth(log, amounts, weighted=weighted, gaps=gaps)
        step = (np.log(worth) - log_owed) * worth / slope
        log = np.minimum(log - step, highest)
        if np.all(np.abs(step) <= CLOSE):
            break
    return np.asarray(np.expm1(-DAYS_OF_YEAR * log), dtype=np.float64)


def _compiled(owed: Int, payments: Int, *, days: Int) -> Real:
    from tideover.kernels.compiled.returns import shared_xirr

    _refuse_rateless(owed, payments)
    rates = np.zeros(len(owed))
    shared_xirr(owed, payments, np.ascontiguousarray(days[:, 0]), rates)
    return rates


def _refuse_rateless(owed: Int, payments: Int) -> None:
    is_bad = (owed <= 0) | (payments.min(axis=0) < 0) | (payments.max(axis=0) <= 0)
    if is_bad.any():
        raise NoRate(int(np.argmax(is_bad)))


def _worth(log: Real, amounts: Real, *, weighted: Real, gaps: Int) -> tuple[Real, Real]:
    """What comes back is worth, and the same with every payment times its days: Horner's rule."""
    worth, slope = np.zeros_like(log), np.zeros_like(log)
    powers: dict[int, Real] = {}
    for line in range(len(amounts) - 1, -1, -1):
        factor = _power(log, gaps[line], known=powers)
        worth = (worth + amounts[line]) * factor
        slope = (slope + weighted[line]) * factor
    return worth, slope


def _power(log: Real, gap: Int, *, known: dict[int, Real]) -> Real:
    """The discount over a gap; where all loans share it, each is worked out once."""
    if len(gap) > 1:
        return np.asarray(np.exp(log * gap), dtype=np.float64)
    days = int(gap[0])
    if days not in known:
        known[days] = np.exp(log * days)
    return known[days]
