"""The plans that no other beats."""

import numpy as np

from tideover.kernels.arrays import Int, Mask

__all__ = ["unbeaten"]


def unbeaten(merits: Int) -> Mask:
    """Return which columns of `merits` (merits, plans) no other beats; more is better in each.

    One plan beats another when it is at least as good in every merit and better in one. Equals do
    not beat each other.
    """
    # Only a plan that is earlier in this order can beat one that is later.
    order = np.lexsort(-merits[::-1])
    keeps = np.ones(merits.shape[1], dtype=np.bool_)
    for place, plan in enumerate(order):
        if not keeps[plan]:
            continue
        later = order[place + 1 :]
        mine = merits[:, plan, None]
        beaten = (mine >= merits[:, later]).all(axis=0) & (mine > merits[:, later]).any(axis=0)
        keeps[later[beaten]] = False
    return keeps
