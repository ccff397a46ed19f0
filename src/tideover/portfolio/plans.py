"""Which plan a household is granted: the one worth most to the lender that it can carry."""

import numpy as np

from tideover.kernels import Int, Mask, Plans

__all__ = ["best"]


def best(plans: Plans, may: Mask, *, capacity: Int, burden_max: float) -> Int:
    """Return for every debt the plan worth most of those that may be granted and fit, else -1.

    Where two are worth the same it is the earlier one of the menu.
    """
    fits = may & (plans.due <= burden_max * capacity)
    worth = np.where(fits, plans.worth, -1)
    chosen = worth.argmax(axis=0)
    return np.where(fits.any(axis=0), chosen, -1)
