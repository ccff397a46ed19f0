"""What falls due in each month against what a household can pay in it."""

import numpy as np

from tideover.kernels.arrays import Int, Mask

__all__ = ["by_month", "fits_every_month"]


def by_month(amounts: Int, month: Int, *, months: int) -> Int:
    """Return the sums by month, shape (months, loans), of `amounts` (lines, loans).

    `month` (lines, loans), or (lines, 1) when all share it, is the place of each line's month.
    """
    sums = np.zeros((months, amounts.shape[1]), dtype=np.int64)
    where = np.broadcast_to(month, amounts.shape)
    if (np.diff(month, axis=0) > 0).all():
        np.put_along_axis(sums, where, amounts, axis=0)
    else:
        np.add.at(sums, (where, np.arange(amounts.shape[1])), amounts)
    return sums


def fits_every_month(dues: Int, capacity: Int) -> Mask:
    """Return whether every month's dues (months, loans) are within its `capacity` (months,)."""
    return np.asarray((dues <= capacity[:, None]).all(axis=0), dtype=np.bool_)
